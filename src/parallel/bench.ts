/** What a task has at hand, whichever thread it runs on. */
import type { StopSignal } from '../pacing.ts';

export interface Bench {
  /** The model that goes by this number. */
  model(key: number): unknown;
  /** What all items of a call share, made by the first that a worker gets of it. */
  once<T>(make: () => T, dispose?: (made: T) => void): T;
  /** Aborted when the item is to end with what it has. */
  readonly signal: StopSignal;
  report(progress: unknown): void;
}

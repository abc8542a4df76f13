/** Trials of experiments: what a worker does of one, and a pool as who runs them. */
import {
  loadTrial,
  runTask,
  type Executor,
  type TrialFunction,
  type TrialModule,
} from '../experiments/executor.ts';
import type { Plain } from '../experiments/plain.ts';
import { EXPERIMENTS, type ExperimentName } from '../experiments/table.ts';
import type { StopSignal } from '../pacing.ts';
import type { DealOptions } from './deal.ts';

/** One trial: of an experiment that every worker knows by name, or of a module; on this thread also of a function. */
export interface TrialItem {
  readonly builtIn?: string;
  readonly trial?: TrialModule | TrialFunction;
  readonly point: Plain;
  readonly seed: number;
}

export async function trialItem({ builtIn, trial, point, seed }: TrialItem): Promise<Plain> {
  const known = builtIn === undefined ? undefined : EXPERIMENTS[builtIn as ExperimentName];
  const found = known ? (known.kind.trial as unknown as TrialFunction) : await loadTrial(trial!);
  return runTask(found, { point, seed });
}

/** What is needed of an AbortSignal to hear of it. */
interface Listened extends StopSignal {
  readonly reason?: unknown;
  addEventListener?(type: 'abort', heard: () => void): void;
  removeEventListener?(type: 'abort', heard: () => void): void;
}

/** Runs trials by dealing them out; results come as they are there. */
export function dealTrials(deal: (options: DealOptions<Plain>) => Promise<unknown>): Executor {
  return async function* ({ builtIn, trial }, tasks, signal: Listened | undefined) {
    signal?.throwIfAborted();
    const own = builtIn === undefined && typeof trial === 'function';
    const what = builtIn === undefined ? { trial } : { builtIn };
    const arrived: { index: number; result: Plain }[] = [];
    let wake = () => {};
    let ended = false;
    // Whoever leaves the loop early wants no more trials.
    const stop = new AbortController();
    const heard = () => stop.abort(signal?.reason);
    signal?.addEventListener?.('abort', heard);
    const outcome = deal({
      count: tasks.length,
      item: (index) => ({ data: { ...what, ...tasks[index] } satisfies TrialItem }),
      signal: stop.signal,
      here: own ? 'the trial is a function, which runs on the thread it is of' : undefined,
      onResult(result, index) {
        arrived.push({ index, result });
        wake();
      },
    }).finally(() => {
      ended = true;
      wake();
    });
    outcome.catch(() => {});
    try {
      for (;;) {
        while (arrived.length > 0) yield arrived.shift()!;
        if (ended) break;
        await new Promise<void>((resolve) => (wake = resolve));
      }
      await outcome;
    } finally {
      signal?.removeEventListener?.('abort', heard);
      stop.abort();
    }
  };
}

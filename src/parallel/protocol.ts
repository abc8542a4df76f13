/** What is said between a pool and its workers. A worker has one item at a time. */
import type { PlainIsing } from '../optimise/ising-model.ts';
import type { PlainConstraints } from '../optimise/constraints/constraint-model.ts';
import type { Adjacency } from '../optimise/colourings/adjacency.ts';
import type { PlainPotts } from '../optimise/potts-model.ts';
import type { PlainDistances } from '../optimise/tours/distances.ts';
import type { TaskName } from './tasks.ts';

/** A model on its way: as the bytes `save` gives, or as plain data. */
export interface Cargo {
  readonly bytes?: Uint8Array;
  readonly ising?: PlainIsing;
  readonly potts?: PlainPotts;
  readonly tour?: PlainDistances;
  readonly colouring?: { readonly graph: Adjacency; readonly colours: number | undefined };
  readonly constraints?: PlainConstraints;
  /** The size of the board. */
  readonly queens?: number;
  readonly backend: 'auto' | 'reference';
}

export type ToWorker =
  /** The first thing that is said. `lock`: the name of a lock to hold for as long as it lives. */
  | { readonly say: 'hello'; readonly lock: string | undefined }
  | { readonly say: 'keep'; readonly key: number; readonly cargo: Cargo }
  | { readonly say: 'drop'; readonly key: number }
  | {
      readonly say: 'item';
      readonly item: number;
      readonly deal: number;
      readonly task: TaskName;
      readonly data: unknown;
    }
  /** The item under way is to end with what it has. */
  | { readonly say: 'stop'; readonly item: number }
  /** There are no more items of this deal. */
  | { readonly say: 'over'; readonly deal: number };

export type FromWorker =
  | { readonly say: 'ready'; readonly version: string; readonly locked: boolean }
  | { readonly say: 'result'; readonly item: number; readonly result: unknown }
  | { readonly say: 'error'; readonly item: number; readonly error: unknown }
  | { readonly say: 'progress'; readonly item: number; readonly progress: unknown };

/** Whatever messages go through: a worker's own scope, or Node's port to the parent. */
export interface Port {
  post(message: FromWorker, transfer: ArrayBuffer[]): void;
  listen(heard: (message: ToWorker) => void): void;
}

/** What a retrieval takes and tells. */
import type { Address } from '../../numbers.ts';

/** Addresses of a batch: f32 queries and averages of rows, and of values (0 where those are not wanted). */
export interface Batch {
  readonly queries: Address;
  readonly states: number;
  readonly readouts: number;
}

/** What was read of the rows for a query. */
export interface Read {
  /** How many in full. */
  readonly rows: number;
  /** How far the state can be from that of all rows, in Euclidean distance. */
  readonly bound: number;
}

/** What a retrieval tells beside the averages. */
export interface Attended {
  /** The first row with the largest weight, and that weight; −1 and 0 where no row has any. */
  readonly index: number;
  readonly weight: number;
  /** The weight of nothing; 1 where no row has any. */
  readonly nothing: number;
  /** −Σ p ln p of the weights, that of nothing included. */
  readonly entropy: number;
  /** As `Weights` has it. */
  readonly conjugate: number;
  /** Where it was asked for. */
  readonly read?: Read;
}

/** What is seen where nothing is stored. */
export const NOTHING: Attended = {
  index: -1,
  weight: 0,
  nothing: 1,
  entropy: 0,
  conjugate: NaN,
};

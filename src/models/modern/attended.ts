/** What a retrieval takes and tells. */
import type { Address } from '../../numbers.ts';

/** Addresses of a batch: f32 queries and averages of rows, and of values (0 where those are not wanted). */
export interface Batch {
  readonly queries: Address;
  readonly states: number;
  readonly readouts: number;
}

/** What a retrieval tells beside the averages. */
export interface Attended {
  /** The first row with the largest weight, and that weight; −1 and 0 where nothing is stored. */
  readonly index: number;
  readonly weight: number;
  /** −Σ p ln p of the weights. */
  readonly entropy: number;
  /** As `Weights` has it. */
  readonly conjugate: number;
}

/** What recalls of a modern Hopfield network of dimension d give back; all arrays are the caller's own. */
import type { Label } from '../../patterns/labels.ts';

/** A stored vector and how much it weighs. */
export interface ModernMatch {
  /** Its index among the stored vectors. */
  index: number;
  /** From 0 to 1. */
  weight: number;
  /** Its label, if it has one. */
  label?: Label;
}

/** The result of one recall. */
export interface ModernResult {
  /** The final state, d numbers. */
  state: Float32Array;
  /** The average of the values with the weights that made `state`; undefined when the memory has no values. */
  value: Float32Array | undefined;
  /** Updates made. */
  steps: number;
  /** Whether the last update moved the state by no more than the tolerance. */
  converged: boolean;
  /**
   * The stored vector with the largest weight in the last update, the first of equal ones; undefined when none has any, or
   * nothing has more.
   */
  match: ModernMatch | undefined;
  /** The weight of nothing in the last update, where the network has the option; 1 when nothing is stored. */
  nothing?: number;
  /**
   * Entropy of the weights of the last update, that of nothing included, −Σ p ln p, in nats: 0 for one vector alone, ln P
   * for all alike.
   */
  entropy: number;
  /** The energy of `state`, when it was asked for. */
  energy?: number;
  /**
   * The vectors with the largest weights in the last update, the largest first, of equal ones the lower index; when
   * `top` was asked for. Only those that weigh anything. Weights are as `attention` has them.
   */
  top?: ModernMatch[];
  /**
   * How many stored vectors were read in full, and how far `state` can be from what all of them give, in Euclidean distance;
   * where the option `error` was given. `match` and weights are those among what was read.
   */
  read?: { rows: number; bound: number };
}

/** Results of B recalls, one entry a query, each with the same bits as `recall` gives. */
export interface ModernManyResult {
  /** Final states, B×d. */
  states: Float32Array;
  /** B×v; undefined when the memory has no values. */
  values: Float32Array | undefined;
  steps: Uint32Array;
  /** 1 where converged, else 0. */
  converged: Uint8Array;
  /** As `ModernResult.match` (index −1 and weight 0 where there is none); labels when any of them has one. */
  matches: { indices: Int32Array; weights: Float64Array; labels?: (Label | undefined)[] };
  /** As `ModernResult.nothing`. */
  nothing?: Float64Array;
  entropies: Float64Array;
  /** As `ModernResult.read`. */
  read?: { rows: Uint32Array; bounds: Float64Array };
  /** As `ModernResult.energy`. */
  energies?: Float64Array;
  /** As `ModernResult.top`. */
  tops?: ModernMatch[][];
}

/** Stored vectors and how much they weigh, the largest weight first; of equal ones the lower index first. */
export interface AttentionWeights {
  indices: Uint32Array;
  weights: Float64Array;
  /** As `ModernResult.nothing`. */
  nothing?: number;
}

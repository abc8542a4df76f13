/** What runs of a graded network of N neurons give back; all arrays are the caller's own. */
import type { Match } from '../match.ts';

/** One point of a trajectory. */
export interface GradedStep {
  /** Potentials, N of them. */
  u: Float64Array;
  /** V = g(u). */
  outputs: Float64Array;
  /** Its energy. Where rounding alone would raise it, it stays. */
  energy: number;
  /** In the units of τ. */
  time: number;
  /** max |du/dt| */
  derivative: number;
  /** Steps made so far; the beginning is step 0. */
  step: number;
}

/** Where a run came to. */
export interface GradedResult {
  /** The side of the middle that each output is on: ±1, or 0/1 for logistic neurons. */
  state: Int8Array;
  /** V = g(u), N of them. */
  outputs: Float64Array;
  /** Potentials. */
  u: Float64Array;
  energy: number;
  /** Whether no |du/dt| is above the tolerance. */
  converged: boolean;
  /** max |du/dt| */
  derivative: number;
  /** In the units of τ. */
  time: number;
  steps: number;
  /** How often the fields TV + I were computed: O(N²) each. */
  evaluations: number;
  /** The stored pattern with the largest |overlap| with the state; undefined when nothing is stored. */
  match: Match | undefined;
  /** The stored patterns with the largest |overlaps|, the largest first; when `top` was asked for. */
  top?: Match[];
}

/** What recalls of a Hopfield network of N neurons give back; all arrays are the caller's own. */
import type { Label } from '../patterns/labels.ts';
import type { Match } from './match.ts';

/** The result of one recall. */
export interface RecallResult {
  /** The final state, N values: ±1, or 0/1 for binary units. */
  state: Int8Array;
  /** Its energy. */
  energy: number;
  /** Whether no unclamped neuron would move. */
  converged: boolean;
  /** 1 at a fixed point, the length of the cycle when synchronous recall ended in one, else undefined. */
  period: number | undefined;
  /** Sweeps made, the last, quiet one included. */
  sweeps: number;
  /** Neurons turned over in all. */
  flips: number;
  /** The seed: give it to `recall` to see the same again. */
  seed: number;
  /** The stored pattern with the largest |overlap|; undefined when nothing is stored, or it is none beyond chance. */
  match: Match | undefined;
  /** The stored patterns with the largest |overlaps|, the largest first; when `top` was asked for. */
  top?: Match[];
}

/** Results of B recalls, one entry a cue. */
export interface RecallManyResult {
  /** Final states, B×N. */
  states: Int8Array;
  energies: Float64Array;
  /** 1 where converged, else 0. */
  converged: Uint8Array;
  /** 1 at a fixed point, the cycle's length where synchronous recall ended in one, 0 otherwise. */
  periods: Uint32Array;
  sweeps: Uint32Array;
  flips: Uint32Array;
  /** Entry k equals `recall(cue, { seed: seeds[k] })`; they count up from the seed given. */
  seeds: Uint32Array;
  /** Best matches: indices (−1 where there is none), overlaps, correlations, and labels when any of them has one. */
  matches: {
    indices: Int32Array;
    overlaps: Float64Array;
    correlations: Float64Array;
    labels?: (Label | undefined)[];
  };
  /** `RecallResult.top` of each, when it was asked for. */
  tops?: Match[][];
}

/** One step of a trajectory. */
export interface TrajectoryStep {
  /** The state after the step, N values. */
  state: Int8Array;
  energy: number;
  /** Neurons that changed in this step. */
  flips: number;
  /** With `every: 'flip'`, the neuron that changed; the cue has none. */
  neuron?: number;
  /** Sweeps made so far; the cue itself is step 0 of sweep 0. */
  sweep: number;
}

/** What recalls of a modern Hopfield network of dimension d give back; all arrays are the caller's own. */
import type { Label } from '../../patterns/labels.ts';

/** The result of one recall. */
export interface ModernResult {
  /** The final state, d numbers. */
  state: Float32Array;
  /** The average of the values with the weights that made `state`; undefined when the memory has no values. */
  value: Float32Array | undefined;
  /**
   * The energy of `state`, computed when first read, which takes another look at the memory. Reading it first
   * after the memory has changed throws an Error; where no energy is claimed (cosine, top-k) it is a TypeError
   * to read it, and copies of the result leave it out.
   */
  readonly energy: number;
  /** Updates made. */
  steps: number;
  /** Whether the last update moved the state by no more than the tolerance. */
  converged: boolean;
  /** The stored vector with the largest weight in the last update (the first of equal ones), that weight, and its label. */
  match: { index: number; weight: number; label?: Label };
  /** Entropy of the weights of the last update, −Σ p ln p, in nats: 0 for one vector alone, ln P for all alike. */
  entropy: number;
}

/** Results of B recalls, one entry a query, each with the same bits as `recall` gives. */
export interface ModernManyResult {
  /** Final states, B×d. */
  states: Float32Array;
  /** B×v; undefined when the memory has no values. */
  values: Float32Array | undefined;
  /** As `ModernResult.energy`. */
  readonly energies: Float64Array;
  steps: Uint32Array;
  /** 1 where converged, else 0. */
  converged: Uint8Array;
  /** As `ModernResult.match`; labels when any of them has one. */
  matches: { indices: Uint32Array; weights: Float64Array; labels?: (Label | undefined)[] };
  entropies: Float64Array;
}

/** Stored vectors and how much they weigh, the largest weight first; of equal ones the lower index first. */
export interface AttentionWeights {
  indices: Uint32Array;
  weights: Float64Array;
}

/**
 * Adds a property that is computed when first read.
 *
 * @param enumerable - whether copies take it along
 */
export function addLazily<T extends object, K extends string, V>(
  result: T,
  name: K,
  enumerable: boolean,
  compute: () => V,
): T & Readonly<Record<K, V>> {
  let value: V | undefined;
  return Object.defineProperty(result, name, {
    enumerable,
    get: () => (value ??= compute()),
  }) as T & Readonly<Record<K, V>>;
}

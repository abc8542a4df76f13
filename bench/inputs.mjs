/** Seeded patterns and cues. */
import { Random } from '../dist/index.js';

export const SEED = 1982;

/** Share of the neurons that are turned over in a cue. */
export const NOISE = 0.1;

/**
 * Random ±1 patterns, P×N in a row.
 *
 * @param {number} neurons
 * @param {number} count
 */
export function randomPatterns(neurons, count) {
  const patterns = new Int8Array(neurons * count);
  for (let k = 0; k < count; k++) patterns.set(new Random(SEED, k).signs(neurons), k * neurons);
  return patterns;
}

/**
 * Patterns as a textbook holds them: a list of arrays of floats.
 *
 * @param {Int8Array} patterns P×N
 * @param {number} neurons
 */
export function asFloats(patterns, neurons) {
  const floats = Float32Array.from(patterns);
  return Array.from({ length: patterns.length / neurons }, (_, k) =>
    floats.subarray(k * neurons, (k + 1) * neurons),
  );
}

/**
 * Cue k: pattern k mod P with ⌊N/10⌋ neurons turned over.
 *
 * @param {Int8Array} patterns
 * @param {number} neurons
 * @param {number} count
 * @returns {Int8Array[]}
 */
export function noisyCues(patterns, neurons, count) {
  return Array.from({ length: count }, (_, k) => {
    const at = (k * neurons) % patterns.length;
    const cue = patterns.slice(at, at + neurons);
    const flipped = new Random(SEED + 1, k).sample(neurons, Math.floor(neurons * NOISE));
    for (const i of flipped) cue[i] = -cue[i];
    return cue;
  });
}

/**
 * @param {number} count
 * @returns {Uint32Array} 0 … count − 1
 */
export function indices(count) {
  return Uint32Array.from({ length: count }, (_, i) => i);
}

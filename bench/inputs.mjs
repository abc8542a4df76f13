/** Seeded patterns and cues, vectors and queries. */
import { Random } from '../dist/index.js';

export const SEED = 1982;

/** Share of the neurons that are turned over in a cue. */
const NOISE = 0.1;

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
 * Random real vectors of norm about 1, P×d in a row.
 *
 * @param {number} dimension
 * @param {number} count
 */
export function randomVectors(dimension, count) {
  const random = new Random(SEED);
  const scale = Math.sqrt(12 / dimension);
  return Float32Array.from({ length: dimension * count }, () => scale * (random.real() - 0.5));
}

/**
 * Query k: a vector from the middle of stretch k of `count` stretches, and noise of half its norm.
 *
 * @param {Float32Array} vectors P×d
 * @param {number} dimension
 * @param {number} count
 */
export function noisyQueries(vectors, dimension, count) {
  const random = new Random(SEED + 1);
  const scale = Math.sqrt(3 / dimension);
  const queries = new Float32Array(dimension * count);
  for (let k = 0; k < count; k++) {
    const at = Math.floor(((k + 0.5) * (vectors.length / dimension)) / count) * dimension;
    for (let i = 0; i < dimension; i++) {
      queries[k * dimension + i] = vectors[at + i] + scale * (random.real() - 0.5);
    }
  }
  return queries;
}

/**
 * β for vectors of norm 1 and queries near one of them: where every vector weighs about the same, and where that
 * one has all the weight.
 */
export const BETAS = { flat: 1, peaked: 400 };

/**
 * @param {number} count
 * @returns {Uint32Array} 0 … count − 1
 */
export function indices(count) {
  return Uint32Array.from({ length: count }, (_, i) => i);
}

/** Patterns in `.npy` files: arrays of shape (patterns, neurons) or (patterns, rows, columns). */

import { indicesOf, type NumberArray } from './number-array.ts';
import { readNpy, writeNpy } from './npy.ts';
import { checkedNeurons, type PatternSet } from './pattern-set.ts';
import {
  checkPatternOptions,
  patternsOf,
  type PatternOptions,
  type PatternValues,
} from './pattern-values.ts';

/**
 * Reads patterns from a `.npy` file of any type that {@link readNpy} takes.
 *
 * The shape (P, N) gives P patterns of N neurons, (P, rows, columns) gives P pictures, and (N,) one
 * pattern of N neurons. All values are ±1, or all are 0 (read as −1) and 1, or there is a threshold.
 *
 * @throws TypeError or RangeError as {@link readNpy} does; RangeError when the array has another
 *   number of dimensions or no values, or at the first value that is neither, with its index
 */
export function readNpyPatterns(bytes: Uint8Array, options: PatternOptions = {}): PatternSet {
  checkPatternOptions(options);
  return patternsOf(arrayValues(readNpy(bytes), '.npy'), options);
}

/** An array as patterns; `what` is the format, for messages. */
export function arrayValues({ data, shape }: NumberArray, what: string): PatternValues {
  if (shape.length < 1 || shape.length > 3 || data.length === 0) {
    throw new RangeError(
      `${what} array of shape (${shape.join(', ')}), ` +
        'expected (neurons), (patterns, neurons) or (patterns, rows, columns), none of them 0',
    );
  }
  return {
    data,
    shape: shape.length === 3 ? [shape[1], shape[2]] : [shape.at(-1)!],
    place: (i) => `index [${indicesOf(i, shape)}]`,
  };
}

/**
 * Writes patterns as a `.npy` file of int8 ±1, of shape (patterns, neurons) or, where the set's shape
 * is `[rows, columns]`, (patterns, rows, columns).
 *
 * @throws TypeError or RangeError when `set` is not a {@link PatternSet}
 */
export function writeNpyPatterns(set: PatternSet): Uint8Array {
  const neurons = checkedNeurons(set);
  const data = new Int8Array(set.patterns.length * neurons);
  set.patterns.forEach((pattern, k) => data.set(pattern, k * neurons));
  return writeNpy(data, [set.patterns.length, ...set.shape]);
}

/** Patterns in `.npy` files: arrays of shape (patterns, neurons) or (patterns, rows, columns). */

import { readNpy, writeNpy } from './npy.ts';
import { checkedNeurons, type PatternSet } from './pattern-set.ts';

/**
 * Reads patterns from a `.npy` file of any type that {@link readNpy} takes.
 *
 * The shape (P, N) gives P patterns of N neurons, (P, rows, columns) gives P pictures, and (N,) one
 * pattern of N neurons. All values are ±1, or all are 0 (read as −1) and 1.
 *
 * @throws TypeError or RangeError as {@link readNpy} does; RangeError when the array has another
 *   number of dimensions or no values, or at the first value that is neither, with its index
 */
export function readNpyPatterns(bytes: Uint8Array): PatternSet {
  const { data, shape } = readNpy(bytes);
  if (shape.length < 1 || shape.length > 3 || data.length === 0) {
    throw new RangeError(
      `.npy array of shape (${shape.join(', ')}), ` +
        'expected (neurons), (patterns, neurons) or (patterns, rows, columns), none of them 0',
    );
  }
  const low = data.find((value) => value !== 1) ?? -1;
  const bad = data.findIndex(
    (value) => value !== 1 && (value !== low || (low !== 0 && low !== -1)),
  );
  if (bad >= 0) {
    const expected = low === 0 || low === -1 ? `1 or ${low + 0}, like those before` : '1, -1 or 0';
    throw new RangeError(
      `value ${data[bad]} at index [${indices(bad, shape)}], expected ${expected}`,
    );
  }
  const signs = Int8Array.from(data, (value) => (value === 1 ? 1 : -1));
  const count = shape.length === 1 ? 1 : shape[0];
  const neurons = signs.length / count;
  return {
    patterns: Array.from({ length: count }, (_, k) => signs.slice(k * neurons, (k + 1) * neurons)),
    shape: shape.length === 3 ? [shape[1], shape[2]] : [neurons],
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

/** The indices of the value at `position` in an array of `shape` in C order. */
function indices(position: number, shape: number[]): string {
  const at: number[] = [];
  for (let k = shape.length - 1; k >= 0; k--) {
    at.unshift(position % shape[k]);
    position = Math.floor(position / shape[k]);
  }
  return at.join(', ');
}

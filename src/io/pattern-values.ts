/** From the values in a file to patterns, the same for all formats: a shape, a size, signs. */

import { checkOptions } from '../checks.ts';
import { binarise, type Threshold } from './binarise.ts';
import type { PatternSet } from './pattern-set.ts';
import { checkSize, resized } from './resize.ts';

export interface PatternOptions {
  /**
   * The least value that is +1, in the unit of the file (0 … 255 for the luminance of pictures), or
   * 'otsu'. Not needed where all values are ±1, or 0 and 1; of pictures the default is 128.
   */
  threshold?: Threshold;
  /** The shape of a pattern, where the file does not say: 64 values are a picture of `[8, 8]`. */
  shape?: PatternSet['shape'];
  /** Pictures are brought to so many rows and columns, by area average, before the threshold. */
  size?: [rows: number, columns: number];
}

/** @throws TypeError for an option that does not exist */
export function checkPatternOptions(options: PatternOptions): void {
  checkOptions(options, 'options', ['threshold', 'shape', 'size']);
}

/** What a reader found. */
export interface PatternValues {
  /** Of all patterns, one after the other. */
  data: ArrayLike<number>;
  shape: PatternSet['shape'];
  /** Where the i-th value stands, for messages: `index [1, 0]`. */
  place(i: number): string;
  /** The threshold for values other than ±1, 0 and 1, where the format has one. */
  fallback?: number;
}

/** @throws TypeError or RangeError when values or options do not fit */
export function patternsOf(found: PatternValues, options: PatternOptions): PatternSet {
  const shape = options.shape === undefined ? found.shape : reshaped(found, options.shape);
  const { data } = found;
  const low = options.threshold === undefined ? lowOf(found) : 0;
  if (options.size === undefined) {
    const threshold = options.threshold ?? (low === undefined ? found.fallback! : 1);
    checkFinite(found);
    return cut(binarise(data, threshold), shape);
  }
  checkSize(options.size);
  if (shape.length === 1) {
    throw new RangeError(`patterns of shape [${shape}] are no pictures, expected rows and columns`);
  }
  checkFinite(found);
  const neurons = shape[0] * shape[1];
  const [newNeurons, count] = [options.size[0] * options.size[1], data.length / neurons];
  const values = new Float32Array(count * newNeurons);
  const all = Float32Array.from(data);
  for (let k = 0; k < count; k++) {
    const old = all.subarray(k * neurons, (k + 1) * neurons);
    values.set(resized(old, shape, options.size, 1), k * newNeurons);
  }
  const middle = low === undefined ? found.fallback! : (low + 1) / 2;
  return cut(binarise(values, options.threshold ?? middle), options.size);
}

/**
 * The lesser of the two values there are, −1 or 0, when all are it or 1; undefined when they are not but
 * there is a threshold to fall back on.
 *
 * @throws RangeError at the first value that is neither, when there is none
 */
function lowOf({ data, place, fallback }: PatternValues): number | undefined {
  let low: number | undefined;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value === 1 || value === low) continue;
    if (low === undefined && (value === 0 || value === -1)) {
      low = value + 0;
      continue;
    }
    if (fallback !== undefined) return undefined;
    const expected = low === undefined ? '1, -1 or 0' : `1 or ${low}, like those before`;
    throw new RangeError(
      `value ${value} at ${place(i)}, expected ${expected}; values of other kinds need a threshold`,
    );
  }
  return low ?? -1;
}

function checkFinite({ data, place }: PatternValues): void {
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      throw new RangeError(`value ${data[i]} at ${place(i)}, expected a finite number`);
    }
  }
}

function reshaped(found: PatternValues, shape: PatternSet['shape']): PatternSet['shape'] {
  const sizes: readonly number[] = shape;
  const whole = Array.isArray(sizes) && sizes.every((n) => Number.isInteger(n) && n > 0);
  if (!whole || sizes.length < 1 || sizes.length > 2) {
    throw new RangeError(`shape is [${sizes}], expected one or two positive integers`);
  }
  if (found.shape.length === 2 && found.shape.join() !== sizes.join()) {
    throw new RangeError(`shape is [${sizes}], expected [${found.shape}] as the file says`);
  }
  const neurons = sizes.reduce((product, n) => product * n, 1);
  if (found.data.length % neurons !== 0) {
    throw new RangeError(
      `${found.data.length} values, expected a multiple of ${neurons} for patterns of shape [${sizes}]`,
    );
  }
  return shape;
}

function cut(signs: Int8Array, shape: PatternSet['shape']): PatternSet {
  const neurons = shape.reduce((product, n) => product * n, 1);
  const patterns = Array.from({ length: signs.length / neurons }, (_, k) =>
    signs.slice(k * neurons, (k + 1) * neurons),
  );
  return { patterns, shape: [...shape] };
}

/** Pictures as modern memories take them: values from 0 to 1 with a shape. */

import { kindOf } from './pattern-set.ts';

export interface Picture {
  /** Row after row from the top, 0 for black to 1 for white; of a colour picture red, green and blue a pixel. */
  data: Float32Array;
  shape: [rows: number, columns: number] | [rows: number, columns: number, channels: 3];
}

/** @throws TypeError or RangeError unless `picture` is one; @returns its shape */
export function checkPicture({ data, shape }: Picture): Picture['shape'] {
  if (!(data instanceof Float32Array)) {
    throw new TypeError(`picture has data of ${kindOf(data)}, expected a Float32Array`);
  }
  const sizes: readonly number[] = shape;
  const whole = sizes.every((n) => Number.isInteger(n) && n > 0);
  if (!whole || !(sizes.length === 2 || (sizes.length === 3 && sizes[2] === 3))) {
    throw new RangeError(`shape is [${sizes}], expected [rows, columns] or [rows, columns, 3]`);
  }
  const count = sizes.reduce((product, n) => product * n, 1);
  if (data.length !== count) {
    throw new RangeError(`picture has ${data.length} values, expected ${count} for [${sizes}]`);
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`picture has ${data[bad]} at ${bad}, expected 0 to 1`);
  return shape;
}

/** As samples of 8 bits; what is below 0 or above 1 becomes 0 or 255. */
export function samplesOf(data: Float32Array): Uint8Array {
  return Uint8Array.from(Uint8ClampedArray.from(data, (value) => value * 255));
}

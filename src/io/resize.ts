/**
 * Resizing by area average: a pixel of the new picture is the mean of what it covers of the old one,
 * pixels covered in part counting in part. Along the columns first, then along the rows.
 */

import { describe } from '../checks.ts';
import { checkPicture, type Picture } from './picture-values.ts';

/**
 * The picture with so many rows and columns; it is stretched where their ratio is another.
 *
 * @throws TypeError or RangeError when `picture` is no {@link Picture} or a size no positive integer
 */
export function resize(picture: Picture, size: readonly [rows: number, columns: number]): Picture {
  const [, , channels = 1] = checkPicture(picture);
  checkSize(size);
  const [rows, columns] = size;
  const [oldRows, oldColumns] = picture.shape;
  const data = resized(picture.data, [oldRows, oldColumns], [rows, columns], channels);
  return { data, shape: picture.shape.length === 3 ? [rows, columns, 3] : [rows, columns] };
}

/** @throws RangeError unless both are positive integers and there are at most 2²⁶ pixels */
export function checkSize(size: readonly number[]): void {
  const whole = Array.isArray(size) && size.every((n) => Number.isInteger(n) && n > 0);
  if (!whole || size.length !== 2 || size[0] * size[1] > 67108864) {
    const given = Array.isArray(size) ? `[${size.join(', ')}]` : describe(size);
    throw new RangeError(`size is ${given}, expected [rows, columns], at most 67108864 pixels`);
  }
}

/** Of values row after row, `channels` a pixel. */
export function resized(
  values: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
  [newRows, newColumns]: readonly [number, number],
  channels: number,
): Float32Array {
  // As rows × columns × channels, the columns are averaged; as 1 × rows × (columns · channels), the rows.
  const narrow = averaged(values, { outer: rows, from: columns, to: newColumns, inner: channels });
  const inner = newColumns * channels;
  return Float32Array.from(averaged(narrow, { outer: 1, from: rows, to: newRows, inner }));
}

interface Axis {
  outer: number;
  from: number;
  to: number;
  inner: number;
}

/** The middle axis of outer × from × inner values brought to length `to`. */
function averaged(values: ArrayLike<number>, { outer, from, to, inner }: Axis): Float64Array {
  const out = new Float64Array(outer * to * inner);
  for (let j = 0; j < to; j++) {
    const [start, end] = [(j * from) / to, ((j + 1) * from) / to];
    for (let i = Math.floor(start); i < end; i++) {
      // How much of old pixel i lies in new pixel j, out of all that j covers.
      const share = (Math.min(i + 1, end) - Math.max(i, start)) * (to / from);
      for (let o = 0; o < outer; o++) {
        const at = (o * to + j) * inner;
        const old = (o * from + i) * inner;
        for (let k = 0; k < inner; k++) out[at + k] += share * values[old + k];
      }
    }
  }
  return out;
}

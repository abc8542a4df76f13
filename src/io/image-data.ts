/**
 * What a canvas gives, as a pattern or a picture: `ImageData`, or any object with width, height and the pixels' red,
 * green, blue and alpha of 8 bits, row after row from the top (HTML Standard, 4.12.5.1.15).
 *
 * The light of a pixel is that of a PNG file with these samples.
 */

import { checkOptions } from '../checks.ts';
import type { Threshold } from './binarise.ts';
import { checkPixels, checkThreshold, layOnWhite, lightOf, type Light } from './light.ts';
import { kindOf } from './pattern-set.ts';
import { patternsOf } from './pattern-values.ts';

export interface ImageDataLike {
  readonly width: number;
  readonly height: number;
  /** width × height × 4 samples. */
  readonly data: Uint8ClampedArray | Uint8Array;
}

/**
 * The pixels of a canvas as a pattern: +1 where the luminance is `threshold` or more, −1 where it is less. What is
 * transparent lies on white.
 *
 * @param image - `context.getImageData(…)`, or an object like it
 * @param options.threshold - the least luminance that is light, above 0 and up to 255, or 'otsu' for the one that
 *   parts the picture best; default 128
 * @param options.size - rows and columns that it is brought to before the threshold, by area average; default as it is
 * @returns the pattern, row after row from the top, and its shape
 * @throws TypeError when `image` is nothing of the kind; RangeError when sizes or options do not fit
 */
export function readImageData(
  image: ImageDataLike,
  options: { threshold?: Threshold; size?: [rows: number, columns: number] } = {},
): { pattern: Int8Array; shape: [rows: number, columns: number] } {
  checkOptions(options, 'options', ['threshold', 'size']);
  const { threshold = 128, size } = options;
  checkThreshold(threshold);
  const { values, rows, columns } = imageDataLight(image, false);
  const found = { data: values, shape: [rows, columns] as [number, number], place: String };
  const { patterns } = patternsOf(found, { threshold, size });
  const [height, width] = size ?? found.shape;
  return { pattern: patterns[0], shape: [height, width] };
}

/** Whether something looks like `ImageData`: what its parts are is checked later. */
export function isImageData(value: unknown): value is ImageDataLike {
  return typeof value === 'object' && value !== null && 'width' in value && 'data' in value;
}

/** @throws TypeError or RangeError at what is no {@link ImageDataLike} */
export function imageDataLight(image: ImageDataLike, colour: boolean): Light {
  if (!isImageData(image)) {
    throw new TypeError(`image is ${kindOf(image)}, expected ImageData: width, height and data`);
  }
  const { width: columns, height: rows, data } = image;
  // By name, since a canvas of another frame has arrays of its own.
  const name = Object.prototype.toString.call(data).slice(8, -1);
  if (name !== 'Uint8ClampedArray' && name !== 'Uint8Array') {
    throw new TypeError(`image has data of ${kindOf(data)}, expected a Uint8ClampedArray`);
  }
  for (const [side, length] of Object.entries({ width: columns, height: rows })) {
    if (!Number.isInteger(length)) {
      throw new TypeError(`image has ${side} ${String(length)}, expected a positive integer`);
    }
  }
  checkPixels('image', columns, rows);
  if (data.length !== rows * columns * 4) {
    const expected = `${rows * columns * 4} for ${columns} × ${rows} pixels`;
    throw new RangeError(`image has ${data.length} bytes of data, expected ${expected}`);
  }
  const light = lightOf(data, { rows, columns, each: 4, most: 255 }, colour);
  layOnWhite(light, (i) => data[4 * i + 3], 255);
  return light;
}

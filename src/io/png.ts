/** Patterns as PNG pictures: light is +1, dark is −1. */

import { checkOptions } from '../checks.ts';
import { binarise, type Threshold } from './binarise.ts';
import { checkThreshold } from './light.ts';
import { checkPattern } from './pattern-set.ts';
import { encodePng } from './png-encode.ts';
import { readPngLight } from './png-light.ts';

const LARGEST = 2147483647;

/**
 * Reads a picture as a pattern: +1 where the luminance is `threshold` or more, −1 where it is less.
 *
 * Reads all kinds of PNG, of 1 to 16 bits a sample, interlaced or not; of an animation, the still
 * picture. Luminance runs from 0 (black) to 255 (white) and is (13933 R + 46871 G + 4732 B) / 65536 of
 * the stored samples scaled to 0 … 255 (ITU-R BT.709; gamma and colour profiles are ignored). What is
 * transparent lies on white. Damaged ancillary chunks and bytes after IEND are ignored.
 *
 * @param bytes - the whole file
 * @param options.threshold - the least luminance that is light, above 0 and up to 255, or 'otsu' for the
 *   one that parts the picture best; default 128
 * @returns the pattern, row after row from the top, and its shape
 * @throws TypeError when `bytes` is not a Uint8Array, or not a PNG file that can be read; RangeError
 *   when the file is truncated, has more or fewer pixels than it says or more than 2²⁶, or uses a colour
 *   not in its palette, or when `threshold` is out of range
 */
export function readPng(
  bytes: Uint8Array,
  options: { threshold?: Threshold } = {},
): { pattern: Int8Array; shape: [rows: number, columns: number] } {
  checkOptions(options, 'options', ['threshold']);
  const { threshold = 128 } = options;
  checkThreshold(threshold);
  const { values, rows, columns } = readPngLight(bytes, false);
  return { pattern: binarise(values, threshold), shape: [rows, columns] };
}

/**
 * Writes a pattern as an 8-bit grey picture: white for +1, black for −1.
 *
 * @param pattern - rows × columns values ±1, row after row from the top
 * @param shape - rows and columns
 * @param options - `scale`: pixels along each side of the square that stands for a neuron; default 1
 * @throws TypeError when `pattern` is not an Int8Array; RangeError when its length or a value is
 *   wrong, `scale`, rows or columns is not a positive integer, or the picture would have more than
 *   2³¹ − 1 pixels
 */
export function writePng(
  pattern: Int8Array,
  [rows, columns]: readonly [rows: number, columns: number],
  { scale = 1 }: { scale?: number } = {},
): Uint8Array {
  for (const [name, value] of Object.entries({ rows, columns, scale })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`${name} is ${value}, expected a positive integer`);
    }
  }
  checkPattern(pattern, rows * columns);
  const [width, height] = [columns * scale, rows * scale];
  if (width * height > LARGEST) {
    throw new RangeError(`${width} × ${height} pixels, expected at most ${LARGEST}`);
  }
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / scale) * columns;
    for (let x = 0; x < width; x++) {
      if (pattern[row + Math.floor(x / scale)] > 0) data[y * width + x] = 255;
    }
  }
  return encodePng(data, [height, width], 1);
}

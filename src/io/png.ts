/**
 * Patterns as PNG pictures, decoded and encoded by fast-png: light is +1, dark is −1.
 *
 * Checksums of chunks are verified. The one inside the compressed image data is not, and an encoder
 * that leaves out the end of the last row goes unnoticed: those pixels count as 0.
 */

import { decode, encode } from 'fast-png';
import { checkBytes, checkPattern } from './pattern-set.ts';
import { readPngHeader } from './png-chunks.ts';
import { luminances } from './png-luminance.ts';

const LARGEST = 2147483647;

/**
 * Reads a picture as a pattern: +1 where the luminance is `threshold` or more, −1 where it is less.
 *
 * Reads grey, RGB and palette pictures with and without transparency, of all depths from 1 to 16
 * bits a sample, interlaced ones of 8 or 16; of an animation, the still picture. Luminance runs from
 * 0 (black) to 255 (white) and is (13933 R + 46871 G + 4732 B) / 65536 of the stored samples scaled
 * to 0 … 255 (ITU-R BT.709; gamma and colour profiles are ignored). What is transparent lies on white.
 *
 * @param bytes - the whole file
 * @param options.threshold - the least luminance that is light, above 0 and up to 255; default 128
 * @returns the pattern, row after row from the top, and its shape
 * @throws TypeError when `bytes` is not a Uint8Array, or not a PNG file that can be read; RangeError
 *   when the file is truncated or overlong, says it has more pixels than it can hold, or uses a colour
 *   not in its palette, or when `threshold` is out of range
 */
export function readPng(
  bytes: Uint8Array,
  { threshold = 128 }: { threshold?: number } = {},
): { pattern: Int8Array; shape: [rows: number, columns: number] } {
  checkBytes(bytes);
  if (!(threshold > 0 && threshold <= 255)) {
    throw new RangeError(`threshold is ${threshold}, expected a number above 0 and up to 255`);
  }
  const header = readPngHeader(bytes);
  const light = luminances(header, decoded(bytes));
  return {
    pattern: Int8Array.from(light, (luminance) => (luminance >= threshold ? 1 : -1)),
    shape: [header.height, header.width],
  };
}

/**
 * Writes a pattern as an 8-bit grey picture: white for +1, black for −1.
 *
 * @param pattern - rows × columns values ±1, row after row from the top
 * @param options.scale - pixels along each side of the square that stands for a neuron; default 1
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
  return encode({ width, height, data, depth: 8, channels: 1 });
}

function decoded(bytes: Uint8Array): ReturnType<typeof decode> {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (error) {
    throw new TypeError(`PNG file cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

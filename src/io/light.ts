/**
 * What the decoders of pictures give: how light each pixel is, from 0 for black to 255 for white, as
 * grey or as red, green and blue.
 *
 * The luminance of a colour is (13933 R + 46871 G + 4732 B) / 65536, the weights of ITU-R BT.709 in
 * integers that add up to one, so that a grey of 8 bits keeps its value exactly. Samples are taken as
 * stored: gamma and colour profiles are ignored. What is transparent lies on white.
 */

import { quote } from '../quote.ts';

export interface Light {
  rows: number;
  columns: number;
  /** Row after row from the top: a value a pixel, or three. */
  values: Float32Array;
  channels: 1 | 3;
}

/** The most pixels that are read, 2²⁶. */
const MOST_PIXELS = 67108864;

function luminance(red: number, green: number, blue: number): number {
  return (13933 * red + 46871 * green + 4732 * blue) / 65536;
}

/** @throws RangeError at a picture of no pixels, or of more than 2²⁶ */
export function checkPixels(what: string, columns: number, rows: number): void {
  if (columns < 1 || rows < 1 || columns * rows > MOST_PIXELS) {
    const found = `${what} of ${columns} × ${rows} pixels`;
    throw new RangeError(`${found}, expected at least 1 × 1 and at most ${MOST_PIXELS} in all`);
  }
}

/** @throws RangeError when a threshold of luminance is neither 'otsu' nor above 0 and up to 255 */
export function checkThreshold(threshold: unknown): void {
  if (threshold === 'otsu') return;
  if (!(typeof threshold === 'number' && threshold > 0 && threshold <= 255)) {
    const found = typeof threshold === 'string' ? quote(threshold) : String(threshold);
    throw new RangeError(
      `threshold is ${found}, expected a number above 0 and up to 255, or 'otsu'`,
    );
  }
}

/** How samples lie: `each` a pixel, of which 1 or 3 are its colour and what follows is skipped. */
export interface Layout {
  rows: number;
  columns: number;
  each: number;
  /** The sample that is white. */
  most: number;
}

/** The light of samples, as red, green and blue if `colour`, and otherwise grey. */
export function lightOf(
  samples: ArrayLike<number>,
  { rows, columns, each, most }: Layout,
  colour: boolean,
): Light {
  const channels = colour ? 3 : 1;
  // Grey of 8 bits is its own light.
  if (each === 1 && most === 255 && !colour) {
    return { rows, columns, values: new Float32Array(samples), channels };
  }
  const pixels = rows * columns;
  const values = new Float32Array(pixels * channels);
  // Green and blue are the red sample where there is but one.
  const [green, blue] = each < 3 ? [0, 0] : [1, 2];
  for (let i = 0, at = 0, to = 0; i < pixels; i++, at += each) {
    if (colour) {
      values[to++] = (samples[at] * 255) / most;
      values[to++] = (samples[at + green] * 255) / most;
      values[to++] = (samples[at + blue] * 255) / most;
    } else if (each < 3) {
      values[to++] = (samples[at] * 255) / most;
    } else {
      values[to++] = (luminance(samples[at], samples[at + 1], samples[at + 2]) * 255) / most;
    }
  }
  return { rows, columns, values, channels };
}

/** 255 − α (255 − light) for every value; `alpha` tells that of a pixel, out of `most`. */
export function layOnWhite(
  { values, channels }: Light,
  alpha: (i: number) => number,
  most: number,
): void {
  for (let i = 0, at = 0; at < values.length; i++) {
    const opaque = alpha(i) / most;
    for (let k = 0; k < channels; k++, at++) values[at] = 255 - opaque * (255 - values[at]);
  }
}

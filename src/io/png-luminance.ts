/**
 * How light each pixel of a decoded PNG is, from 0 for black to 255 for white.
 *
 * The luminance of a colour is (13933 R + 46871 G + 4732 B) / 65536, the weights of ITU-R BT.709 in
 * integers that add up to one, so that a grey of 8 bits keeps its value exactly. The samples are
 * taken as stored: gamma and colour profiles are ignored. What is transparent lies on white:
 * 255 − α (255 − luminance).
 */

import type { DecodedPng } from 'fast-png';
import type { PngHeader } from './png-chunks.ts';

/** Luminances row after row, width × height of them. @throws RangeError at a colour not in the palette */
export function luminances(
  { width, height, depth, colour }: PngHeader,
  png: DecodedPng,
): Float64Array {
  const { data, channels } = png;
  const most = 2 ** depth - 1;
  const rowBytes = Math.ceil((width * depth) / 8);
  /** The sample of `channel` at `row` and `column`; below 8 bits several share a byte. */
  function sample(row: number, column: number, channel = 0): number {
    if (depth >= 8) return data[(row * width + column) * channels + channel];
    const bit = column * depth;
    return (data[row * rowBytes + (bit >> 3)] >> (8 - depth - (bit & 7))) & most;
  }
  const [key0, key1, key2] = png.transparency ?? [];

  function pixel(row: number, column: number): number {
    const first = sample(row, column);
    if (colour === 'grey') return key0 === first ? 255 : (first * 255) / most;
    if (colour === 'grey-alpha')
      return onWhite((first * 255) / most, sample(row, column, 1) / most);
    if (colour === 'palette') {
      const entry = png.palette?.[first];
      if (!entry) {
        const size = png.palette?.length ?? 0;
        throw new RangeError(
          `colour ${first} at row ${row}, column ${column}, expected below ${size}`,
        );
      }
      const [red, green, blue, alpha = 255] = entry;
      return onWhite(luminance(red, green, blue), alpha / 255);
    }
    const [green, blue] = [sample(row, column, 1), sample(row, column, 2)];
    const light = (luminance(first, green, blue) * 255) / most;
    if (colour === 'rgba') return onWhite(light, sample(row, column, 3) / most);
    return first === key0 && green === key1 && blue === key2 ? 255 : light;
  }

  return Float64Array.from({ length: width * height }, (_, i) =>
    pixel(Math.floor(i / width), i % width),
  );
}

function luminance(red: number, green: number, blue: number): number {
  return (13933 * red + 46871 * green + 4732 * blue) / 65536;
}

function onWhite(light: number, alpha: number): number {
  return 255 - alpha * (255 - light);
}

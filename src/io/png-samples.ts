/**
 * From the image data of a PNG file to its samples (W3C PNG specification, sections 7 to 10): unpacked,
 * filters undone, the seven passes of an interlaced picture put in place, samples below 8 bits spread.
 */

import { inflated } from './inflate.ts';
import type { PngChunks } from './png-chunks.ts';

/** Which pixels a pass holds: from `x` and `y` on, every `dx`-th and `dy`-th. */
interface Pass {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

const WHOLE: Pass[] = [{ x: 0, y: 0, dx: 1, dy: 1 }];

const ADAM7: Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

/**
 * The samples, pixel after pixel, row after row.
 *
 * @throws TypeError when the image data are damaged, RangeError when they are too short or too long
 */
export function readPngSamples(png: PngChunks): Uint8Array | Uint16Array {
  const { width, height, depth, samples, interlaced, data } = png;
  const passes = (interlaced ? ADAM7 : WHOLE)
    .map((pass) => ({
      ...pass,
      columns: Math.ceil((width - pass.x) / pass.dx),
      rows: Math.ceil((height - pass.y) / pass.dy),
    }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
  const bytesOf = (columns: number) => Math.ceil((columns * samples * depth) / 8);
  const size = passes.reduce((sum, { columns, rows }) => sum + rows * (1 + bytesOf(columns)), 0);
  const rest = inflated(data, size, 'PNG image data');
  const out = new (depth === 16 ? Uint16Array : Uint8Array)(width * height * samples);
  const pixelBytes = Math.max(1, (samples * depth) / 8);
  let at = 0;
  for (const { x, y, dx, dy, columns, rows } of passes) {
    const bytes = bytesOf(columns);
    let above: Uint8Array = new Uint8Array(bytes);
    for (let row = 0; row < rows; row++) {
      const line = rest.subarray(at + 1, at + 1 + bytes);
      unfilter(rest[at], line, above, pixelBytes);
      const start = ((y + row * dy) * width + x) * samples;
      place(line, depth, out, { start, columns, samples, step: dx * samples });
      above = line;
      at += 1 + bytes;
    }
  }
  return out;
}

/** Undoes the filter of a row in place (section 9); `above` is the row before, undone. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, pixelBytes: number): void {
  const length = line.length;
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let i = pixelBytes; i < length; i++) line[i] += line[i - pixelBytes];
      return;
    case 2:
      for (let i = 0; i < length; i++) line[i] += above[i];
      return;
    case 3:
      for (let i = 0; i < pixelBytes; i++) line[i] += above[i] >> 1;
      for (let i = pixelBytes; i < length; i++) {
        line[i] += (line[i - pixelBytes] + above[i]) >> 1;
      }
      return;
    case 4:
      for (let k = 0; k < pixelBytes; k++) {
        for (let i = k, left = 0, corner = 0; i < length; i += pixelBytes) {
          const up = above[i];
          left = (line[i] + paeth(left, up, corner)) & 255;
          line[i] = left;
          corner = up;
        }
      }
      return;
    default:
      throw new TypeError(`PNG image data with filter ${filter}, expected 0 to 4`);
  }
}

/** Of left, above and above left, the one nearest to left + above − above left. */
function paeth(left: number, above: number, corner: number): number {
  const fromLeft = Math.abs(above - corner);
  const fromAbove = Math.abs(left - corner);
  const fromCorner = Math.abs(left + above - 2 * corner);
  if (fromLeft <= fromAbove && fromLeft <= fromCorner) return left;
  return fromAbove <= fromCorner ? above : corner;
}

interface Place {
  start: number;
  columns: number;
  samples: number;
  /** From a pixel to the next. */
  step: number;
}

/** Puts the samples of a row where they belong. */
function place(
  line: Uint8Array,
  depth: number,
  out: Uint8Array | Uint16Array,
  { start, columns, samples, step }: Place,
): void {
  if (depth === 8 && step === samples) {
    out.set(line, start);
    return;
  }
  const most = 2 ** depth - 1;
  for (let column = 0; column < columns; column++) {
    for (let k = 0; k < samples; k++) {
      const from = column * samples + k;
      let sample: number;
      if (depth === 8) sample = line[from];
      else if (depth === 16) sample = (line[2 * from] << 8) | line[2 * from + 1];
      else sample = (line[(from * depth) >> 3] >> (8 - depth - ((from * depth) & 7))) & most;
      out[start + column * step + k] = sample;
    }
  }
}

/** How light the pixels of a PNG picture are: palette and transparency resolved, on white. */

import { checkBytes } from './pattern-set.ts';
import { layOnWhite, lightOf, type Light } from './light.ts';
import { readPngChunks, type PngChunks } from './png-chunks.ts';
import { readPngSamples } from './png-samples.ts';

/** @throws TypeError or RangeError at what is not a PNG file, damaged, or too large */
export function readPngLight(bytes: Uint8Array, colour: boolean): Light {
  checkBytes(bytes);
  const png = readPngChunks(bytes);
  const samples = readPngSamples(png);
  const { width: columns, height: rows } = png;
  if (png.palette) {
    return { rows, columns, channels: colour ? 3 : 1, values: ofPalette(png, samples, colour) };
  }
  const most = 2 ** png.depth - 1;
  const alpha = alphaOf(png, samples, most);
  const light = lightOf(samples, { rows, columns, each: png.samples, most }, colour);
  if (alpha) layOnWhite(light, alpha, most);
  return light;
}

function ofPalette(
  { width, palette, transparency }: PngChunks,
  samples: ArrayLike<number>,
  colour: boolean,
): Float32Array {
  const entries = palette!.length / 3;
  const entry = lightOf(palette!, { rows: 1, columns: entries, each: 3, most: 255 }, colour);
  if (transparency) {
    layOnWhite(entry, (i) => (i < transparency.length ? transparency[i] : 255), 255);
  }
  const { channels } = entry;
  const values = new Float32Array(samples.length * channels);
  for (let i = 0; i < samples.length; i++) {
    const which = samples[i];
    if (which >= entries) {
      const place = `row ${Math.floor(i / width)}, column ${i % width}`;
      throw new RangeError(`PNG colour ${which} at ${place}, expected below ${entries}`);
    }
    for (let k = 0; k < channels; k++)
      values[i * channels + k] = entry.values[which * channels + k];
  }
  return values;
}

/** The alpha of the i-th pixel, out of `most`; undefined when nothing is transparent. */
function alphaOf(
  { samples: each, transparency }: PngChunks,
  samples: ArrayLike<number>,
  most: number,
): ((i: number) => number) | undefined {
  if (each % 2 === 0) return (i) => samples[i * each + each - 1];
  if (!transparency || transparency.length < 2 * each) return undefined;
  const key = Array.from(
    { length: each },
    (_, k) => ((transparency[2 * k] << 8) | transparency[2 * k + 1]) & most,
  );
  return (i) => (key.every((sample, k) => samples[i * each + k] === sample) ? 0 : most);
}

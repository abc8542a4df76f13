/** Pictures as grey or colour, for memories that hold real values: PNG, JPEG, PBM, PGM and PPM. */

import { checkOptions } from '../checks.ts';
import { describeFile, fileKind } from './file-kind.ts';
import { imageDataLight, isImageData, type ImageDataLike } from './image-data.ts';
import { readJpegLight } from './jpeg.ts';
import type { Light } from './light.ts';
import { readNetpbmLights } from './netpbm.ts';
import { checkBytes } from './pattern-set.ts';
import { checkPicture, samplesOf, type Picture } from './picture-values.ts';
import { encodePng } from './png-encode.ts';
import { readPngLight } from './png-light.ts';

/**
 * Reads a PNG, JPEG, PBM, PGM or PPM picture, told apart by their first bytes, or what a canvas gives.
 *
 * @param source - the whole file, or `ImageData`
 * @param options.colour - red, green and blue instead of the luminance; default false
 * @returns values from 0 (black) to 1 (white); what is transparent lies on white
 * @throws TypeError when `source` is no such picture; RangeError when the file is
 *   truncated, has more pixels than fit into it or than 2²⁶, or several pictures
 */
export function readPicture(
  source: Uint8Array | ImageDataLike,
  options: { colour?: boolean } = {},
): Picture {
  checkOptions(options, 'options', ['colour']);
  const { colour = false } = options;
  const lights = isImageData(source)
    ? [imageDataLight(source, colour)]
    : readLights(source, colour);
  if (lights.length > 1) {
    throw new RangeError(`file with ${lights.length} pictures, expected one`);
  }
  const [{ values, rows, columns }] = lights;
  for (let i = 0; i < values.length; i++) values[i] /= 255;
  return { data: values, shape: colour ? [rows, columns, 3] : [rows, columns] };
}

/** The light of all pictures in the file. */
export function readLights(bytes: Uint8Array, colour: boolean): Light[] {
  checkBytes(bytes);
  switch (fileKind(bytes)) {
    case 'png':
      return [readPngLight(bytes, colour)];
    case 'jpeg':
      return [readJpegLight(bytes, colour)];
    case 'netpbm':
      return readNetpbmLights(bytes, colour);
    default:
      throw new TypeError(`${describeFile(bytes)}, expected a PNG, JPEG, PBM, PGM or PPM picture`);
  }
}

/**
 * Writes a picture as PNG, grey or RGB of 8 bits; values below 0 are black, those above 1 white.
 *
 * @throws TypeError or RangeError when `picture` is no {@link Picture}
 */
export function writePicture(picture: Picture): Uint8Array {
  const [rows, columns, channels = 1] = checkPicture(picture);
  return encodePng(samplesOf(picture.data), [rows, columns], channels);
}

/**
 * Writes a grey picture as PGM (P5) of 8 bits; values below 0 are black, those above 1 white.
 *
 * @throws TypeError or RangeError when `picture` is no {@link Picture} of shape `[rows, columns]`
 */
export function writePgm(picture: Picture): Uint8Array {
  const [rows, columns, channels] = checkPicture(picture);
  if (channels) throw new RangeError('picture with colours, expected shape [rows, columns]');
  const header = new TextEncoder().encode(`P5\n${columns} ${rows}\n255\n`);
  const bytes = new Uint8Array(header.length + picture.data.length);
  bytes.set(header);
  bytes.set(samplesOf(picture.data), header.length);
  return bytes;
}

/**
 * Patterns from a file of any kind that is read here, told by its content: pictures, `.npy`, `.npz`, idx, grid
 * text, numbers in text; also compressed by gzip.
 *
 * Whoever imports this gets every decoder; each reader can be had alone.
 */

import { describeFile, fileKind } from './file-kind.ts';
import { csvValues } from './csv.ts';
import { readGrid } from './grid.ts';
import { readIdx } from './idx.ts';
import { gunzipped } from './inflate.ts';
import { checkThreshold } from './light.ts';
import { arrayValues } from './npy-patterns.ts';
import { readNpy } from './npy.ts';
import { readNpz } from './npz.ts';
import { checkBytes, type PatternSet } from './pattern-set.ts';
import {
  checkPatternOptions,
  patternsOf,
  type PatternOptions,
  type PatternValues,
} from './pattern-values.ts';
import { readLights } from './picture.ts';

/** The array of an `.npz` file that holds the patterns, if there are several. */
const ARRAY = 'patterns';

/**
 * Reads patterns from the content of a file.
 *
 * Pictures (PNG, JPEG, PBM, PGM, PPM) become signs by the threshold, by default 128 of 255. In arrays and text
 * all values are ±1, or all are 0 (read as −1) and 1; any others need a threshold, except bytes in idx files,
 * for which it is 128. An `.npz` file has one array, or one of the name `patterns`.
 *
 * @throws TypeError when `bytes` is not a Uint8Array or of a kind that is not read, which the message names, or
 *   is damaged; RangeError when lengths, values or options do not fit
 */
export function readPatterns(bytes: Uint8Array, options: PatternOptions = {}): PatternSet {
  checkBytes(bytes);
  checkPatternOptions(options);
  const content = unpacked(bytes);
  const kind = fileKind(content);
  if (kind === 'png' || kind === 'jpeg' || kind === 'netpbm') {
    const { threshold = 128 } = options;
    checkThreshold(threshold);
    return patternsOf(pictureValues(content), { ...options, threshold });
  }
  return patternsOf(valuesOf(content, options.shape), options);
}

/** What is in a file that may be compressed. */
export function unpacked(bytes: Uint8Array): Uint8Array {
  // Once: there is a gzip file that unpacks to itself.
  return fileKind(bytes) === 'gzip' ? gunzipped(bytes) : bytes;
}

/** The values of a file that is no picture, as they stand. */
export function valuesOf(bytes: Uint8Array, shape: PatternSet['shape'] | undefined): PatternValues {
  switch (fileKind(bytes)) {
    case 'npy':
      return arrayValues(readNpy(bytes), '.npy');
    case 'zip':
      return npzValues(bytes);
    case 'idx': {
      const array = readIdx(bytes);
      const values = arrayValues(array, 'idx');
      return array.dtype === 'u1' && array.shape.length > 1 ? { ...values, fallback: 128 } : values;
    }
    case undefined:
      return textValues(textOf(bytes), shape);
    default:
      throw unknown(bytes);
  }
}

function pictureValues(bytes: Uint8Array): PatternValues {
  const lights = readLights(bytes, false);
  const [{ rows, columns }] = lights;
  const data = new Float32Array(rows * columns * lights.length);
  lights.forEach((light, k) => {
    if (light.rows !== rows || light.columns !== columns) {
      throw new RangeError(
        `picture ${k + 1} of ${light.columns} × ${light.rows} pixels, expected ${columns} × ${rows} as before`,
      );
    }
    data.set(light.values, k * rows * columns);
  });
  return { data, shape: [rows, columns], place: (i) => `pixel ${i}` };
}

function npzValues(bytes: Uint8Array): PatternValues {
  const arrays = readNpz(bytes);
  const names = Object.keys(arrays);
  const name = names.length === 1 ? names[0] : ARRAY;
  if (!names.includes(name)) {
    throw new RangeError(
      `.npz file with the arrays ${names.join(', ')}, expected one, or one named ${ARRAY}`,
    );
  }
  return arrayValues(arrays[name], '.npz');
}

function textValues(text: string, shape: PatternSet['shape'] | undefined): PatternValues {
  if (!isGrid(text)) return csvValues(text, shape);
  const set = readGrid(text);
  const neurons = set.patterns[0].length;
  const data = new Int8Array(neurons * set.patterns.length);
  set.patterns.forEach((pattern, k) => data.set(pattern, k * neurons));
  return { data, shape: set.shape, place: (i) => `grid ${Math.floor(i / neurons) + 1}` };
}

/** Whether there is a line of `*` and `.`, or a header of three numbers without numbers after it. */
function isGrid(text: string): boolean {
  if (/^[*.]+[ \t\r]*$/m.test(text)) return true;
  const [, header, rest] = /^\ufeff?([^\r\n]*)([^]*)$/.exec(text)!;
  return /^\d+[ \t]+\d+[ \t]+\d+\s*$/.test(header) && !/^[\d+#-]/.test(rest.trimStart());
}

/** The file as text, in UTF-8 or, with a byte-order mark, in UTF-16. */
function textOf(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
  try {
    const text = new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes);
    if (text !== '' && !text.includes('\0')) return text;
  } catch {
    // Not text: said below.
  }
  throw unknown(bytes);
}

function unknown(bytes: Uint8Array): TypeError {
  return new TypeError(
    `${describeFile(bytes)}, expected a picture (PNG, JPEG, PBM, PGM, PPM), .npy, .npz, idx, ` +
      'grid text or numbers as text',
  );
}

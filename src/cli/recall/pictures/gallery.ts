/** Pictures in grey or colour, as modern networks recall them, from what the options name. */

import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileKind } from '../../../io/file-kind.ts';
import { resize, type Picture } from '../../../io/index.ts';
import { readLights } from '../../../io/picture.ts';
import { unpacked, valuesOf } from '../../../io/read-patterns.ts';
import { MAX_DIMENSION } from '../../../models/modern/vectors.ts';
import { blame, Failure } from '../../failure.ts';
import { isStandard, inputName, readInput } from '../../input-file.ts';
import { columnsOf, numbered } from '../../library.ts';
import { readDigitPictures } from '../../mnist.ts';
import { count } from '../../words.ts';
import type { RecallFlags } from '../options.ts';
import {
  checkSizes,
  namesOf,
  pictureFiles,
  PICTURES,
  sizeClass,
  spoken,
} from '../read-patterns.ts';
import { digitsFrom } from '../source.ts';

export interface Gallery {
  /** All of one shape. */
  patterns: Picture[];
  names: string[];
  /** Where they come from, for people. */
  source: string;
}

/**
 * The pictures to store, and the cues where they come from a file: in colour if any picture of the two has colours.
 *
 * @throws Failure when something cannot be read, or the cues are of another size
 */
export function openGalleries(
  file: string | undefined,
  options: RecallFlags,
): { stored: Gallery; cues: Gallery } {
  const stored = file === undefined ? digitGallery(options) : readGallery(file, options, 'picture');
  const cues = options.cue === undefined ? stored : readGallery(options.cue, options, 'cue');
  const [found, expected] = [cues, stored].map(({ patterns: [{ shape }] }) => sizeOf(shape));
  if (found !== expected) {
    throw new Failure(
      `${cues.source} has pictures of ${found}, expected ${expected} as in ${stored.source}`,
    );
  }
  const colour = [stored, cues].some(({ patterns }) => patterns.some(hasColour));
  const toned = (gallery: Gallery): Gallery => ({
    ...gallery,
    patterns: colour ? gallery.patterns : gallery.patterns.map(grey),
  });
  const all = toned(stored);
  checkDimension(all);
  return { stored: all, cues: cues === stored ? all : toned(cues) };
}

function digitGallery(options: RecallFlags): Gallery {
  const { pictures, names, source } = readDigitPictures(...digitsFrom(options));
  return { patterns: pictures.map((picture) => scaled(inColour(picture), options)), names, source };
}

/** Of a folder, or of a file of any kind; `-` is standard input. */
function readGallery(path: string, options: RecallFlags, what: string): Gallery {
  if (!isStandard(path) && blame(path, () => statSync(path)).isDirectory()) {
    const files = pictureFiles(path);
    const sets = files.map((file) => readFile(join(path, file), options));
    checkSizes(
      path,
      files,
      sets.map(([first]) => first),
    );
    const names = namesOf(
      files,
      sets.map(({ length }) => length),
    );
    return { patterns: sets.flat(), names, source: basename(path) };
  }
  const patterns = readFile(path, options);
  return { patterns, names: numbered(what, patterns.length), source: basename(inputName(path)) };
}

/** All pictures of a file, in colour. */
function readFile(path: string, options: RecallFlags): Picture[] {
  return blame(inputName(path), () =>
    spoken(() => {
      const bytes = unpacked(readInput(path, sizeClass));
      const pictures = PICTURES.includes(fileKind(bytes))
        ? readLights(bytes, true).map(({ values, rows, columns }): Picture => {
            return { data: values.map((light) => light / 255), shape: [rows, columns, 3] };
          })
        : picturesOf(bytes, options);
      checkShape(pictures[0], options);
      const [{ shape }] = pictures;
      const odd = pictures.find((other) => sizeOf(other.shape) !== sizeOf(shape));
      if (odd) {
        throw new Failure(
          `${inputName(path)}: pictures of ${sizeOf(shape)} and ${sizeOf(odd.shape)}`,
        );
      }
      return pictures.map((picture) => scaled(picture, options));
    }),
  );
}

/** @throws RangeError when another shape was asked for than the file has */
function checkShape({ shape: [rows, columns] }: Picture, { shape }: RecallFlags): void {
  if (shape?.length !== 2 || (shape[0] === rows && shape[1] === columns)) return;
  throw new RangeError(`shape is [${shape}], expected [${rows},${columns}] as the file says`);
}

/** Values of arrays and text: bytes, from 0 to 1, or with signs. */
function picturesOf(bytes: Uint8Array, { shape: asked }: RecallFlags): Picture[] {
  const { data, shape: found, place, fallback } = valuesOf(bytes, asked);
  const shape = asked ?? found;
  const pixels = shape.reduce((product, n) => product * n, 1);
  if (data.length % pixels !== 0) {
    throw new RangeError(`${data.length} values, expected a multiple of ${pixels}`);
  }
  const [least, most] = rangeOf(data, fallback !== undefined);
  for (let i = 0; i < data.length; i++) {
    if (data[i] >= least && data[i] <= most) continue;
    throw new RangeError(
      `value ${data[i]} at ${place(i)}, expected 0 to 1, or -1 to 1, or whole numbers from 0 to 255`,
    );
  }
  const columns = pixels % columnsOf(shape) === 0 ? columnsOf(shape) : pixels;
  return Array.from({ length: data.length / pixels }, (_, k) =>
    inColour({
      data: Float32Array.from(
        { length: pixels },
        (__, i) => (data[k * pixels + i] - least) / (most - least),
      ),
      shape: [pixels / columns, columns],
    }),
  );
}

/** The values that stand for black and white. */
function rangeOf(data: ArrayLike<number>, bytes: boolean): [least: number, most: number] {
  let [least, most, whole] = [0, 1, true];
  for (let i = 0; i < data.length; i++) {
    if (data[i] < 0) least = -1;
    if (data[i] > 1) most = 255;
    whole &&= Number.isInteger(data[i]);
  }
  if (bytes || (least === 0 && most === 255 && whole)) return [0, 255];
  return [least, 1];
}

function scaled(picture: Picture, { scale }: RecallFlags): Picture {
  return scale ? resize(picture, scale) : picture;
}

function inColour({ data, shape: [rows, columns] }: Picture): Picture {
  const all = Float32Array.from({ length: 3 * data.length }, (_, i) => data[Math.floor(i / 3)]);
  return { data: all, shape: [rows, columns, 3] };
}

function hasColour({ data }: Picture): boolean {
  for (let i = 0; i < data.length; i += 3) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return true;
  }
  return false;
}

/** Of a picture whose red, green and blue are equal. */
function grey({ data, shape: [rows, columns] }: Picture): Picture {
  const one = Float32Array.from({ length: data.length / 3 }, (_, i) => data[3 * i]);
  return { data: one, shape: [rows, columns] };
}

/** Rows and columns, for people. */
export function sizeOf([rows, columns]: readonly number[]): string {
  return `${rows} × ${columns}`;
}

/** @throws Failure when the pictures have more values than a vector may have */
function checkDimension({ patterns: [{ data, shape }], source }: Gallery): void {
  if (data.length <= MAX_DIMENSION) return;
  const factor = Math.sqrt(MAX_DIMENSION / data.length);
  const size = shape.slice(0, 2).map((n) => Math.max(1, Math.floor(n * factor)));
  throw new Failure(
    `${source}: ${sizeOf(shape)} pixels have ${count(data.length, 'value')}, expected at most ${MAX_DIMENSION}; ` +
      `--scale ${size.join('x')} makes the pictures small enough`,
  );
}

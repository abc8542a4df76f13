/** Patterns from what a path names: a file of any kind that `readPatterns` tells, a folder of pictures, `-`. */

import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileKind, type FileKind } from '../../io/file-kind.ts';
import { readPatterns, type PatternSet } from '../../io/index.ts';
import type { PatternOptions } from '../../io/pattern-values.ts';
import { blame, Failure, messageOf } from '../failure.ts';
import { isStandard, inputName, readInput } from '../input-file.ts';
import { numbered, type Library } from '../library.ts';
import { count } from '../words.ts';

/** Options of the command that say how values become patterns. */
export interface PatternFlags {
  luminance?: PatternOptions['threshold'];
  scale?: [rows: number, columns: number];
  shape?: PatternSet['shape'];
}

/** Kinds of files that are read as one picture, or would be if they were read. */
export const PICTURES: (FileKind | undefined)[] = [
  ...(['png', 'jpeg', 'netpbm'] as const),
  ...(['gif', 'bmp', 'webp', 'tiff'] as const),
];
const PICTURE_NAMES = ['.png', '.jpg', '.jpeg', '.pbm', '.pgm', '.ppm', '.pnm'];

/** Pictures that a message names before it only counts them. */
const NAMED = 5;

/** What messages of the readers call an option, and what it is called here. */
const SPOKEN: [RegExp, string][] = [
  [/need a threshold$/, 'need --luminance: the least number that is +1, or otsu'],
  [/(need|expected) a shape( such as \[8, 8\])?$/, '$1 --shape, such as 8x8'],
  [
    / are no pictures, expected rows and columns$/,
    ' have no rows and columns: --scale needs --shape',
  ],
];

/** Reads `path`: a folder of pictures, or a file by its content; `-` is standard input. */
export function readLibrary(path: string, flags: PatternFlags, what = 'pattern'): Library {
  if (!isStandard(path) && blame(path, () => statSync(path)).isDirectory()) {
    return readPictures(path, flags);
  }
  const set = readPatternFile(path, flags);
  return { ...set, source: basename(inputName(path)), names: numbered(what, set.patterns.length) };
}

function readPatternFile(path: string, { luminance, scale, shape }: PatternFlags): PatternSet {
  return blame(inputName(path), () => {
    const set = spoken(() =>
      readPatterns(readInput(path, sizeClass), { threshold: luminance, size: scale, shape }),
    );
    if (typeof luminance === 'number') checkSigns(set, luminance);
    return set;
  });
}

/** Arrays may be larger than pictures and text. */
export function sizeClass(start: Buffer): 'array' | 'patterns' {
  return ['npy', 'zip', 'idx'].includes(fileKind(start) ?? '') ? 'array' : 'patterns';
}

/** What `read` returns; what it throws is said in words of the command. */
export function spoken<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Error(
      SPOKEN.reduce((words, [here, there]) => words.replace(here, there), messageOf(error)),
      { cause: error },
    );
  }
}

/** @throws Error when a threshold leaves nothing to tell apart: it was meant for values of another kind */
function checkSigns({ patterns }: PatternSet, luminance: number): void {
  const [[first]] = patterns;
  if (patterns.some((pattern) => pattern.some((sign) => sign !== first))) return;
  throw new Error(
    `--luminance ${luminance} makes every value ${first}, expected a number between the values of the file`,
  );
}

/** The pictures in a folder, in the order of their names (2.png before 10.png), all of one size. */
function readPictures(folder: string, flags: PatternFlags): Library {
  const files = pictureFiles(folder);
  const sets = files.map((file) => readPatternFile(join(folder, file), flags));
  checkSizes(folder, files, sets);
  const patterns = sets.flatMap((set) => set.patterns);
  const names = namesOf(
    files,
    sets.map((set) => set.patterns.length),
  );
  return { patterns, shape: sets[0].shape, source: basename(folder), names };
}

/** The pictures in a folder, in the order of their names. @throws Failure when there are none */
export function pictureFiles(folder: string): string[] {
  const files = blame(folder, () => readdirSync(folder, { withFileTypes: true }))
    .filter((entry) => !entry.isDirectory() && isPicture(folder, entry.name))
    .map(({ name }) => name)
    .sort(new Intl.Collator('en', { numeric: true }).compare);
  if (files.length > 0) return files;
  throw new Failure(`${folder}: a folder without pictures (PNG, JPEG, PBM, PGM, PPM)`);
}

/** What to call the pictures of files that have so many each. */
export function namesOf(files: readonly string[], counts: readonly number[]): string[] {
  return files.flatMap((file, k) =>
    counts[k] === 1 ? [file] : numbered(`${file} picture`, counts[k]),
  );
}

/** By its name or its first bytes. Hidden files are not looked at. */
function isPicture(folder: string, name: string): boolean {
  if (name.startsWith('.')) return false;
  if (PICTURE_NAMES.includes(extname(name).toLowerCase())) return true;
  const path = join(folder, name);
  if (!blame(path, () => statSync(path)).isFile()) return false;
  return PICTURES.includes(fileKind(blame(path, () => firstBytes(path))));
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(16);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** @throws Failure that says which pictures are not of the size that most have */
export function checkSizes(
  folder: string,
  files: readonly string[],
  sets: readonly { shape: readonly number[] }[],
): void {
  const sizes = new Map<string, string[]>();
  sets.forEach(({ shape }, k) => {
    const size = shape.slice(0, 2).join(' × ');
    sizes.set(size, [...(sizes.get(size) ?? []), files[k]]);
  });
  if (sizes.size === 1) return;
  const [[usual, most], ...others] = [...sizes].sort(([, a], [, b]) => b.length - a.length);
  const odd = others.flatMap(([size, names]) => names.map((name) => `${name} has ${size}`));
  const more = odd.length - NAMED;
  throw new Failure(
    `${folder}: pictures of different sizes: ${count(most.length, 'picture')} of ${usual} pixels, ` +
      odd.slice(0, NAMED).join(', ') +
      (more > 0 ? ` and ${count(more, 'other')}` : '') +
      `; --scale ${usual.replaceAll(' ', '').replace('×', 'x')} brings all to one size`,
  );
}

/** Patterns into files; the format is that of the name. */

import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import {
  readNpy,
  writeCsv,
  writeGrid,
  writeNpyPatterns,
  writeNpz,
  writePbm,
  writePng,
  type PatternSet,
} from '../../io/index.ts';
import { blame, Failure } from '../failure.ts';
import { columnsOf } from '../library.ts';
import { checkNoInput, checkOutput, writeOutput } from '../output-file.ts';

/** How sets of some kind are written. */
export interface Formats<S> {
  /** By the ending of the name. */
  files: Readonly<Record<string, (set: S) => string | Uint8Array>>;
  /** The k-th as a PNG picture. */
  picture(set: S, k: number): Uint8Array;
}

const PATTERNS: Formats<PatternSet> = {
  files: {
    '.dat': writeGrid,
    '.txt': writeGrid,
    '.csv': writeCsv,
    '.npy': writeNpyPatterns,
    '.npz': (set) => writeNpz({ patterns: readNpy(writeNpyPatterns(set)) }),
    '.pbm': (set) => writePbm({ ...set, shape: pictureShape(set) }),
  },
  picture: (set, k) => writePng(set.patterns[k], pictureShape(set)),
};

type Others = Record<string, string | undefined>;

/**
 * A function that writes `count` patterns to `path`, or a complaint before any work is done.
 *
 * @param others - files of the command that are not to be written over, by their names for people
 */
export function patternWriter(path: string, count: number, others: Others) {
  return writerTo(path, count, others, PATTERNS);
}

/** The same for sets of any kind. */
export function writerTo<S>(
  path: string,
  count: number,
  others: Others,
  formats: Formats<S>,
): (set: S) => void {
  return blame(path, () => {
    const write = writerFor(path, count, formats);
    if (isFolder(path)) checkFolder(path, count, others);
    else checkOutput(path, others);
    return (set) => blame(path, () => write(set));
  });
}

function checkFolder(path: string, count: number, others: Others) {
  checkNoInput(path, others);
  for (let k = 1; k <= count; k++) checkNoInput(pictureIn(path, k), others);
  if (statSync(path, { throwIfNoEntry: false })) accessSync(path, constants.W_OK);
}

function writerFor<S>(path: string, count: number, formats: Formats<S>): (set: S) => void {
  const { files, picture } = formats;
  if (isFolder(path)) {
    return (set) => {
      mkdirSync(path, { recursive: true });
      for (let k = 0; k < count; k++) writeOutput(pictureIn(path, k + 1), picture(set, k));
    };
  }
  const extension = extname(path).toLowerCase();
  if (Object.hasOwn(files, extension)) return (set) => writeOutput(path, files[extension](set));
  if (extension === '.png') {
    if (count === 1) return (set) => writeOutput(path, picture(set, 0));
    throw new Failure(`${path}: one picture cannot hold ${count} patterns; name a folder, 'out/'`);
  }
  const known = ['.png', ...Object.keys(files)].join(', ');
  throw new Failure(`${path}: cannot write '${extension}', expected ${known} or 'folder/'`);
}

function isFolder(path: string): boolean {
  if (/[\\/]$/.test(path)) return true;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function pictureIn(folder: string, number: number): string {
  return join(folder, `${number}.png`);
}

function pictureShape({ patterns: [{ length }], shape }: PatternSet): [number, number] {
  const columns = columnsOf(shape);
  const rows = length / columns;
  if (!Number.isInteger(rows)) {
    throw new Failure(`${length} neurons are no picture; write .npy or .csv instead`);
  }
  return [rows, columns];
}

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

type Write = (set: PatternSet) => void;

/**
 * A function that writes `count` patterns to `path`, or a complaint before any work is done.
 *
 * @param others - files of the command that are not to be written over, by their names for people
 */
export function patternWriter(
  path: string,
  count: number,
  others: Record<string, string | undefined>,
): Write {
  return blame(path, () => {
    const write = writerFor(path, count);
    if (isFolder(path)) checkFolder(path, count, others);
    else checkOutput(path, others);
    return (set) => blame(path, () => write(set));
  });
}

function checkFolder(path: string, count: number, others: Record<string, string | undefined>) {
  checkNoInput(path, others);
  for (let k = 1; k <= count; k++) checkNoInput(pictureIn(path, k), others);
  if (statSync(path, { throwIfNoEntry: false })) accessSync(path, constants.W_OK);
}

function writerFor(path: string, count: number): Write {
  if (isFolder(path)) return (set) => writePictures(path, set);
  const extension = extname(path).toLowerCase();
  switch (extension) {
    case '.dat':
    case '.txt':
      return (set) => writeOutput(path, writeGrid(set));
    case '.csv':
      return (set) => writeOutput(path, writeCsv(set));
    case '.npy':
      return (set) => writeOutput(path, writeNpyPatterns(set));
    case '.npz':
      return (set) => writeOutput(path, writeNpz({ patterns: readNpy(writeNpyPatterns(set)) }));
    case '.pbm':
      return (set) => writeOutput(path, writePbm({ ...set, shape: pictureShape(set) }));
    case '.png':
      if (count > 1) {
        throw new Failure(
          `${path}: one picture cannot hold ${count} patterns; name a folder, 'out/'`,
        );
      }
      return (set) => writeOutput(path, pictureOf(set, 0));
    default:
      throw new Failure(
        `${path}: cannot write '${extension}', expected .dat, .txt, .csv, .npy, .npz, .png, .pbm or 'folder/'`,
      );
  }
}

function isFolder(path: string): boolean {
  if (/[\\/]$/.test(path)) return true;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function writePictures(folder: string, set: PatternSet): void {
  mkdirSync(folder, { recursive: true });
  set.patterns.forEach((_, k) => writeOutput(pictureIn(folder, k + 1), pictureOf(set, k)));
}

function pictureIn(folder: string, number: number): string {
  return join(folder, `${number}.png`);
}

function pictureOf(set: PatternSet, k: number): Uint8Array {
  return writePng(set.patterns[k], pictureShape(set));
}

function pictureShape({ patterns: [{ length }], shape }: PatternSet): [number, number] {
  const columns = columnsOf(shape);
  const rows = length / columns;
  if (!Number.isInteger(rows)) {
    throw new Failure(`${length} neurons are no picture; write .npy or .csv instead`);
  }
  return [rows, columns];
}

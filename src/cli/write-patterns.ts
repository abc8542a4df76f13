/** Patterns into files; the format is that of the name. */

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { writeGrid, writeNpyPatterns, writePng, type PatternSet } from '../io/index.ts';
import { blame, Failure } from './failure.ts';
import { columnsOf } from './library.ts';

/** A function that writes `count` patterns to `path`, or a complaint before any work is done. */
export function patternWriter(path: string, count: number): (set: PatternSet) => void {
  const extension = extname(path).toLowerCase();
  if (isFolder(path)) return (set) => blame(path, () => writePictures(path, set));
  switch (extension) {
    case '.dat':
    case '.txt':
      return (set) => blame(path, () => writeFileSync(path, writeGrid(set)));
    case '.npy':
      return (set) => blame(path, () => writeFileSync(path, writeNpyPatterns(set)));
    case '.png':
      if (count > 1) {
        throw new Failure(
          `${path}: one picture cannot hold ${count} patterns; name a folder, 'out/'`,
        );
      }
      return (set) => blame(path, () => writeFileSync(path, pictureOf(set, 0)));
    default:
      throw new Failure(
        `${path}: cannot write '${extension}', expected .dat, .txt, .npy, .png or 'folder/'`,
      );
  }
}

function isFolder(path: string): boolean {
  if (/[\\/]$/.test(path)) return true;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function writePictures(folder: string, set: PatternSet): void {
  mkdirSync(folder, { recursive: true });
  set.patterns.forEach((_, k) => writeFileSync(join(folder, `${k + 1}.png`), pictureOf(set, k)));
}

function pictureOf({ patterns, shape }: PatternSet, k: number): Uint8Array {
  const columns = columnsOf(shape);
  const rows = patterns[k].length / columns;
  if (!Number.isInteger(rows)) {
    throw new Failure(`${patterns[k].length} neurons are no picture; write .npy or .txt instead`);
  }
  return writePng(patterns[k], [rows, columns]);
}

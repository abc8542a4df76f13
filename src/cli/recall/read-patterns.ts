/** Patterns from files: grid text, `.npy`, one PNG picture, or a folder of them. */

import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { readGrid, readNpyPatterns, readPng, type PatternSet } from '../../io/index.ts';
import { blame, Failure } from '../failure.ts';
import { readInput } from '../input-file.ts';
import { numbered, type Library } from '../library.ts';

/** Reads `path` by what it is: a folder, or a file by its extension, grid text if that says nothing. */
export function readLibrary(path: string, what = 'pattern'): Library {
  if (blame(path, () => statSync(path)).isDirectory()) return readPictures(path);
  const set = blame(path, () => readPatternFile(path));
  return { ...set, source: basename(path), names: numbered(what, set.patterns.length) };
}

function readPatternFile(path: string): PatternSet {
  switch (extname(path).toLowerCase()) {
    case '.npy':
      return readNpyPatterns(readInput(path, 'npy'));
    case '.png': {
      const { pattern, shape } = readPng(readInput(path, 'png'));
      return { patterns: [pattern], shape };
    }
    default:
      return readGrid(readInput(path, 'grid').toString('utf8'));
  }
}

/** The pictures in a folder, in the order of their names (2.png before 10.png), all of one size. */
function readPictures(folder: string): Library {
  const files = blame(folder, () => readdirSync(folder))
    .filter((file) => extname(file).toLowerCase() === '.png')
    .sort(new Intl.Collator('en', { numeric: true }).compare);
  if (files.length === 0) throw new Failure(`${folder}: a folder without .png files`);
  const pictures = files.map((file) => {
    const path = join(folder, file);
    return { path, ...blame(path, () => readPng(readInput(path, 'png'))) };
  });
  const { shape } = pictures[0];
  for (const picture of pictures) {
    if (picture.shape.join() !== shape.join()) {
      const size = picture.shape.join(' × ');
      throw new Failure(`${picture.path}: ${size} pixels, expected ${shape.join(' × ')} as before`);
    }
  }
  const patterns = pictures.map(({ pattern }) => pattern);
  return { patterns, shape, source: basename(folder), names: files };
}

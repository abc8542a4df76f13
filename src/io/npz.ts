/**
 * NumPy's `.npz`: a zip archive of `.npy` files, one an array; packed and unpacked by fflate.
 *
 * Checksums in the archive are not looked at. How much the archive unpacks to is checked before it is:
 * no more than deflate can make of the bytes that are there.
 */

import { unzipSync, zipSync } from 'fflate';
import { describeFile, fileKind } from './file-kind.ts';
import { quote } from '../quote.ts';
import { DEFLATE_RATIO, unpacking } from './inflate.ts';
import { readNpy, writeNpy } from './npy.ts';
import type { NumberArray } from './number-array.ts';
import { checkBytes } from './pattern-set.ts';

const SUFFIX = '.npy';

/** The shortest entry of an archive's directory, in bytes. */
const SHORTEST_ENTRY = 46;

/**
 * Reads a `.npz` file, compressed or not.
 *
 * @returns the arrays by their names, in the order of the archive; files in it that are not `.npy` are
 *   left out
 * @throws TypeError when `bytes` is not a Uint8Array, not a zip archive, damaged, or has no array in it;
 *   RangeError when it says that it holds more than it can; and as {@link readNpy}, with the array's name
 */
export function readNpz(bytes: Uint8Array): Record<string, NumberArray> {
  checkBytes(bytes);
  if (fileKind(bytes) !== 'zip') {
    throw new TypeError(`not an .npz file but ${describeFile(bytes)}, expected a zip archive`);
  }
  const names: string[] = [];
  let [packed, unpacked] = [0, 0];
  let excess: string | undefined;
  const files = unpacking('.npz file', () =>
    unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        names.push(name);
        packed += size;
        unpacked += originalSize;
        // Thrown to stop: the number of entries is a field like any other.
        if (names.length * SHORTEST_ENTRY > bytes.length || packed > bytes.length) {
          excess = `${names.length} files of ${packed} bytes`;
        } else if (unpacked > bytes.length * DEFLATE_RATIO) {
          excess = `files of ${unpacked} bytes unpacked`;
        }
        if (excess)
          throw new RangeError(`${excess}, expected no more than fit into ${bytes.length}`);
        return name.endsWith(SUFFIX);
      },
    }),
  );
  const arrays = Object.entries(files).map(([file, content]) => {
    const name = file.slice(0, -SUFFIX.length);
    try {
      return [name, readNpy(content)] as const;
    } catch (error) {
      const Kind = error instanceof RangeError ? RangeError : TypeError;
      throw new Kind(`array ${quote(name)}: ${(error as Error).message}`, { cause: error });
    }
  });
  if (arrays.length === 0) {
    const found = names.slice(0, 5).map(quote).join(', ') || 'nothing';
    throw new TypeError(`zip archive of ${found}, expected .npy arrays`);
  }
  return Object.fromEntries(arrays);
}

/**
 * Writes arrays as a compressed `.npz` file; the same arrays give the same bytes.
 *
 * @throws TypeError or RangeError as {@link writeNpy}; RangeError when there is no array, or one without
 *   a name
 */
export function writeNpz(
  arrays: Readonly<Record<string, Pick<NumberArray, 'data' | 'shape'>>>,
): Uint8Array {
  const files = Object.entries(arrays).map(([name, { data, shape }]) => {
    if (name === '') throw new RangeError('an array without a name, expected at least a letter');
    return [name + SUFFIX, writeNpy(data, shape)] as const;
  });
  if (files.length === 0) throw new RangeError('0 arrays, expected at least 1');
  // The earliest time that the format has.
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1) });
}

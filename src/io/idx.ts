/**
 * idx files, the format of MNIST (LeCun, Cortes & Burges): 0 0, a code for the type, the number of
 * dimensions, the size of each (32 bits, big-endian), then the values, big-endian, in C order.
 */

import { describeFile, fileKind } from './file-kind.ts';
import { gunzipped } from './inflate.ts';
import { numberType, readNumbers, type NumberArray } from './number-array.ts';
import { checkBytes } from './pattern-set.ts';

/** NumPy's codes by those of the format. */
const TYPES: Record<number, string> = { 8: 'u1', 9: 'i1', 11: 'i2', 12: 'i4', 13: 'f4', 14: 'f8' };

/**
 * Reads an idx file, as it is or compressed by gzip.
 *
 * @throws TypeError when `bytes` is not a Uint8Array, or not an idx file; RangeError when it is shorter
 *   or longer than its header says
 */
export function readIdx(bytes: Uint8Array): NumberArray {
  checkBytes(bytes);
  if (fileKind(bytes) === 'gzip') bytes = gunzipped(bytes);
  if (bytes.length >= 4 && fileKind(bytes) !== 'idx') {
    throw new TypeError(
      `not an idx file but ${describeFile(bytes)}, expected 0 0, a type from 8 to 14 and dimensions`,
    );
  }
  const start = 4 + 4 * (bytes[3] ?? 0);
  if (bytes.length < start || bytes.length < 4) {
    throw new RangeError(
      `truncated idx file: ${bytes.length} bytes, expected ${start} or more for its header`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: bytes[3] }, (_, k) => view.getUint32(4 + 4 * k));
  const type = numberType(TYPES[bytes[2]])!;
  const length = start + type.bytes * shape.reduce((product, n) => product * n, 1);
  if (bytes.length !== length) {
    throw new RangeError(
      `${bytes.length < length ? 'truncated' : 'overlong'} idx file: ${bytes.length} bytes, ` +
        `expected ${length} for shape (${shape.join(', ')}) of '${type.dtype}'`,
    );
  }
  return { data: readNumbers(bytes, start, type, false), shape, dtype: type.dtype };
}

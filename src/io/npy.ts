/**
 * Arrays in NumPy's `.npy` format, parsed and dumped by npyjs.
 *
 * npyjs takes what is left of the file as the values, passes arrays in Fortran order on as they are
 * stored, and reads a header without a shape as that of a scalar. So the header is read strictly
 * first, and everything that npyjs would not read right is refused.
 */

import { dump, parse } from 'npyjs';
import { readNpyHeader } from './npy-header.ts';
import { checkBytes } from './pattern-set.ts';

/** An array of numbers in C order: the last index runs fastest. */
export interface NpyArray {
  /** As many values as `shape` multiplies to. Booleans are 0 and 1, 64-bit integers are doubles. */
  data:
    | Int8Array
    | Uint8Array
    | Int16Array
    | Uint16Array
    | Int32Array
    | Uint32Array
    | Float32Array
    | Float64Array;
  shape: number[];
  /** NumPy's code for the values in the file: a kind and bytes a value, such as `f8`, `i1`, `b1`. */
  dtype: string;
}

const BYTES_A_VALUE: Record<string, number> = {
  '|b1': 1,
  '|i1': 1,
  '|u1': 1,
  '<i2': 2,
  '<u2': 2,
  '<i4': 4,
  '<u4': 4,
  '<i8': 8,
  '<u8': 8,
  '<f4': 4,
  '<f8': 8,
};

/**
 * Reads a `.npy` file, version 1.0 to 3.0, of booleans, integers of 8 to 64 bits or floats of 32 or
 * 64 bits, little-endian, in C order. The values are a copy.
 *
 * @throws TypeError when `bytes` is not a Uint8Array or not a `.npy` file, or holds values of another
 *   type, byte order or array order; RangeError when it is shorter or longer than its header says, a
 *   boolean is neither 0 nor 1, or a 64-bit integer is beyond ±(2⁵³ − 1)
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  checkBytes(bytes);
  const { descr, fortranOrder, shape, offset } = readNpyHeader(bytes);
  const width = Object.hasOwn(BYTES_A_VALUE, descr) ? BYTES_A_VALUE[descr] : undefined;
  if (width === undefined) {
    throw new TypeError(
      `.npy array of type '${descr}', expected one of ${Object.keys(BYTES_A_VALUE).join(' ')}`,
    );
  }
  if (fortranOrder) {
    throw new TypeError('.npy array in Fortran order, expected C order (numpy.ascontiguousarray)');
  }
  const length = offset + width * shape.reduce((product, n) => product * n, 1);
  if (bytes.length !== length) {
    throw new RangeError(
      `${bytes.length < length ? 'truncated' : 'overlong'} .npy file: ${bytes.length} bytes, ` +
        `expected ${length} for shape (${shape.join(', ')}) of '${descr}'`,
    );
  }
  if (offset % width !== 0) {
    throw new RangeError(`values start at byte ${offset}, expected a multiple of ${width}`);
  }
  const dtype = descr.slice(1);
  if (dtype === 'b1') checkBooleans(bytes.subarray(offset));
  const parsed: unknown = parse(new Uint8Array(bytes).buffer).data;
  return { data: numbersOf(parsed as Parsed), shape, dtype };
}

/** Writes `data` as a `.npy` file, version 1.0, of that shape; the type is that of the typed array. */
export function writeNpy(
  data: Int8Array | Float32Array | Float64Array,
  shape: number[],
): Uint8Array {
  return new Uint8Array(dump(data, shape));
}

type Parsed = NpyArray['data'] | BigInt64Array | BigUint64Array | boolean[];

function numbersOf(parsed: Parsed): NpyArray['data'] {
  if (Array.isArray(parsed)) return Uint8Array.from(parsed, Number);
  if (!(parsed instanceof BigInt64Array || parsed instanceof BigUint64Array)) return parsed;
  const doubles = new Float64Array(parsed.length);
  for (let i = 0; i < parsed.length; i++) {
    doubles[i] = Number(parsed[i]);
    if (!Number.isSafeInteger(doubles[i])) {
      throw new RangeError(`${parsed[i]} at value ${i}, expected integers within ±(2^53 - 1)`);
    }
  }
  return doubles;
}

function checkBooleans(values: Uint8Array): void {
  const bad = values.findIndex((value) => value > 1);
  if (bad >= 0) throw new RangeError(`byte ${values[bad]} at boolean ${bad}, expected 0 or 1`);
}

/** Arrays of numbers in files, whatever the format: types, byte orders, and the copy into a typed array. */

import { half } from '../half.ts';

/** An array of numbers in C order: the last index runs fastest. */
export interface NumberArray {
  /**
   * As many values as `shape` multiplies to. Booleans are 0 and 1, 64-bit integers doubles, and floats of
   * 16 bits singles.
   */
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

export interface NumberType {
  dtype: string;
  bytes: number;
  make(length: number): NumberArray['data'];
  read(view: DataView, at: number, little: boolean): number | bigint;
}

/** The types that are read, by NumPy's codes. */
export const NUMBER_TYPES = 'b1 i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8';

/** The type of that code; undefined for any other. */
export function numberType(dtype: string): NumberType | undefined {
  const type = (make: NumberType['make'], read: NumberType['read']) => {
    return { dtype, bytes: Number(dtype[1]), make, read };
  };
  const doubles = (length: number) => new Float64Array(length);
  switch (dtype) {
    case 'b1':
    case 'u1':
      return type(
        (length) => new Uint8Array(length),
        (view, at) => view.getUint8(at),
      );
    case 'i1':
      return type(
        (length) => new Int8Array(length),
        (view, at) => view.getInt8(at),
      );
    case 'i2':
      return type(
        (length) => new Int16Array(length),
        (view, at, little) => view.getInt16(at, little),
      );
    case 'u2':
      return type(
        (length) => new Uint16Array(length),
        (view, at, little) => view.getUint16(at, little),
      );
    case 'i4':
      return type(
        (length) => new Int32Array(length),
        (view, at, little) => view.getInt32(at, little),
      );
    case 'u4':
      return type(
        (length) => new Uint32Array(length),
        (view, at, little) => view.getUint32(at, little),
      );
    case 'i8':
      return type(doubles, (view, at, little) => view.getBigInt64(at, little));
    case 'u8':
      return type(doubles, (view, at, little) => view.getBigUint64(at, little));
    case 'f2':
      return type(
        (length) => new Float32Array(length),
        (view, at, little) => half(view.getUint16(at, little)),
      );
    case 'f4':
      return type(
        (length) => new Float32Array(length),
        (view, at, little) => view.getFloat32(at, little),
      );
    case 'f8':
      return type(doubles, (view, at, little) => view.getFloat64(at, little));
    default:
      return undefined;
  }
}

/**
 * All values from `offset` to the end, in the order of the file.
 *
 * @throws RangeError when a boolean is neither 0 nor 1, or a 64-bit integer is beyond ±(2⁵³ − 1)
 */
export function readNumbers(
  bytes: Uint8Array,
  offset: number,
  { dtype, bytes: width, make, read }: NumberType,
  little: boolean,
): NumberArray['data'] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = make((bytes.length - offset) / width);
  for (let i = 0; i < data.length; i++) {
    const value = read(view, offset + i * width, little);
    data[i] = Number(value);
    if (dtype === 'b1' && data[i] > 1) {
      throw new RangeError(`byte ${value} at boolean ${i}, expected 0 or 1`);
    }
    if (typeof value === 'bigint' && !Number.isSafeInteger(data[i])) {
      throw new RangeError(`${value} at value ${i}, expected integers within ±(2^53 - 1)`);
    }
  }
  return data;
}

/** Values stored with the first index running fastest, as the `shape` says, in C order. */
export function fromFortranOrder(data: NumberArray['data'], shape: number[]): NumberArray['data'] {
  const out = data.slice();
  // From one value to the next along each dimension, as stored.
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= size;
  }
  const index = shape.map(() => 0);
  for (let i = 0, from = 0; i < out.length; i++) {
    out[i] = data[from];
    for (let k = shape.length - 1; k >= 0; k--) {
      from += strides[k];
      if (++index[k] < shape[k]) break;
      from -= strides[k] * shape[k];
      index[k] = 0;
    }
  }
  return out;
}

/** The indices of the value at `position` in an array of `shape` in C order, as `1, 0`. */
export function indicesOf(position: number, shape: readonly number[]): string {
  const at: number[] = [];
  for (let k = shape.length - 1; k >= 0; k--) {
    at.unshift(position % shape[k]);
    position = Math.floor(position / shape[k]);
  }
  return at.join(', ');
}

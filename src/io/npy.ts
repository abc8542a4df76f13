/** Arrays in NumPy's `.npy` format; npy-header.ts tells what the header says. */

import { readNpyHeader } from './npy-header.ts';
import {
  fromFortranOrder,
  NUMBER_TYPES,
  numberType,
  readNumbers,
  type NumberArray,
} from './number-array.ts';
import { checkBytes, kindOf } from './pattern-set.ts';

/**
 * Reads a `.npy` file, version 1.0 to 3.0, of booleans, integers of 8 to 64 bits or floats of 16, 32 or
 * 64 bits, in either byte order, in C or in Fortran order. The values are a copy, in C order.
 *
 * @throws TypeError when `bytes` is not a Uint8Array or not a `.npy` file, or holds values of another
 *   type; RangeError when it is shorter or longer than its header says, a boolean is neither 0 nor 1, or
 *   a 64-bit integer is beyond ±(2⁵³ − 1)
 */
export function readNpy(bytes: Uint8Array): NumberArray {
  checkBytes(bytes);
  const { descr, fortranOrder, shape, offset } = readNpyHeader(bytes);
  const type = /^[<>|=]/.test(descr) ? numberType(descr.slice(1)) : undefined;
  if (type === undefined || (descr[0] === '|' && type.bytes > 1)) {
    throw new TypeError(
      `.npy array of type '${descr}', expected one of ${NUMBER_TYPES} after < or >`,
    );
  }
  const length = offset + type.bytes * shape.reduce((product, n) => product * n, 1);
  if (bytes.length !== length) {
    throw new RangeError(
      `${bytes.length < length ? 'truncated' : 'overlong'} .npy file: ${bytes.length} bytes, ` +
        `expected ${length} for shape (${shape.join(', ')}) of '${descr}'`,
    );
  }
  const data = readNumbers(bytes, offset, type, descr[0] !== '>');
  return {
    data: fortranOrder ? fromFortranOrder(data, shape) : data,
    shape,
    dtype: type.dtype,
  };
}

/**
 * Writes `data` as a `.npy` file, version 1.0, in C order; the type is that of the typed array.
 *
 * @param shape - sizes that multiply to the number of values
 * @throws TypeError when `data` is none of the arrays that {@link readNpy} returns; RangeError when the
 *   shape does not fit
 */
export function writeNpy(data: NumberArray['data'], shape: readonly number[]): Uint8Array {
  const code = codeOf(data);
  const count = shape.reduce((product, n) => product * n, 1);
  if (count !== data.length || !shape.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new RangeError(`shape (${shape.join(', ')}) for ${data.length} values`);
  }
  const little = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  const order = data.BYTES_PER_ELEMENT === 1 ? '|' : little ? '<' : '>';
  // As Python writes a tuple: (3,) has a comma.
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${order}${code}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // Values start at a multiple of 64.
  const text = dictionary.padEnd(64 * Math.ceil((dictionary.length + 11) / 64) - 11) + '\n';
  const bytes = new Uint8Array(10 + text.length + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8]);
  for (let i = 0; i < text.length; i++) bytes[10 + i] = text.charCodeAt(i);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + text.length);
  return bytes;
}

function codeOf(data: NumberArray['data']): string {
  if (data instanceof Int8Array) return 'i1';
  if (data instanceof Uint8Array) return 'u1';
  if (data instanceof Int16Array) return 'i2';
  if (data instanceof Uint16Array) return 'u2';
  if (data instanceof Int32Array) return 'i4';
  if (data instanceof Uint32Array) return 'u4';
  if (data instanceof Float32Array) return 'f4';
  if (data instanceof Float64Array) return 'f8';
  throw new TypeError(`values are ${kindOf(data)}, expected a typed array of integers or floats`);
}

/** Reads what callers give as real vectors; says what is wrong with it. */
import { widthOf } from '../../kernels/layout.ts';
import { describe, isList } from '../../checks.ts';
import type { Views } from '../../memory.ts';
import type { StoreOptions } from '../../patterns/labels.ts';

/** A vector of finite numbers, none above 10¹⁵ in size; rounded to single precision, and −0 to 0. */
export type Vector = ArrayLike<number>;

/** One vector, a list of vectors, or one flat typed array of vectors in a row. */
export type Vectors = Vector | readonly Vector[];

export interface ModernStoreOptions extends StoreOptions {
  /**
   * What the vectors stand for, one each, of 1 to 65,536 numbers; the first ones decide how many. Given as vectors are, or
   * as one number a vector. Default none.
   */
  values?: Vectors;
}

/** The largest dimension of a vector. */
export const MAX_DIMENSION = 65536;
/** The largest size of a number in a vector: squares of norms stay far inside single precision. */
const LARGEST = 1e15;

function checkList(value: unknown, name: string, expected: string): void {
  if (!isList(value)) throw new TypeError(`${name} is ${describe(value)}, expected ${expected}`);
}

/** The vectors in `vectors`, each to be read with `readVector`. @throws when there is none. */
export function splitVectors(vectors: Vectors, dimension: number, name: string): Vector[] {
  checkList(vectors, name, `arrays of ${dimension} numbers`);
  if (vectors.length === 0) {
    throw new RangeError(`${name} is empty, expected at least one of ${dimension} numbers`);
  }
  if (isList(vectors[0])) return vectors as readonly Vector[] as Vector[];
  if (Array.isArray(vectors) || vectors.length === dimension) return [vectors as Vector];
  return splitFlat(vectors as Vector, dimension, name);
}

/**
 * The values in `values`, one for each of `count` vectors.
 *
 * @param dimension - the memory's value dimension; undefined when these values are to fix it
 */
export function splitValues(
  values: Vectors,
  count: number,
  dimension: number | undefined,
): { list: Vector[]; dimension: number } {
  checkList(values, 'values', 'arrays of numbers');
  if (values.length === 0) throw new RangeError(`values is empty, expected ${count}`);
  const list = listOfValues(values, count, dimension);
  if (list.length !== count) {
    throw new RangeError(`values holds ${list.length}, expected ${count} (one for each vector)`);
  }
  checkList(list[0], 'value 0', 'an array of numbers');
  const length = dimension ?? list[0].length;
  if (length < 1 || length > MAX_DIMENSION) {
    throw new RangeError(`value 0 has length ${length}, expected from 1 to ${MAX_DIMENSION}`);
  }
  return { list, dimension: length };
}

function listOfValues(values: Vectors, count: number, dimension: number | undefined): Vector[] {
  const first: unknown = values[0];
  if (typeof first === 'string') {
    throw new TypeError(
      `values[0] is ${describe(first)}, expected numbers; what vectors are called is store(vectors, { labels })`,
    );
  }
  if (isList(first)) return values as readonly Vector[] as Vector[];
  if (count === 1) return [values as Vector];
  if (Array.isArray(values)) return values.map((x) => [x]);
  const length = dimension ?? values.length / count;
  if (values.length !== count * length || !Number.isInteger(length)) {
    const expected = dimension ? `${count * dimension}` : `a multiple of ${count}`;
    throw new RangeError(
      `values has length ${values.length}, expected ${expected} (one value for each vector)`,
    );
  }
  return splitFlat(values as Vector, length, 'values');
}

function splitFlat(flat: Vector, dimension: number, name: string): Vector[] {
  if (flat.length % dimension !== 0) {
    throw new RangeError(
      `${name} has length ${flat.length}, expected a multiple of ${dimension} (the memory's dimension)`,
    );
  }
  const numbers = flat as Float32Array;
  return Array.from({ length: numbers.length / dimension }, (_, k) =>
    numbers.subarray(k * dimension, (k + 1) * dimension),
  );
}

/**
 * Writes a vector and its padding as f32[width] to `address`.
 *
 * @param of - what its dimension belongs to, for messages
 * @throws TypeError when it is not an array or holds something else than numbers
 * @throws RangeError when its length or one of its numbers is wrong; names the first bad index
 */
export function readVector(
  { f32 }: Views,
  address: number,
  vector: Vector,
  dimension: number,
  name: string,
  of = "the memory's dimension",
): void {
  checkList(vector, name, `an array of ${dimension} numbers`);
  if (vector.length !== dimension) {
    throw new RangeError(`${name} has length ${vector.length}, expected ${dimension} (${of})`);
  }
  const row = address >>> 2;
  for (let i = 0; i < dimension; i++) {
    const value: unknown = vector[i];
    if (typeof value !== 'number') {
      throw new TypeError(`${name}[${i}] is ${describe(value)}, expected a number`);
    }
    if (!(Math.abs(value) <= LARGEST)) {
      throw new RangeError(`${name}[${i}] is ${value}, expected a number from -1e15 to 1e15`);
    }
    // Adding 0 makes 0 of −0: sums of one row give back its very bits.
    f32[row + i] = Math.fround(value) + 0;
  }
  f32.fill(0, row + dimension, row + widthOf(dimension));
}

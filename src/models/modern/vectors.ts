/** Reads what callers give as real vectors; says what is wrong with it. */
import { widthOf } from '../../kernels/layout.ts';
import { describe } from '../../checks.ts';
import type { Views } from '../../memory.ts';
import type { StoreOptions } from '../../patterns/labels.ts';
import { listOf, splitItems, takeItem, type ItemKind } from '../../patterns/lists.ts';

/**
 * A vector of finite numbers, none above 10¹⁵ in size; rounded to single precision, and −0 to 0. In one list, or in the
 * rows of a grid; what JSON makes of a typed array is a list too.
 */
export type Vector = ArrayLike<number> | readonly ArrayLike<number>[];

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

/**
 * Reads vectors: one, a list, or a flat typed array of them. What comes back runs no code of the caller's; typed arrays
 * are checked when they are written.
 */
export function takeVectors(
  vectors: Vectors,
  dimension: number,
  name: string,
  each: (k: number, count: number) => string,
): Vector[] {
  const items = splitItems(vectors, kindOf(dimension), name);
  return items.map((item, k) => takeVector(item, dimension, each(k, items.length)));
}

/** Reads one. `of`: what its dimension belongs to, for messages. */
export function takeVector(vector: unknown, dimension: number, name: string, of?: string): Vector {
  const values = takeItem(vector, kindOf(dimension, of), name);
  if (ArrayBuffer.isView(values)) return values as Float32Array;
  const numbers = new Float32Array(dimension);
  writeNumbers(numbers, 0, values, dimension, name);
  return numbers;
}

function kindOf(size: number, of = "the memory's dimension"): ItemKind {
  return { size, what: 'numbers', of, many: true };
}

/**
 * The values in `values`, one for each of `count` vectors.
 *
 * @param dimension - the memory's value dimension; undefined when these values are to fix it
 */
export function takeValues(
  values: Vectors,
  count: number,
  dimension: number | undefined,
): { list: Vector[]; dimension: number } {
  const given = listOf(values);
  if (!given) throw new TypeError(`values is ${describe(values)}, expected arrays of numbers`);
  if (given.length === 0) throw new RangeError(`values is empty, expected ${count}`);
  const list = listOfValues(given, count, dimension);
  if (list.length !== count) {
    throw new RangeError(`values holds ${list.length}, expected ${count} (one for each vector)`);
  }
  const first = listOf(list[0]);
  if (!first) throw new TypeError(`value 0 is ${describe(list[0])}, expected an array of numbers`);
  const length = dimension ?? first.length * (listOf(first[0])?.length ?? 1);
  if (length < 1 || length > MAX_DIMENSION) {
    throw new RangeError(`value 0 has length ${length}, expected from 1 to ${MAX_DIMENSION}`);
  }
  const name = (k: number) => (count === 1 ? 'value' : `value ${k}`);
  const of = "the memory's value dimension";
  return { list: list.map((item, k) => takeVector(item, length, name(k), of)), dimension: length };
}

function listOfValues(
  values: ArrayLike<unknown>,
  count: number,
  dimension: number | undefined,
): unknown[] {
  const first = values[0];
  if (typeof first === 'string') {
    throw new TypeError(
      `values[0] is ${describe(first)}, expected numbers; what vectors are called is store(vectors, { labels })`,
    );
  }
  const items = Array.isArray(values) ? [...values] : undefined;
  if (listOf(first)) return items!;
  if (count === 1) return [values];
  if (items) return items.map((x) => [x]);
  const length = dimension ?? values.length / count;
  if (values.length !== count * length || !Number.isInteger(length)) {
    const expected = dimension ? `${count * dimension}` : `a multiple of ${count}`;
    throw new RangeError(
      `values has length ${values.length}, expected ${expected} (one value for each vector)`,
    );
  }
  return splitItems(values, kindOf(length), 'values');
}

/** Writes a vector that was taken, and its padding, as f32[width] to `address`. @throws as `writeNumbers` */
export function writeVector(
  { f32 }: Views,
  address: number,
  vector: Vector,
  dimension: number,
  name: string,
): void {
  const row = address >>> 2;
  writeNumbers(f32, row, vector, dimension, name);
  f32.fill(0, row + dimension, row + widthOf(dimension));
}

/** Writes numbers as singles. @throws TypeError when one is no number, RangeError when too large; names the first bad index */
export function writeNumbers(
  out: Float32Array,
  at: number,
  values: ArrayLike<unknown>,
  dimension: number,
  name: string,
): void {
  for (let i = 0; i < dimension; i++) {
    const value = values[i];
    if (typeof value !== 'number') {
      throw new TypeError(`${name}[${i}] is ${describe(value)}, expected a number`);
    }
    if (!(Math.abs(value) <= LARGEST)) {
      throw new RangeError(`${name}[${i}] is ${value}, expected a number from -1e15 to 1e15`);
    }
    // Adding 0 makes 0 of −0: sums of one row give back its very bits.
    out[at + i] = Math.fround(value) + 0;
  }
}

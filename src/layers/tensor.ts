/** Tensors: single-precision values with a shape, the last index running fastest. */
import { describe } from '../checks.ts';

/** Values and their shape: `data` holds the product of `shape` numbers, the last index fastest. */
export interface Tensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** A size that is given, or the name of one that is free. */
export type Size = number | string;

/**
 * A tensor over `data`.
 *
 * @param data - a Float32Array, which the tensor keeps (it is not copied), or numbers, which are rounded to single
 *   precision
 * @param shape - sizes, integers from 0 up; `[]` is a single number
 * @throws TypeError for the wrong kind of thing, RangeError for a size that is none or when `data` does not have as
 *   many values as the shape
 */
export function tensor(data: Float32Array | readonly number[], shape: readonly number[]): Tensor {
  const values = data instanceof Float32Array ? data : roundedToSingle(data);
  const count = checkedCount(shape, 'shape');
  if (values.length !== count) {
    throw new RangeError(
      `data has length ${values.length}, expected ${count} (a tensor of shape ${shapeText(shape)})`,
    );
  }
  return { data: values, shape: [...shape] };
}

/** A tensor of zeros. @throws TypeError, RangeError for a shape that is none. */
export function zeros(shape: readonly number[]): Tensor {
  return { data: new Float32Array(checkedCount(shape, 'shape')), shape: [...shape] };
}

/** How many values a tensor of this shape has. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** `[2, 3]`, for messages. */
export function shapeText(shape: readonly Size[]): string {
  return `[${shape.join(', ')}]`;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, k) => size === b[k]);
}

/**
 * `value` if it is a tensor, of the shape expected where that is given: a number is that size, a name is any size.
 *
 * @throws TypeError, RangeError as `tensor` does; RangeError for another shape
 */
export function checkTensor(value: unknown, name: string, expected?: readonly Size[]): Tensor {
  const given = value as Partial<Tensor> | null | undefined;
  if (!(given?.data instanceof Float32Array)) {
    throw new TypeError(
      `${name} is ${describe(value)}, expected a tensor (a Float32Array with a shape)`,
    );
  }
  const count = checkedCount(given.shape, `the shape of ${name}`);
  if (given.data.length !== count) {
    throw new RangeError(
      `${name} has ${given.data.length} values, expected ${count} (its shape ${shapeText(given.shape!)})`,
    );
  }
  const shape = given.shape!;
  if (expected) {
    const fits =
      shape.length === expected.length &&
      expected.every((size, k) => typeof size === 'string' || size === shape[k]);
    if (!fits) {
      throw new RangeError(
        `${name} has shape ${shapeText(shape)}, expected ${shapeText(expected)}`,
      );
    }
  }
  return given as Tensor;
}

function roundedToSingle(data: unknown): Float32Array {
  if (!Array.isArray(data)) {
    throw new TypeError(
      `data is ${describe(data)}, expected a Float32Array or an array of numbers`,
    );
  }
  for (const [k, value] of data.entries()) {
    if (typeof value !== 'number') {
      throw new TypeError(`data[${k}] is ${describe(value)}, expected a number`);
    }
  }
  return Float32Array.from(data as number[]);
}

function checkedCount(shape: unknown, name: string): number {
  if (!Array.isArray(shape)) {
    throw new TypeError(`${name} is ${describe(shape)}, expected an array of sizes`);
  }
  let count = 1;
  for (const [k, size] of shape.entries()) {
    if (typeof size !== 'number') {
      throw new TypeError(`${name}[${k}] is ${describe(size)}, expected an integer from 0 up`);
    }
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new RangeError(`${name}[${k}] is ${size}, expected an integer from 0 up`);
    }
    count *= size;
  }
  return count;
}

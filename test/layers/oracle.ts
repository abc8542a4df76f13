/** Helps tests of layers compare with formulas in double precision. */
import fc from 'fast-check';
import { tensor, type Tensor } from '../../src/layers/tensor.ts';

/** Single-precision numbers, −4 to 4. */
export const singles = fc
  .integer({ min: -4096, max: 4096 })
  .map((value) => Math.fround(value / 1024));

export function tensors(shape: readonly number[]): fc.Arbitrary<Tensor> {
  const count = shape.reduce((product, size) => product * size, 1);
  return fc
    .array(singles, { minLength: count, maxLength: count })
    .map((data) => tensor(data, shape));
}

/** ‖a − b‖ over ‖b‖, or ‖a − b‖ where b is shorter than 1. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers, expected ${b.length}`);
  let difference = 0;
  let length = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    length += b[i] ** 2;
  }
  return Math.sqrt(difference) / Math.max(1, Math.sqrt(length));
}

/** The gradient of f at x by central differences, f in double precision. */
export function differences(f: (x: number[]) => number, x: ArrayLike<number>): number[] {
  const at = Array.from(x);
  const h = 1e-5;
  return at.map((value, i) => {
    const moved = (by: number) => f(replaced(at, i, value + by));
    return (moved(h) - moved(-h)) / (2 * h);
  });
}

function replaced(x: number[], i: number, value: number): number[] {
  const copy = [...x];
  copy[i] = value;
  return copy;
}

/** Σ aᵢ·bᵢ: a loss whose gradient in a is b. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += a[i] * b[i];
  return sum;
}

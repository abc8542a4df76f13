/** Vectors of singles for the kernels of continuous memories, with values that show the order of additions. */
import type { Desk } from './desk.ts';
import { list, range } from './cases.ts';

/** Rows that a vector of this many columns has after padding. */
export const WIDTHS = range(1, 10).map((n) => 8 * n);

/** Singles of different sizes; some are ±0. */
export function someSingle(desk: Desk): number {
  const kind = desk.random.below(8);
  if (kind === 0) return desk.random.below(2) === 0 ? 0 : -0;
  if (kind === 1) return desk.integer(-3, 3);
  return Math.fround(desk.double(10 ** desk.integer(-3, 3)));
}

/** `count` rows of `width`, the last few columns zero as in padding. */
export function vectors(
  desk: Desk,
  count: number,
  width: number,
  value: (desk: Desk) => number = someSingle,
): number {
  const padding = width === 0 ? 0 : desk.random.below(8);
  return desk.f32(list(count * width, (i) => (i % width < width - padding ? value(desk) : 0)));
}

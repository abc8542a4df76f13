/** Damage to patterns, in the percentages of the command line. */

import { flipped, occluded, portion, type SIDES } from '../patterns/corrupt.ts';
import type { Random } from '../random.ts';

/** The part of a picture that is covered. */
export interface Cover {
  side: (typeof SIDES)[number];
  /** How much of the rows or columns, from 0 to 100. */
  percent: number;
}

export { covered, SIDES } from '../patterns/corrupt.ts';

/** ⌊N·percent/100⌋, with a percentage such as 0.57 meant as the decimal number it was typed as. */
export function percentOf(neurons: number, percent: number): number {
  return portion(neurons, percent / 100);
}

/** A copy with exactly ⌊N·percent/100⌋ distinct neurons flipped. */
export function withNoise(pattern: Int8Array, percent: number, random: Random): Int8Array {
  return flipped(pattern, percent / 100, random);
}

/** Which neurons a cover lies on: ⌊percent⌋ of the rows (or columns) next to one side. */
export function coveredNeurons(
  neurons: number,
  columns: number,
  { side, percent }: Cover,
): boolean[] {
  return occluded(neurons, { side, share: percent / 100, columns });
}

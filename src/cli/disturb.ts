/** Damage to patterns: flipped neurons and covered parts. */

import type { Random } from '../random.ts';

export const SIDES = ['bottom', 'top', 'left', 'right'] as const;

/** The part of a picture that is covered. */
export interface Cover {
  side: (typeof SIDES)[number];
  /** How much of the rows or columns, from 0 to 100. */
  percent: number;
}

/** ⌊N·percent/100⌋, with a percentage such as 0.57 meant as the decimal number it was typed as. */
export function portion(neurons: number, percent: number): number {
  return Math.floor((neurons * percent) / 100 + 1e-9);
}

/** A copy with exactly ⌊N·percent/100⌋ distinct neurons flipped. */
export function flipped(pattern: Int8Array, percent: number, random: Random): Int8Array {
  const copy = pattern.slice();
  for (const i of random.sample(copy.length, portion(copy.length, percent))) copy[i] = -copy[i];
  return copy;
}

/** Which neurons a cover lies on: ⌊percent⌋ of the rows (or columns) next to one side. */
export function coveredNeurons(neurons: number, columns: number, cover: Cover): boolean[] {
  const upright = cover.side === 'left' || cover.side === 'right';
  const lines = upright ? columns : Math.ceil(neurons / columns);
  const count = portion(lines, cover.percent);
  return Array.from({ length: neurons }, (_, i) => {
    const line = upright ? i % columns : Math.floor(i / columns);
    return cover.side === 'top' || cover.side === 'left' ? line < count : line >= lines - count;
  });
}

/** A copy with −1 wherever `mask` is set. */
export function covered(pattern: Int8Array, mask: readonly boolean[]): Int8Array {
  return pattern.map((value, i) => (mask[i] ? -1 : value));
}

/** Damage to patterns, for cues: some neurons turned over, a part covered. */
import { checkName, checkNumber, checkOptions, checkPositiveInteger } from '../checks.ts';
import { drawSeed, Random } from '../random.ts';
import { listOf, takeItem } from './lists.ts';
import { toSigns, type State } from './states.ts';

export const SIDES = ['bottom', 'top', 'left', 'right'] as const;

/** The part of a picture that is covered. */
export interface Occlusion {
  /** The side it is next to. */
  side: (typeof SIDES)[number];
  /** How much of the rows or columns, from 0 to 1; rounded down to whole ones. Default 0.5. */
  share?: number;
  /** The length of a row. Default: that of a pattern given as rows, or √N where that is whole. */
  columns?: number;
}

export interface Corruption {
  /** The share of neurons to turn over, from 0 to 1: exactly ⌊N·noise⌋ of them, chosen at random. Default 0. */
  noise?: number;
  /** What to set to −1 (or 0) before that. Default nothing. */
  occlude?: Occlusion;
  /** An integer from 0 to 2³² − 1; the same seed, the same neurons. Drawn afresh when not given. */
  seed?: number;
  /** Which of the seed's streams of random numbers. Default 0. */
  stream?: number;
}

/**
 * A damaged copy of a pattern: ±1, or 0/1 where it is given so.
 *
 * ```ts
 * const cue = corrupt(letter, { noise: 0.2, seed: 7 });
 * const half = corrupt(letter, { occlude: { side: 'bottom', columns: 5 } });
 * ```
 *
 * @param pattern - values of ±1, 0/1 or booleans, in one list or in rows
 * @throws TypeError, RangeError for a bad pattern or option
 */
export function corrupt(pattern: State, options: Corruption = {}): Int8Array {
  checkOptions(options, 'corrupt options', ['noise', 'occlude', 'seed', 'stream']);
  const { noise = 0, occlude, seed, stream } = options;
  checkShare(noise, 'noise');
  const list = listOf(pattern);
  const row = listOf(list?.[0])?.length;
  const neurons = (list?.length ?? 0) * (row ?? 1);
  const kind = { size: neurons, what: 'values', of: 'its rows together' };
  const values = takeItem(pattern, kind, 'pattern');
  const signs = new Int8Array(neurons);
  toSigns(signs, 0, values, neurons, 'pattern');
  const mask = occlude && occluded(neurons, planOcclusion(occlude, neurons, row));
  const random = new Random(seed ?? drawSeed(), stream);
  const damaged = flipped(mask ? covered(signs, mask) : signs, noise, random);
  const binary = Array.from(values).some((value) => value === 0 || typeof value === 'boolean');
  return binary ? damaged.map((sign) => (sign > 0 ? 1 : 0)) : damaged;
}

function checkShare(share: unknown, name: string): number {
  return checkNumber(share, name, 'a number from 0 to 1', (x) => x >= 0 && x <= 1);
}

function planOcclusion(
  occlude: Occlusion,
  neurons: number,
  row: number | undefined,
): Required<Occlusion> {
  checkOptions(occlude, 'occlude options', ['side', 'share', 'columns']);
  const { share = 0.5 } = occlude;
  const root = Math.sqrt(neurons);
  const columns = occlude.columns ?? row ?? (Number.isInteger(root) ? root : undefined);
  if (columns === undefined) {
    throw new TypeError(
      `columns is missing: ${neurons} values are no square, and stand in no rows`,
    );
  }
  return {
    side: checkName(occlude.side, 'side', SIDES),
    share: checkShare(share, 'share'),
    columns: checkPositiveInteger(columns, 'columns'),
  };
}

/** ⌊count·share⌋, with a share such as 0.57 meant as the decimal number that it is written as. */
export function portion(count: number, share: number): number {
  return Math.floor(count * share + 1e-9);
}

/** A copy with exactly ⌊N·share⌋ distinct signs turned over. */
export function flipped(signs: Int8Array, share: number, random: Random): Int8Array {
  const copy = signs.slice();
  for (const i of random.sample(copy.length, portion(copy.length, share))) copy[i] = -copy[i];
  return copy;
}

/** Which of N neurons, in rows of `columns`, a cover lies on. */
export function occluded(
  neurons: number,
  { side, share, columns }: Required<Occlusion>,
): boolean[] {
  const upright = side === 'left' || side === 'right';
  const lines = upright ? columns : Math.ceil(neurons / columns);
  const count = portion(lines, share);
  return Array.from({ length: neurons }, (_, i) => {
    const line = upright ? i % columns : Math.floor(i / columns);
    return side === 'top' || side === 'left' ? line < count : line >= lines - count;
  });
}

/** A copy with −1 wherever `mask` is set. */
export function covered(signs: Int8Array, mask: readonly boolean[]): Int8Array {
  return signs.map((value, i) => (mask[i] ? -1 : value));
}

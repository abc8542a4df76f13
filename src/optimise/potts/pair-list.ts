/** Pairs of variables that may not both be on, or cost something when they are, as they are found. */
import type { PairColumns } from './read.ts';

/** The most variables in all groups together. */
export const MAX_VARIABLES = 2 ** 26;
/** More pairs would not fit beside what a model makes of them. */
const MOST = 2 ** 25;

/** @throws RangeError when a network has too many pairs */
export function checkPairs(count: number): void {
  if (count <= MOST) return;
  throw new RangeError(
    `the problem has more than ${MOST} pairs of variables that matter to each other, expected no more`,
  );
}

export class PairList {
  readonly #a: number[] = [];
  readonly #b: number[] = [];
  readonly #cost: number[] = [];

  /** @throws RangeError when there are too many */
  add(a: number, b: number, cost = 1): void {
    checkPairs(this.#a.length + 1);
    this.#a.push(a);
    this.#b.push(b);
    this.#cost.push(cost);
  }

  get columns(): PairColumns {
    return { a: this.#a, b: this.#b, cost: this.#cost };
  }
}

/** Pairs of variables that may not both be on, or cost something when they are, as they are found. */
import type { PairColumns } from '../potts/links.ts';

export class PairList {
  readonly #a: number[] = [];
  readonly #b: number[] = [];
  readonly #cost: number[] = [];

  add(a: number, b: number, cost = 1): void {
    this.#a.push(a);
    this.#b.push(b);
    this.#cost.push(cost);
  }

  get columns(): PairColumns {
    return { a: this.#a, b: this.#b, cost: this.#cost };
  }
}

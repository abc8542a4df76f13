/**
 * Runs of different lengths, for a search that goes on until its time is over: which length suits a model is not known
 * beforehand. Run k is 2^t times as long as the first, 2^t the largest power of two that divides k + 1 (1, 2, 1, 4, 1, 2, 1, 8 …),
 * so that as much time goes into each length. No other order is better by more than a logarithm (Luby, Sinclair & Zuckerman
 * 1993).
 *
 * Runs side by side are many of each length at once, and longer ones pay sooner (measured): their order is that times 8, after two
 * shorter groups, ⅛ and 1, so that large models have something soon.
 */
import type { Search, Standing } from './search.ts';

/** No run is longer than this, in first runs: its temperatures have to fit memory. */
const LONGEST = 1024;
/** Of groups: the first, and what the others are multiples of. */
const FIRST = [0.125, 1];
const FACTOR = 8;

/** How many times as long as one of length 1 run k is. */
export function lengthOf(run: number): number {
  return ruler(run, LONGEST);
}

/** The same of the runs of group k that are made side by side. */
export function groupLengthOf(group: number): number {
  return group < FIRST.length
    ? FIRST[group]
    : FACTOR * ruler(group - FIRST.length, LONGEST / FACTOR);
}

/** The largest power of two that divides k + 1, after `longest` from the beginning. */
function ruler(k: number, longest: number): number {
  const n = (k % longest) + 1;
  return n & -n;
}

export class Lengthening<State> implements Search<State> {
  readonly #open: (length: number) => Search<State>;
  #length = 1;
  #work: Search<State>;

  /** @param open - a search whose runs are so many times as long as the first */
  constructor(open: (length: number) => Search<State>) {
    this.#open = open;
    this.#work = open(1);
  }

  get sweeps(): number {
    return this.#work.sweeps;
  }

  get abreast(): number | undefined {
    return this.#work.abreast;
  }

  get standings(): readonly Standing<State>[] | undefined {
    return this.#work.standings;
  }

  get energy(): number {
    return this.#work.energy;
  }

  get state(): State {
    return this.#work.state;
  }

  begin(run: number, start: State | undefined): void {
    const { abreast } = this;
    const length = abreast ? groupLengthOf(run / abreast) : lengthOf(run);
    if (length !== this.#length) {
      const work = this.#open(length);
      this.#work.dispose();
      this.#work = work;
      this.#length = length;
    }
    this.#work.begin(run, start);
  }

  advance(sweeps: number): number {
    return this.#work.advance(sweeps);
  }

  dispose(): void {
    this.#work.dispose();
  }
}

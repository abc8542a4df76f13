/**
 * Runs of different lengths, for a search that goes on until its time is over: which length suits a model is not known
 * beforehand. Run k is 2^t times as long as the first, 2^t the largest power of two that divides k + 1 (1, 2, 1, 4, 1, 2, 1, 8 …),
 * so that as much time goes into each length; runs side by side are one run here. No other order is better by more than a logarithm (Luby, Sinclair & Zuckerman
 * 1993).
 */
import type { Search, Standing } from './search.ts';

/** No run is longer than this, in first runs: its temperatures have to fit memory. */
const LONGEST = 1024;

/** How many times as long as the first run k is. */
export function lengthOf(run: number): number {
  const n = (run % LONGEST) + 1;
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
    const length = lengthOf(run / (this.abreast ?? 1));
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

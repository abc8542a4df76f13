/** A search whose energies are known: run r has energy 100 + r − sweeps made, down to its floor. */
import type { SearchPlan } from '../../src/optimise/options.ts';
import type { Search } from '../../src/optimise/search.ts';

export class FakeSearch implements Search<number[]> {
  readonly sweeps: number;
  /** What was called, in order. */
  readonly begun: { run: number; start: number[] | undefined }[] = [];
  disposed = 0;
  advanced = 0;
  #run = 0;
  #made = 0;
  readonly #energyAt: (run: number, sweep: number) => number;
  readonly #millis: number;

  /** @param millis - how long a sweep takes */
  constructor(sweeps: number, energyAt: (run: number, sweep: number) => number, millis = 0) {
    this.sweeps = sweeps;
    this.#energyAt = energyAt;
    this.#millis = millis;
  }

  /** The lowest so far, as a search has to report it. */
  get energy(): number {
    let least = Infinity;
    for (let k = 0; k <= this.#made; k++) least = Math.min(least, this.#energyAt(this.#run, k));
    return least;
  }

  get state(): number[] {
    return [this.#run, this.energy];
  }

  begin(run: number, start: number[] | undefined): void {
    this.begun.push({ run, start });
    this.#run = run;
    this.#made = 0;
  }

  advance(sweeps: number): number {
    const made = Math.min(sweeps, this.sweeps - this.#made);
    const until = performance.now() + made * this.#millis;
    while (performance.now() < until);
    this.#made += made;
    this.advanced += made;
    return made;
  }

  dispose(): void {
    this.disposed++;
  }
}

export function planOf(plan: Partial<SearchPlan<number[]>>): SearchPlan<number[]> {
  return {
    asked: performance.now(),
    restarts: 3,
    time: Infinity,
    target: -Infinity,
    rank: undefined,
    solutions: undefined,
    canonical: (state) => state,
    start: undefined,
    seed: 1,
    signal: undefined,
    onProgress: undefined,
    ...plan,
  };
}

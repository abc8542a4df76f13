/** A search in runs: the runs of a solver as parcels, and what `search` would have made of them one after the other. */
import { anneal } from '../optimise/anneal.ts';
import { descend } from '../optimise/descend.ts';
import { localSearch } from '../optimise/local-search.ts';
import { meanField } from '../optimise/mean-field.ts';
import { checkModel, type Model } from '../optimise/model.ts';
import type {
  CoolingOptions,
  SearchOptions,
  SearchPlan,
  SearchProgress,
} from '../optimise/options.ts';
import { potts } from '../optimise/potts.ts';
import { BestStates } from '../optimise/best-states.ts';
import {
  finishedStates,
  ranked,
  type SearchResult,
  type SearchRun,
  type Finished,
} from '../optimise/search.ts';
import { LAST, type DealOptions } from './deal.ts';
import { Freight, type Travelling } from './freight.ts';
import { prepareSearch, searchItem, type SearchItem, type SolverName } from './search-item.ts';

const SOLVERS: Record<SolverName, unknown> = { anneal, descend, localSearch, meanField, potts };

/** Milliseconds between two calls of `onProgress`. */
const TELL = 20;

/** The name that workers know a solver by; undefined for one of the caller's own. */
export function solverName(solver: unknown): SolverName | undefined {
  return (Object.keys(SOLVERS) as SolverName[]).find((name) => SOLVERS[name] === solver);
}

/** Why a search cannot go to workers; undefined when it can. `rank` is asked here, of what the runs come to. */
export function searchHere(solver: unknown, options: CoolingOptions): string | undefined {
  if (!solverName(solver)) return 'the solver is none that workers know';
  if (typeof options?.schedule !== 'function') return undefined;
  return 'schedule is a function, which runs on the thread it is of';
}

/** A search by number. */
export class SharedSearch<State> {
  readonly deal: DealOptions<SearchRun<State>>;
  readonly #plan: SearchPlan<State>;
  readonly #finish: (state: State) => Finished<State>;
  /** Sweeps that a run is expected to take. */
  readonly #expected: number;
  /** What runs are compared by, as they come. */
  readonly #values: number[] = [];
  /** When they came, in seconds. */
  readonly #heard: number[] = [];
  /** Sweeps made in each, so far. */
  readonly #made: number[] = [];
  readonly #over = new Set<number>();
  #lowest = Infinity;
  #told = performance.now();

  /** @throws TypeError, RangeError as the solver itself */
  constructor(name: SolverName, model: Model<State>, options: SearchOptions<State>) {
    checkModel(model);
    const { sweeps, plan, finish } = prepareSearch(name, model, options);
    this.#expected = sweeps;
    this.#plan = plan as unknown as SearchPlan<State>;
    this.#finish = finish as (state: State) => Finished<State>;
    const { seed, restarts, rank, signal } = this.#plan;
    signal?.throwIfAborted();
    const freight = new Freight(model as unknown as Travelling);
    const { signal: _, onProgress: __, rank: ___, target, ...rest } = options;
    const sent = { ...rest, seed, ...(!rank && { target }) };
    this.deal = {
      count: restarts,
      models: [freight],
      local: searchItem,
      signal,
      gather: true,
      item: (run) => {
        const time = this.#plan.time - this.#seconds;
        if (time <= 0 && run > 0) return undefined;
        this.#made[run] = 0;
        const data: SearchItem = {
          model: freight.key,
          solver: name,
          options: sent,
          run,
          time: Math.max(time, 1e-3),
        };
        return { data };
      },
      onResult: (found, run) => this.#hear(found, run),
      onProgress: (progress, run) => {
        const { sweeps, energy } = progress as SearchProgress;
        this.#made[run] = sweeps;
        if (!rank) this.#lowest = Math.min(this.#lowest, energy);
        this.#tell();
      },
    };
  }

  /** What one thread would have found. */
  merge(runs: readonly SearchRun<State>[]): SearchResult<State> {
    const { target, seed, restarts, signal } = this.#plan;
    const { solutions, canonical } = this.#plan;
    const others = solutions === undefined ? undefined : new BestStates(solutions, canonical);
    let best = 0;
    let last = 0;
    for (; last < runs.length; last++) {
      if (this.#values[last] < this.#values[best]) best = last;
      others?.offer(runs[last].state, this.#values[last]);
      if (this.#values[best] <= target && (others?.reach(target) ?? true)) break;
    }
    const stopped = last < runs.length;
    const counted = stopped ? runs.slice(0, last + 1) : runs;
    const { state } = counted[best];
    const ended = stopped
      ? 'target'
      : signal?.aborted
        ? 'signal'
        : counted.length < restarts || this.#seconds >= this.#plan.time
          ? 'time'
          : 'restarts';
    this.#tell(1);
    return {
      ...this.#finish(state),
      ...(others && { states: finishedStates(others, this.#plan, this.#finish) }),
      energies: Float64Array.from(counted, ({ energy }) => energy),
      restarts: counted.length,
      sweeps: counted.reduce((sum, { sweeps }) => sum + sweeps, 0),
      seconds: this.#seconds,
      reached: this.#heard[best],
      completed: counted.filter(({ complete }) => complete).length,
      seed,
      ended,
    };
  }

  get #seconds(): number {
    return (performance.now() - this.#plan.asked) / 1000;
  }

  #hear({ state, energy, sweeps }: SearchRun<State>, run: number): typeof LAST | undefined {
    const { rank, target, solutions } = this.#plan;
    const value = rank ? ranked(rank, state) : energy;
    this.#values[run] = value;
    this.#heard[run] = this.#seconds;
    this.#lowest = Math.min(this.#lowest, value);
    this.#made[run] = sweeps;
    this.#over.add(run);
    this.#tell();
    // Of several solutions it is not known before all runs are in which are the first.
    return value <= target && solutions === undefined ? LAST : undefined;
  }

  /** Tells how far it is; with `rank` only once a run is over and has one. */
  #tell(done = this.#done): void {
    const { onProgress } = this.#plan;
    if (!onProgress || this.#lowest === Infinity) return;
    if (done < 1 && performance.now() - this.#told < TELL) return;
    this.#told = performance.now();
    onProgress({
      done,
      restarts: this.#made.length,
      sweeps: this.#made.reduce((sum, sweeps) => sum + sweeps, 0),
      energy: this.#lowest,
      seconds: this.#seconds,
    });
  }

  get #done(): number {
    const { restarts, time } = this.#plan;
    const runs = this.#made.reduce(
      (sum, sweeps, run) => sum + (this.#over.has(run) ? 1 : Math.min(1, sweeps / this.#expected)),
      0,
    );
    // All of it is done when there is a result.
    return Math.min(1 - 1e-9, Math.max(runs / restarts, this.#seconds / time));
  }
}

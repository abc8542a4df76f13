/**
 * A search in runs: the runs of a solver as parcels, those that are made side by side in one, and what `search` would have made of
 * them one after the other.
 */
import { anneal } from '../optimise/anneal.ts';
import { descend } from '../optimise/descend.ts';
import { exact } from '../optimise/exact.ts';
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
  groupAt,
  ranked,
  type Finished,
  type PreparedSearch,
  type SearchResult,
  type SearchRun,
} from '../optimise/search.ts';
import { LAST, type DealOptions } from './deal.ts';
import { Freight, type Travelling } from './freight.ts';
import { prepareSearch, searchItem, type SearchItem, type SearchName } from './search-item.ts';

const SOLVERS: Record<SearchName, unknown> = {
  anneal,
  descend,
  exact,
  localSearch,
  meanField,
  potts,
};

/** Milliseconds between two calls of `onProgress`. */
const TELL = 20;

/** The name that workers know a solver by; undefined for one of the caller's own. */
export function solverName(solver: unknown): SearchName | undefined {
  return (Object.keys(SOLVERS) as SearchName[]).find((name) => SOLVERS[name] === solver);
}

/** Why a search cannot go to workers; undefined when it can. `rank` is asked here, of what the runs come to. */
export function searchHere(solver: unknown, options: CoolingOptions): string | undefined {
  if (!solverName(solver)) return 'the solver is none that workers know';
  if (typeof options?.schedule !== 'function') return undefined;
  return 'schedule is a function, which runs on the thread it is of';
}

/** A search by number. */
export class SharedSearch<State> {
  readonly deal: DealOptions<SearchRun<State>[]>;
  readonly #plan: SearchPlan<State>;
  readonly #finish: (state: State) => Finished<State>;
  /** Sweeps that a run is expected to take. */
  readonly #expected: number;
  /** Where runs are parts of one: what is said of it. */
  readonly #whole: PreparedSearch<State>['whole'];
  /** Runs of a parcel. */
  readonly #abreast: number;
  /** What runs are compared by, those of each parcel as they come. */
  readonly #values: number[][] = [];
  /** When they came, in seconds. */
  readonly #heard: number[] = [];
  /** Sweeps made in each parcel, so far. */
  readonly #made: number[] = [];
  readonly #over = new Set<number>();
  #lowest = Infinity;
  #told = performance.now();

  /** @throws TypeError, RangeError as the solver itself */
  constructor(name: SearchName, model: Model<State>, options: SearchOptions<State>) {
    checkModel(model);
    const prepared = prepareSearch(name, model, options) as unknown as PreparedSearch<State>;
    const { sweeps, abreast = 1, plan, finish, whole } = prepared;
    this.#expected = sweeps;
    this.#abreast = abreast;
    this.#plan = plan;
    this.#finish = finish;
    this.#whole = whole;
    const { seed, restarts, rank, signal } = this.#plan;
    signal?.throwIfAborted();
    const freight = new Freight(model as unknown as Travelling);
    const { signal: _, onProgress: __, rank: ___, target, ...rest } = options;
    const sent = { ...rest, seed, ...(!rank && { target }) };
    this.deal = {
      count: Math.ceil(restarts / this.#abreast),
      models: [freight],
      local: searchItem,
      signal,
      gather: true,
      item: (group) => {
        const time = this.#plan.time - this.#seconds;
        if (time <= 0 && group > 0) return undefined;
        this.#made[group] = 0;
        const data: SearchItem = {
          model: freight.key,
          solver: name,
          options: sent,
          group,
          time: Math.max(time, 1e-3),
        };
        return { data };
      },
      onResult: (found, group) => this.#hear(found, group),
      onProgress: (progress, group) => {
        const { sweeps, energy } = progress as SearchProgress;
        this.#made[group] = sweeps;
        if (!rank) this.#lowest = Math.min(this.#lowest, energy);
        this.#tell();
      },
    };
  }

  /** What one thread would have found. */
  merge(groups: readonly SearchRun<State>[][]): SearchResult<State> {
    const { target, seed, restarts, signal } = this.#plan;
    const { solutions, canonical } = this.#plan;
    const others = solutions === undefined ? undefined : new BestStates(solutions, canonical);
    const counted: SearchRun<State>[] = [];
    let best = { state: groups[0][0].state, value: Infinity, reached: 0 };
    let last = 0;
    for (; last < groups.length; last++) {
      for (const [k, run] of groups[last].entries()) {
        const value = this.#values[last][k];
        others?.offer(run.state, value);
        if (value < best.value || counted.length === 0) {
          best = { state: run.state, value, reached: this.#heard[last] };
        }
        counted.push(run);
      }
      if (best.value <= target && (others?.reach(target) ?? true)) break;
    }
    const stopped = last < groups.length;
    const ended = stopped
      ? 'target'
      : signal?.aborted
        ? 'signal'
        : counted.length < restarts || this.#seconds >= this.#plan.time
          ? 'time'
          : 'restarts';
    this.#tell(1);
    const found: SearchResult<State> = {
      ...this.#finish(best.state),
      ...(others && { states: finishedStates(others, this.#plan, this.#finish) }),
      energies: Float64Array.from(counted, ({ energy }) => energy),
      restarts: counted.length,
      sweeps: counted.reduce((sum, { sweeps }) => sum + sweeps, 0),
      seconds: this.#seconds,
      reached: best.reached,
      completed: counted.filter(({ complete }) => complete).length,
      seed,
      ended,
    };
    return this.#whole?.(found) ?? found;
  }

  get #seconds(): number {
    return (performance.now() - this.#plan.asked) / 1000;
  }

  #hear(runs: readonly SearchRun<State>[], group: number): typeof LAST | undefined {
    const { rank, target, solutions } = this.#plan;
    const values = runs.map(({ state, energy }) => (rank ? ranked(rank, state) : energy));
    this.#values[group] = values;
    this.#heard[group] = this.#seconds;
    this.#lowest = Math.min(this.#lowest, ...values);
    this.#made[group] = runs.reduce((sum, { sweeps }) => sum + sweeps, 0);
    this.#over.add(group);
    this.#tell();
    // Of several solutions it is not known before all runs are in which are the first.
    const reached = values.some((value) => value <= target);
    return reached && solutions === undefined ? LAST : undefined;
  }

  /** Tells how far it is; with `rank` only once a run is over and has one. */
  #tell(done = this.#done): void {
    const { onProgress } = this.#plan;
    if (!onProgress || this.#lowest === Infinity) return;
    if (done < 1 && performance.now() - this.#told < TELL) return;
    this.#told = performance.now();
    onProgress({
      done,
      restarts: this.#whole ? 1 : Math.min(this.#plan.restarts, this.#made.length * this.#abreast),
      sweeps: this.#made.reduce((sum, sweeps) => sum + sweeps, 0),
      energy: this.#lowest,
      seconds: this.#seconds,
    });
  }

  get #done(): number {
    const { restarts, time } = this.#plan;
    let runs = 0;
    for (const [group, sweeps] of this.#made.entries()) {
      const [first, end] = groupAt({ abreast: this.#abreast }, restarts, group);
      runs += this.#over.has(group) ? end - first : Math.min(end - first, sweeps / this.#expected);
    }
    // All of it is done when there is a result.
    return Math.min(1 - 1e-9, Math.max(runs / restarts, this.#seconds / time));
  }
}

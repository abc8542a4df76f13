/** Search by what a problem itself offers, where it does: tours and colourings, for which no network takes part, and spins. */
import { checkPositiveInteger, describe } from '../checks.ts';
import type { Steps } from '../pacing.ts';
import { checkModel, searchOf, type Model } from './model.ts';
import { planSearch, type SearchOptions } from './options.ts';
import { searchPrepared, type PreparedSearch, type Search, type SearchResult } from './search.ts';

export interface LocalSearchOptions<State> extends SearchOptions<State> {
  /**
   * Sweeps of a run, each as many steps as there are cities, vertices or spins. Default 1000, for spins 20,000; without end with `time`, and none of `sweeps`,
   * `restarts` and `solutions`.
   */
  sweeps?: number;
  /** Independent runs. Default 1, or with `solutions` as many. */
  restarts?: number;
}

/** How a local search is to be made. */
export interface LocalSearchPlan {
  readonly seed: number;
  /** A run stops when its energy reaches this. */
  readonly target: number;
  /** Sweeps of a run. */
  readonly sweeps: number;
}

/** A model that can be searched by moves of its own. */
export interface Searchable<State> extends Model<State> {
  /** An energy that nothing is below, so that a search which reaches it is over. */
  readonly bound: number;
  /** Sweeps of a run where nothing is said of them; 1000 when left out. */
  readonly usualSweeps?: number;
  localSearch(plan: LocalSearchPlan): Steps<Search<State>>;
}

/**
 * Searches a problem by moves on its solutions: tours by iterated local search, colourings by tabu search. What networks do for
 * these problems is for teaching; this is for results.
 *
 * Spins by what good states have in common (Houdayer & Martin, Physical Review Letters 83, 1030 (1999)): 32 runs of annealing, 1000 sweeps
 * times 1, 2, 1, 4, 1, 2, 1, 8 …, make a population; what 16 of them orient alike is contracted to one spin, the smaller model is annealed, and
 * what comes of it, taken downhill, stands in for the worst of them. When no more comes of that, or more than three quarters of the spins are
 * left, there is a new population, of longer runs. Before all of them come one run of 1000 sweeps and a population of runs a 32nd as long. With a
 * number of sweeps all is as much shorter as lets the first long population have about half of them.
 *
 * @param model - that of `travellingSalesman` or `colouring`, or an `IsingModel`
 * @param options - all optional; see there for defaults
 * @throws TypeError, RangeError for a bad option or a model that has no moves of its own
 */
export async function localSearch<State>(
  model: Model<State>,
  options: LocalSearchOptions<State> = {},
): Promise<SearchResult<State>> {
  return searchPrepared(prepareLocalSearch(model, options));
}

/** The search that `localSearch` makes. */
export function prepareLocalSearch<State>(
  model: Model<State>,
  options: LocalSearchOptions<State>,
): PreparedSearch<State> {
  checkModel(model);
  if (!isSearchable(model)) {
    throw new TypeError(
      `model is ${describe(model)}, expected that of travellingSalesman or colouring, or an IsingModel; anneal takes any`,
    );
  }
  const plan = planSearch(options, 'local search', ['sweeps']);
  // A run that does not end by itself has all the time.
  const endless =
    plan.time < Infinity && !options.sweeps && !options.restarts && !options.solutions;
  const sweeps = endless
    ? Infinity
    : checkPositiveInteger(options.sweeps ?? model.usualSweeps ?? 1000, 'sweeps');
  // As many as fit, where there is something to choose from.
  const several = endless || (plan.time < Infinity && options.solutions !== undefined);
  const restarts =
    options.restarts === undefined && !several ? (options.solutions ?? 1) : plan.restarts;
  // A rank can be reached at any energy.
  const target = plan.rank ? -Infinity : Math.max(plan.target, model.bound);
  return {
    ...searchOf(model, { ...plan, restarts, ...(!plan.rank && { target }) }),
    open: () => model.localSearch({ seed: plan.seed, target, sweeps }),
    sweeps,
  };
}

function isSearchable<State>(model: Model<State>): model is Searchable<State> {
  return typeof (model as Partial<Searchable<State>>).localSearch === 'function';
}

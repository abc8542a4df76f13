/** What mean-field searches of spins and of groups have in common. */
import type { Steps } from '../pacing.ts';
import { searchOf, type Model } from './model.ts';
import {
  COOLING,
  coolingPlan,
  coolingSweeps,
  planSearch,
  type CoolingOptions,
  type SearchOptions,
} from './options.ts';
import type { PreparedSearch, Search } from './search.ts';

export interface MeanFieldOptions<State> extends SearchOptions<State>, CoolingOptions {}

/** How averages are to be cooled. */
export interface MeanFieldPlan {
  readonly seed: number;
  readonly target: number;
  /** Temperature of each sweep; after these the nearest discrete state falls at 0 until nothing moves. */
  readonly temperatures: Float64Array;
}

/** @param begin - sets a search up, with temperatures that fall over a range that suits averages of the model */
export function prepareAveraging<State>(
  model: Model<State>,
  options: MeanFieldOptions<State>,
  begin: (
    cooled: (range: readonly [hot: number, cold: number]) => MeanFieldPlan,
  ) => Steps<Search<State>>,
): PreparedSearch<State> {
  const plan = planSearch(options, 'mean-field', COOLING);
  const sweeps = coolingSweeps(options);
  // A rank can be reached at any energy.
  const target = plan.rank ? -Infinity : plan.target;
  const { seed } = plan;
  return {
    ...searchOf(model, plan),
    open: () => begin((range) => ({ seed, target, temperatures: coolingPlan(options, range) })),
    sweeps,
  };
}

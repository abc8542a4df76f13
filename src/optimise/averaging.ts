/** What mean-field searches of spins and of groups have in common. */
import type { Model } from './model.ts';
import {
  COOLING,
  coolingPlan,
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

/** @param range - first and last temperature that suit averages of the model */
export function prepareAveraging<State>(
  model: Model<State>,
  options: MeanFieldOptions<State>,
  range: () => readonly [hot: number, cold: number],
  begin: (plan: MeanFieldPlan) => Search<State>,
): PreparedSearch<State> {
  const plan = planSearch(options, 'mean-field', COOLING);
  const temperatures = coolingPlan(options, range());
  const start = plan.start === undefined ? undefined : model.readState(plan.start, 'start');
  // A rank can be reached at any energy.
  const target = plan.rank ? -Infinity : plan.target;
  const work = begin({ seed: plan.seed, target, temperatures });
  return { work, plan: { ...plan, start }, energyOf: (state) => model.energy(state) };
}

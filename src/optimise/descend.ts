/** Hopfield's own search: from a random state downhill to a fixed point, and again (Hopfield 1982). */
import { checkModel, opened, searchOf, type Model } from './model.ts';
import { planSearch, type SearchOptions } from './options.ts';
import { searchPrepared, type PreparedSearch, type SearchResult } from './search.ts';

/**
 * Falls at temperature 0 until no single move lowers the energy, from one random state after the other.
 *
 * @param model - an `IsingModel` or a `PottsModel`
 * @param options - all optional; see there for defaults
 * @throws TypeError, RangeError for a bad option
 */
export async function descend<State>(
  model: Model<State>,
  options: SearchOptions<State> = {},
): Promise<SearchResult<State>> {
  return searchPrepared(prepareDescend(model, options));
}

/** The search that `descend` makes. */
export function prepareDescend<State>(
  model: Model<State>,
  options: SearchOptions<State>,
): PreparedSearch<State> {
  checkModel(model);
  const plan = planSearch(options, 'descend');
  const { seed } = plan;
  // A rank can be reached at any energy.
  const target = plan.rank ? -Infinity : plan.target;
  const temperatures = new Float64Array(0);
  return {
    ...searchOf(model, plan),
    *open() {
      yield* opened(model, 1);
      return model.annealing({ seed, target, temperatures, rule: 'metropolis' });
    },
    sweeps: 1,
  };
}

/** Mean-field annealing: averages instead of chance (Peterson & Anderson 1987, Peterson & Söderberg 1989). */
import { checkModel, type Model } from './model.ts';
import {
  COOLING,
  coolingPlan,
  planSearch,
  type CoolingOptions,
  type SearchOptions,
} from './options.ts';
import { search, type SearchResult } from './search.ts';

export interface MeanFieldOptions<State> extends SearchOptions<State>, CoolingOptions {}

/**
 * Every spin becomes its average in the field of the others' averages, V_i = tanh(h_i/T), one after the other while T
 * falls. The nearest discrete state is then taken downhill until no move lowers the energy. Runs begin in random averages; the
 * first uses all temperatures, later ones of an `IsingModel` begin between the hottest and half of it, since what is
 * cooled from high up ends alike wherever it began.
 *
 * @param model - an `IsingModel`; `potts` does the same for groups
 * @param options - all optional; see there for defaults
 * @throws TypeError, RangeError for a bad option
 */
export async function meanField<State>(
  model: Model<State>,
  options: MeanFieldOptions<State> = {},
): Promise<SearchResult<State>> {
  checkModel(model);
  const plan = planSearch(options, 'mean-field', COOLING);
  const temperatures = coolingPlan(options, model.meanFieldRange, model.kernels);
  const start = plan.start === undefined ? undefined : model.readState(plan.start, 'start');
  const { seed } = plan;
  // A rank can be reached at any energy.
  const target = plan.rank ? -Infinity : plan.target;
  const work = model.meanField({ seed, target, temperatures });
  return search(work, { ...plan, start }, (state) => model.energy(state));
}

/**
 * Potts neurons (Peterson & Söderberg 1989): every group becomes the averages of its states, V_a = e^(−c_a/T)/Σ_b e^(−c_b/T)
 * with the costs c in the averages of the other groups, one group after the other while T falls. The likeliest states are
 * then taken downhill until no move lowers the energy.
 *
 * @param model - a `PottsModel`
 * @param options - all optional; see there for defaults
 * @throws TypeError, RangeError for a bad option
 */
export const potts: (
  model: Model<Int32Array>,
  options?: MeanFieldOptions<Int32Array>,
) => Promise<SearchResult<Int32Array>> = meanField;

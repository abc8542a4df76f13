/** Mean-field annealing of spins: averages instead of chance (Peterson & Anderson 1987). */
import { describe } from '../checks.ts';
import { prepareAveraging, type MeanFieldOptions } from './averaging.ts';
import { IsingModel } from './ising-model.ts';
import { IsingMeanField } from './ising/mean-field.ts';
import type { Model } from './model.ts';
import { searchPrepared, type PreparedSearch, type SearchResult } from './search.ts';

/**
 * Every spin becomes its average in the field of the others' averages, V_i = tanh(h_i/T), one after the other while T
 * falls. The nearest discrete state is then taken downhill until no move lowers the energy. Runs begin in random averages; the
 * first uses all temperatures, later ones begin between the hottest and half of it, since what is cooled from high up
 * ends alike wherever it began.
 *
 * @param model - an `IsingModel`; `potts` does the same for groups
 * @param options - all optional; see there for defaults
 * @throws TypeError, RangeError for a bad option
 */
export async function meanField(
  model: Model<Int8Array>,
  options: MeanFieldOptions<Int8Array> = {},
): Promise<SearchResult<Int8Array>> {
  return searchPrepared(prepareMeanField(model, options));
}

/** The search that `meanField` makes. */
export function prepareMeanField(
  model: Model<Int8Array>,
  options: MeanFieldOptions<Int8Array>,
): PreparedSearch<Int8Array> {
  if (!(model instanceof IsingModel)) {
    throw new TypeError(`model is ${describe(model)}, expected an IsingModel; potts is for groups`);
  }
  return prepareAveraging(model, options, function* (cooled) {
    const { machine, integers, links, averagesRange } = model.open();
    const plan = cooled(yield* averagesRange.steps());
    yield* model.opening();
    const { seed, target } = plan;
    const temperatures = new Float64Array(0);
    const descent = model.annealing({ seed, target, temperatures, rule: 'metropolis' });
    return new IsingMeanField(machine, integers, links.now(), descent, plan);
  });
}

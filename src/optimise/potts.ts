/** Potts neurons: mean-field annealing of groups (Peterson & Söderberg 1989). */
import { describe } from '../checks.ts';
import { prepareAveraging, type MeanFieldOptions } from './averaging.ts';
import type { Steps } from '../pacing.ts';
import type { Model } from './model.ts';
import { PottsAveraging } from './potts/averaging.ts';
import type { PottsLayout } from './potts/layout.ts';
import { criticalTemperature } from './potts/temperatures.ts';
import { searchPrepared, type PreparedSearch, type SearchResult } from './search.ts';

/**
 * Every group becomes the averages of its states, V_a = e^(−c_a/T)/Σ_b e^(−c_b/T) with the costs c in the averages of the
 * other groups, one group after the other while T falls. The likeliest states are then taken downhill until no move lowers
 * the energy.
 *
 * @param model - a `PottsModel`, or that of a tour or a colouring; `meanField` does the same for spins
 * @param options - all optional; see there for defaults
 * @throws TypeError, RangeError for a bad option
 */
export async function potts(
  model: Model<Int32Array>,
  options: MeanFieldOptions<Int32Array> = {},
): Promise<SearchResult<Int32Array>> {
  return searchPrepared(preparePotts(model, options));
}

/** The search that `potts` makes. */
export function preparePotts(
  model: Model<Int32Array>,
  options: MeanFieldOptions<Int32Array>,
): PreparedSearch<Int32Array> {
  if (!isGrouped(model)) {
    throw new TypeError(
      `model is ${describe(model)}, expected a PottsModel; meanField is for spins`,
    );
  }
  return prepareAveraging(model, options, function* (cooled) {
    const layout = yield* model.openGroups();
    const hot = yield* criticalTemperature(layout);
    return new PottsAveraging(layout, cooled([hot, hot / 20]));
  });
}

/** A model that has a network of Potts neurons. */
interface Grouped {
  openGroups(): Steps<PottsLayout>;
}

function isGrouped(model: Model<Int32Array> | undefined): model is Model<Int32Array> & Grouped {
  return typeof (model as Partial<Grouped> | undefined)?.openGroups === 'function';
}

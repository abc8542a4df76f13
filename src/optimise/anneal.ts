/** Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983) on any model. */
import { checkName } from '../checks.ts';
import { Lengthening } from './lengthen.ts';
import { checkModel, opened, searchOf, type Model } from './model.ts';
import {
  COOLING,
  coolingPlan,
  coolingSweeps,
  planSearch,
  type CoolingOptions,
  type SearchOptions,
} from './options.ts';
import { searchPrepared, type PreparedSearch, type Search, type SearchResult } from './search.ts';

export interface AnnealOptions<State> extends SearchOptions<State>, CoolingOptions {
  /**
   * `'metropolis'` (default): a move that costs Δ is made with probability min(1, e^(−Δ/T)); a flip that costs nothing with 31/32, as
   * walls along a ring that always move never meet. `'glauber'`: a spin, or group, takes each of its states with its probability in equilibrium with the rest.
   */
  rule?: 'metropolis' | 'glauber';
}

/**
 * Moves by chance at falling temperatures, then downhill until no move lowers the energy.
 *
 * Five runs or more of an `IsingModel` whose couplings have one size J are made side by side, sixteen at once, if its fields are
 * multiples of J and no Σ_j |J_ij| + |h_i| is above 255 |J|. Sixteen take about as long as four made one after the other.
 *
 * With `time`, and neither `sweeps` nor `restarts`, runs have different lengths: 1000 sweeps times 1, 2, 1, 4, 1, 2, 1, 8 …; side by
 * side 125, 1000, then 8000 times the same.
 *
 * @param model - an `IsingModel` or a `PottsModel`
 * @param options - all optional; see there for defaults
 * @throws TypeError, RangeError for a bad option
 */
export async function anneal<State>(
  model: Model<State>,
  options: AnnealOptions<State> = {},
): Promise<SearchResult<State>> {
  return searchPrepared(prepareAnneal(model, options));
}

/** The search that `anneal` makes. */
export function prepareAnneal<State>(
  model: Model<State>,
  options: AnnealOptions<State>,
): PreparedSearch<State> {
  checkModel(model);
  const plan = planSearch(options, 'anneal', [...COOLING, 'rule']);
  const rule = checkName(options.rule ?? 'metropolis', 'rule', ['metropolis', 'glauber']);
  const { seed } = plan;
  // A rank can be reached at any energy.
  const target = plan.rank ? -Infinity : plan.target;
  // Where the number of runs is left open, there are as many as are made side by side.
  const runs = options.restarts ?? Infinity;
  const work = (length: number): Search<State> => {
    const temperatures = coolingPlan(options, model.annealingRange, length);
    return model.annealing({ seed, target, temperatures, rule, runs });
  };
  const lengthening = plan.time < Infinity && !options.sweeps && !options.restarts;
  const abreast = model.abreast?.(runs);
  const open = options.restarts === undefined && plan.restarts < Infinity;
  const restarts = open ? (abreast ?? plan.restarts) : plan.restarts;
  return {
    ...searchOf(model, { ...plan, restarts }),
    *open() {
      yield* opened(model, runs);
      return lengthening ? new Lengthening(work) : work(1);
    },
    sweeps: coolingSweeps(options),
    abreast,
  };
}

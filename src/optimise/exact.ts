/** All states of a small Ising model, one after the other: what comes out is the lowest, not the best of some. */
import { describe } from '../checks.ts';
import { enumerationKernels } from '../kernels/groups/enumeration.ts';
import { IsingModel } from './ising-model.ts';
import { enumerated, IsingEnumeration, partsOf, sweepsOfAll } from './ising/enumeration.ts';
import { searchOf, type Model } from './model.ts';
import { planSearch, type SearchOptions } from './options.ts';
import { Pairs } from './pairs.ts';
import { searchPrepared, type PreparedSearch, type SearchResult } from './search.ts';

/** Nothing is drawn, so that every seed gives the same. */
export type ExactOptions = Pick<
  SearchOptions<Int8Array>,
  'time' | 'target' | 'seed' | 'signal' | 'onProgress'
>;

/** 2³⁰ states take seconds. */
const MOST_SPINS = 30;
/** Options of the other solvers that mean nothing here. */
const NOT_HERE = ['restarts', 'rank', 'solutions', 'start'];

/**
 * Visits all 2^N states, in the order of a Gray code (Gray 1953), half of them where there are no fields, and gives the lowest;
 * of several the first that it meets. When it is through (`ended` is `'restarts'`), `proved` is true: no state is lower.
 *
 * Energies are integers that doubles add up exactly, unless numbers need a unit finer than 2⁻⁵¹ of Σ|J| + Σ|h|: then they are
 * rounded to that, and the proof is good to the last digits of doubles. Seconds for 30 spins; one more doubles it.
 *
 * @param model - an `IsingModel` of at most 30 spins, such as that of `maxCut`, `qubo` or `numberPartition`
 * @param options - all optional; see there
 * @throws TypeError, RangeError for a bad option or a model that is larger
 */
export async function exact(
  model: Model<Int8Array>,
  options: ExactOptions = {},
): Promise<SearchResult<Int8Array>> {
  return provenOf(await searchPrepared(prepareExact(model, options)));
}

/** The search that `exact` makes: one run, or one for each part of it, as many as workers may make. */
export function prepareExact(
  model: Model<Int8Array>,
  options: ExactOptions,
  inParts = false,
): PreparedSearch<Int8Array> {
  if (!(model instanceof IsingModel)) {
    throw new TypeError(`model is ${describe(model)}, expected an IsingModel`);
  }
  const { spins } = model;
  if (spins > MOST_SPINS) {
    throw new RangeError(
      `the model has ${spins} spins, expected at most ${MOST_SPINS} for exact, which visits all 2^N states; anneal takes any number`,
    );
  }
  for (const name of NOT_HERE) {
    if ((options as Record<string, unknown> | null)?.[name] === undefined) continue;
    throw new TypeError(`exact options have no ${name}: all states are visited once`);
  }
  const plan = planSearch<Int8Array>(options, 'exact');
  plan.signal?.throwIfAborted();
  const { starts, others, values, fields, offset } = model.plain();
  const states = enumerated({ spins, pairs: new Pairs(starts, others, values), fields, offset });
  const restarts = inParts ? partsOf(states) : 1;
  return {
    ...searchOf(model, { ...plan, restarts }),
    // oxlint-disable-next-line require-yield
    *open() {
      const machine = model.open().machine.with(enumerationKernels);
      return new IsingEnumeration(machine, states, plan.target, restarts);
    },
    sweeps: sweepsOfAll(states) / restarts,
    whole: provenOf,
  };
}

/** What was found, in however many parts, as the one run that it is: of all states unless it was cut short. */
function provenOf(found: SearchResult<Int8Array>): SearchResult<Int8Array> {
  const through = found.completed === found.restarts;
  return {
    ...found,
    energies: Float64Array.of(Math.min(...found.energies)),
    restarts: 1,
    completed: Number(through || found.ended === 'target'),
    proved: through && found.ended === 'restarts',
  };
}

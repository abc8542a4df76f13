/** From a definition to an experiment; experiment.ts says what that is. */
import { checkNumber, checkOptions, checkPositiveInteger, describe } from '../checks.ts';
import { checkWatchers } from '../pacing.ts';
import { checkedSeed, drawSeed } from '../random.ts';
import type { TrialFunction, TrialModule, Work } from './executor.ts';
import type { Definition, Experiment, Extent, Plan } from './experiment.ts';
import { checkPlain } from './plain.ts';
import { runExperiment } from './run.ts';

const DEFINITION = ['name', 'points', 'trial', 'summarise', 'precision', 'figures'] as const;
export const EXTENT = ['trials', 'error', 'mostTrials', 'seed'] as const;
const USUAL_TRIALS = 20;

/**
 * An experiment of your own: it gets seeds, resumption, shards, workers and figures as the built-in ones have them.
 *
 * ```ts
 * const coins = experiment({
 *   points: [{ p: 0.2 }, { p: 0.5 }],
 *   trial: ({ p }, seed) => ({ heads: new Random(seed).real() < p ? 1 : 0 }),
 *   summarise: (_, trials) => ({ share: shareOf(trials.map((t) => t.heads), 1) }),
 * });
 * for await (const { p, share } of coins) console.log(p, share.value);
 * ```
 *
 * @param given - the definition, and how many trials
 * @throws TypeError, RangeError for a definition or an extent that cannot be run
 */
export function experiment<Point extends object, Result, Summary extends object>(
  given: Definition<Point, Result, Summary> & Extent,
): Experiment<Point, Result, Summary> {
  checkOptions(given, 'experiment options', [...DEFINITION, ...EXTENT]);
  const { name = 'experiment', points, trial, summarise, precision, figures = {} } = given;
  if (typeof name !== 'string') throw new TypeError(`name is ${describe(name)}, expected a text`);
  if (!Array.isArray(points) || points.length === 0) {
    throw new TypeError(`points is ${describe(points)}, expected an array of at least one`);
  }
  points.forEach((point, k) => checkPlain(point, `points[${k}]`));
  if (typeof trial !== 'function' && typeof trial?.module !== 'string') {
    throw new TypeError(`trial is ${describe(trial)}, expected a function or { module, export }`);
  }
  if (typeof summarise !== 'function') {
    throw new TypeError(`summarise is ${describe(summarise)}, expected a function`);
  }
  if (given.error !== undefined && !precision) {
    throw new TypeError(
      'error is given, but there is no precision that says what it is the error of',
    );
  }
  const work: Work = { trial: trial as TrialFunction | TrialModule };
  const plan = planExtent(given, USUAL_TRIALS);
  return makeExperiment({ name, points, plan, work, summarise, precision, figures });
}

export function planExtent(given: Extent, usualTrials: number): Plan {
  const trials = checkPositiveInteger(given.trials ?? usualTrials, 'trials');
  const error =
    given.error === undefined
      ? undefined
      : checkNumber(given.error, 'error', 'a number above 0', (x) => x > 0);
  if (given.mostTrials !== undefined && error === undefined) {
    throw new TypeError('mostTrials is given, but no error that trials would be added for');
  }
  const mostTrials = checkNumber(
    given.mostTrials ?? 50 * trials,
    'mostTrials',
    `an integer of at least ${trials} (trials)`,
    (n) => Number.isInteger(n) && n >= trials,
  );
  const seed = given.seed === undefined ? drawSeed() : checkedSeed(given.seed);
  return { trials, error, mostTrials, seed };
}

/** Adds the ways to run it. */
export function makeExperiment<Point extends object, Result, Summary extends object>(
  parts: Omit<Experiment<Point, Result, Summary>, 'run' | typeof Symbol.asyncIterator>,
): Experiment<Point, Result, Summary> {
  const whole: Experiment<Point, Result, Summary> = {
    ...parts,
    run(options = {}) {
      checkOptions(options, 'run options', RUN_OPTIONS);
      checkWatchers(options.signal, options.onProgress);
      return runExperiment(whole, options);
    },
    [Symbol.asyncIterator]: () => whole.run(),
  };
  return whole;
}

const RUN_OPTIONS = ['executor', 'records', 'onRecord', 'shard', 'signal', 'onProgress'] as const;

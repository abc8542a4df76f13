/** Options that all solvers share, and temperatures that fall. */
import { exp, ln } from '../elementary.ts';
import { checkNumber, checkOptions, checkPositiveInteger, describe } from '../checks.ts';
import { checkWatchers, type StopSignal } from '../pacing.ts';
import { checkedSeed, drawSeed } from '../random.ts';

/** Where a search stands. */
export interface SearchProgress {
  /** How much of the work, or of the time, is done: from 0 to 1. */
  done: number;
  /** Runs begun. */
  restarts: number;
  /** Sweeps made in all. */
  sweeps: number;
  /** The lowest energy so far, or with `rank` the lowest rank; Infinity while the search is being set up. */
  energy: number;
  seconds: number;
}

export interface SearchOptions<State> {
  /** Independent runs. Default 10 (16 where `anneal` makes them side by side), or with `time` as many as fit. */
  restarts?: number;
  /** Seconds after which to stop, wherever the search stands; setting it up counts. Default: no limit. */
  time?: number;
  /**
   * An energy that is good enough: the search stops at the end of the sweep that reaches it. Where a model had to round its
   * numbers, an energy that is as low within their rounding will do.
   */
  target?: number;
  /**
   * What makes one state better than another: a number, lower is better, and `target` is a rank then. Default: the energy. Asked
   * of the state of lowest energy of each run, at its end.
   */
  rank?: (state: State) => number;
  /**
   * How many of the best solutions to keep, each once: the best of each run are compared, so that there can be no more of them
   * than runs, and there are at least as many runs. A target ends the search when all of them have reached it. Default: the best alone. Not for `exact`.
   */
  solutions?: number;
  /** The state in which the first run begins; runs begin in random states otherwise. */
  start?: State;
  /** An integer from 0 to 2³² − 1; drawn afresh, and reported, when not given. */
  seed?: number;
  /** An AbortSignal. The search stops, and gives the best state so far; aborted beforehand, it throws the signal's reason. */
  signal?: StopSignal;
  /** Called at most every 20 ms, and at the end. */
  onProgress?: (progress: SearchProgress) => void;
}

/** Search options, complete. */
export interface SearchPlan<State> {
  /** When the search was asked for, by `performance.now()`: what comes before the first run takes of the time too. */
  readonly asked: number;
  readonly restarts: number;
  readonly time: number;
  readonly target: number;
  readonly rank: ((state: State) => number) | undefined;
  /** How many of the best distinct states are asked for; undefined: the best alone. */
  readonly solutions: number | undefined;
  /** One of all states that stand for the same solution. */
  readonly canonical: (state: State) => State;
  readonly start: State | undefined;
  readonly seed: number;
  readonly signal: StopSignal | undefined;
  readonly onProgress: ((progress: SearchProgress) => void) | undefined;
}

const KNOWN = [
  'restarts',
  'time',
  'target',
  'rank',
  'solutions',
  'start',
  'seed',
  'signal',
  'onProgress',
];

/** Checks and completes search options; `more` names options of the solver's own. */
export function planSearch<State>(
  options: SearchOptions<State>,
  what: string,
  more: readonly string[] = [],
): SearchPlan<State> {
  checkOptions(options, `${what} options`, [...KNOWN, ...more]);
  const { restarts, time, target, rank, solutions, start, seed, signal, onProgress } = options;
  checkWatchers(signal, onProgress);
  if (rank !== undefined && typeof rank !== 'function') {
    throw new TypeError(`rank is ${describe(rank)}, expected a function`);
  }
  const timed = time !== undefined && time !== Infinity;
  return {
    asked: performance.now(),
    time: timed ? checkNumber(time, 'time', 'seconds, a number above 0', (x) => x > 0) : Infinity,
    restarts: Math.max(
      runsOf(restarts, timed, timed || signal !== undefined || target !== undefined),
      restarts === undefined ? (solutions ?? 1) : 1,
    ),
    solutions: solutions === undefined ? undefined : checkPositiveInteger(solutions, 'solutions'),
    canonical: (state) => state,
    target:
      target === undefined || target === -Infinity
        ? -Infinity
        : checkNumber(target, 'target', 'a number', () => true),
    rank,
    start,
    seed: seed === undefined ? drawSeed() : checkedSeed(seed),
    signal,
    onProgress,
  };
}

/** @param ends - whether something else ends the search, so that runs need not */
function runsOf(restarts: number | undefined, timed: boolean, ends: boolean): number {
  if (restarts === undefined) return timed ? Infinity : 10;
  return restarts === Infinity && ends ? Infinity : checkPositiveInteger(restarts, 'restarts');
}

export interface CoolingOptions {
  /** Sweeps of a run. Default 1000 (with `time`, see the solver). After them the state falls at temperature 0 until no move lowers the energy. */
  sweeps?: number;
  /** The first and the last temperature. Default: the model's own, from its couplings. */
  temperatures?: readonly [hot: number, cold: number];
  /**
   * How the temperature falls from the one to the other, or a function of the time, from 0 to 1. Default `'linear'`, or
   * `'geometric'` when the model's own temperatures are more than a factor of 100 apart.
   */
  schedule?: 'linear' | 'geometric' | ((time: number) => number);
}

/** Names of cooling options, for `planSearch`. */
export const COOLING = ['sweeps', 'temperatures', 'schedule'] as const;

/** The sweeps of a run, after a look at all that can be seen of the options without a model. @throws TypeError, RangeError */
export function coolingSweeps({ sweeps, temperatures, schedule }: CoolingOptions): number {
  const asked = checkNumber(
    sweeps ?? 1000,
    'sweeps',
    'an integer from 1 to 1e8',
    (x) => x >= 1 && x <= 1e8 && Number.isInteger(x),
  );
  if (temperatures !== undefined && (!Array.isArray(temperatures) || temperatures.length !== 2)) {
    throw new TypeError(`temperatures are ${describe(temperatures)}, expected [hot, cold]`);
  }
  if (typeof schedule === 'function' && temperatures !== undefined) {
    throw new TypeError(
      'temperatures were given, but schedule is a function: expected one of them',
    );
  }
  const [hot, cold] = (temperatures ?? [1, 1]).map((t, k) => heat(t, `temperatures[${k}]`));
  if (schedule !== undefined) temperatureAt(schedule, hot, cold);
  return asked;
}

/**
 * The temperature of each sweep.
 *
 * @param usual - the model's own first and last temperature
 * @param length - takes so many times as many sweeps
 */
export function coolingPlan(
  options: CoolingOptions,
  usual: readonly [number, number],
  length = 1,
): Float64Array {
  const sweeps = coolingSweeps(options) * length;
  const { temperatures } = options;
  const wide = temperatures === undefined && usual[1] > 0 && usual[0] / usual[1] > 100;
  const { schedule = wide ? 'geometric' : 'linear' } = options;
  const [hot, cold] = temperatures ?? usual;
  const at = temperatureAt(schedule, hot, cold);
  const last = Math.max(1, sweeps - 1);
  return Float64Array.from({ length: sweeps }, (_, k) =>
    heat(at(k / last), `temperature of sweep ${k}`),
  );
}

function heat(value: unknown, name: string): number {
  return checkNumber(value, name, 'a number, 0 or more', (x) => x >= 0);
}

function temperatureAt(schedule: unknown, hot: number, cold: number): (time: number) => number {
  if (typeof schedule === 'function') return schedule as (time: number) => number;
  if (schedule === 'linear') return (time) => hot + (cold - hot) * time;
  if (schedule !== 'geometric') {
    throw new TypeError(
      `schedule is ${describe(schedule)}, expected 'linear', 'geometric' or a function`,
    );
  }
  if (!(hot > 0 && cold > 0)) {
    throw new RangeError(
      `temperatures are ${hot} and ${cold}, expected both above 0 for 'geometric'`,
    );
  }
  const ratio = cold / hot;
  // What is no double as a quotient still is one as a logarithm.
  const fits = ratio > 0 && ratio < Infinity;
  const fall = fits ? ln(ratio) : ln(cold) - ln(hot);
  return (time) => hot * exp(fall * time);
}

/** How a state is to move: the options of every recall, checked and completed. */
import { checkName, checkNumber, checkOptions, checkPositiveInteger, describe } from '../checks.ts';
import { takeAmong, type Among, type TakenAmong } from '../patterns/among.ts';
import { readMask } from '../patterns/states.ts';
import { checkedSeed, drawSeed } from '../random.ts';

/** What `onSweep` is told after each sweep. */
export interface SweepReport {
  /** Sweeps made so far. */
  sweep: number;
  /** Neurons that changed in this sweep. */
  flips: number;
  /** Energy of the state now. */
  energy: number;
}

export interface RecallOptions {
  /**
   * `'asynchronous'` (default): one neuron at a time, deterministic but for the order; energy never rises.
   * `'synchronous'`: all neurons at once; may end in a cycle.
   * `'stochastic'`: Glauber dynamics at `temperature`.
   */
  update?: 'asynchronous' | 'synchronous' | 'stochastic';
  /** Order of a sweep: a fresh random permutation (default) or by index. Not for synchronous updates. */
  order?: 'permutation' | 'index';
  /** What a field of exactly 0 does: keep the neuron as it is (default), or make it positive. */
  tie?: 'keep' | 'positive';
  /** Temperature, or temperature by sweep (the first is sweep 0). Required for, and only for, stochastic updates. */
  temperature?: number | ((sweep: number) => number);
  /** Neurons that never move: N booleans (or 0/1). */
  clamp?: ArrayLike<boolean> | ArrayLike<number>;
  /** Sweeps after which recall stops, converged or not. Default 1000; 100 for stochastic updates. */
  maxSweeps?: number;
  /** How many of the stored patterns most like the final state to list, as `top` of the result. Default none. */
  top?: number;
  /**
   * Above 0 and below 1: there is no `match` where its |overlap| is one that a random state has with any of the P patterns
   * with a probability above 1 − quantile; 0.99, say. Fixed points that are mixtures overlap by more. Default: the best
   * pattern is the match, however little alike.
   */
  quantile?: number;
  /**
   * Which of the stored patterns take part, as if no others were stored: a mask of P booleans (or 0/1), labels, or
   * `{ labels }`, `{ indices }`. Copies them: O(N) each. For what is a sum over patterns: dense memories, complete
   * simplicial networks, Hebbian couplings. Default all.
   */
  among?: Among;
  /** Called after each sweep; recall stops when it returns false. */
  onSweep?: (report: SweepReport) => unknown;
  /** An integer from 0 to 2³² − 1; drawn afresh, and reported, when not given. */
  seed?: number;
}

export interface TrajectoryOptions extends Omit<RecallOptions, 'top' | 'among' | 'quantile'> {
  /** A step after each sweep (default), or after each flip, which synchronous updates cannot give. */
  every?: 'sweep' | 'flip';
}

/** Recall options, complete. */
export interface RecallPlan {
  update: 'asynchronous' | 'synchronous' | 'stochastic';
  shuffled: boolean;
  /** 1 when a zero field counts as positive. */
  tie: 0 | 1;
  temperature: number | ((sweep: number) => number);
  /** 1 for neurons that never move, N of them; undefined for none. */
  clamp: Uint8Array | undefined;
  /** How many matches to list. */
  top: number;
  /** Undefined where any match will do. */
  quantile: number | undefined;
  /** Undefined for all. */
  among: TakenAmong | undefined;
  maxSweeps: number;
  onSweep: ((report: SweepReport) => unknown) | undefined;
  seed: number;
}

const KNOWN = ['update', 'order', 'tie', 'temperature', 'clamp', 'maxSweeps', 'seed'] as const;

const UPDATES = ['asynchronous', 'synchronous', 'stochastic'] as const;

/** Checks and completes the options of the method `name`; `more` are those that not all methods have. */
export function planRecall(
  options: RecallOptions,
  neurons: number,
  name: string,
  more: readonly string[] = [],
): RecallPlan {
  checkOptions(options, `${name} options`, KNOWN, more);
  const { temperature, clamp, onSweep, top, quantile } = options;
  const update = checkName(options.update ?? 'asynchronous', 'update', UPDATES);
  const stochastic = update === 'stochastic';
  const order = checkName(options.order ?? 'permutation', 'order', ['permutation', 'index']);
  if (update === 'synchronous' && options.order !== undefined) {
    throw new TypeError(`order is '${order}', expected none: synchronous updates have no order`);
  }
  const tie = checkName(options.tie ?? 'keep', 'tie', ['keep', 'positive']);
  if (stochastic && temperature === undefined) {
    throw new TypeError('temperature is missing: stochastic updates need a number or a function');
  }
  if (!stochastic && temperature !== undefined) {
    throw new TypeError(`temperature was given, but updates are ${update} (expected 'stochastic')`);
  }
  if (temperature !== undefined && typeof temperature !== 'function') checkTemperature(temperature);
  if (onSweep !== undefined && typeof onSweep !== 'function') {
    throw new TypeError(`onSweep is ${describe(onSweep)}, expected a function`);
  }
  const maxSweeps = checkPositiveInteger(
    options.maxSweeps ?? (stochastic ? 100 : 1000),
    'maxSweeps',
  );
  const seed = options.seed === undefined ? drawSeed() : checkedSeed(options.seed);
  return {
    update,
    shuffled: order === 'permutation',
    tie: tie === 'positive' ? 1 : 0,
    temperature: temperature ?? 0,
    clamp: clamp === undefined ? undefined : readMask(clamp, neurons, 'clamp'),
    top: top === undefined ? 0 : checkPositiveInteger(top, 'top'),
    quantile: quantile === undefined ? undefined : checkQuantile(quantile),
    among: takeAmong(options.among),
    maxSweeps,
    onSweep,
    seed,
  };
}

export function checkQuantile(value: unknown): number {
  const expected = 'a number above 0 and below 1';
  return checkNumber(value, 'quantile', expected, (q) => q > 0 && q < 1);
}

/** @throws unless `value` is a number from 0 to Infinity. */
export function checkTemperature(value: unknown, sweep?: number): number {
  const name = sweep === undefined ? 'temperature' : `temperature(${sweep})`;
  if (typeof value !== 'number') {
    throw new TypeError(`${name} is ${describe(value)}, expected a number`);
  }
  if (!(value >= 0)) throw new RangeError(`${name} is ${value}, expected 0 or more`);
  return value;
}

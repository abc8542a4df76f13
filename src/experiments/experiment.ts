/**
 * Experiments: many networks at each of several points, and what they say together.
 *
 * - A **point** is a plain object of parameters, a **trial** one network: a function of point and seed that gives plain data.
 *   `summarise` makes estimates of the trials of a point, in the order of their numbers. A figure is a function of results.
 * - The seed of a trial is a hash of master seed, point and number (`trialSeed`). Nothing else decides what it gives: any number
 *   of workers, any order, any shard, any interruption leads to the same records, and sorted (`mergeRecords`) to the same bytes.
 * - `run` is asked for `executor` (default: this thread), `records` of an earlier run to go on from, `onRecord` for each
 *   trial that is made, `shard`, `signal`, `onProgress`. It yields points in their order.
 * - With `error` it makes rounds of `trials` until half the 95 % interval of `precision(summary)` is that small at
 *   a point, `mostTrials` at most; `converged` of its result says which.
 *
 * Built-in ones are made by `builtIn` (kind.ts) and stand in the table of table.ts, where workers and the command line find
 * them by name.
 */
import type { StopSignal } from '../pacing.ts';
import type { Figure } from '../plot/figure.ts';
import type { TrialFunction, TrialModule, Executor, Work } from './executor.ts';
import type { TrialRecord } from './records.ts';
import type { Estimate } from './statistics.ts';

/** How many trials, and from which seed. */
export interface Extent {
  /** Networks a point; with `error` in each round. Default: what the experiment says, else 20. */
  trials?: number;
  /** How small half the 95 % interval is to be. Default: whatever `trials` give. */
  error?: number;
  /** Networks a point at most, when `error` is given. Default 50 times `trials`. */
  mostTrials?: number;
  /** Master seed, an integer from 0 to 2³² − 1. Default: a fresh one, which `plan.seed` tells. */
  seed?: number;
}

export interface Plan {
  readonly trials: number;
  readonly error: number | undefined;
  readonly mostTrials: number;
  readonly seed: number;
}

/** A point, what its trials say, and how many there were. */
export type PointResult<Point, Summary> = Point &
  Summary & {
    trials: number;
    /** Whether `error` was reached; undefined where none was asked for. */
    converged?: boolean;
  };

/** Every k-th of n trials: shard 1 of 3 makes trials 0, 3, 6, …, counted through all points. */
export interface Shard {
  /** From 1. */
  index: number;
  of: number;
}

export interface ExperimentProgress {
  /** Trials there are, and that there have to be as far as is known. */
  done: number;
  of: number;
}

export interface RunOptions {
  /** Who runs the trials. Default: this thread. */
  executor?: Executor;
  /** Records of an earlier run of the same experiment: these trials are not made again. */
  records?: readonly TrialRecord[];
  /** Is given every trial that is made, as soon as it is. */
  onRecord?: (record: TrialRecord) => unknown;
  /** Which trials to make. Results are then those of these trials and of `records` alone. Not with `error`. */
  shard?: Shard;
  signal?: StopSignal;
  onProgress?: (progress: ExperimentProgress) => unknown;
}

/** How to draw results: a figure by name, the first being the one that is drawn when none is asked for. */
export type Figures<Point, Summary> = Readonly<
  Record<string, (results: readonly PointResult<Point, Summary>[]) => Figure>
>;

/** What makes an experiment. */
export interface Definition<Point extends object, Result, Summary extends object> {
  /** Default `'experiment'`. Records of another name are refused. */
  name?: string;
  /** Plain objects with the same keys, no two equal. */
  points: readonly Point[];
  trial: TrialFunction<Point, Result> | TrialModule;
  summarise: (point: Point, trials: readonly Result[]) => Summary;
  /** The estimate whose interval `error` is about. */
  precision?: (summary: Summary) => Estimate;
  figures?: Figures<Point, Summary>;
}

/** An experiment, ready to run: `for await (const point of experiment)` runs it with all defaults. */
export interface Experiment<
  Point extends object,
  Result,
  Summary extends object,
> extends AsyncIterable<PointResult<Point, Summary>> {
  readonly name: string;
  readonly points: readonly Point[];
  readonly plan: Plan;
  readonly work: Work;
  readonly summarise: (point: Point, trials: readonly Result[]) => Summary;
  readonly precision: ((summary: Summary) => Estimate) | undefined;
  readonly figures: Figures<Point, Summary>;
  /**
   * @throws TypeError, RangeError for bad options or records of another run, with the difference; what a trial throws, and
   *   what the signal gives
   */
  run(options?: RunOptions): AsyncGenerator<PointResult<Point, Summary>, void, undefined>;
}

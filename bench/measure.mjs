/** Times one function: warmed up, garbage collected before, its results used, the fastest run counted. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Bench } from 'tinybench';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** How long a function is run when its number of runs is not given, in milliseconds. */
const TIME = 600;

/** Warming up for less leaves V8 in code that was compiled in a hurry, in milliseconds. */
const WARM_UP = 250;

let sum = 0;

/** Uses a result, so that no engine can leave out what made it. @param {number} value */
export function consume(value) {
  sum += value;
}

/** What `consume` was given, added up. */
export function consumed() {
  return sum;
}

/**
 * @typedef {object} Contestant
 * @property {() => unknown} run what is timed
 * @property {() => void} [before] runs before each run, untimed
 * @property {number} [per] how many things one run does; times are for one of them
 * @property {number} [runs] so many runs and no warm-up, for what takes seconds
 * @property {number} [time] milliseconds to spend on it otherwise
 * @property {boolean} [async] whether `run` returns a promise
 *
 * @typedef {{ min: number, median: number, runs: number }} Timing milliseconds
 */

/**
 * Runs something that takes seconds once.
 *
 * @template T
 * @param {() => T} run
 * @returns {{ result: T, timing: Timing }}
 */
export function once(run) {
  collectGarbage();
  const start = performance.now();
  const result = run();
  const took = performance.now() - start;
  return { result, timing: { min: took, median: took, runs: 1 } };
}

/**
 * @param {Contestant} contestant
 * @returns {Promise<Timing>}
 */
export async function time({ run, before, per = 1, runs, time = TIME, async = false }) {
  collectGarbage();
  const bench = new Bench({
    throws: true,
    time: runs ? 0 : time,
    iterations: runs ?? 5,
    warmup: runs === undefined,
    warmupTime: WARM_UP,
    warmupIterations: 2,
  });
  bench.add('run', run, { async, beforeEach: before });
  await bench.run();
  const { latency } = bench.tasks[0].result;
  return { min: latency.min / per, median: latency.p50 / per, runs: latency.samplesCount };
}

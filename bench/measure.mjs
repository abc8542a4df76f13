/**
 * Times one function: warmed up, garbage collected before, its results used. The clock is the time that the process had on
 * a processor, which others on the machine disturb least.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Bench } from 'tinybench';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** How long a function is run when its number of runs is not given, in milliseconds. */
const TIME = 600;

/** Warming up for less leaves V8 in code that was compiled in a hurry, in milliseconds. */
const WARM_UP = 250;
const WARM_UP_AGAIN = 40;

/** What races takes turns so often, so that all meet the same weather. */
const ROUNDS = 3;

let sum = 0;

/** Uses a result, so that no engine can leave out what made it. @param {number} value */
export function consume(value) {
  sum += value;
}

/** Milliseconds that this process has had on a processor so far. */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What `consume` was given, added up. */
export function consumed() {
  return sum;
}

/**
 * @typedef {object} Contestant
 * @property {() => unknown} [run] what is timed
 * @property {(time: number) => Promise<number[]>} [sample] instead of `run`: what times itself elsewhere, for so many milliseconds
 * @property {() => void} [before] runs before each run, untimed
 * @property {number} [per] how many things one run does; times are for one of them
 * @property {number} [runs] so many runs and no warm-up, for what takes seconds
 * @property {number} [time] milliseconds to spend on it otherwise
 * @property {boolean} [wall] by the clock on the wall: for what several threads do together
 * @property {boolean} [async] whether `run` returns a promise
 *
 * @typedef {object} Timing milliseconds
 * @property {number} min
 * @property {number} low a quarter of the runs took less
 * @property {number} median
 * @property {number} high a quarter took more
 * @property {number} runs
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
  const start = processorTime();
  const result = run();
  return { result, timing: timingOf([processorTime() - start]) };
}

/**
 * @param {Contestant} contestant
 * @returns {Promise<Timing>}
 */
export async function time(contestant) {
  return timingOf(await samplesOf(contestant, WARM_UP));
}

/**
 * Times several by turns.
 *
 * @template {string} Names
 * @param {Record<Names, Contestant>} contestants
 * @returns {Promise<Record<Names, Timing>>}
 */
export async function timeByTurns(contestants) {
  const all = Object.entries(contestants).map(([name, contestant]) => ({
    name,
    contestant: { ...contestant, time: (contestant.time ?? TIME) / ROUNDS },
    samples: [],
  }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { contestant, samples } of all) {
      const left = contestant.runs && contestant.runs - samples.length;
      if (left === 0) continue;
      const runs = left && Math.ceil(left / (ROUNDS - round));
      const warmUp = round === 0 ? WARM_UP : WARM_UP_AGAIN;
      // One by one: there may be more than a call takes arguments.
      for (const sample of await samplesOf({ ...contestant, runs }, warmUp)) samples.push(sample);
    }
  }
  return Object.fromEntries(all.map(({ name, samples }) => [name, timingOf(samples)]));
}

/** @param {Contestant} contestant @param {number} warmUp */
async function samplesOf(contestant, warmUp) {
  const { run, sample, before, per = 1, runs, time = TIME, async, wall } = contestant;
  if (sample) return (await sample(time)).map((took) => took / per);
  collectGarbage();
  const bench = new Bench({
    throws: true,
    now: wall ? () => performance.now() : processorTime,
    retainSamples: true,
    time: runs ? 0 : time,
    iterations: runs ?? 5,
    warmup: runs === undefined,
    warmupTime: warmUp,
    warmupIterations: 2,
  });
  bench.add('run', run, { async: async ?? false, beforeEach: before });
  await bench.run();
  return bench.tasks[0].result.latency.samples.map((took) => took / per);
}

/** @param {number[]} samples @returns {Timing} */
function timingOf(samples) {
  const sorted = Float64Array.from(samples).sort();
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1) + 0.5)];
  const [min] = sorted;
  return { min, low: at(0.25), median: at(0.5), high: at(0.75), runs: sorted.length };
}

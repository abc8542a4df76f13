/** Two saved runs of the bench: what became slower, beyond the noise of both. */

/** Differences smaller than this are none, however steady the runs were. */
const LEAST_NOISE = 0.05;

/** Quartiles of fewer runs say little. */
const FEW_RUNS = 5;
const NOISE_OF_FEW = 0.25;

/**
 * @typedef {object} SavedTiming milliseconds, as `measure.mjs` has them
 * @property {string} what
 * @property {number} low
 * @property {number} median
 * @property {number} high
 * @property {number} runs
 *
 * @typedef {object} SavedRun what `--save` writes, as far as it is looked at here
 * @property {SavedTiming[]} timings
 * @property {number} pace milliseconds of a loop that is always the same: how fast the machine was
 *
 * @typedef {object} Change
 * @property {string} what
 * @property {number} before milliseconds, the median
 * @property {number} after the same of the later run
 * @property {number} ratio after to before, had the machine been as fast both times
 * @property {number} noise the ratio that both together may have by chance, above 1
 * @property {'slower' | 'faster' | 'same'} verdict
 */

/**
 * A ratio counts when it is larger than what both medians may be off by: the width of the middle half of the runs, at
 * least 5 %, of fewer than five runs at least 25 %.
 *
 * @param {SavedRun} before
 * @param {SavedRun} after
 * @returns {{ machine: number, changes: Change[], gone: string[], added: string[] }} `machine`: how many times as long the loop
 *   took; changes with the largest ratio first
 */
export function compare(before, after) {
  const machine = after.pace / before.pace;
  const earlier = new Map(before.timings.map((timing) => [timing.what, timing]));
  const later = new Set(after.timings.map(({ what }) => what));
  const changes = after.timings
    .filter(({ what }) => earlier.has(what))
    .map((timing) => change(earlier.get(timing.what), timing, machine));
  return {
    machine,
    changes: changes.toSorted((a, b) => b.ratio - a.ratio),
    gone: [...earlier.keys()].filter((what) => !later.has(what)),
    added: [...later].filter((what) => !earlier.has(what)),
  };
}

/** @returns {Change} */
function change(before, after, machine) {
  const ratio = after.median / before.median / machine;
  const noise = (1 + noiseOf(before)) * (1 + noiseOf(after));
  const verdict = ratio > noise ? 'slower' : ratio < 1 / noise ? 'faster' : 'same';
  return { what: after.what, before: before.median, after: after.median, ratio, noise, verdict };
}

function noiseOf({ low, median, high, runs }) {
  const least = runs < FEW_RUNS ? NOISE_OF_FEW : LEAST_NOISE;
  return Math.max(least, (high - low) / median);
}

/**
 * @param {string} text what a file holds
 * @returns {SavedRun}
 * @throws Error when that is no saved run
 */
export function readSaved(text) {
  let saved;
  try {
    saved = JSON.parse(text);
  } catch (error) {
    throw new Error(`no JSON: ${error.message}`, { cause: error });
  }
  const finite = (...numbers) => numbers.every((x) => Number.isFinite(x) && x > 0);
  const timing = (t) => typeof t?.what === 'string' && finite(t.low, t.median, t.high, t.runs);
  if (!finite(saved?.pace) || !Array.isArray(saved.timings) || !saved.timings.every(timing)) {
    throw new Error('not what `npm run bench -- --save FILE` writes');
  }
  return saved;
}

/**
 * What the covariance rule brings back with one threshold or another: θ = ½ − f + c·(1 − 2f), halfway between active and
 * silent neurons for c = 0. `npm run table:covariance`, N = 1000, about two minutes; the default of the rule is c = 0.1.
 *
 * Loads are parts of N/(2f·|ln f|), the capacity as f → 0. Patterns have exactly fN active units, or independent ones.
 * Cues have a tenth of the active units replaced; a number is the mean cosine of a result with the pattern.
 */
import { cpus } from 'node:os';
import { HopfieldNetwork, Random } from '../../dist/index.js';

const NEURONS = 1000;
const ACTIVITIES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4];
const LOADS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3];
const SHIFTS = [0, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2];
const RECALLS = 16;
const SEED = 1988;

const KINDS = {
  'exactly fN': (random, activity) => {
    const pattern = new Int8Array(NEURONS);
    for (const i of random.sample(NEURONS, Math.round(activity * NEURONS))) pattern[i] = 1;
    return pattern;
  },
  independent: (random, activity) =>
    Int8Array.from({ length: NEURONS }, () => Number(random.real() < activity)),
};

const start = performance.now();
printRow(['f', 'load', 'P', 'units', ...SHIFTS.map((shift) => `c = ${shift}`)]);
printRow(['--:', '--:', '--:', ':--', ...SHIFTS.map(() => '--:')]);
const sums = SHIFTS.map(() => 0);
let rows = 0;
for (const activity of ACTIVITIES) {
  for (const load of LOADS) {
    const count = Math.round((load * NEURONS) / (2 * activity * -Math.log(activity)));
    for (const [kind, draw] of Object.entries(KINDS)) {
      const random = new Random(SEED, 1000 * rows + count);
      const patterns = Array.from({ length: count }, () => draw(random, activity));
      const cosines = SHIFTS.map((shift) => {
        const threshold = 0.5 - activity + shift * (1 - 2 * activity);
        return meanCosine(patterns, { name: 'covariance', activity, threshold });
      });
      printRow([activity, load, count, kind, ...cosines.map((cosine) => cosine.toFixed(3))]);
      cosines.forEach((cosine, k) => (sums[k] += cosine));
      rows++;
    }
  }
}
printRow(['all', '', '', '', ...sums.map((sum) => (sum / rows).toFixed(3))]);
const took = ((performance.now() - start) / 1000).toFixed(0);
console.log(
  `\nN = ${NEURONS}, seed ${SEED}; ${cpus()[0].model.trim()}, Node ${process.version}, ${took} s; ` +
    new Date().toISOString().slice(0, 10),
);

function meanCosine(patterns, rule) {
  const network = new HopfieldNetwork(NEURONS, { rule }).store(patterns);
  const some = patterns.slice(0, RECALLS);
  const cosines = some.map((pattern, seed) =>
    cosine(network.recall(disturbed(pattern, seed), { seed }).state, pattern),
  );
  network.dispose();
  return cosines.reduce((sum, value) => sum + value, 0) / some.length;
}

/** A tenth of the active units fall silent, and as many silent ones become active. */
function disturbed(pattern, seed) {
  const random = new Random(seed, 9);
  const cue = pattern.slice();
  for (const value of [1, 0]) {
    const units = [...pattern.keys()].filter((i) => pattern[i] === value);
    const changed = Math.floor(pattern.filter(Boolean).length / 10);
    for (const k of random.sample(units.length, changed)) cue[units[k]] = 1 - value;
  }
  return cue;
}

function cosine(a, b) {
  const dot = a.reduce((sum, value, i) => sum + value * b[i], 0);
  const norms = [a, b].map((vector) => Math.sqrt(vector.filter(Boolean).length));
  return dot === 0 ? 0 : dot / (norms[0] * norms[1]);
}

function printRow(cells) {
  console.log(`| ${cells.join(' | ')} |`);
}

/**
 * Mean overlap after recall in simplicial networks with the same number of connections: all pairs, three mixtures, all
 * triples (the conditions of Burns & Fukai 2023), N = 100. `npm run table:simplicial [-- --seed 2023]`.
 *
 * For each load and noise every condition sees the same patterns, cues and orders; only the simplices differ. Each of the
 * networks stores patterns of its own, and every pattern is recalled from one cue, asynchronously.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Random, SimplicialHopfieldNetwork } from '../../dist/index.js';

const NEURONS = 100;
const LOADS = [5, 10, 15, 20, 25, 30];
const NOISES = [0, 10, 20];
const NETWORKS = 200;
const CONDITIONS = {
  'all pairs': { pairs: 1 },
  '¾ pairs, ¼ triples': { pairs: 0.75, triples: 0.25 },
  '½ pairs, ½ triples': { pairs: 0.5, triples: 0.5 },
  '¼ pairs, ¾ triples': { pairs: 0.25, triples: 0.75 },
  'all triples': { triples: 1 },
};

const { values } = parseArgs({ options: { seed: { type: 'string', default: '2023' } } });
const seed = Number(values.seed);
if (!Number.isInteger(seed) || seed < 0 || seed > 4294967295) {
  console.error(`--seed ${values.seed}: expected an integer from 0 to 4294967295`);
  process.exit(1);
}

const names = Object.keys(CONDITIONS);
printRow(['patterns', 'noise', ...names]);
printRow(['--:', '--:', ...names.map(() => '--:')]);
const start = performance.now();
const errors = [];
for (const [l, patterns] of LOADS.entries()) {
  const means = Object.values(CONDITIONS).map((connections) => overlaps(connections, l, patterns));
  for (const [n, noise] of NOISES.entries()) {
    const row = means.map((ofNoise) => ofNoise[n]);
    printRow([`${patterns}`, `${noise} %`, ...row.map(({ mean }) => mean.toFixed(3))]);
    errors.push(Math.max(...row.map(({ error }) => error)));
  }
}
const took = ((performance.now() - start) / 1000).toFixed(0);
console.log(
  `\nN = ${NEURONS}, ${(NEURONS * (NEURONS - 1)) / 2} connections each, ${NETWORKS} networks a cell; ` +
    `standard error of a mean at most ${Math.max(...errors).toFixed(3)}`,
);
console.log(
  `seed ${seed}; ${cpus()[0].model.trim()}, Node ${process.version}, ${took} s; ${new Date().toISOString().slice(0, 10)}`,
);

/** For each noise, the mean over networks of the mean overlap of final states with what their cues came from. */
function overlaps(connections, load, count) {
  const perNetwork = NOISES.map(() => []);
  for (let k = 0; k < NETWORKS; k++) {
    const random = new Random(seed, 1000 * load + k);
    const network = new SimplicialHopfieldNetwork(NEURONS, { connections, seed: random.next() });
    const patterns = Array.from({ length: count }, () => random.signs(NEURONS));
    network.store(patterns);
    for (const [n, noise] of NOISES.entries()) {
      let sum = 0;
      for (const pattern of patterns) {
        const cue = pattern.slice();
        for (const i of random.sample(NEURONS, (NEURONS * noise) / 100)) cue[i] = -cue[i];
        const { state } = network.recall(cue, { seed: random.next() });
        for (let i = 0; i < NEURONS; i++) sum += pattern[i] * state[i];
      }
      perNetwork[n].push(sum / (NEURONS * count));
    }
    network.dispose();
  }
  return perNetwork.map((list) => {
    const mean = list.reduce((a, b) => a + b, 0) / list.length;
    const variance = list.reduce((a, b) => a + (b - mean) ** 2, 0) / (list.length - 1);
    return { mean, error: Math.sqrt(variance / list.length) };
  });
}

/** @param {string[]} cells */
function printRow(cells) {
  console.log(`| ${cells.join(' | ')} |`);
}

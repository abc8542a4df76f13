/**
 * softmax(β·Q·Xᵀ)·X beside other libraries' WebAssembly, each on one thread. `npm run bench:peers`
 *
 * All get the same stored vectors X, P×d, and the same queries Q, and give the states as a Float32Array. Those have
 * to agree before anything is timed. GMAC/s counts the two products: 2·P·d multiply-adds a query, made or
 * left out.
 */
import { checkClose } from '../equal.mjs';
import { BETAS, noisyQueries, randomVectors } from '../inputs.mjs';
import { consume, time } from '../measure.mjs';
import { duration, printTable, Report } from '../report.mjs';
import * as onnxruntime from './onnxruntime.mjs';
import * as ours from './ours.mjs';
import * as tensorflow from './tensorflow.mjs';

/**
 * @typedef {object} Memory
 * @property {Float32Array} rows P×d
 * @property {Float32Array} columns d×P, the same transposed
 * @property {number} dimension d
 */

/** Vectors and their dimension: the first two fit a cache, the last none. */
const SIZES = [
  [5000, 16],
  [2000, 384],
  [20_000, 384],
  [100_000, 384],
];
const TOLERANCE = 1e-4;
const ROUNDS = 4;
const LIBRARIES = [ours, tensorflow, onnxruntime];

const report = new Report();
const table = [];
for (const [count, dimension] of SIZES) table.push(...(await compare(count, dimension)));

const names = LIBRARIES.map(({ NAME }) => NAME);
printTable(
  ['P', 'd', 'queries', 'attention', ...names, ...names.map((name) => `GMAC/s ${name}`), 'ahead'],
  table,
);
console.log(`- All states agree to within ${TOLERANCE} of the largest number in them.`);
console.log('- Times are of the fastest run; ahead: the fastest peer’s time over ours.');
const { processor, node, v8, date, seed } = report.machine;
console.log(`\n${processor}; node ${node}, V8 ${v8}; ${date}; seed ${seed}`);

/** The rows of the table for `count` vectors. */
async function compare(count, dimension) {
  const rows = randomVectors(dimension, count);
  const memory = { rows, columns: transposed(rows, count), dimension };
  const opened = [];
  for (const { NAME, open } of LIBRARIES) opened.push({ name: NAME, ...(await open(memory)) });
  const lines = [];
  for (const batch of [1, 64]) {
    const queries = noisyQueries(rows, dimension, batch);
    for (const [attention, beta] of Object.entries(BETAS)) {
      report.progress(`P = ${count}, d = ${dimension}, queries: ${batch}, ${attention}`);
      const times = await race(opened, queries, beta);
      const rate = (ms) => ((2 * rows.length * batch) / ms / 1e6).toFixed(1);
      const ahead = Math.min(...times.slice(1)) / times[0];
      const cells = [...times.map(duration), ...times.map(rate), `${ahead.toFixed(2)}×`];
      lines.push([`${count}`, `${dimension}`, `${batch}`, attention, ...cells]);
    }
  }
  for (const library of opened) await library.close();
  return lines;
}

/** The fastest run of each library, in milliseconds. They take turns, so that all meet the same weather. */
async function race(libraries, queries, beta) {
  const contestants = libraries.map(({ name, retriever }) => ({
    name,
    retrieve: retriever(queries, beta),
    best: Infinity,
  }));
  const states = Float32Array.from(await contestants[0].retrieve());
  for (const { name, retrieve } of contestants.slice(1)) {
    checkClose(await retrieve(), states, TOLERANCE, `${name} against ${contestants[0].name}`);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const contestant of contestants) {
      const run = async () => consume((await contestant.retrieve())[0]);
      const { min } = await time({ run, async: true, time: 800 });
      contestant.best = Math.min(contestant.best, min);
    }
  }
  return contestants.map(({ best }) => best);
}

/** @param {Float32Array} rows @param {number} count */
function transposed(rows, count) {
  const columns = new Float32Array(rows.length);
  const dimension = rows.length / count;
  for (let mu = 0; mu < count; mu++) {
    for (let i = 0; i < dimension; i++) columns[i * count + mu] = rows[mu * dimension + i];
  }
  return columns;
}

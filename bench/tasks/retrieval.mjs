/**
 * softmax(β·Q·Xᵀ)·X beside numpy and other libraries' WebAssembly. All get the same stored vectors X, P×d, and the same
 * queries Q, and give the states as floats, which have to agree.
 */
import { ModernHopfieldNetwork } from '../../dist/index.js';
import { checkClose, checkEqual } from '../equal.mjs';
import { BETAS, noisyQueries, randomVectors } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { inTextbook } from '../textbook-thread.mjs';

/** Vectors and their dimension: the first two fit a cache, the last none. */
const SIZES = [
  [5000, 16],
  [2000, 384],
  [20_000, 384],
  [100_000, 384],
];
/** How many queries the slow ones are given. */
const FEW = 4;
/** Of the largest number in the states. */
const TOLERANCE = 1e-4;
const PEERS = ['onnxruntime', 'tensorflow'];

/**
 * @typedef {object} Memory
 * @property {Float32Array} rows P×d
 * @property {Float32Array} columns d×P, the same transposed
 * @property {number} dimension d
 */

/** @param {import('../report.mjs').Report} report */
export async function retrieval(report) {
  const peers = {};
  for (const name of PEERS) {
    try {
      peers[name] = await import(`../peers/${name}.mjs`);
      report.peers.push({ name: peers[name].NAME, version: peers[name].VERSION });
    } catch (error) {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      report.note(`${name} was not timed: npm install --prefix bench/peers brings it.`);
    }
  }
  for (const [count, dimension] of SIZES) await compare(report, peers, count, dimension);
}

async function compare(report, peers, count, dimension) {
  const rows = randomVectors(dimension, count);
  const memory = { rows, columns: transposed(rows, count), dimension };
  const opened = {};
  for (const [name, { open }] of Object.entries(peers)) opened[name] = await open(memory);
  for (const batch of [1, 64]) {
    const queries = noisyQueries(rows, dimension, batch);
    for (const [attention, beta] of Object.entries(BETAS)) {
      const each = batch === 1 ? 'one query' : `each of ${batch} queries`;
      const task = `modern recall, ${each}, ${attention}, P = ${count}, d = ${dimension}`;
      const row = await race(report, task, { memory, opened, queries, beta });
      if (batch > 1 && count === SIZES.at(-1)[0]) {
        const rate = (2 * count * dimension) / row.wasm.min / 1e6;
        report.figure({
          figure: `modern recall, ${batch} queries, ${attention}, P = ${count}, d = ${dimension}`,
          measured: `${rate.toFixed(1)} GMAC/s of two products`,
          target: '20 GMAC/s',
          reached: rate >= 20,
        });
      }
    }
  }
  for (const library of Object.values(opened)) await library.close();
}

async function race(report, task, { memory, opened, queries, beta }) {
  const { rows, dimension } = memory;
  const batch = queries.length / dimension;
  const few = queries.subarray(0, FEW * dimension);
  const one = (network, list) =>
    batch === 1 ? network.recall(list).state : network.recallMany(list).states;
  const [wasm, reference] = ['wasm', 'reference'].map((backend) =>
    new ModernHopfieldNetwork(dimension, { beta, backend }).store(rows),
  );
  const states = one(wasm, queries);
  const theirs = one(reference, few);
  checkEqual(states.subarray(0, theirs.length), theirs, 'wasm against reference');
  const list = Array.from({ length: Math.min(batch, FEW) }, (_, k) =>
    queries.subarray(k * dimension, (k + 1) * dimension),
  );
  const textbook = await inTextbook(
    'retrieve',
    { vectors: rows, queries: list, beta },
    { per: list.length },
  );
  for (const [k, state] of textbook.result.entries()) {
    const ours = states.subarray(k * dimension, (k + 1) * dimension);
    checkClose(ours, state, 1e-5, `query ${k}, wasm against textbook`);
  }
  const others = {};
  for (const [name, library] of Object.entries(opened)) {
    const retrieve = library.retriever(queries, beta);
    checkClose(await retrieve(), states, TOLERANCE, `${name} against wasm`);
    const run = async () => consume((await retrieve())[0]);
    others[name] = { run, async: true, per: batch, time: 1500 };
  }
  const numpy = await report.numpy?.open(
    'retrieve',
    {
      X: { data: rows, shape: [rows.length / dimension, dimension] },
      Q: { data: queries, shape: [batch, dimension] },
    },
    { beta },
  );
  if (numpy) {
    checkClose(numpy.result, states, TOLERANCE, 'numpy against wasm');
    others.numpy = { sample: numpy.sample, per: batch, time: 1500 };
  }
  const row = await report.race({
    task,
    equal: `states equal the reference’s, and all others’ to within ${TOLERANCE} of their largest number`,
    textbook: textbook.timing,
    reference: { run: () => consume(one(reference, few)[0]), per: list.length, runs: 2 },
    wasm: { run: () => consume(one(wasm, queries)[0]), per: batch, time: 1500 },
    peers: others,
  });
  wasm.dispose();
  reference.dispose();
  await report.numpy?.clear();
  return row;
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

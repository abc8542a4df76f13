/** Modern Hopfield networks: one query against reading the memory once, and 64 queries at a time. */
import { ModernHopfieldNetwork } from '../../dist/index.js';
import { checkClose, checkEqual } from '../equal.mjs';
import { BETAS, noisyQueries, randomVectors } from '../inputs.mjs';
import { Limits } from '../limits.mjs';
import { consume, time } from '../measure.mjs';
import { duration } from '../report.mjs';
import { inTextbook } from '../textbook-thread.mjs';

const DIMENSION = 384;
const COUNT = 100_000;
const QUERIES = 64;
/** How many queries the slow ones are given. */
const FEW = 4;
/** Vectors that separations are compared on. */
const FEWER = 20_000;
const SIZE = `P = ${COUNT}, d = ${DIMENSION}`;

/** @param {import('../report.mjs').Report} report */
export async function modern(report) {
  const vectors = randomVectors(DIMENSION, COUNT);
  const queries = noisyQueries(vectors, DIMENSION, QUERIES);
  const all = Array.from({ length: QUERIES }, (_, k) =>
    queries.subarray(k * DIMENSION, (k + 1) * DIMENSION),
  );
  const few = all.slice(0, FEW);
  const limits = await Limits.measure();
  const reading = limits.reading(vectors.byteLength);
  for (const [attention, beta] of Object.entries(BETAS)) {
    const textbook = await inTextbook('retrieve', { vectors, queries: few, beta }, { per: FEW });
    const [wasm, reference] = ['wasm', 'reference'].map((backend) =>
      new ModernHopfieldNetwork(DIMENSION, { beta, backend }).store(vectors),
    );
    const { states } = wasm.recallMany(queries);
    const theirs = reference.recallMany(few).states;
    checkEqual(states.subarray(0, theirs.length), theirs, 'wasm against reference');
    for (const [k, state] of textbook.result.entries()) {
      const ours = states.subarray(k * DIMENSION, (k + 1) * DIMENSION);
      checkClose(ours, state, 1e-5, `query ${k}, wasm against textbook`);
    }
    const alone = wasm.recall(few[0]).state;
    checkEqual(alone, states.subarray(0, DIMENSION), 'one query against many');
    const { min } = await one(report, wasm, all, attention);
    const passes = min / reading;
    const target = { flat: 2.2, peaked: 1.3 }[attention];
    report.figure({
      figure: `modern recall, one query, ${attention}, ${SIZE}`,
      measured: `${duration(min)}, ${passes.toFixed(2)} of reading the memory once`,
      target: `${target} of reading it (${duration(reading)})`,
      reached: passes <= target,
    });
    await many({ report, wasm, reference, textbook, queries, few, attention });
  }
  await separations(report, vectors.subarray(0, FEWER * DIMENSION), few);
}

/** What other separations, and nothing as an answer, cost beside softmax. */
async function separations(report, vectors, queries) {
  const [first] = queries;
  const square = first.reduce((sum, x) => sum + x * x, 0);
  const size = `P = ${FEWER}, d = ${DIMENSION}`;
  const beta = BETAS.peaked;
  const kinds = {
    softmax: { beta },
    'softmax, nothing': { beta, nothing: 0 },
    sparsemax: { beta, separation: 'sparsemax' },
    'sparsemax, nothing': { beta, separation: 'sparsemax', nothing: 0 },
    'log-sum-ReLU': { separation: { name: 'log-sum-relu', radius: Math.sqrt(square) / 2 } },
  };
  let softmax;
  for (const [name, options] of Object.entries(kinds)) {
    const [wasm, reference] = ['wasm', 'reference'].map((backend) =>
      new ModernHopfieldNetwork(DIMENSION, { ...options, backend }).store(vectors),
    );
    checkEqual(wasm.recall(first).state, reference.recall(first).state, 'wasm against reference');
    const { min } = await one(report, wasm, queries, name);
    softmax ??= min;
    report.figure({
      figure: `modern recall, one query, ${name}, ${size}`,
      measured: `${duration(min)}, ${(min / softmax).toFixed(2)} of softmax`,
      target: '1.5 of softmax',
      reached: min <= 1.5 * softmax,
    });
  }
}

/** Times one query after another. */
async function one(report, network, queries, name) {
  report.progress(`one query, ${name}`);
  let k = 0;
  const next = () => queries[k++ % queries.length];
  return time({ run: () => consume(network.recall(next()).state[0]), time: 2000 });
}

async function many({ report, wasm, reference, textbook, queries, few, attention }) {
  const recallAll = (network, all) => () => consume(network.recallMany(all).states[0]);
  const row = await report.race({
    task: `modern recall, each of ${QUERIES} queries, ${attention}, ${SIZE}`,
    equal: `${FEW} states equal to the reference's, and to the textbook's but for rounding`,
    textbook: textbook.timing,
    reference: { run: recallAll(reference, few), per: FEW, runs: 2 },
    wasm: { run: recallAll(wasm, queries), per: QUERIES, time: 4000 },
  });
  const rate = (2 * COUNT * DIMENSION) / row.wasm.min / 1e6;
  report.figure({
    figure: `modern recall, ${QUERIES} queries, ${attention}, ${SIZE}`,
    measured: `${rate.toFixed(1)} GMAC/s of two products`,
    target: '20 GMAC/s',
    reached: rate >= 20,
  });
}

/** Modern Hopfield networks: one query against reading the memory once, and what other separations cost. */
import { ModernHopfieldNetwork } from '../../dist/index.js';
import { checkEqual } from '../equal.mjs';
import { BETAS, noisyQueries, randomVectors } from '../inputs.mjs';
import { Limits } from '../limits.mjs';
import { consume, time } from '../measure.mjs';
import { duration } from '../report.mjs';

const DIMENSION = 384;
const COUNT = 100_000;
const QUERIES = 64;
/** How many queries separations are compared on. */
const FEW = 4;
/** Vectors that separations are compared on. */
const FEWER = 20_000;
const SIZE = `P = ${COUNT}, d = ${DIMENSION}`;

/** @param {import('../report.mjs').Report} report */
export async function modern(report) {
  const vectors = randomVectors(DIMENSION, COUNT);
  const flat = noisyQueries(vectors, DIMENSION, QUERIES);
  const queries = Array.from({ length: QUERIES }, (_, k) =>
    flat.subarray(k * DIMENSION, (k + 1) * DIMENSION),
  );
  const limits = await Limits.measure();
  const reading = limits.reading(vectors.byteLength);
  for (const [attention, beta] of Object.entries(BETAS)) {
    const network = new ModernHopfieldNetwork(DIMENSION, { beta, backend: 'wasm' }).store(vectors);
    const timing = await one(report, network, queries, attention);
    network.dispose();
    const passes = timing.min / reading;
    const target = { flat: 2.2, peaked: 1.3 }[attention];
    report.figure({
      figure: `modern recall, one query, ${attention}, ${SIZE}, beside reading the memory once`,
      measured: `${duration(timing.min)}, ${passes.toFixed(2)} of reading the memory once`,
      target: `${target} of reading it (${duration(reading)})`,
      reached: passes <= target,
      timing,
    });
  }
  await separations(report, vectors.subarray(0, FEWER * DIMENSION), queries.slice(0, FEW));
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
    const timing = await one(report, wasm, queries, name);
    const { min } = timing;
    softmax ??= min;
    report.figure({
      figure: `modern recall, one query, ${name}, ${size}`,
      measured: `${duration(min)}, ${(min / softmax).toFixed(2)} of softmax`,
      target: '1.5 of softmax',
      reached: min <= 1.5 * softmax,
      timing,
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

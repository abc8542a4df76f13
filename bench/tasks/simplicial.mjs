/** Simplicial networks: recall with all pairs and triples in closed form, and from lists of half of each. */
import { SimplicialHopfieldNetwork } from '../../dist/index.js';
import { checkEqual, checkSame } from '../equal.mjs';
import { noisyCues, randomPatterns } from '../inputs.mjs';
import { consume, time } from '../measure.mjs';
import { duration } from '../report.mjs';
import { inTextbook } from '../textbook-thread.mjs';

const NEURONS = 1000;
const PATTERNS = 100;

/** @param {import('../report.mjs').Report} report */
export async function simplicial(report) {
  const patterns = randomPatterns(NEURONS, PATTERNS);
  const cues = noisyCues(patterns, NEURONS, 8);
  await complete(report, patterns, cues);
  await listed(report, patterns, cues);
}

async function complete(report, patterns, cues) {
  const columns = new Int8Array(patterns.length);
  for (let i = 0; i < NEURONS; i++) {
    for (let mu = 0; mu < PATTERNS; mu++) {
      columns[i * PATTERNS + mu] = patterns[mu * NEURONS + i];
    }
  }
  const textbook = await inTextbook('simplicialRecall', { columns, cues }, { per: cues.length });
  const [wasm, reference] = networks({ dimension: 2 }, patterns);
  checkRecalls(wasm, reference, cues, textbook.result);
  const { min } = (
    await report.race({
      task: `all ${wasm.simplexCount} pairs and triples, 10 % noise, N = ${NEURONS}, P = ${PATTERNS}`,
      equal: `${cues.length} final states equal, in the same random orders`,
      textbook: textbook.timing,
      reference: { run: recallAll(reference, cues.slice(0, 1)), runs: 2 },
      wasm: { run: recallAll(wasm, cues), per: cues.length },
    })
  ).wasm;
  report.figure({
    figure: `recall with ${wasm.simplexCount} simplices, N = ${NEURONS}, P = ${PATTERNS}`,
    measured: duration(min),
    target: '10 ms',
    reached: min <= 10,
  });
}

async function listed(report, patterns, cues) {
  const connections = { pairs: 0.5, triples: 0.5 };
  const [wasm, reference] = networks({ connections, seed: 1 }, patterns);
  const lists = { pairs: incidence(wasm, 2), triples: incidence(wasm, 3), cues };
  const textbook = await inTextbook('listedRecall', lists, { per: cues.length });
  const kept = await inTextbook('listedRecallKept', lists, { per: cues.length });
  checkRecalls(wasm, reference, cues, textbook.result);
  checkRecalls(wasm, reference, cues, kept.result);
  const row = await report.race({
    task: `${wasm.simplexCount} listed pairs and triples, 10 % noise, N = ${NEURONS}, P = ${PATTERNS}`,
    equal: `${cues.length} final states equal, in the same random orders`,
    textbook: textbook.timing,
    reference: { run: recallAll(reference, cues.slice(0, 1)), runs: 2 },
    wasm: { run: recallAll(wasm, cues), per: cues.length },
  });
  // An energy is one pass over all simplices.
  const pass = await time({ run: () => consume(wasm.energy(cues[0])) });
  const each = (pass.min * 1e6) / wasm.simplexCount;
  report.note(
    `The textbook of the listed row sums a neuron's list at each visit. JavaScript that keeps its fields takes ` +
      `${duration(kept.timing.min)}, ${(kept.timing.min / row.wasm.min).toFixed(1)}× as long as wasm; one pass over all ` +
      `simplices takes wasm ${duration(pass.min)}, ${each.toFixed(2)} ns each.`,
  );
}

function networks(options, patterns) {
  return ['wasm', 'reference'].map((backend) =>
    new SimplicialHopfieldNetwork(NEURONS, { ...options, backend }).store(patterns),
  );
}

function checkRecalls(wasm, reference, cues, expected) {
  for (const [k, cue] of cues.entries()) {
    const result = wasm.recall(cue, { seed: k });
    checkEqual(result.state, expected[k], 'wasm against textbook');
    if (k === 0) checkSame(result, reference.recall(cue, { seed: k }), 'wasm against reference');
  }
}

function recallAll(network, cues) {
  let seed = 0;
  return () => {
    for (const cue of cues) consume(network.recall(cue, { seed: seed++ }).sweeps);
  };
}

/** Simplices of one size by neuron, as bench/textbook.mjs wants them. */
function incidence(network, size) {
  const { weights } = network;
  const lists = Array.from({ length: NEURONS }, () => []);
  for (const [k, simplex] of network.simplices.entries()) {
    if (simplex.length === size) for (const i of simplex) lists[i].push({ k, simplex });
  }
  const all = lists.flat();
  const starts = new Uint32Array(NEURONS + 1);
  lists.forEach((list, i) => (starts[i + 1] = starts[i] + list.length));
  return {
    starts,
    others: Uint32Array.from(
      lists.flatMap((list, i) => list.flatMap(({ simplex }) => simplex.filter((j) => j !== i))),
    ),
    weights: Int32Array.from(all, ({ k }) => weights[k]),
  };
}

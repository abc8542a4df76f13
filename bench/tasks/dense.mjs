/** Dense associative memories: recall with n = 3, overlaps alone, and a load that only exponential F holds. */
import { DenseAssociativeMemory, exponential, polynomial, Random } from '../../dist/index.js';
import { check, checkEqual, checkSame } from '../equal.mjs';
import { noisyCues, randomPatterns } from '../inputs.mjs';
import { openKernels } from '../kernel-desk.mjs';
import { consume, time } from '../measure.mjs';
import { duration } from '../report.mjs';
import { inTextbook } from '../textbook-thread.mjs';

const NEURONS = 1024;

/** @param {import('../report.mjs').Report} report */
export async function dense(report) {
  await cubic(report, 10_000);
  const patterns = randomPatterns(NEURONS, 100_000);
  await overlaps(report, patterns);
  await many(report, patterns);
}

async function cubic(report, count) {
  const patterns = randomPatterns(NEURONS, count);
  const cues = noisyCues(patterns, NEURONS, 4);
  const columns = new Int8Array(patterns.length);
  for (let i = 0; i < NEURONS; i++) {
    for (let mu = 0; mu < count; mu++) columns[i * count + mu] = patterns[mu * NEURONS + i];
  }
  const textbook = await inTextbook(
    'cubicRecall',
    { columns, cues },
    { per: cues.length, runs: 5 },
  );
  const naive = await inTextbook('cubicField', { patterns, cue: cues[0] }, { time: 1000 });
  const separation = polynomial(3);
  const [wasm, reference] = ['wasm', 'reference'].map((backend) =>
    new DenseAssociativeMemory(NEURONS, { separation, backend }).store(patterns),
  );
  for (const [k, cue] of cues.entries()) {
    const result = wasm.recall(cue, { seed: k });
    checkEqual(result.state, textbook.result[k], 'wasm against textbook');
    if (k === 0) checkSame(result, reference.recall(cue, { seed: k }), 'wasm against reference');
  }
  check(wasm.fields(cues[0])[0] === naive.result, 'a field is what the formula gives');
  const recallAll = (memory, list) => {
    let seed = 0;
    return () => {
      for (const cue of list) consume(memory.recall(cue, { seed: seed++ }).sweeps);
    };
  };
  const row = await report.race({
    task: `dense recall, n = 3, 10 % noise, N = ${NEURONS}, P = ${count}`,
    equal: `${cues.length} final states equal, in the same random orders`,
    textbook: textbook.timing,
    reference: { run: recallAll(reference, cues.slice(0, 1)), runs: 2 },
    wasm: { run: recallAll(wasm, cues), per: cues.length, time: 2000 },
    target: 15,
  });
  const sweep = naive.timing.min * NEURONS;
  report.note(
    `The textbook of that row keeps its overlaps up to date. Computing them afresh at each visit takes ` +
      `${duration(naive.timing.min)} a visit, ${duration(sweep)} a sweep: ${Math.round(sweep / row.wasm.min)}× a whole recall in wasm.`,
  );
}

async function overlaps(report, patterns) {
  const desk = openKernels();
  const { kernels, take, putSigns, putPatterns } = desk;
  const { rows, count } = putPatterns(patterns, NEURONS);
  const signs = putSigns(patterns.subarray(0, NEURONS));
  const bits = take(NEURONS / 8);
  const out = take(4 * count);
  kernels.packSigns(bits, signs, NEURONS);
  const run = () => kernels.overlaps(out, bits, rows, count, NEURONS);
  run();
  const found = new Int32Array(desk.memory.buffer, out, count);
  for (const mu of [0, 1, 17, count - 1]) {
    let m = 0;
    for (let i = 0; i < NEURONS; i++) m += patterns[i] * patterns[mu * NEURONS + i];
    check(found[mu] === m, `overlap ${mu} is ${m}`);
  }
  const timing = await time({ run, time: 1000 });
  const { min } = timing;
  const rate = (NEURONS * count) / min / 1e6;
  report.figure({
    figure: `overlaps of one state, N = ${NEURONS}, P = ${count}`,
    measured: `${duration(min)}, ${rate.toFixed(0)} GMAC/s`,
    target: '100 GMAC/s',
    reached: rate >= 100,
    timing,
  });
}

async function many(report, patterns) {
  const memory = new DenseAssociativeMemory(NEURONS, { separation: exponential() });
  memory.store(patterns);
  const count = memory.patternCount;
  const cues = Array.from({ length: 20 }, (_, k) => {
    const at = k * 4999 * NEURONS;
    const cue = patterns.slice(at, at + NEURONS);
    for (const i of new Random(5, k).sample(NEURONS, 204)) cue[i] = -cue[i];
    return cue;
  });
  const { matches } = memory.recallMany(cues, { seed: 1 });
  const right = cues.filter((_, k) => matches.indices[k] === k * 4999 && matches.overlaps[k] === 1);
  let seed = 0;
  const timing = await time({
    run: () => {
      for (const cue of cues) consume(memory.recall(cue, { seed: seed++ }).sweeps);
    },
    per: cues.length,
    time: 2000,
  });
  report.figure({
    figure: `exponential separation, 20 % noise, N = ${NEURONS}, P = ${count}`,
    measured: `${duration(timing.min)} a recall, ${right.length} of ${cues.length} exact`,
    target: `all exact`,
    reached: right.length === cues.length,
    timing,
  });
}

/** One synchronous step from the patterns' bits, against the product with an f32 matrix of couplings. */
import { HopfieldNetwork } from '../../dist/index.js';
import { compile } from '../compile.mjs';
import { check, checkEqual, checkSame } from '../equal.mjs';
import { noisyCues, randomPatterns } from '../inputs.mjs';
import { openKernels } from '../kernel-desk.mjs';
import { consume } from '../measure.mjs';
import { inTextbook } from '../textbook-thread.mjs';

const NEURONS = 16384;
const PATTERNS = 2293;
const RECALL = { update: 'synchronous', seed: 0 };
const STEP = { update: 'synchronous', maxSweeps: 1, seed: 0 };

/** @param {import('../report.mjs').Report} report */
export async function synchronous(report) {
  await together(report);
  await report.numpy?.clear();
  await large(report);
}

/** Many cues to their fixed points, which matrix products recall together. */
async function together(report) {
  const neurons = 1024;
  const count = 64;
  const patterns = randomPatterns(neurons, 100);
  const cues = noisyCues(patterns, neurons, count);
  const [wasm, reference] = ['wasm', 'reference'].map((backend) =>
    new HopfieldNetwork(neurons, { backend }).store(patterns),
  );
  const { couplings } = wasm;
  const textbook = await inTextbook('synchronousRecall', { couplings, cues }, { per: count });
  const result = wasm.recallMany(cues, RECALL);
  checkSame(result, reference.recallMany(cues, RECALL), 'wasm against reference');
  check(
    result.sweeps.every((sweeps) => sweeps < 20),
    'all cues come to a fixed point',
  );
  checkEqual(result.states, textbook.result, 'wasm against textbook');
  const numpy = await report.numpy?.open('synchronous', {
    W: { data: Float32Array.from(couplings), shape: [neurons, neurons] },
    cues: { data: Float32Array.from(cues.flatMap((cue) => [...cue])), shape: [count, neurons] },
  });
  if (numpy) checkEqual(result.states, numpy.result, 'wasm against numpy');
  const recallAll = (network) => () => consume(network.recallMany(cues, RECALL).sweeps[0]);
  await report.race({
    task: `synchronous recall, each of ${count} cues, 10 % noise, N = ${neurons}, P = 100`,
    equal: `${count} final states equal`,
    textbook: textbook.timing,
    reference: { run: recallAll(reference), per: count, runs: 5 },
    wasm: { run: recallAll(wasm), per: count, time: 1500 },
    peers: numpy && { numpy: { sample: numpy.sample, per: count, time: 1500 } },
  });
}

async function large(report) {
  const patterns = randomPatterns(NEURONS, PATTERNS);
  const [cue] = noisyCues(patterns, NEURONS, 1);
  const options = { representation: 'patterns' };
  const wasm = new HopfieldNetwork(NEURONS, { ...options, backend: 'wasm' }).store(patterns);
  const reference = new HopfieldNetwork(NEURONS, { ...options, backend: 'reference' });
  reference.store(patterns);
  const rival = await f32Product(patterns, cue);
  const { state } = wasm.recall(cue, STEP);
  checkEqual(state, reference.recall(cue, STEP).state, 'step, wasm against reference');
  checkEqual(state, rival.step(), 'step, wasm against the f32 product');
  const h = rival.fields();
  checkEqual(wasm.fields(cue), h, 'fields, wasm against the f32 product');
  const couplings = rival.matrix.slice();
  const data = { couplings, cue };
  const textbook = await inTextbook('synchronousStep', data, { runs: 3 }, [couplings.buffer]);
  checkEqual(state, textbook.result, 'step, wasm against textbook');
  const numpy = await report.numpy?.open('synchronous_step', {
    X: { data: Float32Array.from(patterns), shape: [PATTERNS, NEURONS] },
    cue: { data: Float32Array.from(cue), shape: [NEURONS] },
  });
  if (numpy) checkEqual(state, numpy.result, 'step, wasm against numpy');
  const row = {
    textbook: textbook.timing,
    against: 'f32 product in wasm:',
    rival: { run: rival.run, time: 1500 },
    target: 35,
    equal: `all ${NEURONS} fields and signs equal`,
  };
  await report.race({
    ...row,
    task: `fields of a state, N = ${NEURONS}, P = ${PATTERNS}`,
    reference: { run: () => consume(reference.fields(cue)[0]), runs: 2 },
    wasm: { run: () => consume(wasm.fields(cue)[0]) },
  });
  const { sweeps } = wasm.recall(cue, RECALL);
  const recall = (network) => () => consume(network.recall(cue, RECALL).flips);
  await report.race({
    ...row,
    task: `synchronous step, N = ${NEURONS}, P = ${PATTERNS}`,
    reference: { run: recall(reference), runs: 2, per: sweeps },
    wasm: { run: recall(wasm), per: sweeps, time: 1500 },
    peers: numpy && { numpy: { sample: numpy.sample, time: 1500 } },
  });
  report.note(
    `The synchronous step is a whole recall from 10 % noise, divided by its ${sweeps} sweeps: reading the ` +
      'cue, the steps, looking for cycles, the energy and the best match.',
  );
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  report.figure({
    figure: `memory of that network (f32 couplings take ${megabytes(4 * NEURONS * NEURONS)})`,
    measured: megabytes(wasm.bytes),
    target: '20 MB',
    reached: wasm.bytes < 20e6,
  });
}

/** The rival: couplings as f32 in linear memory, four rows at a time. */
async function f32Product(patterns, cue) {
  const module = await compile('f32-matvec.ts');
  const { memory, matvec } = new WebAssembly.Instance(module).exports;
  const x = 65536;
  const out = x + 4 * NEURONS;
  const matrixAt = out + 4 * NEURONS;
  memory.grow(Math.ceil((matrixAt + 4 * NEURONS * NEURONS - memory.buffer.byteLength) / 65536));
  const floats = (at, count) => new Float32Array(memory.buffer, at, count);
  const matrix = floats(matrixAt, NEURONS * NEURONS);
  fillCouplings(matrix, patterns);
  floats(x, NEURONS).set(cue);
  const run = () => {
    matvec(out, matrixAt, x, NEURONS);
    consume(floats(out, 1)[0]);
  };
  const fields = () => {
    run();
    return floats(out, NEURONS).slice();
  };
  const step = () => fields().map((h, i) => (h > 0 ? 1 : h < 0 ? -1 : cue[i]));
  return { matrix, run, fields, step };
}

/** W_ij = J_ij/N with zero diagonal, J by the package's kernel. */
function fillCouplings(matrix, patterns) {
  const desk = openKernels();
  const { blocks, stride } = desk.putPatterns(patterns, NEURONS);
  const tables = desk.take(30720);
  const J = desk.take(2 * NEURONS * NEURONS);
  desk.kernels.addHebbianI16(J, blocks, tables, stride, 0, PATTERNS, 1, 1, 0, NEURONS);
  const counts = new Int16Array(desk.memory.buffer, J, NEURONS * NEURONS);
  for (let k = 0; k < counts.length; k++) matrix[k] = counts[k] / NEURONS;
  check(matrix[1] === matrix[NEURONS], 'the couplings are symmetric');
}

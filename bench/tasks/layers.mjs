/** A layer forward and backward, as one step of training needs it: wasm against the reference. */
import { Association, Random, tensor } from '../../dist/layers.js';
import { checkClose, checkEqual } from '../equal.mjs';
import { SEED } from '../inputs.mjs';
import { consume } from '../measure.mjs';

const BATCH = 32;
const STATES = 64;
const STORED = 64;
const HEADS = 8;
const HEAD_SIZE = 32;
const HIDDEN = HEADS * HEAD_SIZE;

/** @param {import('../report.mjs').Report} report */
export async function layers(report) {
  const state = randomTensor(0, [BATCH, STATES, HIDDEN]);
  const stored = randomTensor(1, [BATCH, STORED, HIDDEN]);
  const gradient = randomTensor(2, [BATCH, STATES, HIDDEN]);
  const [wasm, reference] = ['wasm', 'reference'].map(
    (backend) => new Association({ stateSize: HIDDEN, heads: HEADS, seed: SEED, backend }),
  );
  const step = (layer) => {
    const result = layer.forward({ state, stored });
    return { result, ...layer.backward(gradient) };
  };
  const [ours, theirs] = [step(wasm), step(reference)];
  for (const name of ['result', 'state', 'stored']) {
    checkEqual(ours[name].data, theirs[name].data, `${name}, wasm against reference`);
  }
  for (const [name, { data }] of Object.entries(wasm.gradients())) {
    checkEqual(data, reference.gradients()[name].data, `gradient of ${name}`);
  }
  const run = (layer) => () => {
    layer.zeroGradients();
    consume(step(layer).result.data[0]);
  };
  const numpy = await report.numpy?.open(
    'association',
    numpyInputs(wasm, state, stored, gradient),
    {
      heads: HEADS,
    },
  );
  if (numpy) {
    const all = [ours.result, ours.state, ours.stored].flatMap(({ data }) => [...data]);
    checkClose(numpy.result, all, 1e-5, 'numpy against wasm');
  }
  const row = await report.race({
    task: `association, forward and backward, batch ${BATCH}, ${STATES} states, ${STORED} stored, ${HEADS} heads of ${HEAD_SIZE}`,
    equal: 'the result and all gradients equal, bit for bit',
    reference: { run: run(reference), runs: 3 },
    peers: numpy && { numpy: { sample: numpy.sample, time: 3000 } },
    wasm: { run: run(wasm), time: 2000 },
  });
  const rate = PRODUCTS / row.wasm.min / 1e6;
  report.note(`The association makes ${rate.toFixed(1)} GMAC/s, counting matrix products only.`);
}

/** What numpy_peer.py takes. */
function numpyInputs(layer, state, stored, gradient) {
  const array = ({ data, shape }) => ({ data, shape });
  const weights = Object.entries(layer.parameters()).map(([name, parameter]) => [
    name.replace('.', '_'),
    array(parameter),
  ]);
  return {
    state: array(state),
    stored: array(stored),
    gradient: array(gradient),
    ...Object.fromEntries(weights),
  };
}

/** Multiply-adds: four projections and two products of heads forward, each twice as many backward. */
const PRODUCTS =
  3 * BATCH * (2 * (STATES + STORED) * HIDDEN * HIDDEN + 2 * STATES * STORED * HIDDEN);

/** Numbers from −1 to 1. @param {number} stream @param {number[]} shape */
function randomTensor(stream, shape) {
  const random = new Random(SEED, stream);
  const count = shape.reduce((product, size) => product * size);
  return tensor(
    Float32Array.from({ length: count }, () => 2 * random.real() - 1),
    shape,
  );
}

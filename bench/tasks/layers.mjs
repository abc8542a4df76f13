/** Layers forward and backward, as one step of training needs it: wasm against the reference. */
import { Association, Lookup, Random, tensor } from '../../dist/layers.js';
import { checkClose, checkEqual } from '../equal.mjs';
import { SEED } from '../inputs.mjs';
import { consume } from '../measure.mjs';

/** States and stored patterns have heads·headSize features. */
const SHAPES = [
  { kind: 'association', batch: 32, states: 64, stored: 64, heads: 8, headSize: 32 },
  { kind: 'association', batch: 32, states: 64, stored: 64, heads: 8, headSize: 8 },
  { kind: 'lookup', batch: 256, states: 1, stored: 256, heads: 8, headSize: 8 },
];

/** @param {import('../report.mjs').Report} report */
export async function layers(report) {
  for (const shape of SHAPES) await raceOf(report, shape);
}

async function raceOf(report, shape) {
  const { kind, batch, states, stored, heads, headSize } = shape;
  const features = heads * headSize;
  const state = randomTensor(0, [batch, states, features]);
  const gradient = randomTensor(2, [batch, states, features]);
  const options = { stateSize: features, heads, seed: SEED };
  const [inputs, make] =
    kind === 'lookup'
      ? [{ state }, (backend) => new Lookup({ ...options, quantity: stored, backend })]
      : [
          { state, stored: randomTensor(1, [batch, stored, features]) },
          (backend) => new Association({ ...options, backend }),
        ];
  const [wasm, reference] = ['wasm', 'reference'].map(make);
  const step = (layer) => {
    const result = layer.forward(inputs);
    return { result, ...layer.backward(gradient) };
  };
  const [ours, theirs] = [step(wasm), step(reference)];
  for (const [name, { data }] of Object.entries(ours)) {
    checkEqual(data, theirs[name].data, `${name}, wasm against reference`);
  }
  for (const [name, { data }] of Object.entries(wasm.gradients())) {
    checkEqual(data, reference.gradients()[name].data, `gradient of ${name}`);
  }
  const run = (layer) => () => {
    layer.zeroGradients();
    consume(step(layer).result.data[0]);
  };
  const numpy =
    kind === 'association' &&
    (await report.numpy?.open('association', numpyInputs(wasm, { ...inputs, gradient }), {
      heads,
    }));
  if (numpy) {
    const all = [ours.result, ours.state, ours.stored].flatMap(({ data }) => [...data]);
    checkClose(numpy.result, all, 1e-5, 'numpy against wasm');
  }
  const seen = states === 1 ? '1 state' : `${states} states`;
  const task = `${kind}, forward and backward, batch ${batch}, ${seen}, ${stored} stored, ${heads} heads of ${headSize}`;
  const row = await report.race({
    task,
    equal: 'the result and all gradients equal, bit for bit',
    reference: { run: run(reference), runs: 3 },
    peers: numpy ? { numpy: { sample: numpy.sample, time: 3000 } } : undefined,
    wasm: { run: run(wasm), time: 2000 },
  });
  const rate = productsOf(shape) / row.wasm.min / 1e6;
  report.note(`${task}: ${rate.toFixed(1)} GMAC/s, counting matrix products only.`);
}

/** What numpy_peer.py takes. */
function numpyInputs(layer, inputs) {
  const array = ({ data, shape }) => ({ data, shape });
  const all = Object.entries({ ...inputs, ...layer.parameters() });
  return Object.fromEntries(all.map(([name, values]) => [name.replace('.', '_'), array(values)]));
}

/** Multiply-adds: four projections and two products of heads forward, each twice as many backward. */
function productsOf({ kind, batch, states, stored, heads, headSize }) {
  const hidden = heads * headSize;
  const rows = 2 * (batch * states + (kind === 'lookup' ? stored : batch * stored));
  return 3 * (rows * hidden * hidden + 2 * batch * states * stored * hidden);
}

/** Numbers from −1 to 1. @param {number} stream @param {number[]} shape */
function randomTensor(stream, shape) {
  const random = new Random(SEED, stream);
  const count = shape.reduce((product, size) => product * size);
  return tensor(
    Float32Array.from({ length: count }, () => 2 * random.real() - 1),
    shape,
  );
}

// The latch task (Hochreiter & Mozer 2001): the first of twenty symbols is A or B, the others are noise; which was
// it? One of the examples of hflayers: 4,096 sequences, a quarter held out, the same options of the layers, AdamW and
// epochs.
// Run it in a clone after `npm ci`: npm run example:latch (-- --seed 2 for other sequences)
import { parseArgs } from 'node:util';
import { Association, Linear, Lookup, Pooling, Random, group, tensor } from 'hopfield-wasm/layers';
import { train } from './train.mjs';

const given = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    epochs: { type: 'string', default: '20' },
  },
}).values;
const [seed, epochs] = [Number(given.seed), Number(given.epochs)];
const LENGTH = 20;
const SYMBOLS = 20;

const start = performance.now();
const random = new Random(seed);

/** Sequences of symbols, one-hot. A and B are the symbols 0 and 1, and stand nowhere but at the beginning. */
function draw(count) {
  const labels = Array.from({ length: count }, () => random.below(2));
  const data = new Float32Array(count * LENGTH * SYMBOLS);
  for (const [k, label] of labels.entries()) {
    for (let t = 0; t < LENGTH; t++) {
      const symbol = t === 0 ? label : 2 + random.below(SYMBOLS - 2);
      data[(k * LENGTH + t) * SYMBOLS + symbol] = 1;
    }
  }
  return { x: tensor(data, [count, LENGTH, SYMBOLS]), labels };
}

const training = draw(3072);
const heldOut = draw(1024);

/** What a layer makes of a sequence, side by side, to one logit. */
function network(layer, call) {
  const width = layer instanceof Pooling ? SYMBOLS : LENGTH * SYMBOLS;
  const output = new Linear(width, 1, { seed: seed + 1 });
  let shape;
  return {
    model: group({ layer, output }),
    forward(x) {
      const result = call(x);
      shape = result.shape;
      return output.forward(tensor(result.data, [shape[0], width]));
    },
    backward: (gradient) => layer.backward(tensor(output.backward(gradient).data, shape)),
  };
}

const common = { layerNorm: true, seed };
const association = new Association({ stateSize: SYMBOLS, ...common });
const pooling = new Pooling({ storedSize: SYMBOLS, ...common });
const lookup = new Lookup({ stateSize: SYMBOLS, quantity: SYMBOLS, ...common });
const networks = {
  Association: network(association, (x) => association.forward({ state: x, stored: x })),
  Pooling: network(pooling, (stored) => pooling.forward({ stored })),
  Lookup: network(lookup, (state) => lookup.forward({ state })),
};

console.log('Held-out sequences told right:\n');
for (const [name, one] of Object.entries(networks)) {
  const began = performance.now();
  const points = train(one, training, heldOut, { epochs, random: new Random(seed, 1) });
  const shown = points.slice(0, 7).map(({ y }) => y.toFixed(3));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${name} after 0, 1, 2 … epochs: ${shown.join(', ')}`);
  console.log(`${name} after ${epochs} epochs: ${points.at(-1).y.toFixed(3)} (${seconds} s)`);
}
console.log(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);

// The latch task of hflayers (https://github.com/ml-jku/hopfield-layers, examples/latch_sequence; Hochreiter & Mozer 2001): a sequence of
// 32 characters begins with A or B, then come others; which was it? What recurrent networks have to carry along is looked up here.
// Run it in a clone after `npm ci`: npm run example:latch (-- --seed 2, -- --epochs 2 for a short look)
import { parseArgs } from 'node:util';
import { Association, Linear, Pooling, Random, group, tensor } from 'hopfield-wasm/layers';
import { accuracies, head, row } from './epochs.mjs';

const { values: options } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, epochs: { type: 'string', default: '10' } },
});
const seed = Number(options.seed);
const epochs = Number(options.epochs);

const CHARACTERS = 20;
const LENGTH = 32;
const SAMPLES = 4096;
const WIDTH = 28;

const start = performance.now();
const random = new Random(seed);
const sequences = Array.from({ length: SAMPLES }, () => {
  const target = random.below(2);
  const characters = Array.from({ length: LENGTH }, (_, k) =>
    k === 0 ? target : 2 + random.below(CHARACTERS - 2),
  );
  const instances = new Float32Array(LENGTH * CHARACTERS);
  for (const [k, character] of characters.entries()) instances[k * CHARACTERS + character] = 1;
  return { instances, target };
});
const [heldOut, training] = [sequences.slice(0, 1024), sequences.slice(1024)];
const common = { stateSize: CHARACTERS, layerNorm: true, seed };

function associated() {
  const module = new Association(common);
  const decision = new Linear(LENGTH * CHARACTERS, 1, { seed: seed + 1 });
  let samples = 0;
  return {
    model: group({ module, decision }),
    forward(x) {
      [samples] = x.shape;
      const { data } = module.forward({ state: x, stored: x });
      return decision.forward(tensor(data, [samples, LENGTH * CHARACTERS]));
    },
    backward(gradient) {
      const { data } = decision.backward(gradient);
      module.backward(tensor(data, [samples, LENGTH, CHARACTERS]));
    },
  };
}

function pooled() {
  const module = new Pooling({ storedSize: CHARACTERS, ...common });
  const decision = new Linear(CHARACTERS, 1, { seed: seed + 1 });
  return {
    model: group({ module, decision }),
    forward: (x) => decision.forward(module.forward({ stored: x })),
    backward: (gradient) => module.backward(decision.backward(gradient)),
  };
}

console.log(
  `Accuracy on ${heldOut.length} sequences that were held out, of ${SAMPLES}; chance is 0.50.\n`,
);
console.log(head(epochs, WIDTH));
for (const [name, make] of Object.entries({ Association: associated, Pooling: pooled })) {
  const list = accuracies(make(), training, heldOut, [LENGTH, CHARACTERS], epochs, seed);
  console.log(row(name, list, WIDTH));
}
console.log(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);

// The bit patterns of hflayers (https://github.com/ml-jku/hopfield-layers, examples/bit_pattern): is one of eight signals among the
// sixteen instances of a bag? All three modules are asked, as they are and with the settings that suit it.
// Run it in a clone after `npm ci`: npm run example:bit-patterns (-- --seed 2, -- --epochs 10 for a short look)
import { parseArgs } from 'node:util';
import { Association, Linear, Lookup, Pooling, Random, group, tensor } from 'hopfield-wasm/layers';
import { accuracies, head, row } from './epochs.mjs';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    epochs: { type: 'string', default: '100' },
  },
});
const seed = Number(options.seed);
const epochs = Number(options.epochs);

const BITS = 8;
const INSTANCES = 16;
const SIGNALS = 8;
const BAGS = 2048;
const WIDTH = 28;

const start = performance.now();
const random = new Random(seed);
// Patterns of eight bits by their numbers; none is 0.
const [signals, others] = (() => {
  const numbers = random.shuffle(Array.from({ length: 2 ** BITS - 1 }, (_, k) => k + 1));
  return [numbers.slice(0, SIGNALS), numbers.slice(SIGNALS)];
})();
const bits = (number) => Array.from({ length: BITS }, (_, k) => (number >> k) & 1);

/** Every second bag has one signal, in a random place. */
const bags = Array.from({ length: BAGS }, (_, k) => {
  const numbers = Array.from({ length: INSTANCES }, () => others[random.below(others.length)]);
  const target = k % 2;
  if (target === 1) numbers[random.below(INSTANCES)] = signals[random.below(SIGNALS)];
  return { instances: numbers.flatMap(bits), target };
});
const [heldOut, training] = [bags.slice(0, 512), bags.slice(512)];

/** What suits the task: eight associations of one size, three more updates of each, which move apart what is alike. */
const adapted = { heads: 8, headSize: 8, updateSteps: 4, beta: 0.25 };
// As hflayers has it: LayerNorm of all inputs.
const common = { stateSize: BITS, layerNorm: true, seed };

/** A module that keeps [bags, instances, bits], and a decision on all of it. */
function each(module) {
  const decision = new Linear(INSTANCES * BITS, 1, { seed: seed + 1 });
  let samples = 0;
  return {
    model: group({ module, decision }),
    forward(x) {
      [samples] = x.shape;
      const { data } =
        module instanceof Lookup
          ? module.forward({ state: x })
          : module.forward({ state: x, stored: x });
      return decision.forward(tensor(data, [samples, INSTANCES * BITS]));
    },
    backward(gradient) {
      const { data } = decision.backward(gradient);
      module.backward(tensor(data, [samples, INSTANCES, BITS]));
    },
  };
}

/** A trained state that looks at a bag, and a decision on what it gets. */
function pooled(more) {
  const module = new Pooling({ storedSize: BITS, ...common, ...more });
  const decision = new Linear(BITS, 1, { seed: seed + 1 });
  return {
    model: group({ module, decision }),
    forward: (x) => decision.forward(module.forward({ stored: x })),
    backward: (gradient) => module.backward(decision.backward(gradient)),
  };
}

/** As many trained patterns as there are different instances; with a deviation, patterns and weights start so, as in hflayers. */
function looked(more, deviation) {
  const module = new Lookup({ ...common, quantity: 2 ** BITS - 1, ...more });
  if (deviation !== undefined) {
    for (const [name, { data }] of Object.entries(module.parameters())) {
      if (!/(?<!norm)\.(patterns|weight)$/.test(name)) continue;
      for (let k = 0; k < data.length; k++) data[k] = deviation * normal();
    }
  }
  return each(module);
}

/** Twelve uniform numbers less 6 are close to normal. */
function normal() {
  let sum = -6;
  for (let k = 0; k < 12; k++) sum += random.real();
  return sum;
}

const networks = {
  Association: () => each(new Association(common)),
  'Association, adapted': () => each(new Association({ ...common, ...adapted })),
  Pooling: () => pooled({}),
  'Pooling, adapted': () => pooled(adapted),
  Lookup: () => looked({}),
  'Lookup, separate values': () => looked({ separateValues: true }),
  'the same, hflayers’ start': () => looked({ separateValues: true }, 0.02),
};

console.log(`Accuracy on ${heldOut.length} bags that were held out, of ${BAGS}; chance is 0.50.\n`);
console.log(head(epochs, WIDTH));
for (const [name, make] of Object.entries(networks)) {
  const list = accuracies(make(), training, heldOut, [INSTANCES, BITS], epochs, seed);
  console.log(row(name, list, WIDTH));
}
console.log(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);

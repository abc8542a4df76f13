// Bit patterns: is one of eight secret patterns of eight bits among the sixteen in a bag? One of the examples of
// hflayers: 2,048 bags, a quarter held out, the same options of the layers, AdamW. Only bags have labels.
// Run it in a clone after `npm ci`: npm run example:bit-pattern (-- --seed 2 for other bags, -- --epochs 20 for a
// short look). About a minute on one core.
import { parseArgs } from 'node:util';
import { figureToText } from 'hopfield-wasm/experiments';
import { Linear, Lookup, Pooling, Random, group, tensor, without } from 'hopfield-wasm/layers';
import { train } from './train.mjs';

const options = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    epochs: { type: 'string', default: '100' },
  },
}).values;
const [seed, epochs] = [Number(options.seed), Number(options.epochs)];
const BITS = 8;
const INSTANCES = 16;

const start = performance.now();
const random = new Random(seed);
const secrets = random.sample(255, 8).map((k) => k + 1);

/** Patterns of a bag, numbers from 1 to 255; a bag with the label 1 has a secret one. */
function drawBag(label) {
  const bag = [];
  while (bag.length < INSTANCES) {
    const pattern = 1 + random.below(255);
    if (!secrets.includes(pattern)) bag.push(pattern);
  }
  if (label === 1) bag[random.below(INSTANCES)] = secrets[random.below(8)];
  return bag;
}

const bitsOf = (pattern) => Array.from({ length: BITS }, (_, k) => (pattern >> k) & 1);

function draw(count) {
  const labels = Array.from({ length: count }, (_, k) => k % 2);
  const patterns = labels.flatMap(drawBag);
  const x = tensor(patterns.flatMap(bitsOf), [count, INSTANCES, BITS]);
  return { patterns, labels, x };
}

const training = draw(1536);
const heldOut = draw(512);
const distinct = [...new Set(training.patterns)];

/** A trained state looks at the patterns of a bag; 8 heads of 8, four updates. */
function pooled() {
  const pooling = new Pooling({
    storedSize: BITS,
    heads: 8,
    headSize: 8,
    beta: 0.25,
    updateSteps: 4,
    tolerance: 1e-4,
    layerNorm: true,
    seed,
  });
  const output = new Linear(BITS, 1, { seed: seed + 1 });
  return {
    model: group({ pooling, output }),
    forward: (stored) => output.forward(pooling.forward({ stored })),
    backward: (gradient) => pooling.backward(output.backward(gradient)),
  };
}

/**
 * Each pattern of a bag is looked up among all that were seen, which is where the stored patterns start; what they
 * stand for is drawn and not trained.
 *
 * @param deviation - of normal numbers that everything else starts from, as in hflayers; undefined for the usual start
 */
function lookedUp(deviation) {
  const lookup = new Lookup({
    stateSize: BITS,
    quantity: distinct.length,
    separateValues: true,
    ...(deviation && { initialDeviation: deviation }),
    layerNorm: true,
    seed,
  });
  const parameters = lookup.parameters();
  if (deviation) {
    const draws = new Random(seed, 1);
    for (const name of ['state', 'stored', 'values', 'output']) {
      const { data } = parameters[`${name}.weight`];
      // Twelve uniform numbers less 6 are close to normal.
      for (let k = 0; k < data.length; k++) {
        let normal = -6;
        for (let n = 0; n < 12; n++) normal += draws.real();
        data[k] = deviation * normal;
      }
    }
  }
  parameters['stored.patterns'].data.set(distinct.flatMap(bitsOf));
  const output = new Linear(INSTANCES * BITS, 1, { seed: seed + 1 });
  const model = group({ lookup, output });
  return {
    model,
    frozen: without(model, 'lookup.values.patterns'),
    forward(state) {
      const { data } = lookup.forward({ state });
      return output.forward(tensor(data, [state.shape[0], INSTANCES * BITS]));
    },
    backward(gradient) {
      const { data, shape } = output.backward(gradient);
      lookup.backward(tensor(data, [shape[0], INSTANCES, BITS]));
    },
  };
}

const networks = {
  Pooling: pooled(),
  Lookup: lookedUp(),
  'Lookup, started small as hflayers does': lookedUp(0.02),
};

console.log('Held-out bags told right:\n');
const series = [];
const every = Math.max(1, Math.round(epochs / 20));
for (const [name, network] of Object.entries(networks)) {
  const began = performance.now();
  const { frozen } = network;
  const points = train(network, training, heldOut, { epochs, random: new Random(seed, 2), frozen });
  series.push({ name, kind: 'line', points: points.filter(({ x }) => x % every === 0) });
  const at = (epoch) => `${points[epoch].y.toFixed(3)} after ${epoch} epochs`;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${name}: ${at(Math.round(epochs / 2))}, ${at(epochs)} (${seconds} s)`);
}
console.log(
  `\n${figureToText(
    {
      title: 'Bit patterns: right answers while learning',
      x: { label: 'epochs' },
      y: { label: 'right', min: 0.4, max: 1 },
      series,
    },
    { columns: 78, rows: 20 },
  )}`,
);
console.log(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);

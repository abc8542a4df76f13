// From features to prototypes (Krotov & Hopfield 2016): dense memories learn to tell handwritten digits, and the larger the
// power n of their energy, the more each of their memories comes to look like a digit.
// Run it in a clone after `npm ci`: npm run example:prototypes (-- --seed 2, -- --power 3 for that one alone, -- --small for a short look,
// -- --output memories.png for a picture of all memories, -- --save digits for digits-2.safetensors and so on)
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ModernHopfieldNetwork } from 'hopfield-wasm';
import { writePicture } from 'hopfield-wasm/io';
import { DenseMemory, Random, Sgd, powerLoss, tensor } from 'hopfield-wasm/layers';
import { PIXELS, SIDE, readDigits } from './mnist.mjs';
import { picture } from './picture.mjs';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    power: { type: 'string', multiple: true },
    small: { type: 'boolean', default: false },
    output: { type: 'string' },
    save: { type: 'string' },
  },
});
const seed = Number(options.seed);
const { small } = options;

const MEMORIES = small ? 100 : 200;
const CLASSES = 10;
const BATCH = 100;
/** Memories in a row of the picture. */
const ACROSS = 16;

const EPOCHS = small ? 20 : 30;
const MOMENTUM = 0.8;

// Found by trying a few on these held-out digits, so that errors on other digits may be a little larger. The paper starts from
// N(−0.3, 0.3): digits are mostly paper, −1, so that all overlaps are large and about the same. With large n only memories near an
// input learn from it, and these are near all of them; with small n all would answer alike, and a start about 0 is better.
const SETTINGS = [
  { power: 2, temperature: 20, mean: 0, m: 2, rate: 0.02 },
  { power: 3, temperature: 30, mean: 0, m: 2, rate: 0.02 },
  { power: 5, temperature: 60, mean: 0, m: 2, rate: 0.02 },
  { power: 10, temperature: 200, mean: -0.3, m: 4, rate: 0.04 },
  { power: 20, temperature: 300, mean: -0.3, m: 4, rate: 0.02 },
];

const start = performance.now();
const digits = new Random(seed).shuffle(readDigits());
const training = digits.slice(0, small ? 1800 : 9000);
const heldOut = digits.slice(9000, small ? 9200 : 10000);
const vectors = training.map(({ pixels }) => pixels.map((ink) => 2 * ink - 1));
const questions = heldOut.map(({ pixels }) => pixels.map((ink) => 2 * ink - 1));

const percent = (share) => `${(100 * share).toFixed(1)} %`;
console.log(`${training.length} digits to learn from, ${heldOut.length} others held out`);
console.log(`nearest neighbour: ${percent(nearestNeighbour())} of them wrong\n`);
console.log('  n    T  held out  training  likeness      time');
const chosen = SETTINGS.filter(({ power }) => options.power?.includes(String(power)) ?? true);
const trained = chosen.map((setting) => {
  const from = performance.now();
  const memory = train(setting);
  const wrong = percent(errors(memory, questions, heldOut));
  const learnt = percent(errors(memory, vectors, training));
  const columns = [
    String(setting.power).padStart(3),
    String(setting.temperature).padStart(5),
    wrong.padStart(10),
    learnt.padStart(10),
    likeness(memory).toFixed(2).padStart(10),
    `${((performance.now() - from) / 1000).toFixed(1)} s`.padStart(10),
  ];
  console.log(columns.join(''));
  if (options.save) {
    writeFileSync(`${options.save}-${setting.power}.safetensors`, memory.save());
  }
  return { power: setting.power, portraits: busiest(memory, ACROSS) };
});
console.log(`
likeness: correlation of a memory with the training digit that is most like it, the mean over the memories
Three memories of each, those that have the most say:`);
trained.forEach(show);
if (options.output) writeFileSync(options.output, gallery(trained));
console.log(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);

/** The share of held-out digits whose nearest training digit is of another class. */
function nearestNeighbour() {
  const network = new ModernHopfieldNetwork(PIXELS, { similarity: 'euclidean' });
  network.store(vectors, { labels: training.map(({ label }) => label) });
  const { labels } = network.recallMany(questions).matches;
  return heldOut.filter(({ label }, k) => labels[k] !== label).length / heldOut.length;
}

/**
 * A dense memory, trained in its dual form by the paper's update, V ← pV − ∂loss/∂ξ, ξ ← clip(ξ + εV/max|V|, ±1), the maximum over
 * each memory; ε falls to 0. Minibatches of 100, in another order each epoch.
 */
function train({ power, temperature, mean, m, rate }) {
  const memory = new DenseMemory(PIXELS, CLASSES, {
    memories: MEMORIES,
    power,
    temperature,
    seed,
  });
  const { data } = memory.parameters().memories;
  for (let k = 0; k < data.length; k++) data[k] += mean;
  const sgd = new Sgd({ rate, momentum: MOMENTUM, normaliseRows: true, bound: 1 });
  const random = new Random(seed, power);
  const order = training.map((_, k) => k);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    sgd.rate = rate * (1 - epoch / EPOCHS);
    random.shuffle(order);
    for (let k = 0; k < order.length; k += BATCH) {
      const batch = order.slice(k, k + BATCH);
      const c = memory.forward(rows(batch.map((which) => vectors[which])));
      const labels = batch.map((which) => training[which].label);
      const { gradient } = powerLoss(c, labels, m);
      memory.zeroGradients();
      memory.backward(gradient);
      sgd.step(memory);
    }
  }
  return memory;
}

function rows(list) {
  const data = new Float32Array(list.length * PIXELS);
  for (const [k, vector] of list.entries()) data.set(vector, k * PIXELS);
  return tensor(data, [list.length, PIXELS]);
}

/** The share of digits for which the unit of another class is the largest. */
function errors(memory, inputs, digits) {
  const { data } = memory.forward(rows(inputs));
  const wrong = digits.filter(({ label }, k) => {
    const units = data.subarray(k * CLASSES, (k + 1) * CLASSES);
    return units.indexOf(Math.max(...units)) !== label;
  });
  return wrong.length / digits.length;
}

/** The pictures of a memory's rows, without their classes. */
function pictures(memory) {
  const { data, shape } = memory.parameters().memories;
  const [count, width] = shape;
  return Array.from({ length: count }, (_, k) => data.slice(k * width, k * width + PIXELS));
}

/** The mean over memories; one that is blank, the same everywhere, is like nothing. */
function likeness(memory) {
  // Correlation is cosine after the mean is taken off.
  const centred = (vector) => {
    const mean = vector.reduce((sum, value) => sum + value, 0) / PIXELS;
    return vector.map((value) => value - mean);
  };
  const stored = vectors.map(centred);
  const asked = pictures(memory)
    .map(centred)
    .filter((xi) => dot(xi, xi) > 1e-6);
  const network = new ModernHopfieldNetwork(PIXELS, { similarity: 'cosine' }).store(stored);
  const { indices } = network.recallMany(asked).matches;
  const cosines = asked.map((a, k) => {
    const b = stored[indices[k]];
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  });
  return cosines.reduce((sum, cosine) => sum + cosine, 0) / MEMORIES;
}

/** The pictures of the memories that have the most say on some held-out digits: max(0, ξ·v)ⁿ⁻¹ times how far it tells classes apart. */
function busiest(memory, count) {
  const { data, shape } = memory.parameters().memories;
  const list = pictures(memory).map((xi, k) => {
    const units = data.subarray(k * shape[1] + PIXELS, (k + 1) * shape[1]);
    return { xi, spread: Math.max(...units) - Math.min(...units), say: 0 };
  });
  for (const v of questions.slice(0, 200)) {
    const overlaps = list.map(({ xi }) => dot(xi, v));
    const largest = Math.max(...overlaps);
    for (const [k, one] of list.entries()) {
      one.say += one.spread * Math.max(0, overlaps[k] / largest) ** (memory.power - 1);
    }
  }
  list.sort((a, b) => b.say - a.say);
  return list.slice(0, count).map(({ xi }) => xi);
}

function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Three memories in the terminal: ink for what they look for, nothing for what they do not want, grey for what is all the same. */
function show({ power, portraits }) {
  console.log(`\nn = ${power}:`);
  const columns = portraits.slice(0, 3).map((xi) => {
    const largest = Math.max(...xi.map(Math.abs));
    return picture(xi.map((value) => (Math.abs(value) < largest / 4 ? 0 : value)));
  });
  for (let line = 0; line < columns[0].length; line++) {
    console.log(` ${columns.map((lines) => lines[line]).join('  ')}`.trimEnd());
  }
}

/** A PNG: a row of memories for each n, those that have the most say; red what they look for, blue what they do not want, white nothing. */
function gallery(list) {
  const CELL = SIDE + 2;
  const [height, width] = [list.length * CELL, ACROSS * CELL];
  const data = new Float32Array(height * width * 3).fill(1);
  for (const [row, { portraits }] of list.entries()) {
    for (const [column, xi] of portraits.entries()) {
      const largest = Math.max(...xi.map(Math.abs));
      for (let i = 0; i < PIXELS; i++) {
        const [y, x] = [row * CELL + 1 + Math.floor(i / SIDE), column * CELL + 1 + (i % SIDE)];
        const value = xi[i] / largest;
        const pale = 1 - Math.abs(value);
        const at = 3 * (y * width + x);
        data.set(value > 0 ? [1, pale, pale] : [pale, pale, 1], at);
      }
    }
  }
  return writePicture({ data, shape: [height, width, 3] });
}

// Multiple-instance learning: is there a 9 in a bag of about ten handwritten digits? Only bags have labels, digits do not.
// The setting of Ilse, Tomczak & Welling (2018, section 4.2), with 200 bags to learn from and 50 others to be asked about.
// Run it in a clone after `npm ci`: npm run example:bags (-- --seed 2 for other bags, -- --small for a short look)
import { parseArgs } from 'node:util';
import {
  Adam,
  Linear,
  Pooling,
  Random,
  Relu,
  binaryCrossEntropy,
  group,
  tensor,
} from 'hopfield-wasm/layers';
import { PIXELS, readDigits } from './mnist.mjs';
import { warp } from './warp.mjs';

const { seed: seedText, small } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, small: { type: 'boolean', default: false } },
}).values;
const seed = Number(seedText);
const epochs = small ? 12 : 100;
const RATE = 0.001;

const start = performance.now();
const random = new Random(seed);
const digits = random.shuffle(readDigits());
// No digit is in two bags: what is held out has not been seen.
const training = drawBags(200);
const heldOut = drawBags(50);

/** `count` bags, every second one with a 9, in random order. They are taken off `digits`. */
function drawBags(count) {
  const without = [];
  const withNine = [];
  while (without.length + withNine.length < count) {
    const bag = digits.splice(0, drawSize());
    const kind = bag.some(({ label }) => label === 9) ? withNine : without;
    if (kind.length < count / 2) kind.push(bag);
  }
  return random.shuffle([
    ...without.map((bag) => ({ bag, label: 0 })),
    ...withNine.map((bag) => ({ bag, label: 1 })),
  ]);
}

/** Normal about 10 with deviation 2, at least 2. Twelve uniform numbers less 6 are close to normal on every engine alike. */
function drawSize() {
  let normal = -6;
  for (let k = 0; k < 12; k++) normal += random.real();
  return Math.max(2, Math.round(10 + 2 * normal));
}

// Each digit becomes 128 features; a trained state looks among the digits of a bag for those it knows; what it got decides.
const features = new Linear(PIXELS, 128, { seed });
const rectifier = new Relu();
const pooling = new Pooling({
  storedSize: 128,
  headSize: 32,
  projections: { output: false },
  seed: seed + 1,
});
const decision = new Linear(32, 1, { seed: seed + 2 });
const model = group({ features, pooling, decision });

/** Logits that there is a 9, one a bag. Bags of one call are filled up to the longest; a mask says what is a digit. */
function forward(bags, pixelsOf) {
  const longest = Math.max(...bags.map(({ bag }) => bag.length));
  const shape = [bags.length, longest];
  const pixels = new Float32Array(bags.length * longest * PIXELS);
  const there = new Uint8Array(bags.length * longest);
  for (const [b, { bag }] of bags.entries()) {
    for (const [k, digit] of bag.entries()) {
      pixels.set(pixelsOf(digit), (b * longest + k) * PIXELS);
      there[b * longest + k] = 1;
    }
  }
  const stored = rectifier.forward(features.forward(tensor(pixels, [...shape, PIXELS])));
  return decision.forward(pooling.forward({ stored, storedMask: { data: there, shape } }));
}

function backward(gradient) {
  const { stored } = pooling.backward(decision.backward(gradient));
  features.backward(rectifier.backward(stored));
}

const adam = new Adam();
for (let epoch = 0; epoch < epochs; epoch++) {
  adam.rate = RATE * (1 - epoch / epochs);
  random.shuffle(training);
  let sum = 0;
  for (let k = 0; k < training.length; k += 10) {
    const bags = training.slice(k, k + 10);
    // About 2,000 digits are few: warped anew each time, they are learnt by their shape and not by heart.
    const logits = forward(bags, ({ pixels }) => warp(pixels, random));
    const labels = bags.map(({ label }) => label);
    const { loss, gradient } = binaryCrossEntropy(logits, labels);
    sum += loss * bags.length;
    model.zeroGradients();
    backward(gradient);
    adam.step(model);
  }
  if ((epoch + 1) % (epochs / 4) === 0) {
    console.log(`epoch ${epoch + 1}: mean loss ${(sum / training.length).toFixed(3)}`);
  }
}

/** Whether each bag was told right, and how much its digits were attended to. */
function ask(bags) {
  const { data: logits } = forward(bags, ({ pixels }) => pixels);
  const attention = pooling.attention();
  const longest = attention.shape[3];
  return bags.map(({ bag, label }, b) => ({
    bag,
    label,
    right: logits[b] > 0 === (label === 1),
    weights: attention.data.subarray(b * longest, b * longest + bag.length),
  }));
}

const share = (list, holds) => (list.filter(holds).length / list.length).toFixed(3);
const answers = ask(heldOut);
const found = answers.filter(({ label, right }) => label === 1 && right);
const favourite = ({ bag, weights }) => bag[weights.indexOf(Math.max(...weights))].label;

console.log('Three held-out bags with a 9, the attention to each digit in per cent:');
for (const { bag, weights } of found.slice(0, 3)) {
  console.log('');
  console.log(`  digit     ${bag.map(({ label }) => String(label).padStart(4)).join('')}`);
  const percent = Array.from(weights, (w) => String(Math.round(100 * w)).padStart(4));
  console.log(`  attention ${percent.join('')}`);
}
console.log('');
console.log(
  `most attended to is a 9 in ${share(found, (answer) => favourite(answer) === 9)} of the bags found to have one`,
);
console.log(
  `accuracy on ${training.length} training bags: ${share(ask(training), ({ right }) => right)}`,
);
console.log(`accuracy on ${heldOut.length} held-out bags: ${share(answers, ({ right }) => right)}`);
console.log(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);

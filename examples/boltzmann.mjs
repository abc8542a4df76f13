// The same digits in a Hopfield network, a Boltzmann machine and a restricted one: what each makes of half a digit, what it
// dreams up from nothing, and what learning costs.
// Run it in a clone after `npm ci`: npm run example:boltzmann (-- --seed 2 for others, -- --small for fewer digits)
import { parseArgs } from 'node:util';
import { HopfieldNetwork, Random } from 'hopfield-wasm';
import { BoltzmannMachine, RestrictedBoltzmannMachine } from 'hopfield-wasm/boltzmann';
import { PIXELS, readDigits } from './mnist.mjs';
import { dots } from './picture.mjs';

const { seed: seedText, small } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, small: { type: 'boolean', default: false } },
}).values;
const seed = Number(seedText);

const start = performance.now();
const random = new Random(seed);
const digits = random
  .shuffle(readDigits())
  .map(({ pixels }) => Int8Array.from(pixels, (ink) => (ink < 0.5 ? -1 : 1)));
const learnt = digits.slice(0, small ? 1000 : 9000);
const heldOut = digits.slice(9000, small ? 9030 : 9200);
const upper = Array.from({ length: PIXELS }, (_, i) => i < PIXELS / 2);
console.log(
  `${learnt.length} digits in black and white learnt, ${heldOut.length} others held out\n`,
);

/** The upper half; a coin for every pixel below. */
const cues = heldOut.map((digit) => {
  const cue = digit.slice();
  cue.set(random.signs(PIXELS / 2), PIXELS / 2);
  return cue;
});

console.log('                               parameters    learning');

// Hebb's rule: one look at each digit.
const network = new HopfieldNetwork(PIXELS);
await timed('Hopfield network', (PIXELS * (PIXELS - 1)) / 2, () => {
  network.store(learnt);
  return network.couplings;
});

// It starts with Hebb's rule, and then takes away whatever its own chains have in common more often than digits do.
const machine = new BoltzmannMachine(PIXELS);
await timed('Boltzmann machine', (PIXELS * (PIXELS + 1)) / 2, () =>
  machine.train(learnt, { epochs: 4, rate: 0.02, seed }),
);

// Hidden units stand for strokes, so that more than pairs of pixels can be said. Persistent chains, since it shall sample
// well; smaller steps at the end, after which they no longer all run after what was learnt last.
const hidden = 100;
const restricted = new RestrictedBoltzmannMachine(PIXELS, hidden);
await timed('restricted machine', PIXELS * hidden + PIXELS + hidden, async () => {
  const options = { momentum: 0.5, weightDecay: 0.0002, chains: 100, seed };
  const times = small ? 2 : 1;
  await restricted.train(learnt, { ...options, epochs: 10 * times, rate: 0.05 });
  await restricted.train(learnt, { ...options, epochs: 5 * times, rate: 0.01 });
});

const cover = { clamp: upper, seed };
const samples = {
  machine: machine.sample({ ...cover, from: cues, steps: 100 }),
  restricted: restricted.sample({ ...cover, from: cues, steps: 100 }),
};
const completed = [
  network.recallMany(cues, cover).states,
  samples.machine.states,
  signs(samples.restricted.states),
];
console.log(`\nHeld-out digits, their lower halves covered, and what becomes of them:\n`);
heading('covered', 'Hopfield', 'Boltzmann', 'restricted', 'as it was');
for (let k = 0; k < 3; k++) {
  const covered = cues[k].map((s, i) => (upper[i] ? s : 0));
  side(covered, ...completed.map((states) => row(states, k)), heldOut[k]);
}

console.log('Covered pixels that are right:');
const mean = Array.from({ length: PIXELS }, (_, i) =>
  learnt.reduce((sum, digit) => sum + digit[i], 0) > 0 ? 1 : -1,
);
console.log(`  Hopfield network: ${right((k) => row(completed[0], k))}`);
console.log(`  Boltzmann machine: ${right((k) => row(completed[1], k))}`);
console.log(`  restricted machine: ${right((k) => row(completed[2], k))}`);
// A sample is a guess of the whole. The best guess of each pixel alone is the average: of ten moments of each chain.
const averaged = { machine: averageOf(machine, samples.machine, 0) };
averaged.restricted = averageOf(restricted, samples.restricted, 0.5);
console.log(`  Boltzmann machine, averages: ${right((k) => row(averaged.machine, k))}`);
console.log(`  restricted machine, averages: ${right((k) => row(averaged.restricted, k))}`);
console.log(`  the average digit: ${right(() => mean)}`);

const long = small ? 200 : 1000;
console.log(`\nFrom random states, five times each (Hopfield to rest, the others ${long} steps):`);
const count = 5;
const starts = Array.from({ length: count }, () => random.signs(PIXELS));
for (const [name, states] of [
  ['Hopfield', network.recallMany(starts, { seed }).states],
  ['Boltzmann', machine.sample({ count, steps: long, seed }).states],
  ['restricted', signs(restricted.sample({ count, steps: long, seed }).states)],
]) {
  console.log(`\n ${name}`);
  side(...starts.map((_, k) => row(states, k)));
}
console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);

/** ±1 of 0/1. */
function signs(bits) {
  return bits.map((bit) => 2 * bit - 1);
}

/** What units are on average, above or below the middle, in ten moments of chains that go on from a sample. */
function averageOf(model, last, middle) {
  const sums = new Float32Array(last.means.length);
  for (let moment = 0; moment < 10; moment++) {
    const from = Int8Array.from(last.states);
    last = model.sample({ from, clamp: upper, steps: 10, seed: seed + 1000 * (moment + 1) });
    for (let i = 0; i < sums.length; i++) sums[i] += (last.means[i] - middle) / 10;
  }
  return sums;
}

/** Row k of a flat array of digits. */
function row(flat, k) {
  return flat.subarray(k * PIXELS, (k + 1) * PIXELS);
}

/** Learns, and prints what that took. */
async function timed(name, parameters, learn) {
  const before = performance.now();
  await learn();
  const seconds = ((performance.now() - before) / 1000).toFixed(2);
  const [left, right] = [parameters.toLocaleString('en'), `${seconds} s`];
  console.log(`  ${name.padEnd(26)}${left.padStart(13)}${right.padStart(12)}`);
}

/** The share of the covered pixels that a guess of digit k has right, over all. */
function right(guess) {
  let count = 0;
  for (const [k, digit] of heldOut.entries()) {
    const pixels = guess(k);
    for (let i = PIXELS / 2; i < PIXELS; i++) if (pixels[i] > 0 === digit[i] > 0) count++;
  }
  return (count / (heldOut.length * (PIXELS / 2))).toFixed(3);
}

function heading(...titles) {
  console.log(` ${titles.map((title) => title.padEnd(15)).join('')}`.trimEnd());
}

/** Digits side by side. */
function side(...all) {
  const pictures = all.map(dots);
  for (const line of pictures[0].keys()) {
    console.log(` ${pictures.map((lines) => lines[line]).join(' ')}`.trimEnd());
  }
  console.log('');
}

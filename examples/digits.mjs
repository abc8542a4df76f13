// A memory of 9,000 handwritten digits: it completes half-covered ones, and tells new ones by those it knows.
// Run it in a clone after `npm ci`: npm run example:digits (-- --seed 2 for another order, -- --small for fewer digits)
import { parseArgs } from 'node:util';
import { DenseAssociativeMemory, ModernHopfieldNetwork, Random, exponential } from 'hopfield-wasm';
import { PIXELS, readDigits } from './mnist.mjs';
import { picture } from './picture.mjs';

const { seed: seedText, small } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, small: { type: 'boolean', default: false } },
}).values;
const seed = Number(seedText);

const start = performance.now();
const digits = new Random(seed).shuffle(readDigits());
const stored = digits.slice(0, small ? 1800 : 9000);
const heldOut = digits.slice(9000, small ? 9200 : 10000);
const asked = stored.slice(0, heldOut.length);
const share = (count, of) => (count / of).toFixed(3);

/** Row k of a flat array, as long as a digit unless told. */
const row = (flat, k, length = PIXELS) => flat.subarray(k * length, (k + 1) * length);
console.log(`${stored.length} digits stored, ${heldOut.length} others held out`);

complete();
classify();
completeTwoState();
console.log(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);

/**
 * Stored digits come back from their upper halves.
 *
 * Pixels are −1 for paper to +1 for ink, so that 0 says nothing for a covered one. Cosine, as then nothing depends on how
 * many pixels a cue leaves. One digit shall win: cosines of the right one and the runner-up may be 0.01 apart, and
 * β = 1000 makes of this a factor of e¹⁰ = 22,000 in their weights. The second step starts from a whole digit, and so
 * ends closer.
 */
function complete() {
  const vectors = stored.map(({ pixels }) => pixels.map((ink) => 2 * ink - 1));
  const cues = vectors.slice(0, asked.length).map((vector) => vector.slice().fill(0, PIXELS / 2));
  const memory = new ModernHopfieldNetwork(PIXELS, { similarity: 'cosine', beta: 1000 });
  memory.store(vectors);
  const { states, matches } = memory.recallMany(cues, { steps: 2 });

  console.log('\nThree of them with the lower half covered, recalled, and as they were stored:');
  for (let k = 0; k < 3; k++) {
    const columns = [cues[k], row(states, k), vectors[k]].map(picture);
    console.log('');
    for (let line = 0; line < columns[0].length; line++) {
      console.log(` ${columns.map((lines) => lines[line]).join('  ')}`.trimEnd());
    }
  }
  // Paper and ink are 255 levels of grey apart.
  const level = 2 / 255;
  const exact = cues.filter((_, k) =>
    vectors[k].every((pixel, i) => Math.abs(pixel - row(states, k)[i]) < level / 2),
  );
  const nearest = cues.filter((_, k) => matches.indices[k] === k);
  console.log(`\n${cues.length} half-covered digits:`);
  console.log(`  the right one has the largest weight: ${share(nearest.length, cues.length)}`);
  console.log(`  every pixel back, to its level of grey: ${share(exact.length, cues.length)}`);
}

/**
 * The label of a digit is recalled as the average of those of digits like it (hetero-association).
 *
 * Cosine of the ink alone: neither the paper in common nor how strong the ink is counts. β = 100 lets several digits vote:
 * one weighs e times less for each 0.01 that its cosine is below the largest.
 */
function classify() {
  const memory = new ModernHopfieldNetwork(PIXELS, { similarity: 'cosine', beta: 100 });
  const oneHot = ({ label }) => Array.from({ length: 10 }, (_, k) => Number(k === label));
  const vectors = stored.map(({ pixels }) => pixels);
  memory.store(vectors, stored.map(oneHot));

  const queries = heldOut.map(({ pixels }) => pixels);
  const together = performance.now();
  const { values } = memory.recallMany(queries);
  const alone = performance.now();
  for (const query of queries.slice(0, 100)) memory.recall(query);
  const end = performance.now();
  const right = heldOut.filter(({ label }, k) => {
    const value = row(values, k, 10);
    return value.indexOf(Math.max(...value)) === label;
  });
  console.log(`\n${heldOut.length} held-out digits:`);
  console.log(`  accuracy of their labels: ${share(right.length, heldOut.length)}`);
  const perQuery = [(alone - together) / queries.length, (end - alone) / 100];
  const [many, single] = perQuery.map((ms) => ms.toFixed(2));
  console.log(`  time for one: ${many} ms when asked together, ${single} ms alone`);
}

/** The same in black and white, with neurons of two states. None can say nothing: a coin decides what is covered. */
function completeTwoState() {
  const patterns = stored.map(({ pixels }) => Int8Array.from(pixels, (v) => (v < 0.5 ? -1 : 1)));
  const random = new Random(seed, 1);
  const cues = patterns.slice(0, asked.length / 4).map((pattern) => {
    const cue = pattern.slice();
    cue.set(random.signs(PIXELS / 2), PIXELS / 2);
    return cue;
  });
  const memory = new DenseAssociativeMemory(PIXELS, { separation: exponential() });
  const { states } = memory.store(patterns).recallMany(cues, { seed });
  const exact = cues.filter((_, k) => patterns[k].every((pixel, i) => pixel === row(states, k)[i]));
  console.log('\nDenseAssociativeMemory, exponential separation, the digits in black and white:');
  console.log(
    `  ${cues.length} half-covered, every pixel back: ${share(exact.length, cues.length)}`,
  );
}

// A film of 50 handwritten digits, round and round: its damaged first frame calls for the second, and so on, until the
// first one comes back whole.
// Run it in a clone after `npm ci`: npm run example:film (-- --seed 2 for another film)
import { parseArgs } from 'node:util';
import { exponential, Random, SequenceMemory } from 'hopfield-wasm';
import { PIXELS, readDigits } from './mnist.mjs';
import { picture } from './picture.mjs';

const { seed } = parseArgs({ options: { seed: { type: 'string', default: '1' } } }).values;
const random = new Random(Number(seed));
const film = random
  .shuffle(readDigits())
  .slice(0, 50)
  .map(({ label, pixels }) => ({ label, frame: pixels.map((ink) => (ink < 0.5 ? -1 : 1)) }));
const frames = film.map(({ frame }) => Int8Array.from(frame));

// Digits are much alike: most of each is paper. Steep f lets the right one alone call.
const memory = new SequenceMemory(PIXELS, { separation: exponential() });
memory.store(frames, { cyclic: true, labels: film.map(({ label }) => label) });

// The lower half is covered, a coin for every pixel of it.
const cue = frames[0].slice();
cue.set(random.signs(PIXELS / 2), PIXELS / 2);

const start = performance.now();
const steps = [...memory.recall(cue)];
const time = performance.now() - start;

console.log('The damaged first frame, and what follows it:');
const covered = cue.map((s, i) => (i < PIXELS / 2 ? s : 0));
for (const row of [
  [covered, steps[1].state, steps[2].state],
  [steps[3].state, steps[49].state, steps[50].state],
]) {
  const columns = row.map(picture);
  console.log('');
  for (let line = 0; line < columns[0].length; line++) {
    console.log(` ${columns.map((lines) => lines[line]).join('  ')}`.trimEnd());
  }
}
const whole = steps
  .slice(1)
  .filter(({ state }, k) => frames[(k + 1) % 50].every((s, i) => s === state[i]));
console.log(`\nAs they read: ${steps.map(({ match }) => match.label).join('')}`);
console.log(`frames that follow, every pixel right: ${whole.length} of ${steps.length - 1}`);
console.log(`time for a frame: ${(time / (steps.length - 1)).toFixed(2)} ms`);

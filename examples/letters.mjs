// Stores five letters and watches one come back from noise, sweep by sweep.
// Run it in a clone after `npm ci && npm run build`: node examples/letters.mjs [seed]
import { HopfieldNetwork, Random } from 'hopfield-wasm';

const letters = {
  H: ['#.....#', '#.....#', '#.....#', '#######', '#.....#', '#.....#', '#.....#'],
  O: ['.#####.', '#.....#', '#.....#', '#.....#', '#.....#', '#.....#', '.#####.'],
  P: ['######.', '#.....#', '#.....#', '######.', '#......', '#......', '#......'],
  F: ['#######', '#......', '#......', '#####..', '#......', '#......', '#......'],
  I: ['..###..', '...#...', '...#...', '...#...', '...#...', '...#...', '..###..'],
};
const names = Object.keys(letters);
const patterns = names.map((name) => [...letters[name].join('')].map((c) => (c === '#' ? 1 : -1)));

// These letters are alike, so Hebb's rule would mix them up: projection keeps them apart.
const memory = new HopfieldNetwork(49, { rule: 'projection' }).store(patterns);

const seed = Number(process.argv[2] ?? 4);
const cue = [...patterns[0]];
for (const i of new Random(seed).sample(49, 10)) cue[i] *= -1;

for (const { state, energy, flips, sweep } of memory.trajectory(cue, { seed })) {
  console.log(`sweep ${sweep}: ${flips} flips, energy ${energy.toFixed(2)}`);
  for (let row = 0; row < 7; row++) {
    const values = Array.from(state.slice(7 * row, 7 * row + 7), (s) => (s > 0 ? '██' : '··'));
    console.log(`  ${values.join('')}`);
  }
}
const { match } = memory.recall(cue, { seed });
console.log(`This is ${names[match.index]}, overlap ${match.overlap.toFixed(2)}.`);

// How memories fail: all at once when a Hebbian network is overloaded, the oldest first in a palimpsest.
// Run it in a clone after `npm ci && npm run build`: node examples/forgetting.mjs
import { HopfieldNetwork, Random } from 'hopfield-wasm';

const neurons = 400;
const random = new Random(1);
const patterns = Array.from({ length: 160 }, () => random.signs(neurons));

/** Overlap that recall keeps, starting in each pattern, averaged over groups of ten by age. */
function kept(rule) {
  const memory = new HopfieldNetwork(neurons, { rule }).store(patterns);
  const { states } = memory.recallMany(patterns, { seed: 2 });
  const overlaps = patterns.map((pattern, k) => {
    const state = states.subarray(k * neurons, (k + 1) * neurons);
    return pattern.reduce((m, s, i) => m + s * state[i], 0) / neurons;
  });
  return Array.from({ length: 16 }, (_, g) =>
    overlaps.slice(10 * g, 10 * g + 10).reduce((sum, m) => sum + m / 10, 0),
  );
}

const hebbian = kept('hebbian');
const palimpsest = kept('palimpsest');
console.log(`${patterns.length} patterns, ${neurons} neurons; overlap kept, oldest patterns first`);
for (let g = 0; g < 16; g++) {
  const bar = (m) => '█'.repeat(Math.round(20 * Math.max(0, m))).padEnd(20, '·');
  const range = `${10 * g + 1}–${10 * g + 10}`.padStart(8);
  console.log(`${range}  Hebb ${bar(hebbian[g])}  palimpsest ${bar(palimpsest[g])}`);
}

// One number for many seeded runs. It is the same on every engine and with either backend.
// Run it in a clone after `npm ci && npm run build`: node examples/digest.mjs (or with bun, or deno run -A)
import { HopfieldNetwork, Random } from 'hopfield-wasm';

let digest = 0;

/** FNV-1a, 32 bits, over the bytes of a typed array. */
function add(array) {
  for (const byte of new Uint8Array(array.buffer, array.byteOffset, array.byteLength)) {
    digest = Math.imul(digest ^ byte, 0x01000193) >>> 0;
  }
}

const RULES = ['hebbian', 'storkey', 'projection', 'perceptron', 'diederich-opper', 'palimpsest'];
const RECALLS = [{}, { update: 'synchronous' }, { update: 'stochastic', temperature: 0.4 }];

for (const backend of ['wasm', 'reference']) {
  digest = 0x811c9dc5;
  for (const rule of RULES) {
    const random = new Random(5);
    const patterns = Array.from({ length: 15 }, () => random.signs(150));
    const memory = new HopfieldNetwork(150, { rule, backend }).store(patterns);
    for (const options of RECALLS) {
      const { states, energies } = memory.recallMany(patterns, { ...options, seed: 3 });
      add(states);
      add(energies);
    }
    if (rule === 'hebbian') {
      await memory.daydream({ epochs: 3, seed: 1 });
      add(memory.couplings);
    }
  }
  console.log(`${backend.padEnd(9)} ${digest.toString(16).padStart(8, '0')}`);
}

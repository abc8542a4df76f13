/** Daydreaming: thousands of recalls from random states, each followed by a change of all couplings. */
import { HopfieldNetwork, Random } from '../../dist/index.js';
import { check, checkEqual } from '../equal.mjs';
import { SEED, asFloats, randomPatterns } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { countUnstable, daydream as textbookDaydream, hebbian } from '../textbook.mjs';

const NEURONS = 256;
const PATTERNS = 64;
const EPOCHS = 10;

/** @param {import('../report.mjs').Report} report */
export async function daydream(report) {
  const patterns = randomPatterns(NEURONS, PATTERNS);
  const floats = asFloats(patterns, NEURONS);
  const options = { epochs: EPOCHS, seed: SEED };
  const hebb = hebbian(floats, NEURONS);
  const dreamt = () => textbookDaydream(hebb.slice(), floats, NEURONS, EPOCHS, new Random(SEED));
  const learnt = (backend) =>
    new HopfieldNetwork(NEURONS, { backend, representation: 'couplings' }).store(patterns);
  const inPackage = (backend) => {
    let network;
    return {
      before: () => (network = learnt(backend)),
      run: async () => consume((await network.daydream(options)).patternCount),
      async: true,
    };
  };
  const W = (await learnt('wasm').daydream(options)).couplings;
  const reference = await learnt('reference').daydream(options);
  checkEqual(W, reference.couplings, 'couplings, wasm against reference');
  // Other random states and other roundings: not the same couplings, but the same effect.
  const unstable = (W) => floats.reduce((sum, pattern) => sum + countUnstable(W, pattern), 0);
  const before = unstable(hebb);
  const counts = { textbook: unstable(dreamt()), wasm: unstable(W) };
  for (const [name, count] of Object.entries(counts)) {
    check(count < before / 5, `${name}: ${count} unstable bits after dreaming, ${before} before`);
  }
  await report.race({
    task: `daydreaming, ${EPOCHS} epochs, N = ${NEURONS}, P = ${PATTERNS}`,
    equal:
      `couplings equal in wasm and reference; of ${before} unstable bits in the patterns ` +
      `${counts.textbook} are left in the textbook, ${counts.wasm} in wasm`,
    textbook: { run: () => consume(dreamt()[1]), runs: 4 },
    reference: { ...inPackage('reference'), runs: 3 },
    wasm: { ...inPackage('wasm'), time: 2000 },
    target: 25,
  });
}

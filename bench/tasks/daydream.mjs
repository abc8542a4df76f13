/** Daydreaming: thousands of recalls from random states, each followed by a change of all couplings. */
import { HopfieldNetwork } from '../../dist/index.js';
import { check, checkEqual } from '../equal.mjs';
import { SEED, asFloats, randomPatterns } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { inTextbook } from '../textbook-thread.mjs';
import { countUnstable } from '../textbook.mjs';

const NEURONS = 256;
const PATTERNS = 64;
const EPOCHS = 10;

/** @param {import('../report.mjs').Report} report */
export async function daydream(report) {
  const patterns = randomPatterns(NEURONS, PATTERNS);
  const options = { epochs: EPOCHS, seed: SEED };
  const data = { patterns, neurons: NEURONS, ...options };
  const textbook = await inTextbook('daydream', data, { runs: 4 });
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
  // The textbook has other random states and roundings: not the same couplings, but the same effect.
  const { before, after } = textbook.result;
  const floats = asFloats(patterns, NEURONS);
  const unstable = floats.reduce((sum, pattern) => sum + countUnstable(W, pattern), 0);
  check(after < before / 5, `textbook: ${after} unstable bits after dreaming, ${before} before`);
  check(unstable < before / 5, `wasm: ${unstable} unstable bits after dreaming, ${before} before`);
  await report.race({
    task: `daydreaming, ${EPOCHS} epochs, N = ${NEURONS}, P = ${PATTERNS}`,
    equal:
      `couplings equal in wasm and reference; of ${before} unstable bits in the patterns ` +
      `${after} are left in the textbook, ${unstable} in wasm`,
    textbook: textbook.timing,
    reference: { ...inPackage('reference'), runs: 3 },
    wasm: { ...inPackage('wasm'), time: 2000 },
    target: 25,
  });
}

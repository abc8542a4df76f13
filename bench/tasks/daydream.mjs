/** Daydreaming: thousands of recalls from random states, each followed by a change of all couplings. */
import { HopfieldNetwork, Random } from '../../dist/index.js';
import { check, checkEqual } from '../equal.mjs';
import { SEED, randomPatterns } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { daydream as textbookDaydream, hebbian, isFixedPoint } from '../textbook.mjs';

const NEURONS = 256;
const PATTERNS = 64;
const EPOCHS = 10;

/** @param {import('../report.mjs').Report} report */
export async function daydream(report) {
  const patterns = randomPatterns(NEURONS, PATTERNS);
  const floats = Float32Array.from(patterns);
  const dreamt = () =>
    textbookDaydream(hebbian(floats, NEURONS), floats, NEURONS, EPOCHS, new Random(SEED));
  const learnt = (backend) => new HopfieldNetwork(NEURONS, { backend }).store(patterns);
  const inPackage = (backend) => {
    let network;
    return {
      before: () => {
        network = learnt(backend);
        network.couplings;
      },
      run: async () => {
        await network.daydream({ epochs: EPOCHS, seed: SEED });
        consume(network.patternCount);
      },
      async: true,
    };
  };
  const options = { epochs: EPOCHS, seed: SEED };
  const wasm = await learnt('wasm').daydream(options);
  const reference = await learnt('reference').daydream(options);
  checkEqual(wasm.couplings, reference.couplings, 'couplings, wasm against reference');
  const W = dreamt();
  for (let k = 0; k < PATTERNS; k++) {
    const pattern = floats.subarray(k * NEURONS, (k + 1) * NEURONS);
    check(isFixedPoint(W, pattern), `pattern ${k} is a fixed point of the textbook's couplings`);
    check(wasm.isFixedPoint(pattern), `pattern ${k} is a fixed point in wasm`);
  }
  await report.race({
    task: `daydreaming, ${EPOCHS} epochs, N = ${NEURONS}, P = ${PATTERNS}`,
    equal: 'couplings equal in wasm and reference; all patterns fixed points in textbook and wasm',
    textbook: { run: () => consume(dreamt()[1]), runs: 3 },
    reference: { ...inPackage('reference'), runs: 3 },
    wasm: { ...inPackage('wasm'), time: 2000 },
    target: 25,
  });
}

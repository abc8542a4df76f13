/** Many cues in one call, against as many calls. */
import { HopfieldNetwork } from '../../dist/index.js';
import { check, checkEqual, checkSame } from '../equal.mjs';
import { noisyCues, randomPatterns } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { fall } from './recall.mjs';

const NEURONS = 1024;
const PATTERNS = 100;
const CUES = 256;
const SEED = 7;

/** @param {import('../report.mjs').Report} report */
export async function recallMany(report) {
  const patterns = randomPatterns(NEURONS, PATTERNS);
  const cues = noisyCues(patterns, NEURONS, CUES);
  const wasm = new HopfieldNetwork(NEURONS, { backend: 'wasm' }).store(patterns);
  const reference = new HopfieldNetwork(NEURONS, { backend: 'reference' }).store(patterns);
  const couplings = wasm.couplings;
  const many = wasm.recallMany(cues, { seed: SEED });
  checkSame(many, reference.recallMany(cues, { seed: SEED }), 'recallMany, wasm against reference');
  for (const [k, cue] of cues.entries()) {
    const one = wasm.recall(cue, { seed: many.seeds[k] });
    const state = many.states.subarray(k * NEURONS, (k + 1) * NEURONS);
    checkEqual(state, one.state, `cue ${k}, many against one`);
    checkEqual(state, fall(couplings, cue, many.seeds[k]), `cue ${k}, many against textbook`);
    check(many.energies[k] === one.energy, `cue ${k}: the energies are the same`);
  }
  await report.race({
    task: `recallMany, ${CUES} cues, N = ${NEURONS}, P = ${PATTERNS}`,
    equal: `${CUES} entries equal single recalls, the reference and the textbook`,
    textbook: {
      run: () => cues.forEach((cue, k) => consume(fall(couplings, cue, SEED + k)[0])),
      runs: 3,
    },
    reference: { run: () => consume(reference.recallMany(cues, { seed: SEED }).sweeps[0]), runs: 5 },
    wasm: { run: () => consume(wasm.recallMany(cues, { seed: SEED }).sweeps[0]), time: 2000 },
    against: `${CUES} recalls in wasm:`,
    rival: {
      run: () => cues.forEach((cue, k) => consume(wasm.recall(cue, { seed: SEED + k }).sweeps)),
      time: 2000,
    },
    target: 1.5,
  });
}

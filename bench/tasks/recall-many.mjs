/** Many cues in one call, against as many calls. */
import { HopfieldNetwork } from '../../dist/index.js';
import { check, checkEqual, checkSame } from '../equal.mjs';
import { noisyCues, randomPatterns } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { inTextbook } from '../textbook-thread.mjs';

const NEURONS = 1024;
const PATTERNS = 100;
const CUES = 256;

/** @param {import('../report.mjs').Report} report */
export async function recallMany(report) {
  const patterns = randomPatterns(NEURONS, PATTERNS);
  const cues = noisyCues(patterns, NEURONS, CUES);
  const wasm = new HopfieldNetwork(NEURONS, { backend: 'wasm' }).store(patterns);
  const reference = new HopfieldNetwork(NEURONS, { backend: 'reference' }).store(patterns);
  const { couplings } = wasm;
  const textbook = await inTextbook('recall', { couplings, cues }, { runs: 3 });
  const many = wasm.recallMany(cues, { seed: 0 });
  checkSame(many, reference.recallMany(cues, { seed: 0 }), 'recallMany, wasm against reference');
  for (const [k, cue] of cues.entries()) {
    const one = wasm.recall(cue, { seed: k });
    const state = many.states.subarray(k * NEURONS, (k + 1) * NEURONS);
    checkEqual(state, one.state, `cue ${k}, many against one`);
    checkEqual(state, textbook.result.permutation[k], `cue ${k}, many against textbook`);
    check(many.energies[k] === one.energy, `cue ${k}: the energies are the same`);
  }
  // Orders never seen before in every run, so that no branch can be learnt.
  const together = (network) => {
    let seed = 0;
    return () => consume(network.recallMany(cues, { seed: (seed += CUES) }).sweeps[0]);
  };
  const oneByOne = (network) => {
    let seed = 0;
    return () => {
      for (const cue of cues) consume(network.recall(cue, { seed: seed++ }).sweeps);
    };
  };
  await report.race({
    task: `recallMany, ${CUES} cues, N = ${NEURONS}, P = ${PATTERNS}`,
    equal: `${CUES} entries equal single recalls, the reference and the textbook`,
    textbook: textbook.timing,
    reference: { run: together(reference), runs: 5 },
    wasm: { run: together(wasm), time: 2500 },
    against: `${CUES} recalls in wasm:`,
    rival: { run: oneByOne(wasm), time: 2500 },
    target: 1.5,
  });
}

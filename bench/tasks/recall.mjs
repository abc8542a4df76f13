/** Asynchronous recall to a fixed point, in a fresh random order each sweep. */
import { HopfieldNetwork, Random } from '../../dist/index.js';
import { checkEqual, checkSame } from '../equal.mjs';
import { indices, noisyCues, randomPatterns } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { recall as textbookRecall } from '../textbook.mjs';

/** @param {import('../report.mjs').Report} report */
export async function recall(report) {
  await one(report, 1024, 100, 32, 120, { time: 2500 });
  await one(report, 4096, 400, 8, 160, { runs: 4 });
}

/** One run recalls each of `count` cues, in orders never seen before, so that no branch can be learnt. */
async function one(report, neurons, patternCount, count, target, slow) {
  const patterns = randomPatterns(neurons, patternCount);
  const cues = noisyCues(patterns, neurons, count);
  const wasm = new HopfieldNetwork(neurons, { backend: 'wasm' }).store(patterns);
  const reference = new HopfieldNetwork(neurons, { backend: 'reference' }).store(patterns);
  const couplings = wasm.couplings;
  const inPackage = (network) => {
    let seed = 0;
    return () => {
      for (const cue of cues) consume(network.recall(cue, { seed: seed++ }).sweeps);
    };
  };
  let seed = 0;
  const inTextbook = () => {
    for (const cue of cues) consume(fall(couplings, cue, seed++)[0]);
  };
  for (const [k, cue] of cues.entries()) {
    for (const order of ['index', 'permutation']) {
      const result = wasm.recall(cue, { seed: k, order });
      checkSame(result, reference.recall(cue, { seed: k, order }), 'wasm against reference');
      const state = fall(couplings, cue, order === 'index' ? undefined : k);
      checkEqual(result.state, state, `wasm against textbook, order '${order}'`);
    }
  }
  await report.race({
    task: `recall, 10 % noise, N = ${neurons}, P = ${patternCount}`,
    equal: `${count} final states equal, by index and in the same random orders`,
    textbook: { run: inTextbook, per: count, ...slow },
    reference: { run: inPackage(reference), per: count },
    wasm: { run: inPackage(wasm), per: count, time: 2000 },
    target,
  });
}

/**
 * The textbook's recall, with the orders that the package draws for a seed.
 *
 * @param {Float32Array} couplings
 * @param {Int8Array} cue
 * @param {number} [seed] by index when not given
 */
export function fall(couplings, cue, seed) {
  const random = new Random(seed ?? 0);
  const shuffle = seed === undefined ? undefined : (order) => random.shuffle(order);
  return textbookRecall(couplings, Float32Array.from(cue), indices(cue.length), shuffle);
}

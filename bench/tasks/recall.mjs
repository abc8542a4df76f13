/** Asynchronous recall to a fixed point, in a fresh random order each sweep. */
import { HopfieldNetwork } from '../../dist/index.js';
import { checkEqual, checkSame } from '../equal.mjs';
import { noisyCues, randomPatterns } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { inTextbook } from '../textbook-thread.mjs';

/** @param {import('../report.mjs').Report} report */
export async function recall(report) {
  await one(report, 1024, 100, 32, 120, { time: 2500 });
  await one(report, 4096, 400, 8, 160, { runs: 5 });
}

/** One run recalls each of `count` cues, in orders never seen before, so that no branch can be learnt. */
async function one(report, neurons, patternCount, count, target, slow) {
  const patterns = randomPatterns(neurons, patternCount);
  const cues = noisyCues(patterns, neurons, count);
  const wasm = new HopfieldNetwork(neurons, { backend: 'wasm' }).store(patterns);
  const reference = new HopfieldNetwork(neurons, { backend: 'reference' }).store(patterns);
  const { couplings } = wasm;
  const textbook = await inTextbook('recall', { couplings, cues }, { per: count, ...slow });
  for (const [k, cue] of cues.entries()) {
    for (const order of ['index', 'permutation']) {
      const result = wasm.recall(cue, { seed: k, order });
      checkSame(result, reference.recall(cue, { seed: k, order }), 'wasm against reference');
      checkEqual(result.state, textbook.result[order][k], `wasm against textbook, by ${order}`);
    }
  }
  const numpy = await report.numpy?.open('recall', {
    W: { data: Float32Array.from(couplings), shape: [neurons, neurons] },
    cues: { data: Float32Array.from(cues.flatMap((cue) => [...cue])), shape: [count, neurons] },
  });
  if (numpy) {
    const states = textbook.result.index.flatMap((state) => [...state]);
    checkEqual(numpy.result, states, 'numpy against textbook, by index');
  }
  const recallAll = (network) => {
    let seed = 0;
    return () => {
      for (const cue of cues) consume(network.recall(cue, { seed: seed++ }).sweeps);
    };
  };
  await report.race({
    task: `recall, 10 % noise, N = ${neurons}, P = ${patternCount}`,
    equal: `${count} final states equal, by index and in the same random orders`,
    textbook: textbook.timing,
    reference: { run: recallAll(reference), per: count },
    wasm: { run: recallAll(wasm), per: count, time: 2000 },
    peers: numpy && { numpy: { sample: numpy.sample, per: count, time: 1500 } },
    target,
  });
}

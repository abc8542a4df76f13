/** Hebbian couplings from patterns: reading them, packing them, and the whole matrix. */
import { HopfieldNetwork } from '../../dist/index.js';
import { checkEqual } from '../equal.mjs';
import { asFloats, randomPatterns } from '../inputs.mjs';
import { consume, once, time } from '../measure.mjs';
import { duration } from '../report.mjs';
import { hebbian, hebbianHalf } from '../textbook.mjs';

/** @param {import('../report.mjs').Report} report */
export async function couplings(report) {
  await learn(report, 1024, 143, 110, false);
  await learn(report, 4096, 573, 300, true);
}

/** With `slow`, the check is the only run of what takes seconds. */
async function learn(report, neurons, count, target, slow) {
  const patterns = randomPatterns(neurons, count);
  const floats = asFloats(patterns, neurons);
  const fresh = (backend) => new HopfieldNetwork(neurons, { representation: 'couplings', backend });
  const store = (backend) => {
    let network;
    return {
      before: () => (network = fresh(backend)),
      run: () => consume(network.store(patterns).patternCount),
    };
  };
  const textbook = once(() => hebbian(floats, neurons));
  const empty = fresh('reference');
  const reference = once(() => empty.store(patterns));
  const W = fresh('wasm').store(patterns).couplings;
  checkEqual(W, textbook.result, 'couplings, wasm against textbook');
  checkEqual(W, reference.result.couplings, 'couplings, wasm against reference');
  const row = await report.race({
    task: `Hebbian couplings, N = ${neurons}, P = ${count}`,
    equal: `all ${neurons}² couplings equal`,
    textbook: slow
      ? textbook.timing
      : { run: () => consume(hebbian(floats, neurons)[1]), time: 3000 },
    reference: slow ? reference.timing : store('reference'),
    wasm: { ...store('wasm'), time: 1500 },
    target,
  });
  const half = await time({
    run: () => consume(hebbianHalf(floats, neurons)[1]),
    runs: slow ? 1 : 10,
  });
  const ratio = half.min / row.wasm.min;
  report.note(
    `N = ${neurons}: a textbook that computes half the matrix and mirrors it takes ` +
      `${duration(half.min)}, ${ratio.toFixed(0)}× as long as wasm.`,
  );
}

/** Hebbian couplings from patterns: reading them, packing them, and the whole matrix. */
import { HopfieldNetwork } from '../../dist/index.js';
import { checkEqual } from '../equal.mjs';
import { randomPatterns } from '../inputs.mjs';
import { consume, time } from '../measure.mjs';
import { duration } from '../report.mjs';
import { hebbian, hebbianHalf } from '../textbook.mjs';

/** @param {import('../report.mjs').Report} report */
export async function couplings(report) {
  await learn(report, 1024, 143, 110, {});
  await learn(report, 4096, 573, 300, { runs: 1 });
}

async function learn(report, neurons, count, target, slow) {
  const patterns = randomPatterns(neurons, count);
  const floats = Float32Array.from(patterns);
  const fresh = (backend) =>
    new HopfieldNetwork(neurons, { representation: 'couplings', backend });
  const store = (backend) => {
    let network;
    return {
      before: () => (network = fresh(backend)),
      run: () => consume(network.store(patterns).patternCount),
    };
  };
  const wasm = fresh('wasm').store(patterns).couplings;
  const reference = slow.runs ? undefined : fresh('reference').store(patterns).couplings;
  checkEqual(wasm, hebbian(floats, neurons), 'couplings, wasm against textbook');
  if (reference) checkEqual(wasm, reference, 'couplings, wasm against reference');
  const row = await report.race({
    task: `Hebbian couplings, N = ${neurons}, P = ${count}`,
    equal: `all ${neurons}² couplings equal${reference ? '' : ' (wasm and textbook)'}`,
    textbook: { run: () => consume(hebbian(floats, neurons)[1]), ...slow },
    reference: { ...store('reference'), ...slow },
    wasm: { ...store('wasm'), time: 1500 },
    target,
  });
  const half = await time({ run: () => consume(hebbianHalf(floats, neurons)[1]), ...slow });
  const ratio = half.min / row.wasm.min;
  report.note(
    `N = ${neurons}: a textbook that computes half the matrix and mirrors it takes ` +
      `${duration(half.min)}, ${ratio.toFixed(0)}× as long as wasm.`,
  );
}

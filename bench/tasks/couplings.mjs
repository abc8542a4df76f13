/** Hebbian couplings from patterns: reading them, packing them, and the whole matrix. */
import { HopfieldNetwork } from '../../dist/index.js';
import { checkEqual } from '../equal.mjs';
import { randomPatterns } from '../inputs.mjs';
import { consume, once, time } from '../measure.mjs';
import { duration } from '../report.mjs';
import { inTextbook } from '../textbook-thread.mjs';

/** @param {import('../report.mjs').Report} report */
export async function couplings(report) {
  await learn(report, 1024, 143, 110, false);
  await learn(report, 4096, 573, 300, true);
}

/** With `slow`, what takes many seconds runs only once. */
async function learn(report, neurons, count, target, slow) {
  const patterns = randomPatterns(neurons, count);
  const fresh = (backend) => new HopfieldNetwork(neurons, { representation: 'couplings', backend });
  const store = (backend, prepare) => {
    let network;
    return {
      before: () => (network = prepare(fresh(backend))),
      run: () => consume(network.store(patterns).patternCount),
    };
  };
  const empty = (network) => network;
  const full = (network) => network.store(patterns);
  const how = slow ? { once: true } : { time: 3000 };
  const textbook = await inTextbook('hebbian', { patterns, neurons }, how);
  const half = await inTextbook('hebbianHalf', { patterns, neurons }, how);
  const rested = fresh('reference');
  const reference = once(() => rested.store(patterns));
  const W = fresh('wasm').store(patterns).couplings;
  checkEqual(W, textbook.result, 'couplings, wasm against textbook');
  checkEqual(W, half.result, 'couplings, wasm against half a textbook');
  checkEqual(W, reference.result.couplings, 'couplings, wasm against reference');
  const shape = [count, neurons];
  const floats = Float32Array.from(patterns);
  const numpy = await report.numpy?.open('hebbian', { X: { data: floats, shape } });
  if (numpy) checkEqual(W, numpy.result, 'couplings, wasm against numpy');
  const row = await report.race({
    task: `Hebbian couplings, N = ${neurons}, P = ${count}`,
    equal: `all ${neurons}² couplings equal`,
    textbook: textbook.timing,
    reference: slow ? reference.timing : store('reference', empty),
    wasm: { ...store('wasm', full), time: 1500 },
    peers: numpy && { numpy: { sample: numpy.sample, time: 3000 } },
    target,
  });
  const first = await time({ ...store('wasm', empty), time: 1500 });
  const ratio = half.timing.min / row.wasm.min;
  report.note(
    `N = ${neurons}: wasm adds ${count} patterns to a network that holds as many. The first store of a network ` +
      `takes ${duration(first.min)}: the difference is the system handing out fresh memory, page by page.`,
  );
  report.note(
    `N = ${neurons}: a textbook that computes half the matrix and mirrors it takes ` +
      `${duration(half.timing.min)}, ${ratio.toFixed(0)}× as long as wasm.`,
  );
}

/**
 * Single kernels against what bounds them. `node bench/run.mjs --only kernels`
 *
 * GMAC/s counts one pattern bit (or coupling, or component) times one neuron as one multiply-add. The comment on each
 * family says what the recipe cannot do without; its time at this machine's measured limits is 100 %.
 */
import { randomPatterns } from './inputs.mjs';
import { openKernels } from './kernel-desk.mjs';
import { Limits } from './limits.mjs';
import { consume, time } from './measure.mjs';
import { VECTOR_SIZES, attentionKernels } from './kernels/attention.mjs';
import { couplingKernels } from './kernels/couplings.mjs';
import { dynamicsKernels } from './kernels/dynamics.mjs';
import { patternKernels } from './kernels/patterns.mjs';
import { realKernels } from './kernels/reals.mjs';
import { tensorKernels } from './kernels/tensors.mjs';

/**
 * @typedef {object} Case
 * @property {string} kernel
 * @property {string} size
 * @property {() => unknown} run
 * @property {() => void} [before] untimed, before each run
 * @property {number} [per] how many things one run does; everything below is for one of them
 * @property {number} [products] multiply-adds
 * @property {number} [bytes] bytes handled, where there are no products
 * @property {string} bound
 * @property {number} limit milliseconds at the machine's limit
 */

/** @param {import('./report.mjs').Report} report */
export async function kernels(report) {
  const limits = await Limits.measure();
  report.limits.push(...limits.lines());
  const sizes = [
    [1024, 100],
    [4096, 400],
    [16384, 2293],
  ];
  for (const [neurons, count] of sizes) {
    const patterns = randomPatterns(neurons, count);
    const families = [patternKernels, couplingKernels, dynamicsKernels, realKernels];
    for (const family of families) {
      const desk = openKernels();
      for (const one of family(desk, patterns, neurons, limits)) await measure(report, one);
    }
  }
  for (const one of tensorKernels(openKernels(), limits)) await measure(report, one);
  for (const [count, width] of VECTOR_SIZES) {
    const desk = openKernels();
    for (const one of attentionKernels(desk, count, width, limits)) await measure(report, one);
  }
}

/** @param {Case} one */
async function measure(
  report,
  { kernel, size, run, before, per = 1, products, bytes, bound, limit },
) {
  report.progress(`${kernel}, ${size}`);
  // A sample of some tens of microseconds, so that the clock does not matter.
  let repeat = 1;
  if (!before) {
    const start = performance.now();
    for (let k = 0; k < 10; k++) consume(Number(run() ?? 0));
    repeat = Math.max(1, Math.ceil(0.5 / (performance.now() - start)));
  }
  const timing = await time({
    run: () => {
      for (let k = 0; k < repeat; k++) consume(Number(run() ?? 0));
    },
    before,
    per: per * repeat,
    time: 150,
  });
  const { min } = timing;
  report.keep(`${kernel}, ${size}`, timing);
  const rate = products ? `${(products / min / 1e6).toFixed(1)} GMAC/s` : '';
  const speed = bytes ? `${(bytes / min / 1e6).toFixed(1)} GB/s` : rate;
  report.kernels.push({ kernel, size, time: min, rate: speed, bound, limit });
}

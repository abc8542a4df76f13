/** Of a stored pattern's bits, ½ erfc(√(N/2P)) are wrong after one step. */
import { expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { erfc } from '../../src/experiments/theory/gaussian.ts';

test.each([
  [0.1385, 0.0036],
  [0.1848, 0.01],
  [0.3, undefined],
  [0.6, undefined],
])('P/N = %d', (load, figure) => {
  const neurons = 1000;
  const count = Math.round(load * neurons);
  const predicted = erfc(Math.sqrt(neurons / (2 * count))) / 2;
  if (figure) expect(predicted).toBeCloseTo(figure, 3);
  const random = new Random(1);
  const patterns = Array.from({ length: count }, () => random.signs(neurons));
  const network = new HopfieldNetwork(neurons).store(patterns);
  const { flips } = network.recallMany(patterns, { update: 'synchronous', maxSweeps: 1, seed: 1 });
  const wrong = flips.reduce((sum, n) => sum + n, 0);
  const bits = neurons * count;
  // Five deviations, and 3 % for finite size: ties, and one pattern that makes no noise.
  const play = 5 * Math.sqrt(bits * predicted) + 0.03 * bits * predicted;
  expect(Math.abs(wrong - bits * predicted)).toBeLessThan(play);
});

/** Below α_c = 0.138 the network stays near a stored pattern, as near as theory says; above, it does not. */
import { expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { retrieval } from '../../src/experiments/theory/hebbian.ts';

const NEURONS = 2000;

/** The mean overlap of the states that stored patterns fall into with these patterns. */
function meanOverlap(load: number): number {
  const random = new Random(2);
  const patterns = Array.from({ length: load * NEURONS }, () => random.signs(NEURONS));
  const network = new HopfieldNetwork(NEURONS).store(patterns);
  const cues = patterns.slice(0, 30);
  const { states, converged } = network.recallMany(cues, { seed: 1 });
  expect(converged.every((yes) => yes === 1)).toBe(true);
  const overlaps = cues.map(
    (_, k) => network.overlaps(states.subarray(k * NEURONS, (k + 1) * NEURONS))[k],
  );
  return overlaps.reduce((sum, m) => sum + m, 0) / cues.length;
}

test.each([0.06, 0.08, 0.1, 0.12])('load %d', (load) => {
  expect(Math.abs(meanOverlap(load) - retrieval(load)!.m)).toBeLessThan(0.002);
});

test.each([0.18, 0.2])('load %d: lost', (load) => {
  expect(meanOverlap(load)).toBeLessThan(0.6);
});

test('the capacity that is reported', () => {
  const { capacity } = new HopfieldNetwork(NEURONS);
  expect(capacity).toBeCloseTo(0.138 * NEURONS, 9);
});

/** After 0.6 N patterns Hebb knows none, at a mean overlap of 0.30; the palimpsest knows the last 0.05 N. */
import { expect, test } from 'vitest';
import { collect } from './collect.ts';
import { forgetting } from '../../src/experiments/index.ts';

test('everything lost at once, or the oldest first', async () => {
  const [hebbian, palimpsest] = await collect(forgetting({ trials: 6, seed: 2 }));
  expect(hebbian.recovered.value).toBe(0);
  expect(Math.abs(hebbian.overlap.value - 0.3)).toBeLessThan(0.02);
  expect(Math.abs(palimpsest.recovered.value - 0.05)).toBeLessThan(0.007);
  for (const { age, overlap } of palimpsest.ages) {
    if (age < 0.03) expect(overlap.value).toBeGreaterThan(0.97);
    if (age > 0.08) expect(overlap.value).toBeLessThan(0.2);
  }
});

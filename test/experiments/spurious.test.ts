/** Shares of random starts at N = 500: 0.73 patterns or reverses and 0.26 mixtures of three at P = 3, and so on. */
import { expect, test } from 'vitest';
import { collect } from './collect.ts';
import { spurious } from '../../src/experiments/index.ts';

test('patterns, reverses and mixtures of three', async () => {
  const results = await collect(spurious({ patterns: [3, 10, 25], trials: 10, seed: 5 }));
  const shares = [
    [0.73, 0.26],
    [0.76, 0.1],
    [0.25, 0],
  ];
  for (const [k, result] of results.entries()) {
    const { stored, reversed, mixture, larger, other, restless } = result;
    expect(Math.abs(stored.value + reversed.value - shares[k][0])).toBeLessThan(0.07);
    expect(Math.abs(mixture.value - shares[k][1])).toBeLessThan(0.05);
    expect(Math.abs(stored.value - reversed.value)).toBeLessThan(
      4 * Math.hypot(stored.error!, reversed.error!),
    );
    const all = [stored, reversed, mixture, larger, other, restless];
    expect(all.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 12);
  }
  const [three] = results;
  expect(three.depth.pattern!.value).toBeCloseTo(-0.5, 2);
  expect(three.depth.mixture!.value).toBeCloseTo(-3 / 8, 2);
  // Three patterns, their reverses, and 2·4 signs of the mixture.
  expect(three.attractors.value).toBeLessThanOrEqual(14);
  expect(three.attractors.value).toBeGreaterThan(12);
});

/** Average of all rows, of a cluster, one row, as β grows; no row moves further than the bound of Ramsauer et al. */
import { expect, test } from 'vitest';
import { attention } from '../../src/experiments/index.ts';
import { collect } from './collect.ts';

test('metastable states', async () => {
  const results = await collect(attention({ betas: [1, 10, 150], trials: 4, seed: 6 }));
  const [small, middle, large] = results;
  expect(small.average.value).toBe(1);
  expect(small.rows.value).toBeGreaterThan(63.5);
  expect(middle.cluster.value).toBeGreaterThan(0.98);
  expect(Math.abs(middle.rows.value - 8)).toBeLessThan(0.8);
  expect(large.pattern.value).toBe(1);
  expect(large.rows.value).toBeLessThan(1.05);
  for (const { moved, bound, beyond } of results) {
    expect(beyond).toBe(0);
    expect(moved.value).toBeLessThan(bound.value);
  }
  expect(large.bound.value).toBeLessThan(0.01);
});

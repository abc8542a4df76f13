/** At 0.4 N patterns Hebb holds none. Dreams make them all stable, as projection does; unlearning too long destroys them. */
import { expect, test } from 'vitest';
import { collect } from './collect.ts';
import { dreams } from '../../src/experiments/index.ts';

test('daydreaming, unlearning, projection', async () => {
  const options = { neurons: 60, epochs: [0, 1, 25, 100], trials: 4, seed: 2 };
  const results = await collect(dreams(options));
  const [daydreaming, unlearning, projection] = results.map(({ curve }) =>
    curve.map(({ stable }) => stable.value),
  );
  expect(daydreaming[0]).toBeLessThan(0.1);
  expect(unlearning[0]).toBeLessThan(0.1);
  expect(daydreaming[3]).toBeGreaterThan(0.97);
  expect(unlearning[2]).toBeGreaterThan(0.9);
  expect(unlearning[3]).toBeLessThan(0.1);
  expect(projection).toEqual([1]);
  const basins = results.map(({ curve }) => curve.at(-1)!.recovered.value);
  expect(basins[0]).toBeGreaterThan(0.8);
  expect(basins[2]).toBeGreaterThan(0.8);
});

/** The covariance rule of sparse patterns (Tsodyks & Feigelman 1988) against its definition. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/index.ts';
import { BACKENDS, build } from './cases.ts';
import { covariance, distance, energy, fields, plain, rows } from './oracle.ts';

function sparse(random: Random, neurons: number, active: number): Int8Array {
  const pattern = new Int8Array(neurons);
  for (const i of random.sample(neurons, active)) pattern[i] = 1;
  return pattern;
}

describe.each(BACKENDS)('%s', (backend) => {
  test('couplings, fields and energies', () => {
    const random = new Random(141);
    for (const activity of [0.1, 0.25, 0.5, 0.9]) {
      const patterns = Array.from({ length: 9 }, () =>
        sparse(random, 30, Math.round(30 * activity)),
      );
      const network = build(30, { rule: { name: 'covariance', activity }, backend }, patterns);
      expect(network.units).toBe('binary');
      const W = covariance(patterns.map(plain), 30, activity);
      expect(distance(rows(network.couplings, 30), W)).toBeLessThan(1e-6);
      const theta = plain(network.thresholds);
      for (const t of theta) expect(t).toBeCloseTo(0.5 - activity, 12);
      const state = plain(sparse(random, 30, 10));
      const h = fields(W, state, theta);
      for (const [i, value] of network.fields(state).entries()) expect(value).toBeCloseTo(h[i], 6);
      expect(network.energy(state)).toBeCloseTo(energy(W, state, theta), 5);
    }
  });

  test('the threshold can be chosen', () => {
    const rule = { name: 'covariance', activity: 0.2, threshold: -1.5 } as const;
    const network = build(5, { rule, backend }, []);
    expect([...network.thresholds]).toEqual([-1.5, -1.5, -1.5, -1.5, -1.5]);
    expect(network.rule).toEqual(rule);
  });

  test('a single pattern: on-units have field (1 − f) − θ, off-units −f − θ', () => {
    const pattern = sparse(new Random(142), 200, 20);
    const network = build(200, { rule: { name: 'covariance', activity: 0.1 }, backend }, [pattern]);
    for (const [i, h] of network.fields(pattern).entries()) {
      // But for the neuron's own share in its field.
      expect(h).toBeCloseTo(pattern[i] ? 0.9 - 0.4 - 0.045 : -0.1 - 0.4, 6);
    }
    expect(network.isFixedPoint(pattern)).toBe(true);
  });
});

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
      for (const t of theta) expect(t).toBeCloseTo(0.6 - 1.2 * activity, 12);
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
      expect(h).toBeCloseTo(pattern[i] ? 0.9 - 0.48 - 0.045 : -0.1 - 0.48, 6);
    }
    expect(network.isFixedPoint(pattern)).toBe(true);
  });

  // Noise in the fields is as strong as σ = √(αf), and there are (1 − f)/f silent neurons for an active one: halfway
  // between both, at ½ − f, too many of those wake up.
  test.each([
    [0.05, 0.6],
    [0.1, 0.43],
  ])('active %d, load %d: more comes back than with a threshold of ½ − f', (activity, load) => {
    const neurons = 400;
    const random = new Random(143);
    const patterns = Array.from({ length: load * neurons }, () =>
      sparse(random, neurons, activity * neurons),
    );
    const cosine = (threshold?: number) => {
      const rule = { name: 'covariance', activity, threshold } as const;
      const network = build(neurons, { rule, backend }, patterns);
      const some = patterns.slice(0, 25);
      return (
        some.reduce((sum, pattern, seed) => {
          const { state } = network.recall(pattern, { seed });
          const both = state.filter((value, i) => value && pattern[i]).length;
          const on = state.filter(Boolean).length;
          return sum + both / Math.sqrt(Math.max(1, on) * activity * neurons);
        }, 0) / some.length
      );
    };
    expect(cosine()).toBeGreaterThan(cosine(0.5 - activity) + 0.02);
  });
});

/** Diederich & Opper (1987): the projection with a diagonal, W_ij/(1 − W_ii) of it without. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/index.ts';
import { BACKENDS, build, randomStates } from './cases.ts';
import { distance, multiply, plain, projection, rows, transform } from './oracle.ts';

describe.each(BACKENDS)('%s', (backend) => {
  const rule = { name: 'diederich-opper', tolerance: 1e-9 } as const;

  test('converges to its limits', () => {
    const random = new Random(131);
    for (const [neurons, count] of [
      [12, 3],
      [25, 8],
      [40, 12],
    ]) {
      const patterns = randomStates(random, neurons, count);
      const P = projection(patterns.map(plain), neurons);
      const own = build(neurons, { rule, selfCoupling: true, backend }, patterns);
      expect(own.learning?.converged).toBe(true);
      expect(distance(rows(own.couplings, neurons), P)).toBeLessThan(1e-5);
      const none = build(neurons, { rule, backend }, patterns);
      expect(none.learning?.converged).toBe(true);
      const limit = transform(P, (w, i, j) => (i === j ? 0 : w / (1 - P[i][i])));
      expect(distance(rows(none.couplings, neurons), limit)).toBeLessThan(1e-4);
      for (const pattern of patterns) {
        const h = multiply(rows(none.couplings, neurons), plain(pattern));
        for (const [i, value] of pattern.entries()) expect(h[i]).toBeCloseTo(value, 4);
      }
    }
  });

  test('stops within its tolerance, and says when it did not', () => {
    const random = new Random(132);
    const patterns = randomStates(random, 30, 10);
    const coarse = build(30, { rule: { ...rule, tolerance: 0.05 }, backend }, patterns);
    const fine = build(30, { rule, backend }, patterns);
    expect(coarse.learning!.epochs).toBeLessThan(fine.learning!.epochs);
    for (const pattern of patterns) {
      const h = multiply(rows(coarse.couplings, 30), plain(pattern));
      for (const [i, value] of pattern.entries()) expect(Math.abs(h[i] - value)).toBeLessThan(0.2);
    }
    const short = build(30, { rule: { ...rule, maxEpochs: 3 }, backend }, patterns);
    expect(short.learning).toEqual({ converged: false, epochs: 3 });
  });

  test('one pattern, in one step: ξ_i ξ_j/N with a diagonal', () => {
    const [pattern] = randomStates(new Random(133), 8, 1);
    const network = build(8, { rule, selfCoupling: true, backend }, [pattern]);
    expect(network.learning).toEqual({ converged: true, epochs: 2 });
    expect([...network.couplings]).toEqual(
      Array.from({ length: 64 }, (_, k) => (pattern[k >> 3] * pattern[k & 7]) / 8),
    );
  });
});

/** The projection rule: W projects on the span of the patterns, however they depend on each other. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { BACKENDS, build, randomStates, symmetricMatrix } from './cases.ts';
import { distance, multiply, plain, projection, rows, transform } from './oracle.ts';

const negated = (pattern: Int8Array) => pattern.map((value) => -value);

describe.each(BACKENDS)('%s', (backend) => {
  const make = (neurons: number, patterns: Int8Array[], selfCoupling = true) =>
    build(neurons, { rule: 'projection', selfCoupling, backend }, patterns);

  test('is the projector on the patterns', () => {
    const random = new Random(111);
    for (const [neurons, count] of [
      [1, 1],
      [5, 2],
      [16, 9],
      [30, 29],
      [33, 3],
    ]) {
      const patterns = randomStates(random, neurons, count);
      const W = projection(patterns.map(plain), neurons);
      const kept = rows(make(neurons, patterns).couplings, neurons);
      expect(distance(kept, W)).toBeLessThan(1e-6);
      for (const pattern of patterns) {
        const image = multiply(kept, plain(pattern));
        for (const [i, value] of pattern.entries()) expect(image[i]).toBeCloseTo(value, 5);
      }
      const zeroed = rows(make(neurons, patterns, false).couplings, neurons);
      expect(
        distance(
          zeroed,
          transform(W, (w, i, j) => (i === j ? 0 : w)),
        ),
      ).toBeLessThan(1e-6);
    }
  });

  test('repeated, negated and otherwise dependent patterns change nothing', () => {
    const random = new Random(112);
    const [a, b, c] = randomStates(random, 20, 3);
    // ½(a + b + c − abc) is one of ±1 wherever a, b, c are: dependent on them and abc.
    const product = a.map((value, i) => value * b[i] * c[i]);
    const majority = a.map((value, i) => (value + b[i] + c[i] - product[i]) / 2);
    const expected = make(20, [a, b, c, product]).couplings;
    for (const patterns of [
      [a, b, c, product, a, b],
      [a, negated(a), b, negated(b), c, product],
      [a, b, c, product, majority],
      [majority, c, product, a, b],
    ]) {
      const { couplings } = make(20, patterns);
      const error = couplings.map((w, k) => Math.abs(w - expected[k]));
      expect(Math.max(...error)).toBeLessThan(1e-6);
    }
  });

  test('at rank N nothing is left beside the diagonal, exactly', () => {
    const random = new Random(113);
    for (const neurons of [1, 2, 7, 24]) {
      const patterns = randomStates(random, neurons, 4 * neurons + 8);
      const without = make(neurons, patterns, false);
      expect(without.couplings.every((w) => w === 0)).toBe(true);
      expect(without.isFixedPoint(random.signs(neurons))).toBe(true);
      const { couplings } = make(neurons, patterns);
      expect(couplings.every((w, k) => w === (k % (neurons + 1) === 0 ? 1 : 0))).toBe(true);
    }
  });

  test('on top of given couplings, a new pattern becomes an eigenvector', () => {
    const random = new Random(114);
    const start = symmetricMatrix(random, 15, 0.5);
    const patterns = randomStates(random, 15, 2);
    const network = HopfieldNetwork.fromCouplings(start, { rule: 'projection', backend });
    for (const pattern of patterns) {
      network.store(pattern);
      const image = multiply(rows(network.couplings, 15), plain(pattern));
      for (const [i, value] of pattern.entries()) expect(image[i]).toBeCloseTo(value, 4);
    }
  });
});

/** The perceptron rule: every stability above the margin, or an honest report that it is not. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random, type Rule } from '../../src/index.ts';
import { BACKENDS, build, flipped, randomStates, reals } from './cases.ts';
import { rows } from './oracle.ts';

/** min ξ_i h_i/‖w_i‖ over neurons and patterns. */
function smallestStability(network: HopfieldNetwork): number {
  const { neurons } = network;
  const W = rows(network.couplings, neurons);
  let least = Infinity;
  for (const pattern of network.patterns) {
    for (const [i, row] of W.entries()) {
      const h = row.reduce((sum, w, j) => sum + w * pattern[j], 0);
      const norm = Math.sqrt(row.reduce((sum, w) => sum + w * w, 0));
      least = Math.min(least, (pattern[i] * h) / norm);
    }
  }
  return least;
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each([0, 0.5, 1])('margin %d', (margin) => {
    const random = new Random(121);
    for (const [neurons, count] of [
      [5, 1],
      [20, 4],
      [50, 12],
      [60, 15],
    ]) {
      const rule: Rule = { name: 'perceptron', margin };
      const network = build(neurons, { rule, backend }, randomStates(random, neurons, count));
      expect(network.learning?.converged).toBe(true);
      expect(network.learning?.epochs).toBeGreaterThan(0);
      expect(smallestStability(network)).toBeGreaterThan(margin - 1e-5);
      for (const pattern of network.patterns) expect(network.isFixedPoint(pattern)).toBe(true);
      expect(network.couplings.every((w, k) => k % (neurons + 1) !== 0 || w === 0)).toBe(true);
      // N·w is a whole number.
      expect(
        network.couplings.every((w) => Math.abs(w * neurons - Math.round(w * neurons)) < 1e-4),
      ).toBe(true);
    }
  });

  test('reports what cannot be learnt', () => {
    const random = new Random(122);
    const [pattern] = randomStates(random, 10, 1);
    const rule: Rule = { name: 'perceptron', maxEpochs: 40 };
    // The same fields, opposite values of neuron 3.
    const contradictory = build(10, { rule, backend }, [
      pattern,
      pattern.map((v, i) => (i === 3 ? -v : v)),
    ]);
    expect(contradictory.learning).toEqual({ converged: false, epochs: 40 });
    const many = build(10, { rule, backend }, randomStates(random, 10, 60));
    expect(many.learning).toEqual({ converged: false, epochs: 40 });
    const steep = build(
      30,
      { rule: { name: 'perceptron', margin: 3, maxEpochs: 100 }, backend },
      randomStates(random, 30, 10),
    );
    expect(steep.learning?.converged).toBe(false);
    expect(smallestStability(steep)).toBeLessThan(3);
  });

  test('learns more on top of what it knows, and of given couplings with a diagonal', () => {
    const random = new Random(123);
    const matrix = Array.from({ length: 20 }, () => reals(random, 20, 2));
    for (const network of [
      new HopfieldNetwork(20, { rule: 'perceptron', backend }),
      HopfieldNetwork.fromCouplings(matrix, { rule: 'perceptron', backend }),
    ]) {
      const given = network.couplings;
      for (const pattern of randomStates(random, 20, 6)) {
        network.store(pattern);
        expect(network.learning?.converged).toBe(true);
        expect(smallestStability(network)).toBeGreaterThan(0);
      }
      for (const pattern of network.patterns) expect(network.isFixedPoint(pattern)).toBe(true);
      for (let i = 0; i < 20; i++) expect(network.couplings[21 * i]).toBeCloseTo(given[21 * i], 6);
    }
  });

  test('what it says converged is above the margin, on given couplings as well', () => {
    const random = new Random(125);
    const rule: Rule = { name: 'perceptron', margin: 0.5 };
    let converged = 0;
    for (const [neurons, count, size] of [
      [7, 2, 3],
      [20, 5, 0.2],
      [33, 8, 1],
      [40, 6, 20],
    ]) {
      const matrix = Array.from({ length: neurons }, () => reals(random, neurons, size));
      for (const [i, row] of matrix.entries()) row[i] = 0;
      const network = HopfieldNetwork.fromCouplings(matrix, { rule, backend });
      for (let round = 0; round < 2; round++) {
        network.store(randomStates(random, neurons, count));
        if (!network.learning?.converged) continue;
        converged++;
        expect(smallestStability(network)).toBeGreaterThan(0.5 - 1e-5);
      }
    }
    expect(converged).toBeGreaterThan(4);
  });

  test('asymmetric couplings recall, and may end unconverged', () => {
    const random = new Random(124);
    const patterns = randomStates(random, 60, 60);
    const network = build(60, { rule: { name: 'perceptron', margin: 0.2 }, backend }, patterns);
    const [pattern] = patterns;
    const { state, converged } = network.recall(flipped(pattern, 1, random), { seed: 1 });
    if (converged) expect(network.isFixedPoint(state)).toBe(true);
    const W = rows(network.couplings, 60);
    expect(W.some((row, i) => row.some((w, j) => w !== W[j][i]))).toBe(true);
  });
});

/** Minimal overlap: the formula, the stability that it says it reached, and how near the largest possible that is. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random, type Rule } from '../../src/index.ts';
import { BACKENDS, build, randomStates } from './cases.ts';
import { rows } from './oracle.ts';

/** ξ_i h_i of all neurons and patterns, and those divided by ‖w_i‖. */
function held(network: HopfieldNetwork) {
  const W = rows(network.couplings, network.neurons);
  const all = network.patterns.flatMap((pattern) =>
    W.map((row, i) => {
      const h = pattern[i] * row.reduce((sum, w, j) => sum + w * pattern[j], 0);
      return { h, stability: h / Math.sqrt(row.reduce((sum, w) => sum + w * w, 0)) };
    }),
  );
  return {
    least: Math.min(...all.map(({ h }) => h)),
    stability: Math.min(...all.map(({ stability }) => stability)),
  };
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each([0, 1, 5, 20])(
    'minimum %d: all fields above it, the stability as reported',
    (minimum) => {
      const random = new Random(131);
      for (const [neurons, count] of [
        [8, 1],
        [20, 4],
        [50, 20],
      ]) {
        const rule: Rule = { name: 'minimal-overlap', minimum };
        const network = build(neurons, { rule, backend }, randomStates(random, neurons, count));
        expect(network.learning?.converged).toBe(true);
        const { least, stability } = held(network);
        expect(least).toBeGreaterThan(minimum - 1e-5);
        expect(network.learning?.stability).toBeCloseTo(stability, 5);
        for (const pattern of network.patterns) expect(network.isFixedPoint(pattern)).toBe(true);
        expect(network.couplings.every((w, k) => k % (neurons + 1) !== 0 || w === 0)).toBe(true);
        const copy = HopfieldNetwork.load(network.save(), { backend });
        expect(copy.learning).toEqual(network.learning);
        expect(copy.save()).toEqual(network.save());
      }
    },
  );

  test('what cannot be learnt is said, with the stability that there is', () => {
    const [pattern] = randomStates(new Random(132), 10, 1);
    const rule: Rule = { name: 'minimal-overlap', maxEpochs: 30 };
    const contradictory = build(10, { rule, backend }, [
      pattern,
      pattern.map((v, i) => (i === 3 ? -v : v)),
    ]);
    const { converged, epochs, stability } = contradictory.learning!;
    expect({ converged, epochs }).toEqual({ converged: false, epochs: 30 });
    expect(stability).toBeLessThanOrEqual(0);
  });
});

test('more is asked, more is reached: towards the largest stability, which a perceptron with that margin still learns', () => {
  const patterns = randomStates(new Random(133), 60, 30);
  const reached = [0, 1, 10, 100].map((minimum) => {
    const { learning } = build(60, { rule: { name: 'minimal-overlap', minimum } }, patterns);
    expect(learning?.converged).toBe(true);
    return learning!.stability!;
  });
  expect(reached[1]).toBeGreaterThan(reached[0]);
  expect(reached[2]).toBeGreaterThan(reached[1]);
  expect(reached[3]).toBeGreaterThan(reached[2]);
  const learns = (margin: number) =>
    build(60, { rule: { name: 'perceptron', margin, maxEpochs: 5000 } }, patterns).learning!
      .converged;
  expect(learns(0.97 * reached[3])).toBe(true);
  expect(learns(1.03 * reached[3])).toBe(false);
});

test('N/2 random patterns: the largest stability of a neuron is about 1 (Gardner 1988)', () => {
  const network = build(
    200,
    { rule: { name: 'minimal-overlap', minimum: 30 } },
    randomStates(new Random(134), 200, 100),
  );
  const W = rows(network.couplings, 200);
  const each = W.map((row, i) => {
    const norm = Math.sqrt(row.reduce((sum, w) => sum + w * w, 0));
    return Math.min(
      ...network.patterns.map((p) => (p[i] * row.reduce((sum, w, j) => sum + w * p[j], 0)) / norm),
    );
  });
  const mean = each.reduce((a, b) => a + b, 0) / 200;
  // α_c(κ) = 1/∫ Dt (t + κ)² over t > −κ: κ(½) = 1.01. Neurons of N = 200 scatter by some percent about it.
  expect(mean).toBeGreaterThan(0.93);
  expect(mean).toBeLessThan(1.07);
  expect(network.learning!.stability).toBeCloseTo(Math.min(...each), 5);
});

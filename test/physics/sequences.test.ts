/**
 * What is known of sequences of random patterns: bit errors of a transition from the exact moments of overlaps, how long slow
 * ones dwell, and the overlap that replays of 'linear' settle at (Düring, Coolen & Sherrington 1998).
 */
import { describe, expect, test } from 'vitest';
import {
  exponential,
  polynomial,
  Random,
  SequenceMemory,
  type SequenceSeparation,
} from '../../src/index.ts';
import { erf, erfc } from '../../src/experiments/theory/gaussian.ts';

/** Moments of the sum of L fair signs: of the second, fourth and sixth power. */
const moment = (n: number, L: number) =>
  [L, 3 * L * L - 2 * L, 15 * L ** 3 - 30 * L * L + 16 * L][n - 1];

/** Signal (N − 1)ⁿ against the noise of P − 1 others: Φ(−√((N − 1)²ⁿ/((P − 1) μ₂ₙ))). */
const errorRate = (n: number, neurons: number, patterns: number) =>
  0.5 * erfc(Math.sqrt((neurons - 1) ** (2 * n) / ((patterns - 1) * moment(n, neurons - 1)) / 2));

test.each([
  [1, 100, 20, 500, 0.01123],
  [2, 100, 600, 60, 0.00956],
  [3, 40, 1000, 60, 0.0206],
])('bit errors, f = x^%d, N = %d, P = %d', (n, neurons, count, networks, known) => {
  const expected = errorRate(n, neurons, count);
  expect(expected).toBeCloseTo(known, 4);
  const separation = n === 1 ? 'linear' : polynomial(n);
  const rates = Array.from({ length: networks }, (_, seed) => {
    const patterns = new Random(seed, n).signs(neurons * count);
    const memory = new SequenceMemory(neurons, { separation });
    memory.store(patterns, { cyclic: true });
    let errors = 0;
    for (let k = 0; k < 20; k++) {
      const at = (index: number) =>
        patterns.subarray((index % count) * neurons, ((index % count) + 1) * neurons);
      const wanted = at(k + 1);
      memory.next(at(k)).forEach((s, i) => (errors += Number(s !== wanted[i])));
    }
    return errors / (20 * neurons);
  });
  const mean = rates.reduce((a, b) => a + b, 0) / networks;
  const variance = rates.reduce((a, b) => a + (b - mean) ** 2, 0) / (networks - 1);
  const error = Math.sqrt(variance / networks);
  // Without the exact moments, Φ(−√(N/P)) is 13 % off for n = 1: outside.
  expect(Math.abs(mean - expected)).toBeLessThan(3 * error + 0.02 * expected);
  if (n === 1) expect(3 * error).toBeLessThan(0.09 * expected);
});

/** α at which the overlap is erf y: (m/y)²(1 − C²)/2, C = (2/√π) y e^(−y²)/m. */
function loadAt(y: number): number {
  const m = erf(y);
  const C = ((2 / Math.sqrt(Math.PI)) * y * Math.exp(-y * y)) / m;
  return ((m / y) ** 2 * (1 - C * C)) / 2;
}

test('replays of f = x settle on the curve that ends at α = 0.269', () => {
  let critical = 0.5;
  for (let y = 0.5; y < 3; y += 1e-3) if (loadAt(y) > loadAt(critical)) critical = y;
  expect(loadAt(critical)).toBeCloseTo(0.2691, 3);
  expect(erf(critical)).toBeCloseTo(0.835, 2);
  const overlap = (alpha: number) => {
    let [low, high] = [critical, 20];
    for (let k = 0; k < 60; k++) {
      const y = (low + high) / 2;
      if (loadAt(y) > alpha) low = y;
      else high = y;
    }
    return erf(low);
  };
  expect(overlap(0.2)).toBeCloseTo(0.966, 2);
  const neurons = 2000;
  const found = (alpha: number, seeds: number) => {
    let sum = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const count = alpha * neurons;
      const patterns = new Random(seed).signs(neurons * count);
      const memory = new SequenceMemory(neurons, { separation: 'linear' });
      memory.store(patterns, { cyclic: true });
      let state = patterns.subarray(0, neurons);
      for (const step of memory.recall(state, { steps: 100 })) ({ state } = step);
      state.forEach((s, i) => (sum += s * patterns[(100 % count) * neurons + i]));
    }
    return sum / neurons / seeds;
  };
  expect(Math.abs(found(0.2, 4) - overlap(0.2))).toBeLessThan(0.012);
  expect(Math.abs(found(0.24, 4) - overlap(0.24))).toBeLessThan(0.02);
  expect(found(0.3, 2)).toBeLessThan(0.1);
});

/** How long each pattern is held, and how many states were no pattern at all. */
function replay(
  separation: SequenceSeparation,
  hold: number,
  strength: number,
  neurons: number,
  count: number,
) {
  const patterns = new Random(7).signs(neurons * count);
  const memory = new SequenceMemory(neurons, { separation, hold, strength }).store(patterns);
  const runs: number[] = [];
  let unclean = 0;
  let last = -1;
  for (const { match, position } of memory.recall(patterns.subarray(0, neurons))) {
    if (match!.overlap !== 1) unclean++;
    if (position!.index === last) runs[runs.length - 1]++;
    else runs.push(1);
    last = position!.index;
  }
  return { runs: runs.slice(0, -1), unclean, dwell: memory.dwell, last };
}

describe('slow sequences', () => {
  test.each([
    [polynomial(2), 1.1, 4, 4],
    [polynomial(2), 1.1, 5, 5],
    [polynomial(2), 1.1, 8, 8],
    [polynomial(2), 1.1, 12, 12],
    [polynomial(2), 2.5, 5, 4],
    [polynomial(5), 2.5, 5, 5],
    [polynomial(3), 4, 8, 6],
    [exponential(20), 1.1, 6, 6],
    [exponential(20), 4, 6, 6],
  ])('%o, λ = %d, τ = %d: every pattern for %d steps, and none between', (f, strength, hold, k) => {
    const { runs, unclean, dwell } = replay(f, hold, strength, 500, 10);
    expect(dwell).toBe(k);
    expect(runs).toEqual(Array(9).fill(k));
    expect(unclean).toBe(0);
  });

  test('N = 100, P = 40, τ = 5, λ = 2.5: x loses the way, x² and x¹⁰ do not', () => {
    const flat = replay('linear', 5, 2.5, 100, 40);
    expect(flat.runs.length).toBeLessThan(5);
    expect(flat.unclean).toBeGreaterThan(190);
    const square = replay(polynomial(2), 5, 2.5, 100, 40);
    expect(square.runs).toHaveLength(39);
    expect(square.runs.every((steps) => steps === 3 || steps === 4)).toBe(true);
    const steep = replay(polynomial(10), 5, 2.5, 100, 40);
    expect(steep).toMatchObject({ runs: Array(39).fill(5), unclean: 0, last: 39 });
  });

  test('λ f(1) below f(1): nothing ever goes on', () => {
    const { runs, last, dwell } = replay(polynomial(3), 4, 0.8, 300, 6);
    expect(dwell).toBe(Infinity);
    expect(runs).toEqual([]);
    expect(last).toBe(0);
  });
});

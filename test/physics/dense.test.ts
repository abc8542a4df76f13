/** What dense memories hold and classical ones cannot. */
import { expect, test } from 'vitest';
import {
  DenseAssociativeMemory,
  exponential,
  HopfieldNetwork,
  polynomial,
  Random,
} from '../../src/index.ts';
import { erfc } from '../../src/experiments/theory/gaussian.ts';

function randomPatterns(seed: number, neurons: number, count: number): Int8Array[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.signs(neurons));
}

/**
 * n = 3: with pattern 1 as state, s_i h_i = Σ over patterns of a signal near 6N² and noise of variance
 * (P − 1)·Var(6m² + 8 − …) ≈ 108 P N², so a neuron errs with probability Φ(−√(N²/3P)) (Krotov & Hopfield 2016, eq. 6:
 * (2n − 3)!! = 3).
 */
test.each([
  [64, 700, 40],
  [96, 1600, 40],
  [128, 3600, 30],
])('bit errors of n = 3 with N = %i, P = %i', (neurons, count, probes) => {
  const patterns = randomPatterns(neurons, neurons, count);
  const memory = new DenseAssociativeMemory(neurons, { separation: polynomial(3) }).store(patterns);
  let wrong = 0;
  for (let k = 0; k < probes; k++) {
    const fields = memory.fields(patterns[k]);
    fields.forEach((h, i) => {
      if (h * patterns[k][i] < 0) wrong++;
    });
  }
  const rate = wrong / (probes * neurons);
  const expected = 0.5 * erfc(Math.sqrt(neurons ** 2 / (3 * count)) / Math.SQRT2);
  // Errors within a pattern are weakly correlated; the finite size shifts the rate by a relative O(1/N) of its exponent.
  const statistical = 4 * Math.sqrt(expected / (probes * neurons));
  expect(Math.abs(rate - expected)).toBeLessThan(statistical + 0.15 * expected);
});

test('the exponential memory recalls a load that no classical rule holds', () => {
  const patterns = randomPatterns(3, 64, 2000);
  const memory = new DenseAssociativeMemory(64, { separation: exponential() }).store(patterns);
  const random = new Random(4);
  const cues = patterns.slice(0, 100).map((pattern) => {
    const cue = pattern.slice();
    for (const i of random.sample(64, 6)) cue[i] = -cue[i];
    return cue;
  });
  const { matches } = memory.recallMany(cues, { seed: 1 });
  const right = matches.overlaps.filter((m, k) => m === 1 && matches.indices[k] === k).length;
  expect(right).toBeGreaterThanOrEqual(99);
  const hebb = new HopfieldNetwork(64).store(patterns);
  expect(patterns.slice(0, 100).filter((pattern) => hebb.isFixedPoint(pattern)).length).toBe(0);
});

test('a higher degree holds more', () => {
  const patterns = randomPatterns(5, 60, 400);
  const stable = [2, 3, 4, 5].map((degree) => {
    const memory = new DenseAssociativeMemory(60, { separation: polynomial(degree) });
    memory.store(patterns);
    return patterns.filter((pattern) => memory.isFixedPoint(pattern)).length;
  });
  expect(stable[0]).toBe(0);
  for (let k = 1; k < stable.length; k++) {
    expect(stable[k]).toBeGreaterThanOrEqual(stable[k - 1]);
  }
  expect(stable[3]).toBeGreaterThan(390);
});

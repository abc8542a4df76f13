/** A match only where it is beyond what chance reaches: the binomial tail, and random states. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DenseAssociativeMemory, HopfieldNetwork, Random } from '../../src/index.ts';
import { chanceOverlap } from '../../src/models/match.ts';
import { BACKENDS, flipped, randomStates } from './cases.ts';

/** P(|m| > t) of N fair coins, from exact binomial coefficients. */
function beyond(neurons: number, t: number): number {
  let ways = 1n;
  let count = 0n;
  for (let up = 0; up <= neurons; up++) {
    if (Math.abs(2 * up - neurons) > t) count += ways;
    ways = (ways * BigInt(neurons - up)) / BigInt(up + 1);
  }
  return Number((count * 10n ** 30n) >> BigInt(neurons)) / 1e30;
}

test('it is the least overlap that the bound allows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0.01, max: 0.9999, noNaN: true }),
      (neurons, patterns, quantile) => {
        const t = chanceOverlap(neurons, patterns, quantile);
        expect(Math.abs(t - neurons) % 2).toBe(0);
        const most = (1 - quantile) / patterns;
        expect(beyond(neurons, t)).toBeLessThanOrEqual(most * (1 + 1e-9));
        if (t >= 2) expect(beyond(neurons, t - 2)).toBeGreaterThan(most * (1 - 1e-9));
      },
    ),
    { seed: 5, numRuns: 200 },
  );
  // The normal tail: P(|z| > 4.417) = 1e-5.
  expect(chanceOverlap(1_000_000, 1000, 0.99)).toBeGreaterThan(4410);
  expect(chanceOverlap(1_000_000, 1000, 0.99)).toBeLessThan(4424);
});

describe.each(BACKENDS)('%s', (backend) => {
  test('random states have a match as often as the quantile says, damaged patterns always', () => {
    const random = new Random(3);
    const neurons = 101;
    const patterns = randomStates(random, neurons, 20);
    const network = new HopfieldNetwork(neurons, { backend }).store(patterns);
    const cues = randomStates(random, neurons, 2000);
    // A clamped state stays as it is.
    const options = { clamp: Array(neurons).fill(true), seed: 1, quantile: 0.9 };
    const { matches, states } = network.recallMany(cues, options);
    const found = [...matches.indices].filter((index) => index >= 0).length;
    // P·P(|m| > t) with the t of N = 101, P = 20.
    const rate = 20 * beyond(neurons, chanceOverlap(neurons, 20, 0.9));
    expect(rate).toBeGreaterThan(0.05);
    expect(Math.abs(found / 2000 - rate)).toBeLessThan(0.02);
    const first = [...matches.indices].indexOf(-1);
    expect(matches.overlaps[first]).toBe(0);
    expect(
      network.recall(states.slice(neurons * first, neurons * (first + 1)), options).match,
    ).toBeUndefined();
    for (const [k, pattern] of patterns.entries()) {
      const cue = flipped(pattern, 20, random);
      expect(network.recall(cue, { ...options, quantile: 0.999 }).match!.index).toBe(k);
    }
    expect(network.recall(cues[first], { clamp: options.clamp }).match).toBeDefined();
  });

  test('minus a pattern is beyond chance, too; of a part that takes part, the part counts', () => {
    const memory = new DenseAssociativeMemory(40, { backend });
    const patterns = randomStates(new Random(4), 40, 6);
    memory.store(patterns);
    const clamp = Array(40).fill(1);
    const minus = patterns[2].map((s) => -s);
    expect(memory.recall(minus, { clamp, quantile: 0.99 }).match).toMatchObject({
      index: 2,
      overlap: -1,
    });
    const other = { clamp, quantile: 0.99, among: { indices: [0, 1] } };
    expect(memory.recall(minus, other).match).toBeUndefined();
    expect(
      new DenseAssociativeMemory(4).recall([1, 1, 1, 1], { quantile: 0.5 }).match,
    ).toBeUndefined();
  });
});

test('a quantile is above 0 and below 1', () => {
  const network = new HopfieldNetwork(3).store([1, 1, 1]);
  for (const quantile of [0, 1, NaN, -1]) {
    expect(() => network.recall([1, 1, 1], { quantile })).toThrow(RangeError);
  }
  expect(() => network.recallMany([[1, 1, 1]], { quantile: '0.9' as never })).toThrow(TypeError);
  expect(() => network.trajectory([1, 1, 1], { quantile: 0.9 } as never)).toThrow(TypeError);
});

/** What the other rules can do and Hebb's cannot. */
import { expect, test } from 'vitest';
import { HopfieldNetwork, Random, type NetworkOptions, type Rule } from '../../src/index.ts';

function randomPatterns(seed: number, neurons: number, count: number): Int8Array[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.signs(neurons));
}

/** The share of patterns that are exactly stable. */
function stable(neurons: number, options: NetworkOptions, patterns: Int8Array[]): number {
  const network = new HopfieldNetwork(neurons, options).store(patterns);
  return patterns.filter((pattern) => network.isFixedPoint(pattern)).length / patterns.length;
}

test('Storkey holds 0.25 N', () => {
  const patterns = randomPatterns(11, 200, 50);
  expect(stable(200, { rule: 'hebbian' }, patterns)).toBeLessThan(0.1);
  expect(stable(200, { rule: 'storkey' }, patterns)).toBe(1);
});

test('projection holds 0.7 N, and draws noisy patterns back at 0.3 N', () => {
  const patterns = randomPatterns(12, 200, 140);
  expect(stable(200, { rule: 'hebbian' }, patterns)).toBe(0);
  expect(stable(200, { rule: 'projection' }, patterns)).toBe(1);
  const some = patterns.slice(0, 60);
  const network = new HopfieldNetwork(200, { rule: 'projection' }).store(some);
  const random = new Random(13);
  const noisy = some.map((pattern) => {
    const cue = pattern.slice();
    for (const i of random.sample(200, 10)) cue[i] = -cue[i];
    return cue;
  });
  const { matches } = network.recallMany(noisy, { seed: 1 });
  const back = matches.overlaps.filter((m, k) => m === 1 && matches.indices[k] === k);
  expect(back.length).toBeGreaterThan(55);
});

test('the perceptron holds more than N', () => {
  const patterns = randomPatterns(14, 100, 130);
  for (const rule of ['hebbian', 'storkey'] as Rule[]) {
    expect(stable(100, { rule }, patterns)).toBeLessThan(0.2);
  }
  expect(stable(100, { rule: 'perceptron' }, patterns)).toBe(1);
});

test('the palimpsest remembers the last and forgets the first', () => {
  const patterns = randomPatterns(15, 400, 600);
  const recalled = (rule: Rule) => {
    const network = new HopfieldNetwork(400, { rule }).store(patterns);
    const { states } = network.recallMany(patterns, { seed: 1 });
    return patterns.map((_, k) => network.overlaps(states.subarray(k * 400, (k + 1) * 400))[k]);
  };
  const mean = (values: number[]) => values.reduce((sum, m) => sum + m, 0) / values.length;
  const fading = recalled('palimpsest');
  expect(mean(fading.slice(-8))).toBeGreaterThan(0.97);
  expect(mean(fading.slice(0, 400))).toBeLessThan(0.3);
  expect(mean(recalled('hebbian').slice(-8))).toBeLessThan(0.5);
});

test('the covariance rule holds 0.25 N sparse patterns', () => {
  const neurons = 800;
  const activity = 0.05;
  const random = new Random(16);
  const patterns = Array.from({ length: 200 }, () => {
    const pattern = new Int8Array(neurons);
    for (const i of random.sample(neurons, activity * neurons)) pattern[i] = 1;
    return pattern;
  });
  expect(stable(neurons, { units: 'binary' }, patterns)).toBe(0);
  expect(stable(neurons, { rule: { name: 'covariance', activity } }, patterns)).toBeGreaterThan(
    0.9,
  );
});

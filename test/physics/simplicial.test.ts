/** What connections of three neurons add. */
import { expect, test } from 'vitest';
import { Random, SimplicialHopfieldNetwork, type Connections } from '../../src/index.ts';
import { erfc } from '../../src/experiments/theory/gaussian.ts';

function randomPatterns(random: Random, neurons: number, count: number): Int8Array[] {
  return Array.from({ length: count }, () => random.signs(neurons));
}

/**
 * A neuron of a stored pattern is in S simplices, which all speak for it; of every other pattern each says ±1, and products
 * over different simplices are uncorrelated. So ξ_i h_i has mean S and variance (P − 1)·S, and errs with probability
 * Φ(−√(S/(P − 1))).
 */
test.each([
  [64, 2, 500],
  [100, 2, 1200],
  [100, 2, 1800],
  [40, 3, 2500],
])('bit errors of complete complexes: N = %i, D = %i, P = %i', (neurons, dimension, count) => {
  const patterns = randomPatterns(new Random(neurons, count), neurons, count);
  const network = new SimplicialHopfieldNetwork(neurons, { dimension }).store(patterns);
  let wrong = 0;
  const probes = 150;
  for (let k = 0; k < probes; k++) {
    network.fields(patterns[k]).forEach((h, i) => {
      if (h * patterns[k][i] < 0) wrong++;
    });
  }
  let signal = 0;
  for (let k = 1, choose = 1; k <= dimension; k++) {
    choose = (choose * (neurons - k)) / k;
    signal += choose;
  }
  const rate = wrong / (probes * neurons);
  const expected = 0.5 * erfc(Math.sqrt(signal / (count - 1)) / Math.SQRT2);
  const statistical = 4 * Math.sqrt(expected / (probes * neurons));
  expect(Math.abs(rate - expected)).toBeLessThan(statistical + 0.15 * expected);
});

/** Mean overlap of what is recalled from cues with `noise` neurons turned over. */
function quality(connections: Connections, patterns: number, noise: number): number {
  const neurons = 100;
  let sum = 0;
  const networks = 12;
  for (let k = 0; k < networks; k++) {
    const random = new Random(77, k);
    const network = new SimplicialHopfieldNetwork(neurons, { connections, seed: random.next() });
    const stored = randomPatterns(random, neurons, patterns);
    network.store(stored);
    for (const pattern of stored) {
      const cue = pattern.slice();
      for (const i of random.sample(neurons, noise)) cue[i] = -cue[i];
      const { state } = network.recall(cue, { seed: random.next() });
      sum += state.reduce((m, s, i) => m + s * pattern[i], 0) / neurons / patterns;
    }
  }
  return sum / networks;
}

test.each([
  [15, 10],
  [20, 0],
  [20, 20],
  [30, 10],
])('with as many connections, mixtures beat pairs: P = %i, %i %% noise', (patterns, noise) => {
  const pairs = quality({ pairs: 1 }, patterns, noise);
  for (const share of [0.75, 0.5, 0.25]) {
    const mixed = quality({ pairs: share, triples: 1 - share }, patterns, noise);
    expect(mixed).toBeGreaterThan(pairs + 0.03);
  }
});

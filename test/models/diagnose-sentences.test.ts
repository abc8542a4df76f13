/** Every sentence of a diagnosis, where it is due; and what is looked at where there are more than can be. */
import { describe, expect, test } from 'vitest';
import {
  DenseAssociativeMemory,
  diagnose,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  polynomial,
  Random,
  type ModernOptions,
  type NetworkOptions,
} from '../../src/index.ts';
import { randomStates } from './cases.ts';

/** Orthogonal patterns of eight neurons. */
const [A, B, C] = [1, 2, 4].map((bit) => Array.from({ length: 8 }, (_, i) => (i & bit ? -1 : 1)));
const D = A.map((s, i) => s * B[i]);
/** A but for one neuron. */
const NEAR = A.map((s, i) => (i === 3 ? -s : s));

describe('of a Hopfield network', () => {
  const only = ', though it holds about 1 random pattern only';
  const none = 'no better under projection, storkey and perceptron';
  test.each<[string, number[][], NetworkOptions?]>([
    ['nothing is stored', []],
    ['the pattern is a fixed point under hebbian', [A]],
    [`both patterns are fixed points under hebbian${only}`, [A, B]],
    // One random pattern is what 0.138 N comes to, and two are more.
    [`all four patterns are fixed points under hebbian${only}`, [A, B, C, D]],
    [`both patterns are fixed points under hebbian, some neurons by a tie only${only}`, [A, NEAR]],
    [
      `1 of 3 patterns is not a fixed point under hebbian: it holds about 1 random pattern; ${none}`,
      [A, NEAR, B],
    ],
    [
      `1 of 1 patterns is not a fixed point under hebbian: thresholds, or what the couplings have become, stand against them; ${none}`,
      [A],
      { thresholds: 1 },
    ],
    [
      'the pattern is a fixed point under projection',
      [A],
      { rule: 'projection', thresholds: 0.125 },
    ],
  ])('%s', (sentence, patterns, options) => {
    const network = new HopfieldNetwork(8, options);
    if (patterns.length > 0) network.store(patterns);
    expect(diagnose(network).sentence).toBe(sentence);
  });

  test('the least margin is a tie at 0, and above it none', () => {
    for (const [thresholds, tied] of [
      [7 / 8, true],
      [6.999 / 8, false],
    ] as const) {
      const { sentence, each } = diagnose(new HopfieldNetwork(8, { thresholds }).store([A]));
      expect(each[0].margin === 0).toBe(tied);
      expect(sentence.endsWith('by a tie only')).toBe(tied);
    }
  });

  test('the rule that holds most is named, and crosstalk where nothing else is to blame', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 30; seed++) {
      const patterns = randomStates(new Random(seed), 20, 3);
      const { sentence, stable, each, others } = diagnose(new HopfieldNetwork(20).store(patterns));
      if (stable === 3) continue;
      const most = Math.max(...each.map(({ crosstalk }) => crosstalk));
      // Three are more than 0.138 N = 2.76.
      expect(sentence).toContain('it holds about 2 random patterns; ');
      const two = diagnose(new HopfieldNetwork(20, { rule: 'storkey' }).store(patterns));
      if (two.stable < 3) {
        const blame = /: all others together outweigh one of them, by up to ([\d.]+) to 1; /;
        const [, amount] = blame.exec(two.sentence) ?? [];
        if (most > 1) expect(Number(amount)).toBeCloseTo(most, 1);
        else expect(two.sentence).toContain('stand against them');
      }
      const best = others.reduce((a, b) => (b.stable > a.stable ? b : a));
      expect(sentence.split('; ')[1]).toBe(
        best.stable === 3
          ? `${best.rule} holds all three`
          : `${best.rule} holds ${best.stable}, the most of projection, storkey and perceptron`,
      );
      seen.add(best.rule);
    }
    for (let seed = 1; seed <= 5; seed++) {
      const patterns = randomStates(new Random(seed), 10, 12);
      const { sentence, others, stable } = diagnose(new HopfieldNetwork(10).store(patterns));
      const best = others.reduce((a, b) => (b.stable > a.stable ? b : a));
      expect(best.stable).toBeGreaterThan(stable);
      expect(best.stable).toBeLessThan(12);
      expect(sentence.split('; ')[1]).toBe(
        `${best.rule} holds ${best.stable}, the most of projection, storkey and perceptron`,
      );
      seen.add(best.rule);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  test('other rules are tried without the thresholds that covariance has of itself', () => {
    let tried = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const random = new Random(seed);
      const patterns = Array.from({ length: 9 }, () =>
        Int8Array.from({ length: 24 }, () => (random.real() < 0.35 ? 1 : -1)),
      );
      const network = new HopfieldNetwork(24, { rule: { name: 'covariance', activity: 0.35 } });
      expect(new Set(network.thresholds)).not.toEqual(new Set([0]));
      for (const { rule, stable } of diagnose(network.store(patterns)).others) {
        const maxEpochs = rule === 'perceptron' ? { maxEpochs: 200 } : {};
        const other = new HopfieldNetwork(24, { rule: { name: rule, ...maxEpochs } as never });
        other.store(patterns);
        const held = patterns.filter((p) => other.fields(p).every((h, i) => h * p[i] > 0));
        expect(stable).toBe(held.length);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(5);
  });

  test.each([
    [1000, 'all 1000 patterns are'],
    [1001, 'all 1000 patterns looked at, of 1001, are'],
    [1500, 'all 1000 patterns looked at, of 1500, are'],
  ])('at most 1000 patterns are looked at, evenly spaced: of %i', (count, begin) => {
    // The same one again and again: fixed, whatever the others are.
    const network = new HopfieldNetwork(8).store(Array.from({ length: count }, () => A));
    const { each, sentence, patterns } = diagnose(network);
    expect(sentence.startsWith(`${begin} fixed points`)).toBe(true);
    expect(patterns).toBe(count);
    expect(each.map(({ index }) => index)).toEqual(
      Array.from({ length: 1000 }, (_, k) => Math.floor((k * count) / 1000)),
    );
  });
});

describe('of a dense memory', () => {
  const alike = (x: string) => `: they overlap by ${x} on average; `;
  test.each<[string, number[][], boolean?]>([
    ['nothing is stored', []],
    ['the pattern is a fixed point', [A]],
    ['both patterns are fixed points', [A, B]],
    ['all three patterns are fixed points', [A, B, C]],
    // A with NEAR ¾, with B 0; NEAR with B ¼.
    [
      `1 of 3 patterns is not a fixed point${alike('0.33')}no better with exponential()`,
      [A, NEAR, B],
      true,
    ],
  ])('%s', (sentence, patterns, quadratic = false) => {
    const memory = new DenseAssociativeMemory(8, quadratic ? { separation: polynomial(2) } : {});
    if (patterns.length > 0) memory.store(patterns);
    expect(diagnose(memory).sentence).toBe(sentence);
  });

  test('what exponential() would hold, all of it or some', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed < 9; seed++) {
      const memory = new DenseAssociativeMemory(8, { separation: polynomial(2) });
      memory.store(randomStates(new Random(seed), 8, 9));
      const { sentence, stable, exponential } = diagnose(memory);
      const verb = stable === 8 ? 'is not a fixed point' : 'are not fixed points';
      expect(sentence.startsWith(`${9 - stable} of 9 patterns ${verb}: `)).toBe(true);
      const cure = exponential === 9 ? 'all nine' : String(exponential);
      expect(sentence.endsWith(`; exponential() holds ${cure}`)).toBe(true);
      seen.add(String(exponential === 9));
    }
    expect(seen.size).toBe(2);
  });

  test('at most 1000 patterns are looked at', () => {
    const memory = new DenseAssociativeMemory(8).store(Array.from({ length: 1001 }, () => A));
    expect(diagnose(memory).sentence).toBe(
      'all 1000 patterns are fixed points, of those looked at',
    );
  });
});

describe('of a modern network', () => {
  const long = 'dot prefers long vectors, and norms go from 5 to 10';
  const lost = (many: string) => `${many} not the best match of their own: `;
  test.each<[string, number[][], ModernOptions?]>([
    ['nothing is stored', []],
    ['the vector is its own best match', [[3, 4]]],
    [
      'both vectors are their own best matches',
      [
        [3, 4],
        [-3, 4],
      ],
      { beta: 9 },
    ],
    [
      `${lost('2 of 2 vectors are')}others are equal to them, or point the same way`,
      [
        [3, 4],
        [6, 8],
      ],
      { similarity: 'cosine' },
    ],
    [
      `${lost('2 of 2 vectors are')}others are equal to them, or too near for single precision`,
      [
        [3, 4],
        [3, 4],
      ],
      { similarity: 'euclidean' },
    ],
    [
      `${lost('1 of 2 vectors is')}${long}; with cosine every vector is, unless another points the same way`,
      [
        [3, 4],
        [6, 8],
      ],
    ],
    [
      `both vectors are their own best matches; but ${long}: disturbed cues may come to longer ones`,
      [
        [3, 4],
        [-6, 8],
      ],
      { beta: 9 },
    ],
    // The leads are 25 − 14 and 100 − 14 for dot: ln 100/11 = 0.42.
    [
      `both vectors are their own best matches, but with beta 0.01 recalls are averages of several: from about 0.42 on, one is what comes back; ${long}`,
      [
        [3, 4],
        [-6, 8],
      ],
      { beta: 0.01 },
    ],
    [
      'both vectors are their own best matches, but with beta 0.01 recalls are averages of several: from about 0.26 on, one is what comes back',
      [
        [3, 4],
        [-3, 4],
      ],
      { beta: 0.01 },
    ],
  ])('%s', (sentence, vectors, options) => {
    const network = new ModernHopfieldNetwork(2, options);
    if (vectors.length > 0) network.store(vectors);
    expect(diagnose(network).sentence).toBe(sentence);
  });

  test('norms are worth a word above one and a half times each other', () => {
    for (const [most, said] of [
      [1.5, false],
      [1.51, true],
    ] as const) {
      const network = new ModernHopfieldNetwork(2, { beta: 100 });
      network.store([
        [1, 0],
        [0, most],
      ]);
      expect(diagnose(network).sentence.includes('dot prefers')).toBe(said);
    }
  });

  test.each([
    [1000, 4, 1000, 'all 1000 vectors are'],
    [1001, 4, 1000, 'all 1000 vectors looked at, of 1001, are'],
    // 3·10⁸ multiplications are 488 passes over so many numbers.
    [600, 1024, 488, 'all 488 vectors looked at, of 600, are'],
  ])('of %i vectors of %i numbers %i are looked at', (count, dimension, looked, begin) => {
    const random = new Random(3);
    const network = new ModernHopfieldNetwork(dimension, { similarity: 'cosine', beta: 1e9 });
    network.store(
      Array.from({ length: count }, () =>
        Float32Array.from({ length: dimension }, () => random.real() - 0.5),
      ),
    );
    const { each, sentence } = diagnose(network);
    expect(sentence).toBe(`${begin} their own best matches`);
    expect(each.map(({ index }) => index)).toEqual(
      Array.from({ length: looked }, (_, k) => Math.floor((k * count) / looked)),
    );
  });
});

/** How like a pattern a state is: overlap and correlation, the best, and the best few. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  Random,
  SimplicialHopfieldNetwork,
  type Match,
} from '../../src/index.ts';
import { BACKENDS, GENERATED, randomStates } from './cases.ts';

/** Pearson's correlation by its definition, 0 where it has none. */
function pearson(a: readonly number[], b: readonly number[]): number {
  const centred = (x: readonly number[]) => {
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    return x.map((value) => value - mean);
  };
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, i) => sum + value * y[i], 0);
  const [x, y] = [centred(a), centred(b)];
  const size = Math.sqrt(dot(x, x) * dot(y, y));
  return size < 1e-9 ? 0 : dot(x, y) / size;
}

/** What a state is like, by definition: all patterns, the most like first. */
function ranking(state: readonly number[], patterns: readonly (readonly number[])[]): Match[] {
  const signs = state.map((value) => (value > 0 ? 1 : -1));
  return patterns
    .map((pattern, index) => {
      const overlap = pattern.reduce((sum, x, i) => sum + x * signs[i], 0) / signs.length;
      return { index, overlap, correlation: pearson(signs, pattern), label: `p${index % 3}` };
    })
    .sort((a, b) => Math.abs(b.overlap) - Math.abs(a.overlap) || a.index - b.index);
}

function expectRanking(
  { match, top }: { match: Match | undefined; top?: Match[] },
  state: readonly number[],
  patterns: readonly (readonly number[])[],
  count: number,
): void {
  const expected = ranking(state, patterns).slice(0, count);
  expect(top).toEqual(
    expected.map((m) => ({ ...m, correlation: expect.closeTo(m.correlation, 9) as number })),
  );
  expect(match).toEqual(top![0]);
  for (const { correlation } of top!) expect(Math.abs(correlation)).toBeLessThanOrEqual(1);
}

const setups = fc.record({
  neurons: fc.integer({ min: 1, max: 150 }),
  count: fc.integer({ min: 0, max: 20 }),
  top: fc.integer({ min: 1, max: 25 }),
  /** How many in sixteen are +1. */
  activity: fc.integer({ min: 0, max: 16 }),
  seed: fc.nat(),
});

describe.each(BACKENDS)('%s', (backend) => {
  test('the best and the best few of every memory of ±1 are those of the definition', () => {
    fc.assert(
      fc.property(setups, ({ neurons, count, top, activity, seed }) => {
        const random = new Random(seed);
        const sparse = () =>
          Array.from({ length: neurons }, () => (random.below(16) < activity ? 1 : -1));
        const patterns = Array.from({ length: count }, sparse);
        const labels = patterns.map((_, k) => `p${k % 3}`);
        const memories = [
          new HopfieldNetwork(neurons, { backend }),
          new HopfieldNetwork(neurons, { backend, representation: 'patterns', units: 'binary' }),
          new DenseAssociativeMemory(neurons, { backend }),
          new SimplicialHopfieldNetwork(Math.max(neurons, 2), { backend }),
        ].filter((memory) => memory.neurons === neurons);
        const cues = [sparse(), sparse()];
        for (const memory of memories) {
          if (count > 0) memory.store(patterns, { labels });
          const options = { top, seed: 1, maxSweeps: 2 };
          const many = memory.recallMany(cues, options);
          for (const [k, cue] of cues.entries()) {
            const one = memory.recall(cue, { ...options, seed: many.seeds[k] });
            expectRanking(one, Array.from(one.state), patterns, top);
            expect(many.tops![k]).toEqual(one.top);
            expect(many.matches.indices[k]).toBe(one.match?.index ?? -1);
            expect(many.matches.correlations[k]).toBe(one.match?.correlation ?? 0);
          }
          expect('top' in memory.recall(cues[0])).toBe(false);
          expect('tops' in memory.recallMany(cues)).toBe(false);
        }
        const graded = new GradedHopfieldNetwork(neurons, { backend });
        if (count > 0) graded.store(patterns, { labels });
        const found = graded.recall(cues[0], { top, maxSteps: 3 });
        expectRanking(found, Array.from(found.state), patterns, top);
      }),
      { ...GENERATED, numRuns: 30 },
    );
  });

  test('forgotten patterns leave nothing behind', () => {
    const random = new Random(8);
    const patterns = Array.from({ length: 7 }, (_, k) =>
      Int8Array.from({ length: 40 }, () => (random.below(8) <= k ? 1 : -1)),
    );
    const cue = random.signs(40);
    const options = { top: 9, seed: 2 };
    const memory = new DenseAssociativeMemory(40, { backend }).store(patterns);
    for (const index of [2, 0, 4]) {
      memory.recall(cue, options);
      memory.forget(index);
      memory.store(patterns[index]);
      const fresh = new DenseAssociativeMemory(40, { backend }).store(memory.patterns);
      expect(memory.recall(cue, options)).toEqual(fresh.recall(cue, options));
    }
  });

  test('pairs are compared as a whole', () => {
    const random = new Random(5);
    const pairs = Array.from({ length: 6 }, () => [random.signs(11), random.signs(5)] as const);
    const labels = pairs.map((_, k) => `p${k % 3}`);
    const memory = new BidirectionalMemory(11, 5, { backend }).store(pairs, { labels });
    const found = memory.recall(random.signs(11), { top: 4 });
    const joined = pairs.map(([x, y]) => [...x, ...y]);
    expectRanking(found, [...found.x, ...found.y], joined, 4);
  });

  test('a state of −1 throughout overlaps with sparse patterns, and correlates with none', () => {
    const patterns = Array.from({ length: 5 }, (_, k) =>
      Array.from({ length: 100 }, (_, i) => (Math.floor(i / 5) === k ? 1 : -1)),
    );
    const memory = new DenseAssociativeMemory(100, { backend }).store(patterns);
    const { match } = memory.recall(new Int8Array(100).fill(-1), {
      maxSweeps: 1,
      clamp: new Uint8Array(100).fill(1),
    });
    expect(match).toEqual({ index: 0, overlap: 0.9, correlation: 0 });
  });

  test('top that is no positive integer', () => {
    const memory = new HopfieldNetwork(3, { backend }).store(randomStates(new Random(1), 3, 2));
    for (const top of [0, -1, 2.5, NaN]) {
      expect(() => memory.recall([1, 1, 1], { top })).toThrow(`top is ${top}, expected a positive`);
    }
    expect(() => memory.trajectory([1, 1, 1], { top: 1 } as object)).toThrow(
      'trajectory options have no top',
    );
  });
});

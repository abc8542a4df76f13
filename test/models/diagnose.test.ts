/** What `diagnose` finds, against the definitions, and against networks that are really built. */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  diagnose,
  exponential,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  polynomial,
  Random,
  SimplicialHopfieldNetwork,
  type Rule,
} from '../../src/index.ts';
import { BACKENDS, build, flipped, randomStates } from './cases.ts';

/** Patterns that overlap by about 0.85, as letters on a sheet do. */
function letters(neurons: number, count: number, seed: number): Int8Array[] {
  const random = new Random(seed);
  const sheet = random.signs(neurons);
  return Array.from({ length: count }, () => flipped(sheet, Math.round(0.04 * neurons), random));
}

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

const overlap = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, s, i) => sum + s * b[i], 0) / a.length;

describe.each(BACKENDS)('%s', (backend) => {
  test('margins, crosstalk, overlaps and fixed points are what their definitions say', () => {
    const rules: Rule[] = ['hebbian', 'projection', { name: 'covariance', activity: 0.4 }];
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(1000),
        fc.constantFrom(...rules),
        (neurons, count, seed, rule) => {
          const patterns = randomStates(new Random(seed), neurons, count);
          const network = build(neurons, { rule, backend }, patterns);
          const saved = network.save();
          const found = diagnose(network);
          expect(network.save()).toEqual(saved);
          expect(found).toEqual(JSON.parse(JSON.stringify(found)));
          const pairs: number[] = [];
          patterns.forEach((pattern, m) => {
            const h = network.fields(pattern);
            const { index, margin, fixedPoint, crosstalk } = found.each[m];
            expect(index).toBe(m);
            expect(margin).toBe(
              Array.from(h, (x, i) => x * pattern[i]).sort((a, b) => a - b)[0] + 0,
            );
            expect(fixedPoint).toBe(network.isFixedPoint(pattern));
            const against = Array.from(pattern, (s, i) => {
              let sum = 0;
              for (const [n, other] of patterns.entries()) {
                if (n === m) continue;
                for (let j = 0; j < neurons; j++) {
                  if (j !== i) sum -= s * other[i] * other[j] * pattern[j];
                }
              }
              return sum / neurons;
            });
            expect(crosstalk).toBeCloseTo(Math.max(...against), 10);
            for (const other of patterns.slice(0, m)) pairs.push(Math.abs(overlap(pattern, other)));
          });
          expect(found.stable).toBe(patterns.filter((p) => network.isFixedPoint(p)).length);
          if (count === 1) expect([found.overlap, found.closest]).toEqual([null, null]);
          else {
            expect(found.overlap).toBeCloseTo(mean(pairs), 10);
            expect(Math.abs(found.closest!.overlap)).toBeCloseTo(Math.max(...pairs), 10);
            const [a, b] = found.closest!.indices;
            expect(overlap(patterns[a], patterns[b])).toBeCloseTo(found.closest!.overlap, 10);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('rules that are said to hold patterns do, in the same units', () => {
    for (const [seed, units] of [
      [1, 'bipolar'],
      [2, 'binary'],
    ] as const) {
      const patterns = letters(200, 3, seed);
      const found = diagnose(build(200, { units, backend }, patterns));
      expect(found.stable).toBe(0);
      expect(found.others.length).toBeGreaterThan(0);
      for (const { rule, stable } of found.others) {
        const network = build(200, { rule: rule as 'projection', units, backend }, patterns);
        expect(stable).toBe(patterns.filter((p) => network.isFixedPoint(p)).length);
      }
      expect(found.others.at(-1)!.stable).toBe(3);
    }
  });

  test('the sentence names the fault, the reason and the cure', () => {
    const three = diagnose(build(256, { backend }, letters(256, 3, 3)));
    expect(three.sentence).toMatch(
      /^3 of 3 patterns are not fixed points under hebbian: they overlap by 0\.8\d on average; projection holds all three$/,
    );
    const many = diagnose(build(100, { backend }, randomStates(new Random(4), 100, 40)));
    expect(many.sentence).toMatch(
      /^\d+ of 40 patterns are not fixed points under hebbian: it holds about 13 random patterns; projection holds all 40$/,
    );
    const few = diagnose(build(100, { backend }, randomStates(new Random(5), 100, 2)));
    expect(few.sentence).toBe('both patterns are fixed points under hebbian');
    expect(diagnose(build(3, { backend }, [])).sentence).toBe('nothing is stored');
    expect(diagnose(build(8, { backend }, [new Random(1).signs(8)])).sentence).toBe(
      'the pattern is a fixed point under hebbian',
    );
  });

  test('couplings that have dreamt are not said to be those of a rule', async () => {
    const network = build(30, { backend }, randomStates(new Random(12), 30, 25));
    await network.daydream({ epochs: 1, seed: 1 });
    const { capacity, sentence } = diagnose(network);
    expect(capacity).toBeNull();
    expect(sentence).toContain('under couplings that are not those of hebbian any more: ');
  });

  test('sparse patterns are for the covariance rule', () => {
    const random = new Random(6);
    // As many as neurons: their projection is on everything, and nothing of it is left without self-couplings.
    const patterns = Array.from({ length: 200 }, () => {
      const pattern = new Int8Array(200).fill(-1);
      for (const i of random.sample(200, 8)) pattern[i] = 1;
      return pattern;
    });
    const { others, activity } = diagnose(build(200, { backend }, patterns));
    expect(activity).toBeCloseTo(0.04, 12);
    expect(others[0]).toEqual({ rule: 'projection', stable: 0 });
    const network = build(200, { rule: { name: 'covariance', activity }, backend }, patterns);
    const stable = patterns.filter((p) => network.isFixedPoint(p)).length;
    expect(stable).toBeGreaterThan(0);
    expect(others[1]).toEqual({ rule: 'covariance', stable });
  });

  test('a dense memory is told whether a steeper separation holds its patterns', () => {
    const patterns = letters(64, 12, 7);
    const memory = new DenseAssociativeMemory(64, { separation: polynomial(2), backend });
    const found = diagnose(memory.store(patterns));
    expect(found).toEqual(JSON.parse(JSON.stringify(found)));
    const steep = new DenseAssociativeMemory(64, { separation: exponential(), backend });
    steep.store(patterns);
    expect(found.stable).toBe(patterns.filter((p) => memory.isFixedPoint(p)).length);
    expect(found.exponential).toBe(patterns.filter((p) => steep.isFixedPoint(p)).length);
    expect(found.exponential).toBeGreaterThan(found.stable);
    expect(found.sentence).toMatch(
      /^\d+ of 12 patterns .* on average; exponential\(\) holds all 12$/,
    );
    expect(diagnose(steep).sentence).toBe('all 12 patterns are fixed points');
    expect(diagnose(new SimplicialHopfieldNetwork(9, { backend })).model).toBe(
      'SimplicialHopfieldNetwork',
    );
  });

  describe('a modern network', () => {
    test('of pictures from 0 to 255 is told that dot prefers long vectors', () => {
      const random = new Random(8);
      const pictures = [60, 120, 250].map((most) =>
        Float32Array.from({ length: 64 }, () => Math.floor(random.real() * most)),
      );
      const memory = new ModernHopfieldNetwork(64, { backend }).store(pictures);
      const brightest = pictures.map((picture) => memory.recall(picture).match?.index);
      expect(brightest).toEqual([2, 2, 2]);
      const found = diagnose(memory);
      expect(found).toEqual(JSON.parse(JSON.stringify(found)));
      expect(found.first).toBe(1);
      expect(found.norms!.most).toBeCloseTo(Math.hypot(...pictures[2]), 4);
      expect(found.sentence).toMatch(
        /^2 of 3 vectors are not the best match of their own: dot prefers long vectors, and norms go from \d+ to \d+; with cosine /,
      );
      const cosine = new ModernHopfieldNetwork(64, { similarity: 'cosine', backend });
      expect(diagnose(cosine.store(pictures)).first).toBe(3);
    });

    test.each(['dot', 'cosine', 'euclidean'] as const)('leads by %s', (similarity) => {
      const random = new Random(9);
      const vectors = Array.from({ length: 7 }, () =>
        Float32Array.from({ length: 5 }, () => random.real() - 0.5),
      );
      const likeness = (a: Float32Array, b: Float32Array) => {
        const dot = a.reduce((sum, x, i) => sum + x * b[i], 0);
        if (similarity === 'dot') return dot;
        if (similarity === 'cosine') return dot / (Math.hypot(...a) * Math.hypot(...b));
        return -0.5 * Math.hypot(...a.map((x, i) => x - b[i])) ** 2;
      };
      const beta = 3;
      const memory = new ModernHopfieldNetwork(5, { similarity, beta, backend }).store(vectors);
      const found = diagnose(memory);
      vectors.forEach((x, k) => {
        const others = vectors.filter((y) => y !== x).map((y) => likeness(x, y));
        expect(found.each[k].lead).toBeCloseTo(likeness(x, x) - Math.max(...others), 5);
      });
      const M = Math.max(...vectors.map((x) => Math.hypot(...x)));
      const bound = 2 / (beta * 7) + Math.log(2 * 6 * 7 * beta * M * M) / beta;
      if (similarity === 'dot') expect(found.bound).toBeCloseTo(bound, 6);
      else expect([found.bound, found.separated]).toEqual([null, null]);
    });

    test('the β that is called enough is: no other vector weighs a hundredth of the one looked up', () => {
      const random = new Random(10);
      const vectors = Array.from({ length: 20 }, () => Float32Array.from(random.signs(30)));
      const flat = diagnose(new ModernHopfieldNetwork(30, { beta: 0.001, backend }).store(vectors));
      expect(flat.sentence).toMatch(
        /^all 20 vectors are .*, but with beta 0\.001 recalls are averages/,
      );
      const enough = new ModernHopfieldNetwork(30, { beta: flat.enough! * 1.0001, backend });
      enough.store(vectors);
      expect(diagnose(enough).sentence).toBe('all 20 vectors are their own best matches');
      let most = 0;
      for (const vector of vectors) {
        const { weights } = enough.attention(vector, { top: 2 });
        most = Math.max(most, weights[1] / weights[0]);
      }
      expect(most).toBeLessThanOrEqual(0.01);
      // And no more than that: the closest two are just at it.
      expect(most).toBeGreaterThan(0.0099);
    });

    test('that leads by the bound of Ramsauer et al. holds its vectors', () => {
      const random = new Random(11);
      const vectors = Array.from({ length: 10 }, () => Float32Array.from(random.signs(64)));
      const memory = new ModernHopfieldNetwork(64, { beta: 1, backend }).store(vectors);
      const found = diagnose(memory);
      expect(found.separated).toBe(10);
      for (const vector of vectors) {
        const { state } = memory.recall(vector, { steps: Infinity });
        // Within 1/(βPM) of the vector, theorem 5.
        expect(Math.hypot(...state.map((x, i) => x - vector[i]))).toBeLessThan(1 / (10 * 8));
      }
    });
  });

  test('anything else is refused', () => {
    const pairs = new BidirectionalMemory(2, 3, { backend });
    for (const other of [pairs, {}, null, undefined, 'network', [1]]) {
      expect(() => diagnose(other as HopfieldNetwork)).toThrow(TypeError);
    }
  });
});

/** Sparse separations give back a stored vector bit for bit once its lead is large enough, and only then. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random } from '../../../src/index.ts';
import { BACKENDS, GENERATED, vector } from './cases.ts';
import { distance, dot } from './oracle.ts';

/** By how much the best score must lead for the others to weigh nothing. */
const MARGINS = [
  ['sparsemax', 1],
  ['entmax', 2],
] as const;

function bitsOf(numbers: Float32Array): Uint32Array {
  return new Uint32Array(numbers.slice().buffer);
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each(MARGINS)('%s: a lead of %d/β is enough, less is not', (separation, margin) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 2, max: 30 }),
        fc.nat(),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom('dot', 'euclidean'),
        (dimension, count, seed, halvings, similarity) => {
          // Small integers and a power of two: every score is exact.
          const random = new Random(seed);
          const integers = () => Array.from({ length: dimension }, () => random.below(9) - 4);
          const rows = Array.from({ length: count }, integers);
          const query = integers();
          const beta = 2 ** -halvings;
          const scores = rows.map((x) =>
            similarity === 'dot' ? beta * dot(x, query) : -0.5 * beta * distance(x, query) ** 2,
          );
          const order = rows.map((_, k) => k).sort((a, b) => scores[b] - scores[a] || a - b);
          const options = { beta, separation, similarity, backend } as const;
          const values = Array.from({ length: count }, () => vector(random, 3, 1e-40));
          const memory = new ModernHopfieldNetwork(dimension, options).store(rows, values);
          const { state, value, match, entropy } = memory.recall(query);
          expect(match!.index).toBe(order[0]);
          const lead = Math.round((scores[order[0]] - scores[order[1]]) * 1e9) / 1e9;
          expect(match!.weight === 1).toBe(lead >= margin);
          if (lead < margin) return;
          expect(bitsOf(state)).toEqual(bitsOf(Float32Array.from(rows[order[0]], (x) => x + 0)));
          expect(value).toEqual(values[order[0]].map((x) => x + 0));
          expect(entropy).toBe(0);
          expect(memory.attention(query)).toEqual({
            indices: Uint32Array.of(order[0]),
            weights: Float64Array.of(1),
          });
        },
      ),
      { ...GENERATED, numRuns: 300 },
    );
  });

  test.each(MARGINS)('%s: at the margin and one digit below', (separation, margin) => {
    const rows = [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0), Float32Array.of(0, 0, -1)];
    for (const digit of [0, 2 ** -22]) {
      const options = { beta: margin - digit, separation, backend } as const;
      const memory = new ModernHopfieldNetwork(3, options).store(rows);
      const { match, state } = memory.recall([1, 0, 0]);
      expect(match!.weight === 1).toBe(digit === 0);
      if (digit === 0) expect(state).toEqual(rows[0]);
    }
  });

  test.each(MARGINS)('%s: any vector comes back with all its bits', (separation) => {
    const random = new Random(41);
    const rows = Array.from({ length: 20 }, (_, k) => vector(random, 50, 10 ** (k - 10)));
    rows[3].set([1e-45, -1e-45, 1e15, -1e15, 1e-39]);
    for (const similarity of ['cosine', 'euclidean'] as const) {
      const beta = similarity === 'cosine' ? 100 : 1e28;
      const options = { beta, similarity, separation, backend } as const;
      const stored = similarity === 'cosine' ? rows : rows.filter((_, k) => k < 10 && k !== 3);
      const memory = new ModernHopfieldNetwork(50, options).store(stored);
      for (const [k, row] of stored.entries()) {
        const { state, match } = memory.recall(row);
        expect(match).toEqual({ index: k, weight: 1 });
        expect(bitsOf(state)).toEqual(bitsOf(row));
      }
    }
  });
});

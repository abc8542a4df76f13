/** Updates, weights, entropies and energies against the formulas in doubles. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BACKENDS, build, ENERGETIC, GENERATED, KINDS, setups } from './cases.ts';
import { average, energy, entropy, norm, scores, separate, type Row } from './oracle.ts';

/** How far single-precision scores may lie from the formula's. */
function scoreError(beta: number, similarity: string, rows: readonly Row[], query: Row): number {
  const M = Math.max(...rows.map(norm));
  const reach = { dot: norm(query) * M, cosine: 1, euclidean: (norm(query) + M) ** 2 }[similarity]!;
  return 1e-6 * beta * reach;
}

function expectNear(found: Row, expected: Row, error: number): void {
  expect(found.length).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) {
    if (!(Math.abs(found[k] - expected[k]) <= error)) {
      expect.fail(`[${k}] is ${found[k]}, expected ${expected[k]} ± ${error}`);
    }
  }
}

/** Whether rounding decides which of some different rows are among the k best. */
function closeCall(rows: readonly Row[], s: readonly number[], k: number, error: number): boolean {
  if (rows.length <= k) return false;
  const last = [...s].sort((a, b) => b - a)[k - 1];
  return new Set(rows.filter((_, i) => Math.abs(s[i] - last) < error)).size > 1;
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each(KINDS)('one step: %o', (kind) => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { memory, model, rows, queries, beta } = build(setup, kind, { backend });
        const M = Math.max(...rows.map(norm));
        for (const query of queries) {
          const error = 1e-5 + scoreError(beta, kind.similarity, rows, query);
          const s = scores(model, rows, query);
          const p = separate(kind.separation, s);
          if (typeof kind.separation === 'object' && closeCall(rows, s, 3, 2 * error)) continue;
          const { state, match, entropy: found } = memory.recall(query);
          expectNear(state, average(rows, p), error * M);
          expect(Math.abs(match!.weight - Math.max(...p))).toBeLessThanOrEqual(error);
          expect(p[match!.index]).toBeGreaterThanOrEqual(Math.max(...p) - error);
          const slack = 50 * error * (1 + Math.log(rows.length));
          expect(Math.abs(found - entropy(p))).toBeLessThanOrEqual(slack);

          const attention = memory.attention(query);
          const dense = rows.map(() => 0);
          for (const [k, index] of attention.indices.entries()) dense[index] = attention.weights[k];
          expectNear(dense, p, error);
          expect(attention.weights.every((w) => w > 0)).toBe(true);
          expect(Math.abs(attention.weights.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-12);
        }
      }),
      GENERATED,
    );
  });

  test.each(ENERGETIC)('energy: %o', (kind) => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { memory, model, rows, queries, beta } = build(setup, kind, { backend });
        for (const query of queries) {
          const error = (1e-6 + scoreError(beta, kind.similarity, rows, query)) / beta;
          const found = memory.energy(query);
          expect(Math.abs(found - energy(model, rows, query))).toBeLessThanOrEqual(error);
          if (kind.similarity === 'dot' && kind.separation === 'softmax') {
            expect(found).toBeGreaterThanOrEqual(-error);
          }
        }
      }),
      GENERATED,
    );
  });

  test('attention, sorted and cut', () => {
    const kind = { similarity: 'dot', separation: 'softmax' } as const;
    fc.assert(
      fc.property(setups, fc.integer({ min: 1, max: 250 }), (setup, top) => {
        const { memory, queries } = build(setup, kind, { backend });
        const { indices, weights } = memory.attention(queries[0]);
        for (let k = 1; k < weights.length; k++) {
          const falls = weights[k - 1] > weights[k];
          expect(falls || (weights[k - 1] === weights[k] && indices[k - 1] < indices[k])).toBe(
            true,
          );
        }
        const cut = memory.attention(queries[0], { top });
        expect(cut.indices).toEqual(indices.slice(0, top));
        expect(cut.weights).toEqual(weights.slice(0, top));
      }),
      GENERATED,
    );
  });
});

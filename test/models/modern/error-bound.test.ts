/** Ramsauer's bound on how far a step moves a stored vector is never violated, and is no looser than it must be. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random } from '../../../src/index.ts';
import { BACKENDS, build, GENERATED, setups, SIMILARITIES, vectors, type Setup } from './cases.ts';
import { distance, norm, scores, update, type Row } from './oracle.ts';

const wide: fc.Arbitrary<Setup> = fc.record({
  dimension: fc.integer({ min: 100, max: 1500 }),
  count: fc.integer({ min: 2, max: 8 }),
  seed: fc.nat(),
  heat: fc.double({ min: 0, max: 4, noNaN: true }),
  size: fc.double({ min: -2, max: 2, noNaN: true }),
});

describe.each(BACKENDS)('%s', (backend) => {
  test.each(SIMILARITIES)('%s', (similarity) => {
    const kind = { similarity, separation: 'softmax' } as const;
    fc.assert(
      fc.property(fc.oneof(setups, wide), (setup) => {
        const { memory, model, rows } = build(setup, kind, { backend });
        const M = rows.reduce((most: number, x: Row) => Math.max(most, norm(x)), 0);
        const loosest = 2 * M * (1 + 2 ** -10);
        for (let k = 0; k < rows.length; k += 1 + Math.floor(rows.length / 10)) {
          const bound = memory.errorBound(k);
          expect(distance(memory.recall(rows[k]).state, rows[k])).toBeLessThanOrEqual(bound);
          expect(distance(update(model, rows, rows[k]), rows[k])).toBeLessThanOrEqual(
            bound * (1 + 1e-12) + 1e-15 * M,
          );
          expect(bound).toBeLessThanOrEqual(loosest);
          const s = scores(model, rows, rows[k]);
          const next = s.reduce((most, x, j) => (j === k ? most : Math.max(most, x)), -Infinity);
          const lead = s[k] - next;
          // Scores are uncertain by this much at most, in units of one.
          const blur = 4e-5 * Math.max(...s.map(Math.abs), 1);
          const formula = (shift: number) => 2 * M * (rows.length - 1) * Math.exp(shift - lead);
          if (lead < 700)
            expect(bound).toBeGreaterThanOrEqual(Math.min(2 * M, formula(-1e-9)) * 0.999);
          expect(bound).toBeLessThanOrEqual(4 * formula(blur) * 1.001);
        }
      }),
      { ...GENERATED, numRuns: 80 },
    );
  });

  test('where it is tight: one other vector, opposite', () => {
    for (let lead = 0.01; lead < 60; lead *= 1.03) {
      // x·x − x·(−x) = 2x².
      for (const x of [1, 1.9999999, 0.1]) {
        const beta = lead / (2 * Math.fround(x) ** 2);
        const memory = new ModernHopfieldNetwork(1, { beta, backend }).store([[x], [-x]]);
        const { state } = memory.recall([x]);
        const bound = memory.errorBound(0);
        expect(Math.abs(state[0] - Math.fround(x))).toBeLessThanOrEqual(bound);
        if (lead > 3 && lead < 8) expect(bound).toBeLessThan(1.1 * Math.abs(state[0] - x));
      }
    }
  });

  test('where rounding adds up: many others, alike', () => {
    const random = new Random(43);
    for (const count of [2, 63, 64, 65, 1000]) {
      const [first] = vectors(random, 1, 8);
      const others = Array.from({ length: count - 1 }, () => first.map((x) => -x / 3));
      for (let lead = 5; lead < 40; lead += 0.37) {
        const beta = lead / (norm(first) ** 2 * (4 / 3));
        for (const at of [0, count - 1]) {
          const rows = [...others.slice(0, at), first, ...others.slice(at)];
          const memory = new ModernHopfieldNetwork(8, { beta, backend }).store(rows);
          const moved = distance(memory.recall(first).state, first);
          expect(moved).toBeLessThanOrEqual(memory.errorBound(at));
        }
      }
    }
  });

  test('one vector alone does not move', () => {
    for (const similarity of SIMILARITIES) {
      const memory = new ModernHopfieldNetwork(2, { similarity, backend }).store([3, 4]);
      expect(memory.errorBound(0)).toBe(0);
    }
  });
});

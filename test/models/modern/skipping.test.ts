/**
 * Softmax leaves out rows whose score lies more than 40 below the largest of all. At most P·e⁻⁴⁰ of the
 * average can be lost so; the tests look for more.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random } from '../../../src/index.ts';
import { BACKENDS, GENERATED } from './cases.ts';
import { average, separate } from './oracle.ts';

/** Scores that lie on either side of the limit, from several largest ones. */
const LEVELS = [0, -1, -20, -39.9, -39.999, -40, -40.001, -40.1, -60, -80, -80.1, -120, -500, -1e4];

/**
 * The average of the second number of rows (score, payload), with queries (1, 0) and β = 1. The best rows carry
 * nothing, so that every digit of the others shows.
 */
function expectKept(
  backend: 'wasm' | 'reference',
  levels: readonly number[],
  random: Random,
): void {
  const best = Math.max(...levels);
  const rows = levels.map((level) =>
    Float32Array.of(level, level === best ? 0 : 2 * random.real() - 1),
  );
  const memory = new ModernHopfieldNetwork(2, { beta: 1, backend }).store(rows);
  const { state, entropy } = memory.recall([1, 0]);
  const weights = separate(
    'softmax',
    rows.map((x) => x[0]),
  );
  const expected = average(rows, weights)[1];
  const carried = rows.reduce((sum, x, k) => sum + weights[k] * Math.abs(x[1]), 0);
  const lost = levels.length * Math.exp(-40);
  expect(Math.abs(state[1] - expected)).toBeLessThanOrEqual(1e-5 * carried + lost);
  const exact = weights.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);
  expect(Math.abs(entropy - exact)).toBeLessThanOrEqual(1e-5 * exact + 1e-6 + 64 * lost);
}

describe.each(BACKENDS)('%s', (backend) => {
  test('any mixture of levels, in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LEVELS), { minLength: 1, maxLength: 300 }),
        fc.array(fc.constantFrom(0, 0, 0, 10, 39.9, 40.1, 90), { maxLength: 5 }),
        fc.nat(),
        (levels, steps, seed) => {
          // From time to time all that follows lies higher, as when a larger score turns up late.
          const raised = levels.map((level, k) => {
            const met = steps.filter((_, j) => k >= (levels.length * (j + 1)) / (steps.length + 1));
            return level + met.reduce<number>((sum, step) => sum + step, 0);
          });
          expectKept(backend, raised, new Random(seed));
        },
      ),
      { ...GENERATED, numRuns: 300 },
    );
  });

  test('nearly all rows just below the limit', () => {
    const random = new Random(61);
    for (const level of [-39.99, -40.01]) {
      for (const at of [0, 100, 29_999]) {
        const levels = Array.from({ length: 30_000 }, (_, k) => (k === at ? 0 : level));
        expectKept(backend, levels, random);
      }
    }
  });

  test('scores that climb by just more than the limit in every tile', () => {
    const random = new Random(62);
    for (const step of [39.99 / 64, 40.01 / 64, 0.1, 2]) {
      expectKept(
        backend,
        Array.from({ length: 640 }, (_, k) => k * step),
        random,
      );
      expectKept(
        backend,
        Array.from({ length: 640 }, (_, k) => Math.floor(k / 64) * 64 * step),
        random,
      );
    }
  });
});

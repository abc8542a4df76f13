import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign } from '../../src/optimise/tours/assignment.ts';

/** The least sum over all permutations. */
function bruteForce(costs: number[], n: number): number {
  const search = (row: number, free: number[]): number =>
    row === n
      ? 0
      : Math.min(
          ...free.map(
            (j) =>
              costs[row * n + j] +
              search(
                row + 1,
                free.filter((k) => k !== j),
              ),
          ),
        );
  return search(0, [...costs.keys()].slice(0, n));
}

test('the sum is the least of all permutations', () => {
  const squares = fc
    .integer({ min: 0, max: 6 })
    .chain((n) =>
      fc.tuple(
        fc.constant(n),
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n * n, maxLength: n * n }),
      ),
    );
  fc.assert(
    fc.property(squares, ([n, costs]) => {
      const columns = assign(Float64Array.from(costs), n);
      expect([...columns].sort()).toEqual([...columns.keys()]);
      const sum = columns.reduce((total, j, i) => total + costs[i * n + j], 0);
      expect(sum).toBe(bruteForce(costs, n));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('seven rows with real costs', () => {
  const costs = Array.from({ length: 49 }, (_, k) => Math.sin(k * k + 1));
  const columns = assign(Float64Array.from(costs), 7);
  const sum = columns.reduce((total, j, i) => total + costs[i * 7 + j], 0);
  expect(sum).toBeCloseTo(bruteForce(costs, 7), 12);
});

import { expect, test } from 'vitest';
import { queens, solve } from '../../../src/optimise/index.ts';

function attacking(columns: number[]): number {
  let count = 0;
  columns.forEach((c, r) =>
    columns.slice(r + 1).forEach((d, k) => {
      if (c === d || Math.abs(c - d) === k + 1) count++;
    }),
  );
  return count;
}

test.each([1, 4, 5, 6, 7, 8, 12, 30])('%i queens do not attack each other', async (n) => {
  const { solution, cost, violations } = await solve(queens(n), { seed: 1, time: 10 });
  expect(solution).toHaveLength(n);
  expect(attacking(solution)).toBe(0);
  expect({ cost, violations }).toEqual({ cost: 0, violations: [] });
});

test.each([
  [2, 1],
  [3, 1],
])('%i queens have no solution: the best has %i pair, and says so', async (n, pairs) => {
  const { cost, violations, ended } = await solve(queens(n), { seed: 1, sweeps: 50 });
  expect(cost).toBe(pairs);
  expect(violations).toHaveLength(pairs);
  expect(ended).toBe('restarts');
});

test('the energy counts attacking pairs; encode undoes decode', () => {
  const problem = queens(5);
  for (let k = 0; k < 5 ** 5; k += 7) {
    const columns = [1, 5, 25, 125, 625].map((power) => Math.floor(k / power) % 5);
    const state = problem.encode(columns);
    expect(problem.decode(state)).toEqual(columns);
    expect(problem.model.energy(state)).toBe(attacking(columns));
    expect(problem.cost(columns)).toBe(attacking(columns));
    expect(problem.check(columns)).toHaveLength(attacking(columns));
  }
});

test('check finds every kind of violation', () => {
  const { check } = queens(4);
  expect(check([1, 3, 0, 2])).toEqual([]);
  expect(check([0, 1, 3, 2])).toContain('queens 0 and 1 attack each other');
  expect(check([1, 3, 0])).toEqual(['3 queens, expected 4']);
  expect(check([1, 3, 0, 4])).toContain('the queen of row 3 is in column 4, columns are 0 to 3');
  expect(check(null as never)).toEqual(['queens are a list, these are null']);
});

test.each([0, -1, 1.5, 301, NaN])('%d queens are refused', (n) => {
  expect(() => queens(n)).toThrow(`n is ${n}, expected an integer from 1 to 300`);
});

import { expect, test } from 'vitest';
import { constraintProblem, solve, type Constraint } from '../../../src/optimise/index.ts';

const BORDERS = ['WA NT', 'WA SA', 'NT SA', 'NT Q', 'SA Q', 'SA NSW', 'SA V', 'Q NSW', 'NSW V'];
const STATES = ['WA', 'NT', 'SA', 'Q', 'NSW', 'V', 'T'];
const COLOURS = ['red', 'green', 'blue'];
const australia = Object.fromEntries(STATES.map((name) => [name, COLOURS]));
const apart: Constraint[] = BORDERS.map((border) => ({ different: border.split(' ') }));

test('the map of Australia in three colours', async () => {
  const { solution, cost, violations, ended } = await solve(constraintProblem(australia, apart), {
    seed: 1,
  });
  for (const border of BORDERS) {
    const [a, b] = border.split(' ');
    expect(solution[a]).not.toBe(solution[b]);
  }
  expect({ cost, violations, ended }).toEqual({ cost: 0, violations: [], ended: 'target' });
});

test('hard constraints come before soft ones; soft costs are as low as can be', async () => {
  const wishes: Constraint[] = [
    { cost: ['SA'], of: (c) => (c === 'red' ? 0 : 5) },
    { equal: ['WA', 'SA'], weight: 3 },
    { equal: ['WA', 'Q', 'V'], weight: 1 },
    { cost: ['T', 'V'], of: (t, v) => (t === v ? -2 : 0) },
  ];
  const problem = constraintProblem(australia, [...apart, ...wishes]);
  const found = await solve(problem, { seed: 1, restarts: 20, sweeps: 200 });
  expect(found.violations).toEqual([]);
  // WA and SA cannot be equal: 3. The others can all be had.
  expect(found.cost).toBe(1 * 3 - 2);
  expect(found.energy).toBe(found.cost);
  expect(found.solution.SA).toBe('red');
});

test('the lowest energy of all assignments is found, and every energy is the cost', async () => {
  const domains = { a: [1, 2, 3], b: [1, 2, 3], c: [true, false], d: ['x'] };
  const constraints: Constraint[] = [
    { allow: ['a', 'b'], when: (a, b) => Number(a) < Number(b) },
    { allow: ['a'], when: (a) => a !== 1 },
    { cost: ['b', 'c'], of: (b, c) => (c ? Number(b) : 7 - Number(b)) },
    { different: ['a', 'b'], weight: 0.5 },
  ];
  const problem = constraintProblem(domains, constraints);
  let lowest = Infinity;
  for (const a of domains.a) {
    for (const b of domains.b) {
      for (const c of domains.c) {
        const solution = { a, b, c, d: 'x' };
        const state = problem.encode(solution);
        expect(problem.decode(state)).toEqual(solution);
        expect(problem.model.energy(state)).toBe(problem.cost(solution));
        const broken = Number(!(a < b)) + Number(a === 1);
        expect(problem.check(solution)).toHaveLength(broken);
        if (broken === 0) lowest = Math.min(lowest, problem.cost(solution));
      }
    }
  }
  expect((await solve(problem, { seed: 1 })).cost).toBe(lowest);
});

test('where costs are rounded, no constraint is given up because it weighs little', async () => {
  const names = Array.from({ length: 22 }, (_, k) => `v${k}`);
  const weights = names.slice(1).map((_, k) => (k === 20 ? 2e-9 : k % 2 ? 1 / 3 : 0.1));
  const constraints = weights.map((weight, k) => ({ different: names.slice(k, k + 2), weight }));
  const problem = constraintProblem(
    Object.fromEntries(names.map((name) => [name, [0, 1]])),
    constraints,
  );
  for (let seed = 1; seed <= 5; seed++) expect((await solve(problem, { seed })).cost).toBe(0);
});

test('what cannot be is found out and said', async () => {
  const problem = constraintProblem({ a: [1, 2], b: [1, 2], c: [1, 2] }, [
    { different: ['a', 'b', 'c'] },
  ]);
  const { violations, cost } = await solve(problem, { seed: 1, restarts: 3, sweeps: 20 });
  expect(violations).toHaveLength(1);
  expect(violations[0]).toMatch(/^[ab] and [bc] are equal$/);
  expect(cost).toBe(1);
});

test('no variables and no constraints are fine', async () => {
  expect((await solve(constraintProblem({}, []))).solution).toEqual({});
  const free = await solve(constraintProblem({ a: ['only'] }, []));
  expect(free).toMatchObject({ solution: { a: 'only' }, cost: 0, violations: [] });
});

test('check finds values that are missing, wrong or too many', () => {
  const { check, cost, encode } = constraintProblem({ a: [1, 2] }, []);
  expect(check({ a: 2 })).toEqual([]);
  expect(check({})).toEqual(['a is undefined, expected one of 1, 2']);
  expect(check({ a: '1' })).toEqual(["a is '1', expected one of 1, 2"]);
  expect(check({ a: 1, b: 1 })).toEqual(['b is no variable']);
  expect(check(null as never)).toEqual(['an assignment is an object of values, this is null']);
  expect(() => cost({})).toThrow('not an assignment: a is undefined');
  expect(() => encode({ a: 3 })).toThrow('not an assignment: a is 3');
});

test.each([
  [{ a: [] }, [], RangeError, 'the domain of a is empty, expected at least one value'],
  [{ a: [1, 1] }, [], RangeError, 'the domain of a has a value twice'],
  [{ a: 3 }, [], TypeError, 'the domain of a is 3, expected a list of values'],
  [{ a: [null] }, [], TypeError, 'a value of a is null'],
  [[], [], TypeError, 'variables are an Array'],
  [{ a: [1] }, {}, TypeError, 'constraints are an Object, expected a list'],
  [{ a: [1] }, [{}], TypeError, 'constraint 0 is an Object, expected one with different'],
  [{ a: [1] }, [null], TypeError, 'constraint 0 is null'],
  [{ a: [1] }, [{ different: ['a', 'b'] }], RangeError, "constraint 0 names 'b', which is no"],
  [{ a: [1] }, [{ different: ['a', 'a'] }], RangeError, 'constraint 0 names a variable twice'],
  [{ a: [1] }, [{ different: 'a' }], TypeError, "different of constraint 0 is 'a'"],
  [{ a: [1] }, [{ different: ['a'], weight: -1 }], RangeError, 'weight of constraint 0 is -1'],
  [{ a: [1] }, [{ different: ['a'], weigth: 1 }], TypeError, 'constraint 0 have no weigth'],
  [{ a: [1] }, [{ allow: [], when: () => true }], RangeError, 'constraint 0 has 0 variables'],
  [{ a: [1] }, [{ allow: ['a'] }], TypeError, 'when of constraint 0 is undefined'],
  [{ a: [1] }, [{ cost: ['a'], of: () => NaN }], RangeError, 'cost of constraint 0 is NaN'],
])('%j, %j are refused', (variables, constraints, kind, message) => {
  const act = () => constraintProblem(variables as never, constraints as never);
  expect(act).toThrow(kind);
  expect(act).toThrow(message);
});

/** Constraints on sums and counts: the lowest energy is the best that keeps them, by looking at all assignments. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anneal,
  constraintProblem,
  descend,
  potts,
  Random,
  solve,
  type Assignment,
  type Constraint,
} from '../../../src/optimise/index.ts';

type Domains = Record<string, number[]>;

/** All assignments. */
function every(domains: Domains): Assignment[] {
  return Object.entries(domains).reduce<Assignment[]>(
    (all, [name, values]) =>
      all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

const integers = (least: number, most: number) => fc.integer({ min: least, max: most });
const bounds = fc.oneof(
  fc.record({ exactly: integers(-4, 8) }),
  fc.record({ atMost: integers(-4, 8) }),
  fc.record({ atLeast: integers(-4, 8) }),
  fc
    .tuple(integers(-4, 4), fc.nat(4))
    .map(([atLeast, more]) => ({ atLeast, atMost: atLeast + more })),
);
const instance = fc
  .array(fc.uniqueArray(integers(-2, 3), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((lists) => {
    const names = lists.map((_, k) => `v${k}`);
    const domains: Domains = Object.fromEntries(lists.map((values, k) => [names[k], values]));
    const some = fc.subarray(names, { minLength: 1 });
    const sum = fc
      .tuple(
        some,
        fc.array(integers(-3, 3), { minLength: 4, maxLength: 4 }),
        bounds,
        fc.option(integers(1, 5), { nil: undefined }),
      )
      .map(([own, weights, bound, weight]) => ({
        bound,
        weight,
        value: (one: Assignment) =>
          own.reduce((total, name, k) => total + weights[k] * Number(one[name]), 0),
        constraint: {
          sum: Object.fromEntries(own.map((name, k) => [name, weights[k]])),
          ...bound,
          weight,
        },
      }));
    const count = fc
      .tuple(
        some,
        fc.constantFrom(...lists.flat()),
        bounds,
        fc.option(integers(1, 5), { nil: undefined }),
      )
      .map(([own, value, bound, weight]) => ({
        bound,
        weight,
        value: (one: Assignment) => own.filter((name) => one[name] === value).length,
        constraint: { count: own, value, ...bound, weight },
      }));
    const costs = fc.array(fc.array(integers(-9, 9), { minLength: 3, maxLength: 3 }), {
      minLength: 4,
      maxLength: 4,
    });
    return fc.record({
      domains: fc.constant(domains),
      limits: fc.array(fc.oneof(sum, count), { minLength: 1, maxLength: 3 }),
      costs,
    });
  });

const isBeyond = (
  {
    exactly,
    atLeast = exactly ?? -Infinity,
    atMost = exactly ?? Infinity,
  }: { exactly?: number; atLeast?: number; atMost?: number },
  total: number,
) => Math.max(0, atLeast - total, total - atMost);

test('energies are costs, and the least of them is of the cheapest assignment that breaks nothing', () => {
  let solvable = 0;
  let hopeless = 0;
  fc.assert(
    fc.property(instance, ({ domains, limits, costs }) => {
      const names = Object.keys(domains);
      const given = names.map((name, v): Constraint => ({
        cost: [name],
        values: domains[name].map((value, k) => [value, costs[v][k]]),
      }));
      const constraints = [...given, ...limits.map((limit) => limit.constraint as Constraint)];
      const price = (one: Assignment) =>
        names.reduce(
          (sum, name, v) => sum + costs[v][domains[name].indexOf(one[name] as number)],
          0,
        ) +
        limits.reduce(
          (sum, { bound, weight = 0, value }) => sum + weight * isBeyond(bound, value(one)),
          0,
        );
      const broken = (one: Assignment) =>
        limits.filter(
          ({ bound, weight, value }) => weight === undefined && isBeyond(bound, value(one)) > 0,
        ).length;
      let problem;
      try {
        problem = constraintProblem(domains, constraints);
      } catch (error) {
        // A bound, or a value, that nothing in the domains can come to.
        expect((error as Error).message).toMatch(/cannot hold|counts/);
        hopeless++;
        return;
      }
      const all = every(domains);
      for (const one of all) {
        expect(problem.check(one)).toHaveLength(broken(one));
        expect(problem.model.energy(problem.encode(one))).toBe(problem.cost(one));
        if (broken(one) === 0) expect(problem.cost(one)).toBe(price(one));
      }
      const fine = all.filter((one) => broken(one) === 0);
      if (fine.length === 0) return;
      solvable++;
      const least = Math.min(...all.map((one) => problem.cost(one)));
      expect(least).toBe(Math.min(...fine.map(price)));
      for (const one of all)
        if (problem.cost(one) === least) expect(problem.check(one)).toEqual([]);
    }),
    { seed: 5, numRuns: 300 },
  );
  expect(solvable).toBeGreaterThan(60);
  expect(hopeless).toBeGreaterThan(0);
});

/** 0 or 1 for each thing; as many as fit, by their worth. */
function knapsack(things: { weight: number; worth: number }[], room: number) {
  const names = things.map((_, k) => `thing ${k}`);
  return constraintProblem(Object.fromEntries(names.map((name) => [name, [false, true]])), [
    { sum: Object.fromEntries(names.map((name, k) => [name, things[k].weight])), atMost: room },
    ...names.map((name, k): Constraint => ({
      cost: [name],
      of: (taken) => (taken ? -things[k].worth : 0),
    })),
  ]);
}

describe('solvers find', () => {
  test('the best knapsacks of 18 things, by dynamic programming', async () => {
    const random = new Random(8);
    for (let k = 0; k < 4; k++) {
      const things = Array.from({ length: 18 }, () => ({
        weight: 1 + random.below(40),
        worth: 1 + random.below(60),
      }));
      const room = 150;
      const best = new Float64Array(room + 1);
      for (const { weight, worth } of things) {
        for (let w = room; w >= weight; w--) best[w] = Math.max(best[w], best[w - weight] + worth);
      }
      const found = await solve(knapsack(things, room), { seed: k, restarts: 5 });
      expect({ cost: found.cost, violations: found.violations }).toEqual({
        cost: -best[room],
        violations: [],
      });
      expect(found.energy).toBe(found.cost);
    }
  });

  test('the cheapest assignment of six workers to six tasks, of all 720', async () => {
    const random = new Random(3);
    const hours = Array.from({ length: 6 }, () =>
      Array.from({ length: 6 }, () => 1 + random.below(30)),
    );
    const workers = hours.map((_, w) => `worker ${w}`);
    const tasks = [0, 1, 2, 3, 4, 5];
    const problem = constraintProblem(Object.fromEntries(workers.map((name) => [name, tasks])), [
      ...tasks.map((task): Constraint => ({ count: workers, value: task, exactly: 1 })),
      ...workers.map((name, w): Constraint => ({
        cost: [name],
        of: (task) => hours[w][task as number],
      })),
    ]);
    const cheapest = (w: number, taken: number[]): number =>
      w === 6
        ? 0
        : Math.min(
            ...tasks
              .filter((t) => !taken.includes(t))
              .map((t) => hours[w][t] + cheapest(w + 1, [...taken, t])),
          );
    const { cost, violations } = await solve(problem, { seed: 1 });
    expect({ cost, violations }).toEqual({ cost: cheapest(0, []), violations: [] });
  });

  test('nothing lower by one move, with either rule, in costs that are no integers, and the same again', async () => {
    const random = new Random(6);
    const things = Array.from({ length: 30 }, () => ({
      weight: 1 + random.below(9),
      worth: random.real(),
    }));
    const { model } = knapsack(things, 60);
    for (const options of [
      { rule: 'glauber' as const },
      { rule: 'metropolis' as const },
      { temperatures: [0, 0] as const },
    ]) {
      const found = await anneal(model, { seed: 4, restarts: 2, sweeps: 60, ...options });
      expect(found.energy).toBe(model.energy(found.state));
      found.state.forEach((_, v) => {
        const other = found.state.map((value, k) => (k === v ? 1 - value : value));
        expect(model.energy(other)).toBeGreaterThanOrEqual(found.energy);
      });
      const again = await anneal(model, { seed: 4, restarts: 2, sweeps: 60, ...options });
      expect({ ...again, seconds: 0, reached: 0 }).toEqual({ ...found, seconds: 0, reached: 0 });
    }
    const start = new Int32Array(30);
    const fallen = await descend(model, { start, restarts: 1 });
    expect(fallen.energy).toBeLessThan(0);
    await expect(potts(model, { seed: 1 })).rejects.toThrow(TypeError);
  });

  test('a target, and what cannot be is said', async () => {
    const either = constraintProblem({ a: [0, 1], b: [0, 1], c: [0, 1] }, [
      { sum: ['a', 'b'], exactly: 1 },
      { sum: ['b', 'c'], exactly: 1 },
      { sum: ['a', 'c'], exactly: 1 },
    ]);
    const { violations, proved, cost } = await solve(either, { seed: 1, restarts: 3, sweeps: 20 });
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatch(/^[abc] \+ [abc] is [02], expected exactly 1$/);
    expect({ proved, cost }).toEqual({ proved: false, cost: 1 });
    const fine = constraintProblem({ a: [0, 1], b: [0, 1] }, [
      { count: ['a', 'b'], value: 1, exactly: 1 },
    ]);
    expect(await solve(fine, { seed: 1 })).toMatchObject({
      ended: 'target',
      proved: true,
      cost: 0,
    });
  });
});

test('check says what is wrong in words', () => {
  const domains = { a: [0, 1, 2], b: [true, false], c: [0, 1] };
  const { check } = constraintProblem(domains, [
    { sum: { a: 3, b: -2, c: 1 }, atLeast: 1, atMost: 4 },
    { count: ['a', 'c'], value: 1, atMost: 1 },
  ]);
  expect(check({ a: 1, b: true, c: 0 })).toEqual([]);
  expect(check({ a: 2, b: false, c: 1 })).toEqual([
    '3·a + -2·b + c is 7, expected at least 1 and at most 4',
  ]);
  expect(check({ a: 1, b: false, c: 1 })).toEqual([
    'the number of a, c that are 1 is 2, expected at most 1',
  ]);
});

const AB = { a: [0, 1], b: ['x', 'y'] };
test.each([
  [{ sum: ['a'] }, TypeError, 'constraint 0 has no bound'],
  [{ sum: ['a'], exactly: 1, atMost: 1 }, TypeError, 'exactly and another bound'],
  [{ sum: ['a'], atLeast: 2, atMost: 1 }, RangeError, 'at least 2 and at most 1'],
  [{ sum: ['a'], atMost: 0.5 }, RangeError, 'atMost of constraint 0 is 0.5, expected an integer'],
  [{ sum: ['a'], atLeast: 2 }, RangeError, 'cannot hold: it is from 0 to 1, expected at least 2'],
  [{ sum: ['b'], atMost: 1 }, TypeError, "sums b, which can be 'x'"],
  [{ sum: { a: 0.5 }, atMost: 1 }, RangeError, 'weight of a in constraint 0 is 0.5'],
  [{ sum: { c: 1 }, atMost: 1 }, RangeError, "names 'c', which is no variable"],
  [{ sum: null, atMost: 1 }, TypeError, 'sum of constraint 0'],
  [{ sum: ['a'], atMost: 1, weight: 0 }, RangeError, 'weight of constraint 0 is 0'],
  [{ count: ['a'], value: 7, atMost: 1 }, RangeError, 'counts 7'],
  [{ count: ['a'], exactly: 1 }, RangeError, 'counts undefined'],
  [
    { allow: ['a'], values: [[0, 1]] },
    TypeError,
    'values[0] of constraint 0 is an Array, expected 1 values',
  ],
  [{ allow: ['a'], values: 3 }, TypeError, 'values of constraint 0 are 3'],
  [{ allow: ['a'], values: [], when: () => true }, TypeError, 'a function and values'],
  [{ cost: ['a'], values: [[0]] }, TypeError, 'expected 1 values and a cost'],
  [{ cost: ['a'], values: [[0, 'x']] }, TypeError, "cost of constraint 0 is 'x'"],
])('%j is refused', (constraint, kind, message) => {
  const act = () => constraintProblem(AB, [constraint as never]);
  expect(act).toThrow(kind);
  expect(act).toThrow(message);
});

test('lists of values are what functions of them are', () => {
  const byList = constraintProblem({ a: [1, 2], b: [1, 2] }, [
    {
      allow: ['a', 'b'],
      values: [
        [1, 2],
        [2, 1],
      ],
    },
    { cost: ['a'], values: [[2, 5]] },
  ]);
  const byFunction = constraintProblem({ a: [1, 2], b: [1, 2] }, [
    { allow: ['a', 'b'], when: (a, b) => a !== b },
    { cost: ['a'], of: (a) => (a === 2 ? 5 : 0) },
  ]);
  for (const one of every({ a: [1, 2], b: [1, 2] })) {
    expect(byList.cost(one)).toBe(byFunction.cost(one));
    expect(byList.check(one)).toEqual(byFunction.check(one));
  }
});

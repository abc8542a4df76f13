/** The best distinct solutions of a search: no two the same, none better left out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BestStates } from '../../src/optimise/best-states.ts';
import {
  anneal,
  colouring,
  descend,
  exact,
  type IsingModel,
  localSearch,
  maxCut,
  queens,
  Random,
  solve,
  travellingSalesman,
} from '../../src/optimise/index.ts';
import { search } from '../../src/optimise/search.ts';
import { FakeSearch, planOf } from './fake-search.ts';

test('of all that is offered, the best of each solution in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(6)), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      (offers, most) => {
        // A number and its negative are one solution.
        const best = new BestStates<number>(most, Math.abs);
        for (const [state, value] of offers) best.offer(state, value);
        const least = new Map<number, number>();
        for (const [state, value] of offers) {
          least.set(Math.abs(state), Math.min(value, least.get(Math.abs(state)) ?? Infinity));
        }
        const expected = [...least.values()].sort((a, b) => a - b).slice(0, most);
        expect(best.list.map(({ value }) => value)).toEqual(expected);
        const found = best.list.map(({ state }) => Math.abs(state));
        expect(new Set(found).size).toBe(found.length);
        for (const { state, value } of best.list) expect(least.get(Math.abs(state))).toBe(value);
      },
    ),
    { seed: 3 },
  );
});

describe('of a search', () => {
  const finish = (state: number[]) => ({ state, energy: state[1] });

  test('the best of each run', async () => {
    const floors = [5, -3, 7, -2];
    const work = new FakeSearch(9, (run, sweep) => (sweep === 4 ? floors[run] : 50));
    const { states } = await search(work, planOf({ restarts: 4, solutions: 3 }), finish);
    expect(states!.map(({ energy }) => energy)).toEqual([-3, -2, 5]);
    const ranked = new FakeSearch(9, (run) => run);
    const rank = ([run]: number[]) => -run;
    const best = await search(ranked, planOf({ restarts: 4, solutions: 2, rank }), finish);
    expect(best.states!.map(({ state }) => state[0])).toEqual([3, 2]);
  });

  test('a target ends it when all have reached it', async () => {
    const work = new FakeSearch(9, (run, sweep) => (run % 2 === 1 && sweep > 3 ? 0 : 9));
    const plan = planOf({ restarts: 20, solutions: 3, target: 0 });
    const { states, restarts, ended } = await search(work, plan, finish);
    expect({ restarts, ended }).toEqual({ restarts: 6, ended: 'target' });
    expect(states!.map(({ energy }) => energy)).toEqual([0, 0, 0]);
  });
});

describe('of a problem', () => {
  test('are valid, distinct and no better than the first', async () => {
    const { solutions, solution, cost } = await solve(queens(6), {
      seed: 2,
      restarts: 60,
      solutions: 4,
    });
    // There are four ways to place six queens.
    expect(solutions!.map((one) => one.solution.join('')).sort()).toEqual([
      '135024',
      '251403',
      '304152',
      '420531',
    ]);
    expect(solutions![0]).toMatchObject({ solution, cost });
    for (const one of solutions!) expect(one).toMatchObject({ cost: 0, violations: [] });
  });

  test('that is another in name only counts once: sides, colours, beginnings and directions', async () => {
    const square = {
      vertices: 4,
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ] as [number, number][],
    };
    const cut = await solve(maxCut(square), { seed: 1, restarts: 20, solutions: 9 });
    expect(cut.solutions!.filter((one) => one.cost === 4)).toHaveLength(1);
    const coloured = await solve(colouring(square, 2), { seed: 1, restarts: 20, solutions: 9 });
    expect(coloured.solutions!.filter((one) => one.cost === 0)).toHaveLength(1);
    const cities = [
      [0, 0],
      [2, 0],
      [3, 1],
      [2, 2],
      [0, 2],
    ] as [number, number][];
    const tours = await solve(travellingSalesman(cities), {
      seed: 1,
      restarts: 9,
      sweeps: 30,
      solutions: 9,
    });
    expect(tours.solutions).toHaveLength(1);
  });

  test('are the lowest of all states that no flip lowers, where runs fall into them', async () => {
    const random = new Random(5);
    const edges = Array.from({ length: 10 }, (_, j) =>
      Array.from({ length: j }, (__, i): [number, number, number] => [
        i,
        j,
        random.below(2001) - 1000,
      ]),
    ).flat();
    const problem = maxCut({ vertices: 10, edges });
    const { model } = problem;
    // Of a state and its reverse the one whose last spin is up.
    const all = Array.from({ length: 512 }, (_, k) =>
      Int8Array.from({ length: 10 }, (__, i) => ((k >> i) & 1 ? -1 : 1)),
    );
    const rests = all.filter((s) => (model as IsingModel).deltas(s).every((d) => d > 0));
    const lowest = rests.map((s) => model.energy(s)).sort((a, b) => a - b);
    expect(lowest.length).toBeGreaterThan(4);
    const { solutions } = await solve(problem, {
      solver: descend,
      seed: 1,
      restarts: 300,
      solutions: 4,
      target: -Infinity,
    });
    expect(solutions!.map(({ energy }) => energy)).toEqual(lowest.slice(0, 4));
  });

  test('make as many runs at least', async () => {
    const { model } = queens(8);
    const { restarts, states } = await anneal(model, { seed: 1, sweeps: 20, solutions: 15 });
    expect(restarts).toBe(15);
    expect(states!.length).toBeLessThanOrEqual(15);
    const tour = travellingSalesman([
      [0, 0],
      [1, 5],
      [2, 1],
      [3, 3],
      [4, 0],
      [5, 2],
    ]);
    const found = await localSearch(tour.model, { seed: 1, sweeps: 2, solutions: 3 });
    expect(found.restarts).toBe(3);
  });

  test('wrong numbers, and a solver that has one only, are refused', async () => {
    const { model } = maxCut({ vertices: 2, edges: [[0, 1]] });
    for (const solutions of [0, 1.5, -1]) {
      await expect(descend(model, { solutions })).rejects.toThrow(RangeError);
    }
    await expect(descend(model, { solutions: '3' as never })).rejects.toThrow(TypeError);
    await expect(exact(model, { solutions: 2 } as never)).rejects.toThrow('no solutions');
  });
});

import { allSteps } from '../../../src/pacing.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  potts,
  readTsplib,
  solve,
  travellingSalesman,
  twoOpt,
} from '../../../src/optimise/index.ts';
import type { TourModel } from '../../../src/optimise/tours/tour-model.ts';
import bays29 from '../../instances/bays29.tsp?raw';
import gr21 from '../../instances/gr21.tsp?raw';
import gr24 from '../../instances/gr24.tsp?raw';
import { TEN_CITIES as TEN } from '../../instances/ten-cities.mjs';

type Points = [number, number][];

test('the ten cities of Hopfield and Tank: a network finds the optimum in every run', async () => {
  const problem = travellingSalesman(TEN);
  for (let seed = 1; seed <= 10; seed++) {
    const { cost, violations } = await solve(problem, { solver: potts, seed, restarts: 30 });
    expect(cost).toBeCloseTo(2.6907, 4);
    expect(violations).toEqual([]);
  }
});

describe.each([
  ['gr21', gr21, 2707],
  ['gr24', gr24, 1272],
  ['bays29', bays29, 2020],
])('%s', (_, file, optimum) => {
  const { cities } = readTsplib(file);

  test('a network comes within a tenth of the optimum, and nearer with 2-opt', async () => {
    const { cost, solution, violations } = await solve(travellingSalesman(cities), {
      solver: potts,
      seed: 1,
      restarts: 20,
    });
    expect(violations).toEqual([]);
    expect(cost).toBeGreaterThanOrEqual(optimum);
    expect(cost).toBeLessThan(1.1 * optimum);
    expect(twoOpt(solution.tour, cities).length).toBeLessThanOrEqual(cost);
  });

  test.each(['wasm', 'reference'] as const)(
    'local search finds the optimum (%s)',
    async (backend) => {
      const problem = travellingSalesman(cities, { backend });
      for (let seed = 1; seed <= 5; seed++) {
        const found = await solve(problem, { seed, sweeps: 300 });
        expect(found).toMatchObject({ cost: optimum, violations: [], ended: 'restarts' });
      }
    },
  );
});

const tours = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), {
    minLength: 1,
    maxLength: 7,
  })
  .chain((points) =>
    fc.tuple(
      fc.constant(points as Points),
      fc.shuffledSubarray([...points.keys()], { minLength: points.length }),
    ),
  );

test('the energy of a tour is its length; encode undoes decode', () => {
  fc.assert(
    fc.property(tours, ([points, tour]) => {
      fc.pre(points.length >= 3);
      const problem = travellingSalesman(points);
      const state = problem.encode({ tour, collisions: 0 });
      const length = tour.reduce((sum, c, k) => {
        const [a, b] = [points[c], points[tour[(k + 1) % tour.length]]];
        return sum + Math.hypot(a[0] - b[0], a[1] - b[1]);
      }, 0);
      expect(problem.decode(state)).toEqual({ tour, collisions: 0 });
      expect(problem.cost({ tour, collisions: 0 })).toBeCloseTo(length, 9);
      expect(problem.model.energy(state)).toBeCloseTo(length, 9);
    }),
    { seed: 1 },
  );
});

test('any state becomes a tour: cities in a position of their own keep it, collisions are counted', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(6), { minLength: 7, maxLength: 7 }), (state) => {
      const { tour, collisions } = travellingSalesman(TEN.slice(0, 7)).decode(
        Int32Array.from(state),
      );
      expect([...tour].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(collisions).toBe(7 - new Set(state).size);
      state.forEach((position, city) => {
        if (state.filter((p) => p === position).length === 1) expect(tour[position]).toBe(city);
      });
    }),
    { seed: 1 },
  );
});

/** All orders of a list. */
function orders(list: number[]): number[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((x, k) =>
    orders([...list.slice(0, k), ...list.slice(k + 1)]).map((rest) => [x, ...rest]),
  );
}

test('colliding cities are placed so that moving there costs least in all', () => {
  const places = fc.tuple(fc.nat(100), fc.nat(100));
  fc.assert(
    fc.property(
      fc.array(places, { minLength: 6, maxLength: 6 }),
      fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }),
      (points, positions) => {
        const { model, decode } = travellingSalesman(points);
        const state = Int32Array.from(positions);
        const costs = (model as TourModel).network().moveCosts(state);
        // Cities that share a position, and positions that have no city of their own.
        const visitors = [0, 1, 2, 3, 4, 5].map((p) => positions.filter((q) => q === p).length);
        const cities = [0, 1, 2, 3, 4, 5].filter((city) => visitors[positions[city]] > 1);
        const open = [0, 1, 2, 3, 4, 5].filter((p) => visitors[p] !== 1);
        const sum = (order: number[]) =>
          order.reduce((total, p, k) => total + costs[6 * cities[k] + p], 0);
        const { tour } = decode(state);
        const found = sum(cities.map((city) => tour.indexOf(city)));
        expect(found).toBeCloseTo(Math.min(...orders(open).map(sum)), 9);
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

test.each([1, 2, 3])('%i cities', async (n) => {
  const problem = travellingSalesman(TEN.slice(0, n));
  const { solution, violations } = await solve(problem, { seed: 1 });
  expect([...solution.tour].sort()).toEqual([...Array(n).keys()]);
  expect(violations).toEqual([]);
});

/** The least length of a closed tour, by trying all. */
function shortest(d: number[][], way: number[] = [0], length = 0): number {
  const last = way[way.length - 1];
  if (way.length === d.length) return length + d[last][0];
  const next = [...d.keys()].filter((city) => !way.includes(city));
  return Math.min(...next.map((c) => shortest(d, [...way, c], length + d[last][c])));
}

test('few cities: no tour is shorter, among any distances', async () => {
  const cases = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.array(fc.nat(9), { minLength: 49 }));
  await fc.assert(
    fc.asyncProperty(cases, fc.constantFrom('wasm', 'reference'), async ([n, any], backend) => {
      const d = Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) =>
          i === j ? 0 : any[Math.min(i, j) * 7 + Math.max(i, j)],
        ),
      );
      const { cost, violations } = await solve(
        travellingSalesman(Float64Array.from(d.flat()), { backend }),
        {
          seed: 1,
        },
      );
      expect(violations).toEqual([]);
      expect(cost).toBe(shortest(d));
    }),
    { numRuns: 100 },
  );
});

test('cities in one place', async () => {
  const points: Points = Array.from({ length: 6 }, (_, k) => [k % 2, 0]);
  const { cost, violations } = await solve(travellingSalesman(points), { seed: 1, restarts: 50 });
  expect(violations).toEqual([]);
  expect(cost).toBe(2);
  const nowhere = await solve(travellingSalesman(points.map(() => [3, 3])), { seed: 1 });
  expect(nowhere.cost).toBe(0);
  expect(nowhere.violations).toEqual([]);
});

test('check finds what is no tour', () => {
  const { check } = travellingSalesman(TEN.slice(0, 3));
  const of = (tour: number[]) => check({ tour, collisions: 0 });
  expect(of([2, 0, 1])).toEqual([]);
  expect(of([0, 1])).toContain('the tour has 2 stops, expected 3');
  expect(of([0, 1, 1])).toEqual([
    'city 1 is visited 2 times, expected once',
    'city 2 is visited 0 times, expected once',
  ]);
  expect(of([0, 1, 2.5])).toContain('stop 2 is 2.5, cities are 0 to 2');
});

test.each([
  [
    [
      [0, 1, 2],
      [1, 0, 3],
      [2, 4, 0],
    ],
    'the distance from 1 to 2 is 3 and back 4',
  ],
  [
    [
      [0, NaN, 2],
      [NaN, 0, 3],
      [2, 3, 0],
    ],
    'the distance from 0 to 1 is NaN',
  ],
  [
    [
      [0, -1, 2],
      [-1, 0, 3],
      [2, 3, 0],
    ],
    'the distance from 0 to 1 is -1',
  ],
  [
    [
      [0, 1, 2],
      [1, 0, 3],
    ],
    'row 0 has length 3, expected 2 distances',
  ],
  [
    [
      [0, NaN],
      [0, 0],
      [1, 1],
    ],
    'point 0 is NaN, expected two numbers',
  ],
  [[[0, 0], 7], 'city 1 is 7, expected [x, y] or a row of distances'],
  [new Float64Array(5), 'distances have length 5, expected a square number'],
  [[], 'there are 0 cities, expected at least 1'],
  [{ cities: [[0, 0]] }, 'cities are what readTsplib returns, expected its member cities'],
  ['here', "cities are 'here', expected points or distances"],
  [
    [
      [0, 0],
      [1e308, 0],
      [-1e308, 0],
    ],
    'point 1 is 1e+308, expected two numbers from -1e150 to 1e150',
  ],
])('%j is refused', (cities, message) => {
  expect(() => travellingSalesman(cities as never)).toThrow(message);
});

test('the best of many runs of a network is the shortest tour, not the state of lowest energy', async () => {
  const problem = travellingSalesman(readTsplib(gr24).cities);
  const together = await solve(problem, { solver: potts, seed: 3, restarts: 30, sweeps: 100 });
  const rank = problem.rank!;
  const ranks: number[] = [];
  await potts(problem.model, {
    seed: 3,
    restarts: 30,
    sweeps: 100,
    rank: (state) => {
      ranks.push(rank(state));
      return 0;
    },
  });
  expect(together.cost).toBe(Math.min(...ranks));
  expect(Math.max(...ranks)).toBeGreaterThan(together.cost);
});

test('a start in which cities share positions, as in a network, becomes a tour', async () => {
  const cities = Array.from({ length: 40 }, (_, k): [number, number] => [(k * k) % 41, k]);
  for (const backend of ['wasm', 'reference'] as const) {
    const problem = travellingSalesman(cities, { backend });
    const starts = [
      new Int32Array(40),
      new Int32Array(40).fill(39),
      Int32Array.from(cities, (_, k) => (7 * k) % 20),
    ];
    for (const start of starts) {
      const found = await solve(problem, { start, seed: 1, sweeps: 3, restarts: 1 });
      expect(found.violations).toEqual([]);
      expect(found.energy).toBeCloseTo(found.energies[0], 9);
    }
  }
});

test('of tours of one length the same comes out, however the sweeps are divided', () => {
  for (let seed = 1; seed <= 12; seed++) {
    // Many edges of one length.
    const cities = Array.from({ length: 60 }, (_, k): [number, number] => [
      (k * k * seed) % 9,
      k % 7,
    ]);
    const found = (['wasm', 'reference'] as const).flatMap((backend) => {
      const { model } = travellingSalesman({ points: cities, metric: 'EUC_2D' }, { backend });
      return [[30], [1, 29], [7, 7, 7, 9]].map((parts) => {
        const plan = { seed, target: -Infinity, sweeps: 30 };
        const work = allSteps((model as TourModel).localSearch(plan));
        work.begin(0, undefined);
        let state = work.state;
        let least = work.energy;
        for (const sweeps of parts) {
          expect(work.advance(sweeps)).toBe(sweeps);
          // As the searches do: a state is asked for when it is better.
          if (work.energy < least) [state, least] = [work.state, work.energy];
        }
        work.dispose();
        return { state, least };
      });
    });
    for (const each of found) expect(each).toEqual(found[0]);
  }
});

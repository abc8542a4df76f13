/** Runs of solvers dealt out by number: what comes out is what one thread finds. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  anneal,
  colouring,
  descend,
  exact,
  IsingModel,
  localSearch,
  maxCut,
  meanField,
  potts,
  PottsModel,
  queens,
  Random,
  solve,
  travellingSalesman,
  type Model,
  type SearchOptions,
  type SearchProgress,
  type SearchResult,
  type Solver,
} from '../../src/optimise/index.ts';
import { Pool } from '../../src/parallel/index.ts';

const random = new Random(3);
const vertices = 30;
const edges = Array.from({ length: 90 }, () => random.sample(vertices, 2) as [number, number]);
const couplings = Float64Array.from({ length: 20 * 20 }, () => random.real() - 0.5);
const glass = new IsingModel(20, {
  couplings,
  fields: Array.from({ length: 20 }, () => random.real()),
});
const groups = new PottsModel([2, 3, 4, 2], {
  costs: Array.from({ length: 11 }, () => random.real()),
  pairs: [
    [0, 2, 1.5],
    [1, 5, -0.3],
    [4, 9, 0.7],
    [0, 2, 0.1],
    [7, 10, -1],
  ],
  offset: 2,
});
const signs = new Random(4);
/** Couplings of one size, a few a spin: runs are made side by side. */
const ring = new IsingModel(60, {
  couplings: Array.from({ length: 60 }, (_, i) =>
    [1, 5, 13].map((step) => [i, (i + step) % 60, 3 * signs.sign()] as const),
  ).flat(),
});
/**
 * Many states are lowest, one half of all has none of them, and the part that has the first is not the first: spin 24 is free, 25
 * and 23 are down.
 */
const states = new IsingModel(26, {
  couplings: Array.from({ length: 40 }, () => [...random.sample(23, 2), signs.sign()] as never),
  fields: Array.from({ length: 26 }, (_, i) => (i === 25 || i === 23 ? -1 : 0)),
});
const lowest = await exact(states, { seed: 8 });
const cities = Array.from({ length: 9 }, () => [random.real(), random.real()] as const);

/** All that does not depend on the clock. */
function timeless<T extends SearchResult<unknown>>({ seconds, reached, ...rest }: T): unknown {
  expect(reached).toBeGreaterThanOrEqual(0);
  expect(seconds).toBeGreaterThanOrEqual(reached);
  return rest;
}

const SEARCHES: [string, Solver<never>, Model<never>, SearchOptions<never> & object][] = [
  ['anneal', anneal, glass, { restarts: 9, sweeps: 20 }],
  ['anneal, glauber', anneal, glass, { restarts: 5, sweeps: 20, rule: 'glauber' } as object],
  ['anneal side by side', anneal, ring, { restarts: 39, sweeps: 20 }],
  ['anneal side by side, by default', anneal, ring, { sweeps: 20 }],
  [
    'anneal side by side from a start',
    anneal,
    ring,
    { restarts: 17, sweeps: 3, rule: 'glauber', start: Array(60).fill(1) } as object,
  ],
  ['descend', descend, glass, { restarts: 9 }],
  ['descend, one run', descend, glass, { restarts: 1 }],
  ['mean field', meanField, glass, { restarts: 5, sweeps: 30 }],
  ['anneal of groups', anneal, groups, { restarts: 5, sweeps: 20 }],
  ['potts', potts, groups, { restarts: 5, sweeps: 30 }],
  [
    'local search of tours',
    localSearch,
    travellingSalesman(cities).model,
    { restarts: 4, sweeps: 9 },
  ],
  [
    'local search of colourings',
    localSearch,
    colouring({ vertices, edges }, 3).model,
    { restarts: 4, sweeps: 5 },
  ],
  [
    'local search of as few colours',
    localSearch,
    colouring({ vertices, edges }).model,
    { restarts: 3, sweeps: 5 },
  ],
  ['local search of spins', localSearch, glass, { restarts: 3, sweeps: 700 }],
  ['several solutions', descend, glass, { restarts: 9, solutions: 4 }],
  [
    'several solutions that are good enough',
    anneal,
    queens(6).model,
    { restarts: 40, sweeps: 99, solutions: 3, target: 0 },
  ],
  ['all states', exact, states, {}],
  ['all states until one is good enough', exact, states, { target: lowest.energy + 1 }],
  ['a start', descend, glass, { restarts: 3, start: Array(20).fill(1) as never }],
].map(([name, solver, model, options]) => [
  name,
  solver,
  model,
  { seed: 8, ...(options as object) },
]) as never;

describe.each([1, 2, 3, 7])('%d workers', (workers) => {
  let pool: Pool;
  beforeAll(() => (pool = new Pool({ workers })));
  afterAll(() => pool.dispose());

  test.each(SEARCHES)('%s', async (_, solver, model, options) => {
    const found = await pool.solver(solver)(model, options);
    expect(timeless(found)).toStrictEqual(timeless(await solver(model, options)));
    expect([pool.kind, pool.reason]).toEqual(['workers', undefined]);
  });

  test('a target: the lowest run that reaches it', async () => {
    const all = await descend(glass, { restarts: 12, seed: 4 });
    // One that some runs miss, and more than one reaches.
    const target = all.energies.slice().sort()[2];
    const options = { restarts: 12, seed: 4, target };
    const found = await pool.solver(descend)(glass, options);
    expect(timeless(found)).toStrictEqual(timeless(await descend(glass, options)));
    expect(found.ended).toBe('target');
    expect(found.restarts).toBeLessThan(12);
  });

  test('a target of runs side by side: those that began with the first to reach it', async () => {
    const all = await anneal(ring, { restarts: 90, seed: 4, sweeps: 2 });
    const target = all.energy;
    const options = { restarts: 90, seed: 4, sweeps: 2, target };
    const found = await pool.solver(anneal)(ring, options);
    expect(timeless(found)).toStrictEqual(timeless(await anneal(ring, options)));
    const first = all.energies.indexOf(target);
    expect(first).toBeGreaterThan(15);
    expect([found.ended, found.restarts]).toEqual(['target', 16 * (1 + Math.floor(first / 16))]);
    const rank = (state: Int8Array) => state.filter((s) => s > 0).length;
    const ranked = { ...options, rank, target: 18 };
    expect(timeless(await pool.solver(anneal)(ring, ranked))).toStrictEqual(
      timeless(await anneal(ring, ranked)),
    );
  });

  test('all states: proved, and of several solutions the first', async () => {
    const cut = maxCut({ vertices: 6, edges: [[0, 1]] });
    const all = await pool.solve(cut, { solver: exact, seed: 1 });
    expect(timeless(all)).toStrictEqual(timeless(await solve(cut, { solver: exact, seed: 1 })));
    expect(all).toMatchObject({ cost: 1, proved: true, completed: 1, restarts: 1 });
  });

  test('solve: the solution, its cost, the rank that a problem has', async () => {
    const cut = maxCut({ vertices, edges });
    const options = { restarts: 6, seed: 2, sweeps: 30 };
    expect(timeless(await pool.solve(cut, options))).toStrictEqual(
      timeless(await solve(cut, options)),
    );
    const tour = travellingSalesman(cities);
    for (const solver of [localSearch, potts] as Solver<Int32Array>[]) {
      expect(timeless(await pool.solve(tour, { ...options, solver }))).toStrictEqual(
        timeless(await solve(tour, { ...options, solver })),
      );
    }
    // What suits tours knows itself when one is short enough, or nothing is shorter.
    const short = (await solve(tour, options)).cost;
    const few = travellingSalesman(cities.slice(0, 3));
    for (const [problem, wanted] of [
      [tour, { target: short * 1.01 }],
      [few, {}],
    ] as const) {
      const found = await pool.solve(problem, { ...options, ...wanted });
      expect(found.ended).toBe('target');
      expect(timeless(found)).toStrictEqual(
        timeless(await solve(problem, { ...options, ...wanted })),
      );
    }
    const ranked = {
      ...options,
      rank: (state: Int8Array) => state.filter((s) => s > 0).length,
      target: 13,
    };
    expect(timeless(await pool.solve(cut, ranked))).toStrictEqual(
      timeless(await solve(cut, ranked)),
    );
  });
});

describe('what depends on the clock, and on this thread', () => {
  const pool = new Pool({ workers: 2 });
  afterAll(() => pool.dispose());
  const slow = new IsingModel(400, {
    couplings: Float64Array.from({ length: 160_000 }, () => random.real() - 0.5),
  });

  test('time ends it, with runs of growing length', async () => {
    const before = performance.now();
    const found = await pool.solver(anneal)(slow, { time: 0.3, seed: 1 });
    expect(performance.now() - before).toBeGreaterThan(290);
    expect(found.ended).toBe('time');
    expect(found.energies.length).toBe(found.restarts);
    expect(slow.energy(found.state)).toBe(found.energy);
  });

  test('time ends the parts of one search, and nothing is proved', async () => {
    // Half a second of two cores.
    const large = new IsingModel(30, { couplings: [[0, 29, 1]], fields: Array(30).fill(1) });
    const found = await pool.solver(exact)(large, { time: 0.01 });
    expect(found).toMatchObject({ ended: 'time', proved: false, completed: 0, restarts: 1 });
    expect(large.energy(found.state)).toBe(found.energy);
  });

  test('a signal ends it with the best so far; aborted beforehand it throws', async () => {
    const stop = new AbortController();
    const { signal } = stop;
    const onProgress = ({ sweeps }: SearchProgress) =>
      sweeps > 0 && stop.abort(new Error('enough'));
    const endless = { sweeps: 1e6, restarts: 1000, seed: 1, signal, onProgress };
    const found = await pool.solver(anneal)(slow, endless);
    expect(found.ended).toBe('signal');
    expect(slow.energy(found.state)).toBe(found.energy);
    await expect(pool.solver(anneal)(slow, endless)).rejects.toThrow('enough');
  });

  test('progress rises from 0 to 1, and ends with what the result says', async () => {
    const told: SearchProgress[] = [];
    const onProgress = (progress: SearchProgress) => told.push(progress);
    // Told at most once in twenty milliseconds: as long as this on a machine of any speed.
    const found = await pool.solver(anneal)(slow, { time: 0.5, seed: 1, onProgress });
    const done = told.map((progress) => progress.done);
    expect(told.length).toBeGreaterThan(2);
    expect(done).toEqual(Array.from(Float64Array.from(done).sort()));
    expect(done.slice(0, -1).every((x) => x >= 0 && x < 1)).toBe(true);
    const { restarts, sweeps } = found;
    expect(told.at(-1)).toMatchObject({
      done: 1,
      restarts,
      sweeps,
      energy: Math.min(...found.energies),
    });
  });

  test('functions that are part of the runs are called on this thread, and it is said', async () => {
    const options = { restarts: 3, seed: 1, schedule: (t: number) => 2 - 2 * t };
    const found = await pool.solver(anneal)(glass, options);
    expect(timeless(found)).toStrictEqual(timeless(await anneal(glass, options)));
    expect(pool.kind).toBe('this-thread');
    expect(pool.reason).toMatch('schedule is a function');
    const own: Solver<Int8Array> = (model, given) => descend(model, given);
    await pool.solve(maxCut({ vertices, edges }), { solver: own, restarts: 2, seed: 1 });
    expect(pool.reason).toMatch('none that workers know');
    await pool.solver(descend)(glass, { restarts: 2 });
    expect([pool.kind, pool.reason]).toEqual(['workers', undefined]);
  });

  test('the errors of one thread, before anything is dealt out', async () => {
    const bad = { restarts: 0 };
    const [by, here] = await Promise.allSettled([
      pool.solver(anneal)(glass, bad),
      anneal(glass, bad),
    ]);
    expect(by).toEqual(here);
    await expect(pool.solver(potts)(glass as never)).rejects.toThrow('expected a PottsModel');
    await expect(
      pool.solve(colouring({ vertices: 3, edges: [] }, 2), { solver: 3 as never }),
    ).rejects.toThrow('expected a function');
    await expect(pool.solve(undefined as never)).rejects.toThrow('problem is undefined');
    await expect(pool.solver(descend)(glass, { rank: () => NaN })).rejects.toThrow(
      'rank gave NaN, expected a number',
    );
  });
});

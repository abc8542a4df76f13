/** What searches need before their first run: made in steps, within the time, and no other than if it were made at once. */
import { describe, expect, test } from 'vitest';
import {
  anneal,
  colouring,
  descend,
  IsingModel,
  localSearch,
  meanField,
  potts,
  PottsModel,
  queens,
  Random,
  solve,
  travellingSalesman,
  type Model,
  type Problem,
  type SearchProgress,
  type TourSolution,
} from '../../src/optimise/index.ts';
import type { NetworkModel } from '../../src/optimise/potts/network-model.ts';
import { allSteps } from '../../src/pacing.ts';

const random = new Random(4);
const places = (n: number) =>
  Array.from({ length: n }, (): [number, number] => [random.real(), random.real()]);
const networkOf = (problem: Problem<never, Int32Array>) =>
  (problem.model as NetworkModel).network();

/** The same energy by pairs in any order. */
function byPairs(sizes: number[], pairs: [number, number, number][]): unknown {
  return new PottsModel(sizes, { pairs }).plain();
}

describe('networks are what their formulas say', () => {
  test.each([1, 2, 3, 4, 7])('tours of %i cities', (n) => {
    const cities = places(n);
    const d = (a: number, b: number) =>
      Math.hypot(cities[a][0] - cities[b][0], cities[a][1] - cities[b][1]);
    const means = cities.map(
      (_, a) =>
        cities.reduce((sum, __, b) => sum + (a === b ? 0 : d(a, b)), 0) / Math.max(1, n - 1),
    );
    const near = (a: number) =>
      cities
        .map((_, b) => d(a, b))
        .filter((__, b) => b !== a)
        .sort((x, y) => x - y);
    const detour = n > 2 ? Math.max(...cities.map((_, a) => near(a)[0] + near(a)[1])) : 0;
    const network = networkOf(travellingSalesman(cities) as never);
    expect(network.sizes).toEqual(Array(n).fill(n));
    // The energy of a tour is its length; a shared position costs the penalty on top.
    for (let k = 0; k < 5; k++) {
      const state = Array.from({ length: n }, () => random.below(n));
      let energy = 0;
      for (let a = 0; a < n; a++) {
        for (let b = 0; b < a; b++) {
          if (state[a] === state[b])
            energy += Math.max(0.75 * (means[a] + means[b]), 1.25 * detour);
          for (const [x, y] of [
            [a, b],
            [b, a],
          ])
            if (n > 1 && (state[x] + 1) % n === state[y]) energy += d(x, y);
        }
      }
      expect(network.energy(state)).toBeCloseTo(energy, 9);
    }
  });

  test.each([1, 2, 3, 5, 8])('%i queens', (n) => {
    const pairs: [number, number, number][] = [];
    for (let a = 0; a < n * n; a++) {
      for (let b = 0; b < a; b++) {
        const rows = Math.floor(a / n) - Math.floor(b / n);
        const columns = Math.abs((a % n) - (b % n));
        if (rows > 0 && (columns === 0 || columns === rows)) pairs.push([a, b, 1]);
      }
    }
    expect(networkOf(queens(n) as never).plain()).toEqual(byPairs(Array(n).fill(n), pairs));
  });

  test('colourings', () => {
    const edges: [number, number][] = [
      [0, 3],
      [3, 1],
      [2, 0],
      [4, 3],
    ];
    const pairs = edges.flatMap(([a, b]) =>
      [0, 1, 2].map((c): [number, number, number] => [3 * b + c, 3 * a + c, 1]),
    );
    const problem = colouring({ vertices: 5, edges }, 3);
    expect(networkOf(problem as never).plain()).toEqual(byPairs(Array(5).fill(3), pairs));
  });
});

describe('spins are laid out in steps', () => {
  const N = 600;
  const real = Float64Array.from({ length: N * N }, () => random.real() - 0.5);
  const dense = () => new IsingModel(N, { couplings: real });
  const chords = Array.from({ length: 45_000 }, (_, i) => [1, 9].map((d) => [i, d] as const))
    .flat()
    .map(([i, d]) => [i, (i + d) % 45_000, random.sign()] as const);
  const sparse = () => new IsingModel(45_000, { couplings: { entries: chords } });

  test.each([
    ['rows of a dense model', dense, descend, 1],
    ['rows of a dense model, averages', dense, meanField, 1],
    ['lists of a sparse one', sparse, descend, 1],
    ['lists for runs side by side', sparse, anneal, 5],
  ] as const)('%s: by two who take turns, or at once', async (_, make, solver, runs) => {
    const model = make();
    const turns = [model.opening(runs), model.opening(runs)];
    let steps = 0;
    while (!turns[steps % 2].next().done) steps++;
    expect(steps).toBeGreaterThan(2);
    // Nothing is left to do.
    expect(model.opening(runs).next().done).toBe(true);
    const options = { seed: 1, restarts: runs, sweeps: 1 } as const;
    const { sweeps: __, ...given } = options;
    const asked = solver === descend ? given : options;
    const { seconds, reached, ...found } = await solver(model, asked);
    expect(seconds).toBeGreaterThanOrEqual(reached);
    expect(await solver(make(), asked)).toMatchObject(found);
    expect(found.energy).toBe(model.energy(found.state));
    for (const state of [model.anyState(1), model.anyState(2)]) {
      expect(model.readState(state, 'state')).toEqual(state);
    }
    expect(model.anyState(1)).not.toEqual(model.anyState(2));
  });
});

/** A model that is never ready. */
function endless(model: NetworkModel): Model<Int32Array> {
  return {
    energy: (state) => model.energy(state),
    readState: (state, name) => model.readState(state, name),
    anyState: (seed) => model.anyState(seed),
    annealingRange: [1, 1],
    annealing: () => expect.unreachable('there was no time for it'),
    *opening() {
      for (;;) yield;
    },
  };
}

describe('a search whose setting up is cut short', () => {
  test('by the time gives any valid state, and says that there was no run', async () => {
    const problem = travellingSalesman(places(9));
    const model = endless(problem.model as NetworkModel);
    const told: SearchProgress[] = [];
    const onProgress = (progress: SearchProgress) => void told.push(progress);
    const options = { solver: anneal, seed: 3, time: 0.6, onProgress };
    const found = await solve<TourSolution, Int32Array>({ ...problem, model }, options);
    expect(found).toMatchObject({ ended: 'time', completed: 0, restarts: 0, sweeps: 0 });
    expect(found).toMatchObject({ proved: false, violations: [] });
    expect(found.energies).toHaveLength(0);
    expect(found.cost).toBe(problem.cost(found.solution));
    expect(found.seconds).toBeGreaterThanOrEqual(0.6);
    expect(told.length).toBeGreaterThan(0);
    for (const [k, { energy, restarts, done }] of told.entries()) {
      expect({ energy, restarts }).toEqual({ energy: Infinity, restarts: 0 });
      expect(done).toBeGreaterThanOrEqual(k === 0 ? 0 : told[k - 1].done);
      expect(done).toBeLessThanOrEqual(1);
    }
    const start = Int32Array.from(found.state).reverse();
    const again = await descend(model, { time: 1e-3, start, solutions: 2 });
    expect(again.state).toEqual(start);
    expect(again.states).toHaveLength(1);
    // What is small it has time for in any case.
    expect(again.seconds).toBeGreaterThanOrEqual(0.5);
  });

  test('by the signal, too, and whoever comes next goes on with it', async () => {
    const model = travellingSalesman(places(40)).model as NetworkModel;
    const stop = new AbortController();
    const steps = model.opening();
    for (let k = 0; k < 10; k++) steps.next();
    const progress: SearchProgress[] = [];
    const found = anneal(model, {
      seed: 1,
      sweeps: 1,
      restarts: 1,
      signal: stop.signal,
      onProgress: (p) => progress.push(p),
    });
    // Somebody else makes the rest meanwhile.
    allSteps(model.opening());
    expect((await found).completed).toBe(1);
    expect(progress.at(-1)).toMatchObject({ done: 1, restarts: 1 });
    const never = endless(queens(8).model as NetworkModel);
    stop.abort();
    await expect(anneal(never, { signal: stop.signal })).rejects.toThrow();
    const late = new AbortController();
    const onProgress = () => late.abort();
    const cut = await anneal(never, { seed: 1, signal: late.signal, onProgress });
    expect(cut).toMatchObject({ ended: 'signal', completed: 0, restarts: 0 });
    model.dispose();
  });

  test('wrong options are told at once', async () => {
    const { model } = queens(300);
    for (const options of [
      { sweeps: 0 },
      { temperatures: [1] },
      { schedule: 'cubic' },
      { start: [1] },
    ]) {
      await expect(anneal(model, options as never)).rejects.toThrow();
      await expect(potts(model, options as never)).rejects.toThrow();
    }
    expect((model as NetworkModel).bytes).toBeLessThan(1e6);
  });

  test('more cities than a network takes: the same error each time', async () => {
    const { model } = travellingSalesman(places(281));
    for (let k = 0; k < 2; k++) await expect(anneal(model)).rejects.toThrow('at most 280');
    expect((await localSearch(model, { seed: 1, sweeps: 1 })).completed).toBe(1);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anneal,
  exact,
  IsingModel,
  maxCut,
  numberPartition,
  PottsModel,
  qubo,
  Random,
  solve,
  type IsingOptions,
  type SearchProgress,
} from '../../src/optimise/index.ts';

const BACKENDS = ['wasm', 'reference'] as const;

/** Every coupling and field a number of `draw`. */
function complete(spins: number, draw: () => number, fields = true): IsingOptions {
  const entries: [number, number, number][] = [];
  for (let i = 0; i < spins; i++) for (let j = 0; j < i; j++) entries.push([i, j, draw()]);
  return {
    couplings: { entries } as never,
    ...(fields && { fields: Float64Array.from({ length: spins }, draw) }),
  };
}

/** The lowest energy of all states, each computed by the model from the numbers it was given. */
function lowest(model: IsingModel): number {
  let least = Infinity;
  for (let code = 0; code < 2 ** model.spins; code++) {
    const state = Int8Array.from({ length: model.spins }, (_, i) => ((code >> i) & 1 ? -1 : 1));
    least = Math.min(least, model.energy(state));
  }
  return least;
}

describe.each(BACKENDS)('%s', (backend) => {
  test('the lowest energy there is, of integers, reals and numbers far apart, with fields and without', async () => {
    for (let seed = 0; seed < 33; seed++) {
      const random = new Random(seed, 0);
      const draws = [
        () => random.below(5) - 2,
        () => random.real() - 0.5,
        () => (random.below(2) ? 1e12 : 1) * (random.below(3) - 1),
      ];
      const spins = 1 + (seed % 11);
      const options = complete(spins, draws[seed % 3], seed % 2 === 0);
      const model = new IsingModel(spins, { ...options, offset: 3, backend });
      const found = await exact(model, { seed: 1 });
      const least = lowest(model);
      expect(found.energy).toBeCloseTo(least, 9);
      if (model.exact) expect(found.energy).toBe(least);
      expect(found.energy).toBe(model.energy(found.state));
      expect(found).toMatchObject({ proved: true, ended: 'restarts', restarts: 1, completed: 1 });
    }
  });

  test('ground states that are known: chains, frustrated rings, complete antiferromagnets', async () => {
    for (const spins of [4, 5, 13, 16]) {
      const ring = Array.from({ length: spins }, (_, i) => [i, (i + 1) % spins, -1] as const);
      const model = new IsingModel(spins, { couplings: ring, backend });
      // A ring of odd length cannot satisfy all of its edges (Toulouse 1977).
      expect((await exact(model)).energy).toBe(spins % 2 === 0 ? -spins : 2 - spins);
      const all = new IsingModel(spins, { ...complete(spins, () => -1, false), backend });
      // ½(M² − N) with M = 0 or ±1.
      expect((await exact(all)).energy).toBe(((spins % 2) - spins) / 2);
    }
  });
});

test('both backends give the same, whatever the numbers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 13 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 1e6 }),
      async (spins, fields, seed) => {
        const [wasm, reference] = await Promise.all(
          BACKENDS.map((backend) => {
            const random = new Random(seed, 0);
            const size = 10 ** (seed % 13);
            const draw = () => Math.round(random.real() * 4 - 2) * (random.below(2) ? 1 : size);
            return exact(new IsingModel(spins, { ...complete(spins, draw, fields), backend }));
          }),
        );
        expect(wasm.state).toEqual(reference.state);
        expect(wasm.energy).toBe(reference.energy);
        expect(wasm.sweeps).toBe(reference.sweeps);
      },
    ),
    { seed: 1, numRuns: 30 },
  );
});

test('twenty spins: no annealing is lower, and it is through in the sweeps it says', async () => {
  const random = new Random(3, 0);
  const model = new IsingModel(
    20,
    complete(20, () => random.real() - 0.5),
  );
  const found = await exact(model);
  const annealed = await anneal(model, { seed: 1, restarts: 20, sweeps: 300 });
  expect(found.energy).toBeLessThanOrEqual(annealed.energy);
  // Steps of 16 states, 4096 a sweep; the first step is made beforehand.
  expect(found.sweeps).toBe(16);
  const mirrored = await exact(
    new IsingModel(
      20,
      complete(20, () => random.below(3) - 1, false),
    ),
  );
  expect(mirrored.sweeps).toBe(8);
  expect(mirrored.state[19]).toBe(1);
});

test('problems: solved and proved, with the numbers of the problem', async () => {
  // The Petersen graph: 12 of its 15 edges can be cut.
  const outer = [0, 1, 2, 3, 4];
  const edges = outer.flatMap((i): [number, number][] => [
    [i, (i + 1) % 5],
    [i, i + 5],
    [i + 5, ((i + 2) % 5) + 5],
  ]);
  const cut = await solve(maxCut({ vertices: 10, edges }), { solver: exact });
  expect(cut).toMatchObject({ cost: 12, violations: [], proved: true });
  const heaps = await solve(numberPartition([4, 5, 6, 7, 8]), { solver: exact });
  expect(heaps).toMatchObject({ cost: 0, proved: true });
  const Q = [
    [-3, 2],
    [2, -3],
  ];
  expect(await solve(qubo(Q), { solver: exact })).toMatchObject({ cost: -3, proved: true });
});

describe('what ends it early proves nothing', () => {
  const random = new Random(1, 0);
  const large = () =>
    new IsingModel(
      30,
      complete(30, () => random.below(201) - 100),
    );

  test('time, with a state whose energy is the one that is said', async () => {
    const model = large();
    const found = await exact(model, { time: 0.02 });
    expect(found).toMatchObject({ proved: false, ended: 'time', completed: 0 });
    expect(found.energy).toBe(model.energy(found.state));
    // The best of those visited need not be at rest: it falls from there.
    expect(found.energy).toBeLessThanOrEqual(found.energies[0]);
    expect(Math.min(...model.deltas(found.state))).toBeGreaterThanOrEqual(0);
  });

  test('the signal, while it works; progress rises', async () => {
    const stop = new AbortController();
    const told: SearchProgress[] = [];
    const onProgress = (progress: SearchProgress) => {
      told.push(progress);
      if (told.length === 3) stop.abort();
    };
    const found = await exact(large(), { signal: stop.signal, onProgress });
    expect(found).toMatchObject({ proved: false, ended: 'signal', completed: 0 });
    const done = told.map((progress) => progress.done);
    expect(done[0]).toBeLessThan(done[1]);
    expect(done[1]).toBeLessThan(done[2]);
    expect(done[2]).toBeLessThan(1);
    await expect(exact(large(), { signal: AbortSignal.abort() })).rejects.toThrow();
  });

  test('a target of the caller’s', async () => {
    const found = await exact(large(), { target: -1 });
    expect(found).toMatchObject({ proved: false, ended: 'target', completed: 1 });
    expect(found.energy).toBeLessThanOrEqual(-1);
  });
});

test('refuses what it cannot do, and leaves the model as it was', async () => {
  const model = new IsingModel(
    3,
    complete(3, () => 1),
  );
  await expect(exact(model, { restarts: 2 } as never)).rejects.toThrow(/no restarts/);
  await expect(exact(model, { start: [1, 1, 1] } as never)).rejects.toThrow(/no start/);
  await expect(exact(model, { rank: () => 1 } as never)).rejects.toThrow(/no rank/);
  await expect(exact(model, { sweeps: 2 } as never)).rejects.toThrow(/no sweeps/);
  await expect(exact(model, null as never)).rejects.toThrow(TypeError);
  await expect(exact(model, { time: -1 })).rejects.toThrow(RangeError);
  await expect(exact({} as never)).rejects.toThrow(/expected an IsingModel/);
  const groups = new PottsModel([2, 2], { pairs: [] });
  await expect(exact(groups as never)).rejects.toThrow(/expected an IsingModel/);
  await expect(exact(new IsingModel(31, { couplings: [] }))).rejects.toThrow(
    /31 spins.*at most 30/,
  );
  expect((await exact(model)).proved).toBe(true);
  expect((await anneal(model, { seed: 1 })).energy).toBe((await exact(model)).energy);
});

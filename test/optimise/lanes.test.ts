/** Runs of annealing side by side: what comes out is what runs mean, however many are asked for. */
import { describe, expect, test } from 'vitest';
import { anneal, IsingModel, maxCut, Random, solve } from '../../src/optimise/index.ts';
import type { Backend } from '../../src/kernels/open.ts';

const SPINS = 40;

/** Three couplings a spin and on either side, all of one size, and fields that are multiples of it; none where it has to be rounded. */
function sparse(size: number, backend: Backend = 'auto'): IsingModel {
  const random = new Random(5);
  const couplings = Array.from({ length: SPINS }, (_, i) =>
    [1, 2, 7].map((step) => [i, (i + step) % SPINS, size * random.sign()] as const),
  ).flat();
  const fields = Array.from({ length: SPINS }, () =>
    Number.isInteger(size) ? size * (random.below(5) - 2) : 0,
  );
  return new IsingModel(SPINS, { couplings, fields, offset: 3, backend });
}

/** A star whose hub has that many leaves. */
function star(leaves: number): IsingModel {
  const couplings = Array.from({ length: leaves }, (_, i) => [0, i + 1, -1] as const);
  return new IsingModel(leaves + 1, { couplings });
}

describe.each([1, 6, 0.1])('couplings of ±%d', (size) => {
  test.each(['metropolis', 'glauber'] as const)('both backends find the same, %s', async (rule) => {
    const options = { seed: 3, sweeps: 30, restarts: 20, rule };
    const [wasm, reference] = await Promise.all(
      (['wasm', 'reference'] as const).map((backend) => anneal(sparse(size, backend), options)),
    );
    for (const name of ['state', 'energy', 'energies', 'sweeps'] as const) {
      expect(wasm[name]).toEqual(reference[name]);
    }
  });

  test('the best of all runs is what is found, and no flip lowers it', async () => {
    const model = sparse(size);
    const { state, energy, energies, completed } = await anneal(model, { seed: 1, sweeps: 40 });
    expect(energy).toBe(model.energy(state));
    expect(energy).toBeCloseTo(Math.min(...energies), 6);
    expect(Math.min(...model.deltas(state))).toBeGreaterThanOrEqual(0);
    expect([energies.length, completed]).toEqual([16, 16]);
  });
});

test('run k comes to the same however many are made', async () => {
  const model = sparse(1);
  const of = async (restarts: number) =>
    (await anneal(model, { seed: 9, sweeps: 25, restarts })).energies;
  const all = await of(40);
  expect(all.length).toBe(40);
  expect(new Set(all).size).toBeGreaterThan(2);
  for (const restarts of [5, 15, 16, 17, 39]) {
    expect(await of(restarts)).toEqual(all.slice(0, restarts));
  }
});

test('runs cooled further are lower', async () => {
  const [short, long] = await Promise.all(
    [2, 300].map((sweeps) => anneal(sparse(1), { seed: 2, restarts: 16, sweeps })),
  );
  const mean = (x: Float64Array) => x.reduce((a, b) => a + b) / x.length;
  expect(mean(long.energies)).toBeLessThan(mean(short.energies) - 1);
});

test('where fields may pass 255 couplings, or sizes differ, runs are made one after the other', async () => {
  const byDefault = async (model: IsingModel) => {
    const { restarts, energy } = await anneal(model, { seed: 1, sweeps: 20 });
    return [restarts, energy];
  };
  expect(await byDefault(star(255))).toEqual([16, -255]);
  expect(await byDefault(star(256))).toEqual([10, -256]);
  const pair = (fields: number[], J = 2) =>
    new IsingModel(3, {
      couplings: [
        [0, 1, J],
        [1, 2, -2],
      ],
      fields,
    });
  expect(await byDefault(pair([0, 0, 0]))).toEqual([16, -4]);
  expect(await byDefault(pair([4, -2, 0]))).toEqual([16, -6]);
  expect(await byDefault(pair([1, 0, 0]))).toEqual([10, -5]);
  expect(await byDefault(pair([0, 0, 0], 1))).toEqual([10, -3]);
  expect(await byDefault(new IsingModel(2, { couplings: [], fields: [1, 2] }))).toEqual([10, -3]);
});

test('the first run begins in the state given, the others do not', async () => {
  const model = sparse(1);
  const { state: start, energy } = await anneal(model, { seed: 1, sweeps: 200 });
  const cold = { seed: 4, sweeps: 1, temperatures: [0, 0] as const, restarts: 16 };
  const { energies } = await anneal(model, { ...cold, start });
  const free = await anneal(model, cold);
  expect(energies[0]).toBe(energy);
  expect(free.energies[0]).toBeGreaterThan(energy);
  expect(energies.slice(1)).toEqual(free.energies.slice(1));
});

test('where couplings are rounded, a target is reached by energies that are as low, and by no others', async () => {
  const model = sparse(0.1);
  const options = { seed: 8, sweeps: 60, restarts: 48 };
  const { energy } = await anneal(model, options);
  const found = await anneal(model, { ...options, target: energy });
  expect(found.ended).toBe('target');
  expect(found.energy).toBeCloseTo(energy, 12);
  const below = await anneal(model, { ...options, target: energy - 0.01 });
  expect(below.ended).toBe('restarts');
});

test('all runs end with the one that reaches the target; those that did count as completed', async () => {
  const model = sparse(1);
  const all = await anneal(model, { seed: 6, sweeps: 20, restarts: 32 });
  const found = await anneal(model, { seed: 6, sweeps: 20, restarts: 32, target: all.energy });
  expect(found.ended).toBe('target');
  expect(found.energy).toBe(all.energy);
  expect(found.restarts % 16).toBe(0);
  const last = found.energies.slice(found.restarts - 16);
  const reached = last.filter((energy) => energy <= all.energy).length;
  expect(reached).toBeGreaterThan(0);
  expect(found.completed).toBe(found.restarts - 16 + reached);
  expect(found.sweeps % 16).toBe(0);
});

test('a rank is asked once for each run, of its best state', async () => {
  const model = sparse(1);
  const seen: number[] = [];
  const rank = (state: Int8Array) => {
    seen.push(model.energy(state));
    return -seen.length;
  };
  const found = await anneal(model, { seed: 2, sweeps: 20, restarts: 21, rank });
  expect(seen).toEqual([...found.energies]);
  expect(found.energy).toBe(found.energies[20]);
});

test('progress rises to 1, in runs and sweeps that are counted one by one', async () => {
  const told: { done: number; restarts: number; sweeps: number }[] = [];
  const found = await anneal(sparse(1), {
    seed: 2,
    sweeps: 3000,
    restarts: 120,
    onProgress: ({ done, restarts, sweeps }) => told.push({ done, restarts, sweeps }),
  });
  expect(told.at(-1)).toEqual({ done: 1, restarts: 120, sweeps: found.sweeps });
  expect(found.sweeps).toBeGreaterThanOrEqual(120 * 3001);
  for (let k = 1; k < told.length; k++) {
    expect(told[k].done).toBeGreaterThanOrEqual(told[k - 1].done);
    expect(told[k].restarts).toBeGreaterThanOrEqual(told[k - 1].restarts);
  }
});

test('with time, runs side by side have one length, which grows', async () => {
  const found = await anneal(sparse(1), { seed: 1, time: 0.2 });
  expect(found.ended).toBe('time');
  expect(found.restarts % 16).toBe(0);
  expect(found.completed === found.restarts || found.completed === found.restarts - 16).toBe(true);
});

test('rings, whose walls could follow the sweeps for ever, are solved', async () => {
  for (let seed = 0; seed < 5; seed++) {
    const edges = Array.from({ length: 30 }, (_, k) => [k, (k + 1) % 30] as const);
    const { cost } = await solve(maxCut({ vertices: 30, edges }), { seed, sweeps: 200 });
    expect(cost).toBe(30);
  }
});

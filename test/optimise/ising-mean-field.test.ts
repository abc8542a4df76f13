import { expect, test } from 'vitest';
import { IsingModel, meanField, Random } from '../../src/optimise/index.ts';
import { IsingMeanField } from '../../src/optimise/ising/mean-field.ts';

type Entries = [number, number, number][];

function randomModel(spins: number, seed: number, backend: 'wasm' | 'reference' = 'wasm') {
  const random = new Random(seed);
  const couplings: Entries = [];
  for (let i = 0; i < spins; i++) {
    for (let j = 0; j < i; j++) {
      if (random.real() < 0.6) couplings.push([i, j, random.below(11) - 5]);
    }
  }
  const fields = Array.from({ length: spins }, () => random.below(5) - 2);
  return new IsingModel(spins, { couplings: couplings, fields, offset: 0.5, backend });
}

function lowest(model: IsingModel): number {
  let least = Infinity;
  for (let bits = 0; bits < 2 ** model.spins; bits++) {
    const state = Int8Array.from({ length: model.spins }, (_, i) => ((bits >> i) & 1 ? 1 : -1));
    least = Math.min(least, model.energy(state));
  }
  return least;
}

test('finds the ground states of small instances', async () => {
  let single = 0;
  for (let seed = 0; seed < 20; seed++) {
    const model = randomModel(11, seed);
    const ground = lowest(model);
    const { energy, energies } = await meanField(model, { seed, restarts: 20, sweeps: 60 });
    expect(energy).toBe(ground);
    single += energies.filter((e) => e === ground).length;
  }
  // Chance alone would find one of 2048 states.
  expect(single).toBeGreaterThan(200);
});

test('ends where no flip lowers the energy, and tells the energy of its state', async () => {
  for (const spins of [1, 2, 7, 60]) {
    const model = randomModel(spins, spins);
    const { state, energy } = await meanField(model, { seed: 3, restarts: 4, sweeps: 25 });
    expect(energy).toBe(model.energy(state));
    for (const delta of model.deltas(state)) expect(delta).toBeGreaterThanOrEqual(0);
  }
});

test('backends agree, and a seed gives the same again', async () => {
  const options = { seed: 9, restarts: 5, sweeps: 40, schedule: 'geometric' as const };
  const once = await meanField(randomModel(90, 4), options);
  const again = await meanField(randomModel(90, 4), options);
  const reference = await meanField(randomModel(90, 4, 'reference'), options);
  for (const other of [again, reference]) {
    expect(other.energies).toEqual(once.energies);
    expect(other.state).toEqual(once.state);
    expect(other.sweeps).toBe(once.sweeps);
  }
});

test('what comes out does not depend on how the sweeps are divided', () => {
  const model = randomModel(70, 6);
  const temperatures = Float64Array.from({ length: 50 }, (_, k) => 20 * 0.9 ** k);
  const outcomes = [1, 2, 7, 49, 50, 51, 1000].map((stretch) => {
    const { machine, integers, links } = model.open();
    const plan = { seed: 5, target: -Infinity, temperatures };
    const cold = { ...plan, temperatures: new Float64Array(0), rule: 'metropolis' } as const;
    const work = new IsingMeanField(machine, integers, links.now(), model.annealing(cold), plan);
    const runs = [0, 1, 2].map((run) => {
      work.begin(run, undefined);
      let sweeps = 0;
      for (let made = stretch; made === stretch;) sweeps += made = work.advance(stretch);
      return { energy: work.energy, state: [...work.state], sweeps };
    });
    work.dispose();
    return runs;
  });
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
});

test('a run keeps the state it was given when it finds none better', async () => {
  const model = randomModel(10, 3);
  const best = await meanField(model, { seed: 1, restarts: 30, sweeps: 60 });
  expect(best.energy).toBe(lowest(model));
  const temperatures = [1e9, 1e9] as const;
  const { state, energy } = await meanField(model, {
    start: best.state,
    restarts: 1,
    sweeps: 3,
    temperatures,
    seed: 1,
  });
  expect(energy).toBe(best.energy);
  expect(state).toEqual(best.state);
});

test('stops at the target', async () => {
  const model = randomModel(10, 3);
  const best = await meanField(model, { seed: 1, restarts: 30, sweeps: 60 });
  const target = best.energy;
  const more = await meanField(model, { seed: 2, restarts: 1000, sweeps: 60, target });
  expect(more.ended).toBe('target');
  expect(more.restarts).toBeLessThan(1000);
  const none = await meanField(model, { seed: 2, start: best.state, target });
  expect([none.ended, none.sweeps]).toEqual(['target', 0]);
});

test('the temperatures begin at the largest eigenvalue of the couplings', () => {
  const n = 12;
  const complete = (J: number): Entries => {
    const entries: Entries = [];
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) entries.push([i, j, J]);
    return entries;
  };
  const ring = Array.from(
    { length: n },
    (_, i) => [i, (i + 1) % n, 0.25] as [number, number, number],
  );
  const rangeOf = (model: IsingModel) => model.open().averagesRange.now();
  const hot = (couplings: Entries) => rangeOf(new IsingModel(n, { couplings }))[0];
  expect(hot(complete(3))).toBeCloseTo(3 * (n - 1), 6);
  expect(hot(complete(-3)) / 3).toBeCloseTo(1, 2);
  expect(hot(ring) / 0.5).toBeCloseTo(1, 2);
  const none = new IsingModel(3, { couplings: { entries: [] } });
  expect(rangeOf(none)).toEqual([1, 1]);
});

test('a ferromagnet cooled from above its critical temperature is all one way', async () => {
  const n = 30;
  const couplings = Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 0 : 1));
  const { energies } = await meanField(new IsingModel(n, { couplings }), { seed: 1, sweeps: 100 });
  for (const energy of energies) expect(energy).toBe((-n * (n - 1)) / 2);
});

/** Spins searched by what good states have in common: contraction keeps energies, and what comes of it is no worse than anything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exact, IsingModel, localSearch, Random } from '../../src/optimise/index.ts';
import { contract } from '../../src/optimise/ising/contraction.ts';
import { toIntegers } from '../../src/optimise/ising/integers.ts';
import { isingEnergy } from '../../src/optimise/ising/numbers.ts';
import { readIsing } from '../../src/optimise/ising/read.ts';
import { allSteps } from '../../src/pacing.ts';

/** Couplings of a share of the pairs, and fields. */
function model(spins: number, seed: number, share: number, draw: (random: Random) => number) {
  const random = new Random(seed);
  const entries: [number, number, number][] = [];
  for (let i = 0; i < spins; i++) {
    for (let j = 0; j < i; j++) if (random.real() < share) entries.push([i, j, draw(random)]);
  }
  const fields = Array.from({ length: spins }, () => (seed % 2 ? draw(random) : 0));
  return { couplings: { entries } as never, fields };
}

test('blocks turn as the spins of a smaller model with the same differences of energies', () => {
  const check = (spins: number, count: number, share: number, seed: number) => {
    const { couplings, fields } = model(spins, seed, share, (random) => random.below(21) - 10);
    const integers = toIntegers(readIsing(spins, couplings, fields, 0));
    const full = new IsingModel(spins, { couplings, fields });
    const random = new Random(seed, 1);
    const states = Array.from({ length: count }, () => random.signs(spins));
    const { blocks, numbers } = allSteps(contract(integers, states));
    const [base] = states;
    const size = Math.max(...blocks) + 1;
    expect(numbers.spins).toBe(size);
    const turned = (t: Int8Array) => base.map((s, i) => s * t[blocks[i]]);
    const energy = (t: Int8Array) =>
      full.energy(turned(t)) - integers.unit * isingEnergy(numbers, t);
    const up = energy(new Int8Array(size).fill(1));
    for (let k = 0; k < 5; k++) expect(energy(random.signs(size))).toBe(up);
    // Each state is one of the smaller model.
    for (const state of states) {
      const t = new Int8Array(size);
      for (let i = 0; i < spins; i++) t[blocks[i]] = base[i] * state[i];
      expect(turned(t)).toEqual(state);
    }
    // What is coupled and oriented alike in all of them is one block.
    for (const [i, j, J] of (couplings as { entries: number[][] }).entries) {
      const alike = states.every((state) => state[i] * state[j] === base[i] * base[j]);
      if (J !== 0) expect(blocks[i] === blocks[j]).toBe(alike);
    }
  };
  const sizes = fc.integer({ min: 1, max: 30 });
  const counts = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(
      sizes,
      counts,
      fc.constantFrom(0.1, 0.5, 1),
      fc.integer({ min: 0, max: 1e6 }),
      check,
    ),
    { numRuns: 60 },
  );
  // More blocks than a square is made for.
  check(700, 8, 0.004, 3);
});

/** A chain whose couplings fall with the third power of the distance: walls have far to go. */
function chain(spins: number, backend: 'wasm' | 'reference') {
  const random = new Random(spins);
  const couplings: [number, number, number][] = [];
  for (let i = 0; i < spins; i++) {
    for (let j = 0; j < i; j++) {
      const far = Math.min(i - j, spins - i + j);
      couplings.push([i, j, Math.round((2e5 * (random.real() - 0.5)) / (far * far * far))]);
    }
  }
  return new IsingModel(spins, { couplings: { entries: couplings } as never, backend });
}

describe.each(['wasm', 'reference'] as const)('%s', (backend) => {
  test('the lowest energy of small models', async () => {
    const draws = [
      (random: Random) => random.below(5) - 2,
      (random: Random) => random.real() - 0.5,
      (random: Random) => (random.below(9) ? 1 : 1e6) * (random.real() - 0.5),
    ];
    for (let seed = 0; seed < 9; seed++) {
      const given = model(4 + seed, seed, seed < 4 ? 1 : 0.4, draws[seed % 3]);
      const spins = new IsingModel(4 + seed, { ...given, offset: 2, backend });
      const found = await localSearch(spins, { seed, sweeps: 2000 });
      expect(found.energy).toBeCloseTo((await exact(spins)).energy, 9);
      expect(found.energy).toBe(spins.energy(found.state));
    }
    const all = chain(20, backend);
    expect((await localSearch(all, { seed: 1 })).energy).toBe((await exact(all)).energy);
  });

  test('what comes out does not depend on how the sweeps are divided, and memory is given back', () => {
    const spins = chain(50, backend);
    const plan = { seed: 3, target: -Infinity, sweeps: 900 };
    const bytes = () => spins.bytes;
    allSteps(spins.opening());
    const before = bytes();
    const outcomes = [1, 7, 100, 900, 5000].map((stretch) => {
      const work = allSteps(spins.localSearch(plan));
      const runs = [0, 1].map((run) => {
        work.begin(run, undefined);
        let sweeps = 0;
        for (let made = stretch; made === stretch || work.between;) {
          sweeps += made = work.advance(stretch);
        }
        return { sweeps, energy: work.energy, state: [...work.state] };
      });
      work.dispose();
      return runs;
    });
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    expect(outcomes[0][0].sweeps).toBe(900);
    expect(outcomes[0][1].state).not.toEqual(outcomes[0][0].state);
    expect(bytes()).toBe(before);
  });
});

test('it lets others have a turn while it contracts, and is over only when its sweeps are made', () => {
  const work = allSteps(chain(40, 'wasm').localSearch({ seed: 1, target: -Infinity, sweeps: 1e5 }));
  work.begin(0, undefined);
  let [sweeps, turns] = [0, 0];
  for (let over = false; !over;) {
    const made = work.advance(1e6);
    sweeps += made;
    if (work.between) turns++;
    else over = made < 1e6;
  }
  expect(sweeps).toBe(1e5);
  expect(turns).toBeGreaterThan(1);
  work.dispose();
});

test('without end it has come to something once an annealing is over, with one when its sweeps are made', () => {
  for (const sweeps of [Infinity, 5000]) {
    const work = allSteps(chain(40, 'wasm').localSearch({ seed: 1, target: -Infinity, sweeps }));
    work.begin(0, undefined);
    work.advance(20);
    expect(work.settled).toBe(false);
    work.advance(2000);
    expect(work.settled).toBe(sweeps === Infinity);
    work.begin(1, undefined);
    expect(work.settled).toBe(false);
    work.dispose();
  }
});

test('both backends give the same; a start is never lost, a target ends it', async () => {
  const options = { seed: 5, sweeps: 1200, restarts: 2 };
  const found = await localSearch(chain(60, 'wasm'), options);
  const { energies, state, sweeps } = await localSearch(chain(60, 'reference'), options);
  expect({ energies, state, sweeps }).toEqual({
    energies: found.energies,
    state: found.state,
    sweeps: found.sweeps,
  });
  const spins = chain(60, 'wasm');
  const again = await localSearch(spins, { seed: 6, sweeps: 1, start: found.state });
  expect(again.energy).toBeLessThanOrEqual(found.energy);
  const target = found.energy;
  const reached = await localSearch(spins, { seed: 7, restarts: 50, sweeps: 3000, target });
  expect(reached.ended).toBe('target');
  // Nothing is below all couplings satisfied.
  const pair = new IsingModel(2, { couplings: [[0, 1, 3]], fields: [1, 1], offset: 1 });
  expect(await localSearch(pair, { seed: 1 })).toMatchObject({ energy: -4, ended: 'target' });
});

import { allSteps } from '../../src/pacing.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anneal, descend, potts, PottsModel, Random } from '../../src/optimise/index.ts';
import { criticalTemperature } from '../../src/optimise/potts/temperatures.ts';

/** A model with random costs, and the numbers it was made of. */
function randomModel(seed: number, whole: boolean, backend: 'wasm' | 'reference' = 'wasm') {
  const random = new Random(seed);
  const number = () => (whole ? random.below(41) - 20 : random.real() * 4 - 2);
  const sizes = Array.from({ length: 1 + random.below(5) }, () => 1 + random.below(4));
  const groupOf = sizes.flatMap((size, g) => Array.from({ length: size }, () => g));
  const costs = groupOf.map(number);
  const pairs: [number, number, number][] = [];
  for (let k = 0; k < 3 * groupOf.length; k++) {
    const [a, b] = [random.below(groupOf.length), random.below(groupOf.length)];
    if (groupOf[a] !== groupOf[b]) pairs.push([a, b, number()]);
  }
  const offset = number();
  const model = new PottsModel(sizes, { costs, pairs, offset, backend });
  return { model, sizes, costs, pairs, offset };
}

function allStates(sizes: number[]): number[][] {
  let states: number[][] = [[]];
  for (const size of sizes) {
    states = states.flatMap((state) => Array.from({ length: size }, (_, k) => [...state, k]));
  }
  return states;
}

/** Straight from the definition. */
function energyOf(
  { sizes, costs, pairs, offset }: ReturnType<typeof randomModel>,
  state: number[],
): number {
  let start = 0;
  const on = new Set<number>();
  sizes.forEach((size, g) => {
    on.add(start + state[g]);
    start += size;
  });
  let energy = offset;
  for (const a of on) energy += costs[a];
  for (const [a, b, cost] of pairs) if (on.has(a) && on.has(b)) energy += cost;
  return energy;
}

const SEEDS = { seed: 7, numRuns: 40 };

test('energy is what the definition says; integers exactly', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.boolean(), (seed, whole) => {
      const given = randomModel(seed, whole);
      for (const state of allStates(given.sizes).slice(0, 50)) {
        const energy = given.model.energy(state);
        if (whole) expect(energy).toBe(energyOf(given, state));
        else expect(energy).toBeCloseTo(energyOf(given, state), 10);
      }
    }),
    SEEDS,
  );
});

test('moveCosts is the change of the energy by every single move', () => {
  fc.assert(
    fc.property(fc.nat(1e6), (seed) => {
      const given = randomModel(seed, true);
      const state = given.sizes.map((size) => size - 1);
      const costs = given.model.moveCosts(state);
      let variable = 0;
      given.sizes.forEach((size, g) => {
        for (let k = 0; k < size; k++) {
          const other = state.map((index, h) => (h === g ? k : index));
          expect(costs[variable++]).toBe(energyOf(given, other) - energyOf(given, state));
        }
      });
    }),
    SEEDS,
  );
});

test('anneal and potts find the lowest of all states, and report its energy', async () => {
  for (let seed = 1; seed <= 15; seed++) {
    for (const whole of [true, false]) {
      const given = randomModel(seed, whole);
      const lowest = Math.min(...allStates(given.sizes).map((state) => energyOf(given, state)));
      for (const rule of ['metropolis', 'glauber'] as const) {
        const found = await anneal(given.model, { seed, sweeps: 100, restarts: 20, rule });
        expect(found.energy).toBeCloseTo(lowest, 9);
        expect(found.energy).toBe(given.model.energy(found.state));
      }
      const found = await potts(given.model, { seed, sweeps: 100, restarts: 40 });
      expect(found.energy).toBeGreaterThanOrEqual(lowest - 1e-9);
      expect(found.energy).toBe(given.model.energy(found.state));
    }
  }
});

test('descend ends where no single move is downhill', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { model } = randomModel(seed, true);
    const { state } = await descend(model, { seed, restarts: 1 });
    expect(Math.min(...model.moveCosts(state))).toBe(0);
  }
});

test('no move lowers the energy of what comes out, even of a state that was met while it was hot', async () => {
  for (let seed = 1; seed <= 100; seed++) {
    const random = new Random(seed);
    const pairs = Array.from({ length: 600 }, () => {
      const [g, h] = random.sample(20, 2);
      return [4 * g + random.below(4), 4 * h + random.below(4), random.below(5) - 2] as const;
    });
    const model = new PottsModel(
      Array.from({ length: 20 }, () => 4),
      { pairs },
    );
    const [hot] = model.annealingRange;
    const options = { seed, restarts: 1, sweeps: 30, temperatures: [hot / 2, hot / 2] as const };
    for (const found of [await anneal(model, options), await potts(model, options)]) {
      expect(Math.min(...model.moveCosts(found.state))).toBe(0);
    }
  }
});

test('both backends make the same moves', async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const [a, b] = (['wasm', 'reference'] as const).map((backend) => {
      return randomModel(seed, seed % 2 === 0, backend).model;
    });
    expect([a.backend, b.backend]).toEqual(['wasm', 'reference']);
    expect(a.annealingRange).toEqual(b.annealingRange);
    const critical = (model: PottsModel) =>
      allSteps(criticalTemperature(allSteps(model.openGroups())));
    expect(critical(a)).toBe(critical(b));
    for (const rule of ['metropolis', 'glauber'] as const) {
      const options = { seed, sweeps: 50, restarts: 3, rule };
      const [x, y] = [await anneal(a, options), await anneal(b, options)];
      expect({ ...x, seconds: 0, reached: 0 }).toEqual({ ...y, seconds: 0, reached: 0 });
    }
    const options = { seed, sweeps: 50, restarts: 3 };
    const [x, y] = [await potts(a, options), await potts(b, options)];
    expect({ ...x, seconds: 0, reached: 0 }).toEqual({ ...y, seconds: 0, reached: 0 });
  }
});

test('a target is reached by the state that has it, even where costs were rounded', async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const given = randomModel(seed, false);
    const target = Math.min(...allStates(given.sizes).map((state) => given.model.energy(state)));
    for (const rule of ['metropolis', 'glauber'] as const) {
      const options = { seed, sweeps: 100, restarts: 50, rule };
      const found = await anneal(given.model, { ...options, target });
      expect(found.ended).toBe('target');
      expect(found.energy).toBeCloseTo(target, 6);
      expect((await anneal(given.model, { ...options, target: target - 1e-4 })).ended).toBe(
        'restarts',
      );
    }
  }
});

test('averages take millions of sweeps', async () => {
  const model = new PottsModel([2], { costs: [1, 0] });
  const { state } = await potts(model, { seed: 1, restarts: 1, sweeps: 3_000_000 });
  expect([...state]).toEqual([1]);
});

test('two searches at once on one model do not disturb each other', async () => {
  const { model } = randomModel(4, true);
  const options = { seed: 3, sweeps: 3000, restarts: 40 };
  const alone = await anneal(model, options);
  const [x, y] = await Promise.all([
    anneal(model, options),
    potts(model, { seed: 1, sweeps: 3000 }),
  ]);
  expect({ ...x, seconds: 0, reached: 0 }).toEqual({ ...alone, seconds: 0, reached: 0 });
  expect(y.energy).toBe(model.energy(y.state));
});

test('repeated pairs add up, in either order; pairs that cancel are none', () => {
  const once = new PottsModel([2, 2], { pairs: [[0, 2, 3]] });
  const twice = new PottsModel([2, 2], {
    pairs: { a: [0, 2, 1, 1], b: [2, 0, 3, 3], cost: [1, 2, 5, -5] },
  });
  for (const state of allStates([2, 2])) expect(twice.energy(state)).toBe(once.energy(state));
});

test('a run begins in the state it is given', async () => {
  const model = new PottsModel([4, 4], { costs: [0, 1, 1, 1, 0, 1, 1, 1] });
  const found = await descend(model, { start: new Int32Array([3, 2]), restarts: 1 });
  expect([...found.state]).toEqual([0, 0]);
});

test('run k does not depend on how many runs there are, and is another than run k + 1', async () => {
  const random = new Random(17);
  const pairs = Array.from({ length: 400 }, () => {
    const [g, h] = random.sample(20, 2);
    return [4 * g + random.below(4), 4 * h + random.below(4), random.real() - 0.5] as const;
  });
  const model = new PottsModel(Array(20).fill(4), { pairs });
  for (const search of [anneal, descend, potts]) {
    const few = await search(model, { seed: 8, restarts: 3 });
    const many = await search(model, { seed: 8, restarts: 6 });
    expect(many.energies.slice(0, 3)).toEqual(few.energies);
    // Falls end in minima of their own, as far as there are so many.
    if (search === descend) expect(new Set(many.energies).size).toBeGreaterThan(2);
  }
});

test('a mean-field run from a start goes through all temperatures, others begin later', async () => {
  // Hot enough that no group decides: only the end of the temperatures ends a run.
  const model = new PottsModel([3, 3, 3], { pairs: [[0, 3, 1]], costs: Array(9).fill(0) });
  const options = { seed: 1, restarts: 1, sweeps: 40, temperatures: [50, 50] as const };
  for (let seed = 1; seed <= 20; seed++) {
    const given = await potts(model, { ...options, seed, start: Int32Array.of(1, 2, 0) });
    const free = await potts(model, { ...options, seed });
    // And one sweep or more at temperature 0, until nothing moves.
    expect(given.sweeps).toBeGreaterThan(40);
    expect(given.sweeps).toBeLessThan(44);
    expect(free.sweeps).toBeLessThan(44);
  }
  const lengths = await Promise.all(
    Array.from(
      { length: 20 },
      async (_, seed) => (await potts(model, { ...options, seed })).sweeps,
    ),
  );
  expect(new Set(lengths).size).toBeGreaterThan(5);
  expect(Math.min(...lengths)).toBeGreaterThan(12);
});

test('models without groups, with groups of one, and without any costs', async () => {
  const none = new PottsModel([]);
  expect((await anneal(none, { restarts: 2, sweeps: 2 })).energy).toBe(0);
  expect((await potts(none, { restarts: 2, sweeps: 2 })).state).toHaveLength(0);
  const ones = new PottsModel([1, 1], { pairs: [[0, 1, 7]], offset: 0.5 });
  expect((await anneal(ones, { restarts: 2, sweeps: 2 })).energy).toBe(7.5);
  const flat = new PottsModel([3, 3]);
  for (const verb of [anneal, potts, descend]) {
    expect((await verb(flat, { restarts: 2 })).energy).toBe(0);
  }
});

test('the largest and smallest numbers', async () => {
  const huge = new PottsModel([2, 2], { costs: [0, 1e300, 0, 1e300], pairs: [[0, 2, -1e300]] });
  expect([...(await anneal(huge, { seed: 1 })).state]).toEqual([0, 0]);
  const tiny = new PottsModel([2, 2], { costs: [5e-324, 0, 0, 5e-324] });
  expect([...(await anneal(tiny, { seed: 1 })).state]).toEqual([1, 0]);
  expect(
    () => new PottsModel([2, 2, 2], { pairs: { a: [0, 0], b: [2, 4], cost: [1.7e308, 1.7e308] } }),
  ).toThrow('the costs of a variable add up to Infinity, expected a finite sum');
});

describe('errors', () => {
  const model = () => new PottsModel([2, 3], { pairs: [[0, 2, 1]] });

  test.each([
    [() => new PottsModel(3 as never), TypeError, 'sizes are 3, expected a list of numbers'],
    [() => new PottsModel([0]), RangeError, 'sizes[0] is 0, expected an integer from 1 to 2097152'],
    [() => new PottsModel([2, NaN]), RangeError, 'sizes[1] is NaN'],
    [() => new PottsModel([2], { costs: [1] }), RangeError, 'costs have length 1, expected 2'],
    [() => new PottsModel([2], { costs: [1, NaN] }), RangeError, 'costs[1] is NaN'],
    [() => new PottsModel([2], { pairs: [[0, 1, 1]] }), RangeError, 'both of group 0'],
    [() => new PottsModel([2, 2], { pairs: [[0, 4, 1]] }), RangeError, 'variables from 0 to 3'],
    [() => new PottsModel([2, 2], { pairs: [[0, 2]] as never }), TypeError, 'pair 0 is an Array'],
    [() => new PottsModel([2, 2], { pairs: [[0, 2, NaN]] }), RangeError, 'cost of pair 0 is NaN'],
    [
      () => new PottsModel([2, 2], { pairs: { a: [0], b: [], cost: [1] } }),
      RangeError,
      'b of pairs has length 0, expected 1',
    ],
    [() => new PottsModel([2], { cost: [1] } as never), TypeError, 'have no cost'],
    [() => new PottsModel([2], { offset: Infinity }), RangeError, 'offset is Infinity'],
    [() => model().energy([0]), RangeError, 'state has length 1, expected 2'],
    [() => model().energy([0, 3]), RangeError, 'state[1] is 3, expected an integer from 0 to 2'],
    [() => model().energy(null as never), TypeError, 'state is null'],
  ])('%s', (act, kind, message) => {
    expect(act).toThrow(kind);
    expect(act).toThrow(message);
  });

  test('a model that was disposed of begins no search; energies can still be asked', async () => {
    const gone = model();
    gone.dispose();
    await expect(anneal(gone)).rejects.toThrow('the model has been disposed of');
    expect(() => gone.backend).toThrow('the model has been disposed of');
    expect(gone.energy([0, 0])).toBe(1);
    expect([...gone.moveCosts([0, 0])]).toEqual([0, -1, 0, -1, -1]);
  });

  test('a search outlives its model', async () => {
    for (const verb of [anneal, potts]) {
      const gone = model();
      const running = verb(gone, { seed: 1, sweeps: 200_000 });
      gone.dispose();
      expect((await running).energy).toBe(0);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anneal, descend, IsingModel, meanField, Random } from '../../src/optimise/index.ts';
import { annealingKernels } from '../../src/kernels/groups/annealing.ts';
import { openMachine } from '../../src/kernels/open.ts';
import { allSteps } from '../../src/pacing.ts';
import { toIntegers } from '../../src/optimise/ising/integers.ts';
import { IsingAnnealing } from '../../src/optimise/ising/annealing.ts';
import { layOutIsing } from '../../src/optimise/ising/layout.ts';
import { readIsing } from '../../src/optimise/ising/read.ts';

const seeds = fc.nat({ max: 0x7fffffff });

/** Every state of n spins. */
function* states(n: number): Generator<Int8Array> {
  for (let k = 0; k < 2 ** n; k++) {
    yield Int8Array.from({ length: n }, (_, i) => ((k >> i) & 1 ? 1 : -1));
  }
}

function list<T>(n: number, value: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => value(i));
}

/** −½ Σ J_ij s_i s_j − Σ h_i s_i, as it is written. */
function naive(J: number[][], h: number[], s: ArrayLike<number>): number {
  let E = 0;
  for (let i = 0; i < J.length; i++) {
    for (let j = 0; j < J.length; j++) E -= (J[i][j] * s[i] * s[j]) / 2;
    E -= h[i] * s[i];
  }
  return E;
}

describe('the energy', () => {
  test('is that of the formula, for any matrix: flat, in rows, asymmetric, with a diagonal', () => {
    const law = (n: number, seed: number): void => {
      const random = new Random(seed);
      const J = list(n, () => list(n, () => random.below(21) - 10));
      const h = list(n, () => random.below(21) - 10);
      const s = random.signs(n);
      const rows = n === 3 ? J.map((row) => Float64Array.from(row)) : J;
      for (const couplings of [rows, J.flat(), Float32Array.from(J.flat())]) {
        const model = new IsingModel(n, { couplings, fields: h, offset: 5, backend: 'reference' });
        expect(model.energy(s)).toBe(naive(J, h, s) + 5);
        expect(model.exact).toBe(true);
      }
    };
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), seeds, law), { seed: 1, numRuns: 60 });
  });

  test('is that of a list of pairs in any order, in which repeated ones add up', () => {
    const law = (n: number, count: number, seed: number): void => {
      const random = new Random(seed);
      const entries = list(count, () => {
        const [i, j] = random.sample(n, 2);
        return [i, j, random.below(9) - 4] as const;
      });
      const s = random.signs(n);
      const model = new IsingModel(n, { couplings: { entries }, backend: 'reference' });
      const expected = entries.reduce((E, [i, j, J]) => E - J * s[i] * s[j], 0);
      expect(model.energy(s)).toBe(expected + 0);
      expect(new IsingModel(n + 1, { couplings: entries }).spins).toBe(n + 1);
    };
    const sizes = fc.integer({ min: 4, max: 30 });
    fc.assert(fc.property(sizes, fc.nat({ max: 60 }), seeds, law), { seed: 2, numRuns: 60 });
  });

  test('of a QUBO is xᵀQx exactly', () => {
    const law = (n: number, seed: number): void => {
      const random = new Random(seed);
      const Q = list(n, () => list(n, () => random.below(2001) - 1000));
      const entries = Q.flatMap((row, i) => row.map((q, j) => [i, j, q] as const));
      for (const qubo of [Q, Q.flat(), { variables: n, entries }]) {
        const model = IsingModel.fromQubo(qubo, { offset: 3, backend: 'reference' });
        expect(model.exact).toBe(true);
        const s = random.signs(n);
        const x = [...s].map((sign) => (sign + 1) / 2);
        let expected = 3;
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) expected += Q[i][j] * x[i] * x[j];
        expect(model.energy(s)).toBe(expected);
      }
    };
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), seeds, law), { seed: 3, numRuns: 60 });
  });

  test('changes by delta when a spin is flipped, and deltas are 2 s f', () => {
    const law = (n: number, seed: number): void => {
      const random = new Random(seed);
      const couplings = list(n * n, () => random.below(201) - 100);
      const fields = list(n, () => random.below(201) - 100);
      const model = new IsingModel(n, { couplings, fields, backend: 'reference' });
      const s = random.signs(n);
      const deltas = model.deltas(s);
      const f = model.fields(s);
      for (let i = 0; i < n; i++) {
        const flipped = s.slice();
        flipped[i] *= -1;
        expect(model.energy(flipped) - model.energy(s)).toBe(deltas[i]);
        expect(deltas[i]).toBe(2 * s[i] * f[i] + 0);
      }
    };
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), seeds, law), { seed: 4, numRuns: 60 });
  });
});

describe('integers', () => {
  const read = (spins: number, J: number[], h?: number[]) => readIsing(spins, J, h, 0);

  test('hold multiples of a power of two exactly, however large or small it is', () => {
    for (const unit of [1, 0.25, 2 ** -1000, 2 ** 900, 2 ** -1074, 3 * 2 ** 50]) {
      const it = toIntegers(read(2, [0, 5 * unit, 5 * unit, 0], [-3 * unit, 0]));
      expect(it.exact).toBe(true);
      expect(it.values[0] * it.unit).toBe(5 * unit);
      expect(it.fields[0] * it.unit).toBe(-3 * unit);
      expect(it.values[0]).toBe(unit === 3 * 2 ** 50 ? 15 : 5);
    }
  });

  test('round anything else by half a unit at most, of 2⁻²⁹ of the largest reach', () => {
    const law = (n: number, power: number, seed: number): void => {
      const random = new Random(seed);
      const scale = 2 ** power;
      const J = list(n * n, () => (random.real() - 0.5) * scale);
      const h = list(n, () => (random.real() - 0.5) * scale);
      const numbers = read(n, J, h);
      const it = toIntegers(numbers);
      let largest = 0;
      const sums = list(n, (i) => Math.abs(it.fields[i]));
      it.values.forEach((x, k) => {
        expect(Math.abs(x - numbers.pairs.values[k] / it.unit)).toBeLessThanOrEqual(0.5);
        sums[it.others[k]] += Math.abs(x);
        const i = it.starts.filter((start) => start <= k).length - 1;
        sums[i] += Math.abs(x);
      });
      for (const sum of sums) largest = Math.max(largest, sum);
      expect(largest).toBeLessThan(2 ** 30);
      if (!it.exact) expect(largest).toBeGreaterThan(2 ** 29 - 2 * n);
    };
    const sizes = fc.integer({ min: 2, max: 20 });
    fc.assert(fc.property(sizes, fc.integer({ min: -1000, max: 1000 }), seeds, law), {
      seed: 5,
      numRuns: 100,
    });
  });

  test('are all 0 with a unit of 1 where there are no couplings', () => {
    expect(toIntegers(read(2, [1, 0, 0, 1]))).toMatchObject({ unit: 1, exact: true, reach: 0 });
  });
});

test('searches do the same in every layout and in both backends', () => {
  const random = new Random(8);
  for (const n of [1, 7, 8, 9, 64, 65, 100]) {
    const entries = list(n > 1 ? 2 * n : 0, () => [...random.sample(n, 2), random.sign()] as const);
    const numbers = readIsing(n, { entries: entries as never }, undefined, 0);
    const integers = toIntegers(numbers);
    const found = (['wasm', 'reference'] as const).flatMap((backend) =>
      (['i8', 'i16', 'i32', 'sparse'] as const).map((kind) => {
        const machine = openMachine(backend, [annealingKernels]);
        const temperatures = Float64Array.from({ length: 50 }, (_, k) => 5 - k / 10);
        const plan = { seed: 9, target: -Infinity, temperatures, rule: 'metropolis' } as const;
        const layout = allSteps(layOutIsing(machine, integers, kind));
        const search = new IsingAnnealing(machine, layout, integers, 0, plan);
        return [0, 1, 2].map((run) => {
          search.begin(run, undefined);
          const sweeps = search.advance(1e6);
          return { sweeps, energy: search.energy, state: [...search.state] };
        });
      }),
    );
    for (const other of found) expect(other).toEqual(found[0]);
    for (const { energy, state } of found[0]) {
      expect(new IsingModel(n, { couplings: { entries: entries as never } }).energy(state)).toBe(
        energy,
      );
    }
  }
});

describe.each(['wasm', 'reference'] as const)('%s', (backend) => {
  test('the ground states of small random models are found', async () => {
    for (let seed = 0; seed < 6; seed++) {
      const random = new Random(seed);
      const n = 4 + 2 * seed;
      const couplings = Float64Array.from({ length: n * n }, () => random.real() - 0.5);
      const fields = Float64Array.from({ length: n }, () => random.real() - 0.5);
      const model = new IsingModel(n, { couplings, fields, backend });
      let least = Infinity;
      for (const state of states(n)) least = Math.min(least, model.energy(state));
      for (const rule of ['metropolis', 'glauber'] as const) {
        expect((await anneal(model, { seed, sweeps: 200, rule })).energy).toBe(least);
      }
      expect((await descend(model, { seed, restarts: 200 })).energy).toBe(least);
    }
  });

  test('rings, whose walls could follow the sweeps for ever, are solved by runs one after the other', async () => {
    for (const spins of [60, 100]) {
      const ring = list(spins, (i) => [i, (i + 1) % spins, 1]);
      const model = new IsingModel(spins, { couplings: ring as never, backend });
      const { energies } = await anneal(model, { seed: spins, restarts: 4, sweeps: 1000 });
      expect(energies).toEqual(new Float64Array(4).fill(-spins));
    }
  });

  test('no flip lowers the energy where a descent ends, nor where annealing does', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const random = new Random(seed, 1);
      const couplings = Float64Array.from({ length: 900 }, () => random.below(7) - 3);
      const model = new IsingModel(30, { couplings, backend });
      const fallen = await descend(model, { seed, restarts: 1 });
      expect(Math.min(...model.deltas(fallen.state))).toBeGreaterThanOrEqual(0);
      const cooled = await anneal(model, { seed, restarts: 1, sweeps: 100 });
      expect(Math.min(...model.deltas(cooled.state))).toBeGreaterThanOrEqual(0);
      expect(model.energy(cooled.state)).toBe(cooled.energy);
    }
  });

  test('a ferromagnet ends with all spins alike', async () => {
    const n = 100;
    const model = new IsingModel(n, { couplings: new Float64Array(n * n).fill(1), backend });
    const { state, energy } = await anneal(model, { seed: 1, sweeps: 100, restarts: 1 });
    expect(Math.abs(state.reduce((sum, s) => sum + s, 0))).toBe(n);
    expect(energy).toBe((-n * n) / 2);
  });
});

describe('seeds', () => {
  const random = new Random(4);
  const couplings = Float64Array.from({ length: 10_000 }, () => random.real() - 0.5);
  const model = new IsingModel(100, { couplings });

  test('give the same again, and others something else', async () => {
    const options = { seed: 5, sweeps: 30, restarts: 4 };
    const first = await anneal(model, options);
    const again = await anneal(model, options);
    const { seconds, reached } = first;
    expect({ ...again, seconds, reached }).toEqual(first);
    expect(new Set(first.energies).size).toBeGreaterThan(1);
    const other = await anneal(model, { ...options, seed: 6 });
    expect(other.energies).not.toEqual(first.energies);
  });

  test('no flip lowers the energy of what comes out, even of a state that was met while it was hot', async () => {
    const spins = 60;
    for (let seed = 1; seed <= 60; seed++) {
      const random = new Random(seed);
      const most = seed % 2 ? 1 : 100;
      const couplings = Float64Array.from(
        { length: spins ** 2 },
        () => random.below(2 * most + 1) - most,
      );
      const glass = new IsingModel(spins, { couplings });
      const options = { seed, restarts: 1, sweeps: 100 };
      for (const { state } of [
        await anneal(glass, options),
        await anneal(glass, { ...options, rule: 'glauber' }),
        await meanField(glass, {
          ...options,
          start: new Random(seed).signs(spins),
          sweeps: 1,
          temperatures: [1e9, 1],
        }),
      ]) {
        expect(Math.min(...glass.deltas(state))).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test('run k does not depend on how many runs there are', async () => {
    const options = { seed: 5, sweeps: 20 };
    const { energies: few } = await anneal(model, { ...options, restarts: 2 });
    const { energies: many } = await anneal(model, { ...options, restarts: 5 });
    expect(many.subarray(0, 2)).toEqual(few);
  });

  test('two searches on one model at the same time do not disturb each other', async () => {
    const options = { sweeps: 3000, restarts: 3 };
    const alone = [await anneal(model, { ...options, seed: 1 }), await descend(model, { seed: 2 })];
    const together = await Promise.all([
      anneal(model, { ...options, seed: 1 }),
      descend(model, { seed: 2 }),
      // Makes the memory grow meanwhile.
      anneal(model, { sweeps: 200_000, restarts: 1, seed: 3, target: -1 }),
    ]);
    for (const k of [0, 1]) {
      expect(together[k].state).toEqual(alone[k].state);
      expect(together[k].energies).toEqual(alone[k].energies);
    }
  });

  test('the start state is where the first run begins, and is not changed', async () => {
    const start = new Random(7).signs(100);
    const copy = start.slice();
    const here = model.energy(start);
    const { energies, energy } = await descend(model, { seed: 1, restarts: 1, start });
    expect(start).toEqual(copy);
    expect(energy).toBeLessThanOrEqual(here);
    const there = await descend(model, { seed: 2, restarts: 1, start });
    expect(there.energies).toEqual(energies);
    const good = await anneal(model, { seed: 1, start, target: here + 1e-6 });
    expect(good).toMatchObject({ ended: 'target', sweeps: 0 });
  });
});

describe('limits', () => {
  test('a target of exact numbers is reached exactly', async () => {
    const model = new IsingModel(2, { couplings: [0, 0.75, 0.75, 0], offset: 0.1 });
    const reached = await anneal(model, { target: -0.65, seed: 1 });
    expect(reached.ended).toBe('target');
    const missed = await anneal(model, { target: -0.66, seed: 1, restarts: 2, sweeps: 10 });
    expect(missed.ended).toBe('restarts');
  });

  test('a target of rounded numbers is reached by the state that has it', async () => {
    const random = new Random(12);
    const couplings = Float64Array.from({ length: 196 }, () => random.real() - 0.5);
    const model = new IsingModel(14, { couplings });
    expect(model.exact).toBe(false);
    const { energy: target } = await anneal(model, { seed: 1 });
    expect((await anneal(model, { seed: 2, target })).ended).toBe('target');
  });

  test.each([1, 1e-320, 1e300])(
    'targets far off are always or never reached, J = %d',
    async (J) => {
      const model = new IsingModel(2, { couplings: [0, J, J, 0] });
      for (const target of [1e308, Math.min(1e308, 1e20 * J + 1)]) {
        expect(await anneal(model, { seed: 1, target })).toMatchObject({
          ended: 'target',
          sweeps: 0,
        });
      }
      for (const target of [-1e308, Math.max(-1e308, -1e20 * J - 1)]) {
        expect((await anneal(model, { seed: 1, target, sweeps: 5 })).ended).toBe('restarts');
      }
    },
  );

  test('time: annealing makes runs of different lengths, and ends', async () => {
    const model = new IsingModel(20, { couplings: new Float64Array(400).fill(-1) });
    const result = await anneal(model, { time: 1, seed: 1 });
    expect(result.ended).toBe('time');
    expect(result.seconds).toBeLessThan(20);
    expect(result.sweeps / result.restarts).toBeGreaterThan(1500);
    const fixed = await anneal(model, { time: 0.05, seed: 1, sweeps: 500 });
    expect(fixed.sweeps / fixed.restarts).toBeLessThan(600);
  });

  test.each([1e300, 1e-300, 1e-320, 1])('couplings of %d find their ground state', async (J) => {
    const model = new IsingModel(6, {
      couplings: [
        [0, 1, J],
        [1, 2, -J],
        [2, 3, J],
        [3, 4, J],
        [4, 5, -J],
      ],
    });
    const { energy, state } = await anneal(model, { seed: 1 });
    expect(energy).toBe(-5 * J);
    expect(model.energy(state)).toBe(energy);
  });

  test('couplings of very different sizes find their ground state', async () => {
    const entries = list(11, (k) => [k, k + 1, (k % 2 ? -1 : 1) * 10 ** ((k - 5) / 2)] as const);
    const model = new IsingModel(12, { couplings: { entries } });
    const { energy } = await anneal(model, { seed: 1 });
    expect(energy).toBeCloseTo(-entries.reduce((sum, [, , J]) => sum + Math.abs(J), 0), 6);
  });

  test('one spin, and no couplings at all', async () => {
    const one = new IsingModel(1, { couplings: [0], fields: [-2] });
    expect([...(await anneal(one, { seed: 1 })).state]).toEqual([-1]);
    const none = new IsingModel(9, { couplings: [] });
    expect((await anneal(none, { seed: 1 })).energy).toBe(0);
    expect((await descend(none, { seed: 1 })).energy).toBe(0);
    expect(none.annealingRange).toEqual([1, 1]);
    // Worked out once, so that nobody may write to it.
    expect(none.annealingRange).toBe(none.annealingRange);
    expect(Object.isFrozen(none.annealingRange)).toBe(true);
  });

  test('no temperatures above 0, and enormous ones', async () => {
    const model = new IsingModel(8, { couplings: new Float64Array(64).fill(1) });
    for (const t of [0, 1e-310, 1e308]) {
      expect((await anneal(model, { seed: 1, temperatures: [t, t] })).energy).toBe(-32);
    }
  });

  test('disposing: energies can still be asked, searches cannot begin', async () => {
    const model = new IsingModel(40, { couplings: new Float64Array(1600).fill(-1) });
    const running = anneal(model, { seed: 1, sweeps: 20_000 });
    model.dispose();
    expect((await running).energy).toBe(0);
    await expect(anneal(model)).rejects.toThrow('disposed');
    expect(() => model.backend).toThrow('disposed');
  });
});

describe('errors', () => {
  const make = (spins: unknown, options: unknown) => () =>
    new IsingModel(spins as number, options as never);
  test.each([
    [0, { couplings: [] }, RangeError, 'spins'],
    ['3', { couplings: [] }, TypeError, 'spins'],
    [2, {}, TypeError, 'couplings are undefined'],
    [2, { couplings: null }, TypeError, 'couplings are null'],
    [2, { couplings: 'x' }, TypeError, 'couplings'],
    [2, { couplings: {} }, RangeError, 'couplings'],
    [2, { couplings: [0, 1, 1] }, RangeError, 'length 3'],
    [2, { couplings: [[0, 1], [1]] }, RangeError, 'couplings[1]'],
    [
      2,
      {
        couplings: [
          [0, 1],
          [1, NaN],
        ],
      },
      RangeError,
      'couplings[1][1] is NaN',
    ],
    [2, { couplings: [0, 'a', 1, 0] }, TypeError, 'couplings[1]'],
    [2, { couplings: [0, Infinity, 1, 0] }, RangeError, 'couplings[1]'],
    [4, { couplings: [[0, 4, 1]] }, RangeError, 'entry 0'],
    [4, { couplings: [[0, 1.5, 1]] }, RangeError, 'entry 0'],
    [
      4,
      {
        couplings: [
          [0, 1, 1],
          [2, 2, 1],
        ],
      },
      RangeError,
      'entry 1 couples spin 2 to itself',
    ],
    [4, { couplings: [[0, 1, NaN]] }, RangeError, 'entry 0'],
    [4, { couplings: new Map() }, TypeError, 'entries are a function'],
    [4, { couplings: { entries: 5 } }, TypeError, 'entries'],
    [4, { couplings: { entries: [[0, 1]] } }, TypeError, 'entry 0'],
    [4, { couplings: { entries: [], more: 1 } }, TypeError, 'more'],
    [
      3,
      {
        couplings: [
          [0, 1, 2],
          [1, 2, 2],
          [2, 0, 2],
        ],
      },
      RangeError,
      'rows or pairs',
    ],
    [2, { couplings: [], fields: [1] }, RangeError, 'fields have length 1'],
    [2, { couplings: [], fields: 1 }, TypeError, 'fields'],
    [2, { couplings: [], fields: [1, NaN] }, RangeError, 'fields[1]'],
    [2, { couplings: [], offset: NaN }, RangeError, 'offset'],
    [2, { couplings: [], offset: Infinity }, RangeError, 'offset'],
    [
      3,
      {
        couplings: [
          [0, 1, 1e308],
          [0, 1, 1e308],
        ],
      },
      RangeError,
      'Infinity',
    ],
    [2, { couplings: [], backend: 'gpu' }, TypeError, 'backend'],
    [2, { couplings: [], h: [] }, TypeError, 'h'],
  ])('IsingModel(%o, %o)', (spins, options, error, message) => {
    expect(make(spins, options)).toThrow(error);
    expect(make(spins, options)).toThrow(message);
  });

  test.each([
    [[], RangeError],
    [[1, 2, 3], RangeError],
    [{ variables: 0, entries: [] }, RangeError],
    [{ variables: 2, entries: [[0, 2, 1]] }, RangeError],
    [{ entries: [] }, TypeError],
    [7, TypeError],
  ])('fromQubo(%o)', (qubo, error) => {
    expect(() => IsingModel.fromQubo(qubo as never)).toThrow(error);
  });

  test.each([
    [[1, -1], RangeError, 'length 2'],
    [[1, 1, 0], RangeError, 'state[2] is 0'],
    [[1, 1, NaN], RangeError, 'state[2] is NaN'],
    [[1, 1, '1'], TypeError, 'state[2]'],
    ['111', TypeError, 'state'],
    [null, TypeError, 'state'],
  ])('state %o', (state, error, message) => {
    const model = new IsingModel(3, { couplings: [] });
    for (const method of ['energy', 'fields', 'deltas'] as const) {
      expect(() => model[method](state as never)).toThrow(error);
      expect(() => model[method](state as never)).toThrow(message);
    }
  });

  test.each([
    [{ rule: 'kawasaki' }, TypeError],
    [{ start: [1, 1] }, RangeError],
    [{ start: null }, TypeError],
    [{ sweeps: 0 }, RangeError],
    [{ schedule: 'x' }, TypeError],
    [{ order: 'x' }, TypeError],
  ])('anneal with %o', async (options, error) => {
    const model = new IsingModel(3, { couplings: [] });
    await expect(anneal(model, options as never)).rejects.toThrow(error);
  });
});

test('where a state falls to depends on nothing that the model has done before', async () => {
  for (let seed = 0; seed < 60; seed++) {
    const random = new Random(seed);
    const spins = 10 + random.below(60);
    const entries: [number, number, number][] = [];
    for (let i = 1; i < spins; i++) {
      for (let j = 0; j < i; j++) {
        const J = seed % 2 ? (random.real() - 0.5) * 10 ** random.below(16) : random.below(7) - 3;
        if (random.below(3) === 0) entries.push([i, j, J]);
      }
    }
    const model = new IsingModel(spins, { couplings: { entries } as never });
    const from = Array.from({ length: 4 }, () => random.signs(spins));
    const before = from.map((state) => model.rest(state));
    await anneal(model, { seed, restarts: 1, sweeps: 2 });
    expect(from.map((state) => model.rest(state))).toEqual(before);
    for (const [k, state] of before.entries()) {
      expect(model.energy(state)).toBeLessThanOrEqual(model.energy(from[k]));
    }
  }
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RestrictedBoltzmannMachine } from '../../src/boltzmann/index.ts';
import { Random } from '../../src/random.ts';
import { BACKENDS, KINDS, machineOf, randomParameters } from './machines.ts';
import {
  allStates,
  distribution,
  energy,
  freeEnergy,
  hiddenMeans,
  logZ,
  lowOf,
  visibleMeans,
} from './oracle.ts';

const CASES = KINDS.flatMap((kind) => BACKENDS.map((backend) => ({ ...kind, backend })));

describe.each(CASES)('$units visible, $hiddenUnits hidden units, $backend', (kind) => {
  const { backend } = kind;
  const [n, h] = [6, 4];
  // Strong Gaussian hidden units make modes that chains do not leave.
  const p = randomParameters(kind, n, h, 3, kind.hiddenUnits === 'gaussian' ? 0.4 : 1);
  const machine = machineOf(p, backend);
  const states = allStates(n, lowOf(p));

  test('what one layer says of the other is what the formulas say', () => {
    const hidden = allStates(h, 0);
    const means = machine.hiddenMeans(states);
    states
      .flatMap((v) => hiddenMeans(p, v))
      .forEach((mean, k) => expect(means[k]).toBeCloseTo(mean, 5));
    const visible = machine.visibleMeans(hidden);
    hidden
      .flatMap((s) => visibleMeans(p, s))
      .forEach((mean, k) => expect(visible[k]).toBeCloseTo(mean, 5));
    const back = machine.reconstruct(states);
    states
      .flatMap((v) => visibleMeans(p, hiddenMeans(p, v)))
      .forEach((mean, k) => expect(back[k]).toBeCloseTo(mean, 5));
  });

  test('energies, and free energies: −ln of the sum over all hidden states', () => {
    const random = new Random(5);
    const free = machine.freeEnergies(states);
    for (const [k, v] of states.entries()) {
      expect(free[k]).toBeCloseTo(freeEnergy(p, v), 12);
      const hidden = p.hidden.map(() => (p.gaussian ? random.below(64) / 64 : random.below(2)));
      expect(machine.energy(v, hidden)).toBeCloseTo(energy(p, v, hidden), 12);
    }
    expect(machine.freeEnergy(states[5])).toBe(free[5]);
  });

  test('ln Z is the sum over all states', async () => {
    const { logZ: exact, standardError, method } = await machine.logPartition();
    expect([standardError, method]).toEqual([0, 'exact']);
    expect(exact).toBeCloseTo(logZ(p), 12);
  });

  test('averages of what is sampled are those of the distribution', () => {
    const count = 4000;
    const { states: drawn } = machine.sample({ count, steps: 20, seed: 11 });
    const shares = distribution(p);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        // i = j: the average of one unit.
        const value = (v: ArrayLike<number>, at: number) =>
          i === j ? v[at + i] : v[at + i] * v[at + j];
        const exact = states.reduce((sum, v, k) => sum + shares[k] * value(v, 0), 0);
        const square = states.reduce((sum, v, k) => sum + shares[k] * value(v, 0) ** 2, 0);
        let mean = 0;
        for (let k = 0; k < count; k++) mean += value(drawn, k * n) / count;
        const error = Math.sqrt((square - exact ** 2) / count);
        expect(Math.abs(mean - exact)).toBeLessThan(4.5 * error);
      }
    }
  });

  test('rows come out the same alone, in parts and together', () => {
    const many = Array.from({ length: 300 }, (_, k) => states[(7 * k) % states.length]);
    const parts = (of: (rows: number[][]) => ArrayLike<number>) => {
      const all = Array.from(of(many));
      const cut = [many.slice(0, 1), many.slice(1, 98), many.slice(98)];
      expect(cut.flatMap((some) => Array.from(of(some)))).toEqual(all);
    };
    parts((rows) => machine.hiddenMeans(rows));
    parts((rows) => machine.reconstruct(rows));
    parts((rows) => machine.freeEnergies(rows));
    // Chain k has the seed + k.
    for (const which of ['states', 'means'] as const) {
      let first = 0;
      parts((rows) => {
        const seed = 50 + (rows === many ? 0 : first);
        if (rows !== many) first += rows.length;
        return machine.sample({ from: rows, steps: 3, seed })[which];
      });
    }
  });

  test('clamped units stay what they are', () => {
    const clamp = [true, false, true, true, false, false];
    const { states: ended, means } = machine.sample({ from: states, clamp, steps: 2, seed: 1 });
    const moved = new Set<number>();
    for (const [k, v] of states.entries()) {
      for (let i = 0; i < n; i++) {
        if (ended[k * n + i] !== v[i]) moved.add(i);
        if (clamp[i]) expect(means[k * n + i]).toBe(v[i]);
      }
    }
    expect([...moved].sort()).toEqual([1, 4, 5]);
  });
});

// v → h → v is reversible: P(v) T(v, v′) = P(v′) T(v′, v), T(v, v′) = Σ_h P(h|v) P(v′|h).
test.each(BACKENDS)('steps are in detailed balance, %s', (backend) => {
  for (const kind of KINDS.slice(0, 2)) {
    const p = randomParameters(kind, 4, 3, 8, 1.5);
    const machine = machineOf(p, backend);
    const states = allStates(4, lowOf(p));
    const hidden = allStates(3, 0);
    const free = machine.freeEnergies(states);
    const up = machine.hiddenMeans(states);
    const down = machine.visibleMeans(hidden);
    const chance = (mean: number, value: number, low: number) => {
      const p1 = low === 0 ? mean : (1 + mean) / 2;
      return value === 1 ? p1 : 1 - p1;
    };
    const product = (means: Float32Array, row: number, values: number[], low: number) =>
      values.reduce((q, value, i) => q * chance(means[row * values.length + i], value, low), 1);
    const step = (from: number, to: number) =>
      hidden.reduce(
        (sum, s, k) => sum + product(up, from, s, 0) * product(down, k, states[to], lowOf(p)),
        0,
      );
    for (const a of states.keys()) {
      for (const b of states.keys()) {
        const ratio = (Math.exp(free[b] - free[a]) * step(a, b)) / step(b, a);
        expect(ratio).toBeCloseTo(1, 4);
      }
    }
  }
});

test('both backends give the same bits', () => {
  const size = fc.integer({ min: 1, max: 13 });
  const property = (n: number, h: number, which: number, seed: number) => {
    const p = randomParameters(KINDS[which], n, h, seed, 2);
    const [a, b] = BACKENDS.map((backend) => {
      const machine = machineOf(p, backend);
      const drawn = machine.sample({ count: 3, steps: 4, seed });
      return [drawn, machine.freeEnergies(drawn.states), machine.reconstruct(drawn.states)];
    });
    expect(a).toEqual(b);
  };
  fc.assert(fc.property(size, size, fc.integer({ min: 0, max: 3 }), fc.nat(), property), {
    seed: 1,
    numRuns: 25,
  });
});

test('states may be 0/1, ±1 or booleans; others are averages', () => {
  for (const units of ['binary', 'bipolar'] as const) {
    const machine = machineOf(randomParameters({ units, hiddenUnits: 'binary' }, 3, 2, 1));
    const free = machine.freeEnergy([1, 0, 1]);
    expect(machine.freeEnergy([1, -1, 1])).toBe(free);
    expect(machine.freeEnergy([true, false, true])).toBe(free);
    expect(machine.freeEnergy(new Uint8Array([1, 0, 1]))).toBe(free);
    expect(machine.hiddenMeans([1, 0, 1])).toEqual(machine.hiddenMeans([1, -1, 1]));
  }
  const grey = new RestrictedBoltzmannMachine(2, 1, { units: 'binary' });
  expect([...grey.hiddenMeans([0.25, 1])]).toEqual([0.5]);
});

test.each(BACKENDS)('a machine is its parameters, however it came by them, %s', async (backend) => {
  for (const kind of KINDS) {
    const machine = machineOf(randomParameters(kind, 7, 4, 31, 0.5), backend);
    const low = kind.units === 'binary' ? 0 : -1;
    const random = new Random(8);
    const states = Array.from({ length: 9 }, () =>
      Array.from({ length: 7 }, () => (random.below(2) ? 1 : low)),
    );
    const look = (one: RestrictedBoltzmannMachine) => [
      one.hiddenMeans(states),
      one.reconstruct(states),
      one.freeEnergies(states),
      one.sample({ from: states, steps: 2, seed: 3 }),
      one.weights,
      one.save(),
    ];
    for (let round = 0; round < 3; round++) {
      look(machine);
      await machine.train(states, { batch: 4, epochs: 2, momentum: 0.5, seed: round });
      const { weights, visibleBiases, hiddenBiases } = machine;
      const rows = Array.from({ length: 7 }, (_, i) => weights.slice(4 * i, 4 * i + 4));
      const given = { ...kind, visibleBiases, hiddenBiases, backend };
      const fresh = RestrictedBoltzmannMachine.fromWeights(rows, given);
      expect(look(machine)).toEqual(look(fresh));
      expect((await machine.logPartition()).logZ).toBe((await fresh.logPartition()).logZ);
    }
  }
});

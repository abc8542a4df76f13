import { describe, expect, test } from 'vitest';
import { BoltzmannMachine } from '../../src/boltzmann/index.ts';
import { HopfieldNetwork } from '../../src/index.ts';
import { Random } from '../../src/random.ts';
import { BACKENDS } from './machines.ts';
import { allStates, dot } from './oracle.ts';

const N = 6;
const states = allStates(N, -1);

function randomCouplings(n: number, seed: number, size: number) {
  const random = new Random(seed);
  const real = () => Math.fround((2 * random.real() - 1) * size);
  const J = Array.from({ length: n }, () => Array.from({ length: n }, () => 0));
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) J[i][j] = J[j][i] = real();
  return { J, b: Array.from({ length: n }, real) };
}

const energyOf = ({ J, b }: ReturnType<typeof randomCouplings>, s: readonly number[]) =>
  -dot(
    s,
    J.map((row) => dot(row, s)),
  ) /
    2 -
  dot(b, s);

/** ⟨s_i s_j⟩ row by row, then ⟨s_i⟩, of weighted states. */
function moments(rows: readonly ArrayLike<number>[], shares: readonly number[]): number[] {
  const n = rows[0].length;
  const average = (value: (s: ArrayLike<number>) => number) =>
    rows.reduce((sum, s, k) => sum + shares[k] * value(s), 0);
  const index = Array.from({ length: n }, (_, i) => i);
  return [
    ...index.flatMap((i) => index.map((j) => (i === j ? 0 : average((s) => s[i] * s[j])))),
    ...index.map((i) => average((s) => s[i])),
  ];
}

function distribution(given: ReturnType<typeof randomCouplings>): number[] {
  const weights = states.map((s) => Math.exp(-energyOf(given, s)));
  const z = weights.reduce((a, b) => a + b);
  return weights.map((w) => w / z);
}

const rowsOf = (flat: Int8Array, n: number) =>
  Array.from({ length: flat.length / n }, (_, k) => flat.subarray(k * n, (k + 1) * n));

describe.each(BACKENDS)('%s', (backend) => {
  const given = randomCouplings(N, 2, 0.6);
  const make = () => BoltzmannMachine.fromCouplings(given.J, { biases: given.b, backend });

  test('the energy is that of the formula, and of a Hopfield network', () => {
    const machine = make();
    const network = HopfieldNetwork.fromCouplings(machine.couplings);
    const energies = machine.energies(states);
    for (const [k, s] of states.entries()) {
      expect(energies[k]).toBeCloseTo(energyOf(given, s), 12);
      expect(network.energy(s) - dot(given.b, s)).toBeCloseTo(energies[k], 6);
    }
    expect(machine.energy(states[9])).toBe(energies[9]);
  });

  test('what is sampled has the averages of the distribution', () => {
    const count = 4000;
    const { states: drawn, means } = make().sample({ count, steps: 15, seed: 3 });
    const shares = drawn.length / N;
    const found = moments(
      rowsOf(drawn, N),
      Array.from({ length: count }, () => 1 / shares),
    );
    const exact = moments(states, distribution(given));
    // Products of ±1: a standard error of √((1 − m²)/count).
    found.forEach((m, k) =>
      expect(Math.abs(m - exact[k])).toBeLessThan(
        4.5 * Math.sqrt((1 - exact[k] ** 2) / count) + 1e-9,
      ),
    );
    const last = drawn.subarray(0, N);
    given.J.forEach((row, i) =>
      expect(means[i]).toBeCloseTo(Math.tanh(given.b[i] + dot(row, Array.from(last))), 5),
    );
  });

  test('clamped units stay what they are, the others are drawn beside them', () => {
    const clamp = [1, 0, 0, 1, 0, 0];
    const from = Array.from({ length: 2000 }, () => [1, -1, -1, -1, -1, -1]);
    const { states: drawn, means } = make().sample({ from, clamp, steps: 15, seed: 5 });
    expect([means[0], means[3]]).toEqual([1, -1]);
    const rows = rowsOf(drawn, N);
    expect(rows.every((s) => s[0] === 1 && s[3] === -1)).toBe(true);
    const allowed = states.filter((s) => s[0] === 1 && s[3] === -1);
    const weights = allowed.map((s) => Math.exp(-energyOf(given, s)));
    const z = weights.reduce((a, b) => a + b);
    const exact = moments(
      allowed,
      weights.map((w) => w / z),
    );
    const found = moments(
      rows,
      rows.map(() => 1 / rows.length),
    );
    found.forEach((m, k) => expect(Math.abs(m - exact[k])).toBeLessThan(4.5 / Math.sqrt(2000)));
  });

  test("the first step from nothing is Hebb's rule", async () => {
    const [n, count] = [64, 5];
    const random = new Random(1);
    const patterns = Array.from({ length: count }, () => random.signs(n));
    const machine = new BoltzmannMachine(n, { backend });
    const report = await machine.train(patterns, { rate: count / n, seed: 8 });
    expect(report).toEqual({ seed: 8, epochs: 1, updates: 1 });
    const hebb = new HopfieldNetwork(n).store(patterns).couplings;
    // To the rounding of Σ/P and η.
    machine.couplings.forEach((w, k) => expect(Math.abs(w - hebb[k])).toBeLessThan(1e-7 * count));
    patterns[0].forEach((_, i) =>
      expect(machine.biases[i]).toBeCloseTo(patterns.reduce((sum, x) => sum + x[i], 0) / n, 6),
    );
  });

  test('from nothing but biases it takes away what they explain', async () => {
    const b = [0.5, -1, 0.2, 0, 2, -0.3].map(Math.fround);
    const flat = new Float32Array(N * N);
    const machine = BoltzmannMachine.fromCouplings(flat, { biases: b, backend });
    const rows = [states[5], states[20], states[33]];
    await machine.train(rows, { rate: 1, seed: 1 });
    const data = moments(rows, [1 / 3, 1 / 3, 1 / 3]);
    machine.couplings.forEach((w, k) => {
      const [i, j] = [Math.floor(k / N), k % N];
      const model = i === j ? 0 : Math.tanh(b[i]) * Math.tanh(b[j]);
      expect(w).toBeCloseTo(data[k] - model, 5);
    });
  });

  test('a step is the slope of the likelihood', async () => {
    const rows = [states[5], states[20], states[33], states[34]];
    const chains = 4000;
    const machine = make();
    const [rate, weightDecay] = [0.5, 0.25];
    await machine.train(rows, { rate, chains, steps: 10, weightDecay, seed: 2 });
    const data = moments(rows, [0.25, 0.25, 0.25, 0.25]);
    const model = moments(states, distribution(given));
    const before = [...given.J.flat(), ...given.b];
    [...machine.couplings, ...machine.biases].forEach((x, k) => {
      const decay = k < N * N ? weightDecay * before[k] : 0;
      const slope = (x - before[k]) / rate + decay;
      expect(Math.abs(slope - data[k] + model[k])).toBeLessThan(5 / Math.sqrt(chains));
    });
  });

  test('chains start at the data, or go on from random states where there are so many', async () => {
    // So strong that no unit leaves the others: what starts at the data stays there.
    const J = Array.from({ length: N }, (_, i) =>
      Array.from({ length: N }, (__, j) => (i === j ? 0 : 20)),
    );
    const rows = [states[0], states[63], states[63], states[63]];
    const machine = BoltzmannMachine.fromCouplings(J, { backend });
    await machine.train(rows, { rate: 1, steps: 3, seed: 1 });
    expect([...machine.couplings]).toEqual(J.flat());
    expect([...machine.biases]).toEqual(rows[0].map(() => 0));
    await machine.train(rows, { rate: 1, chains: 2000, seed: 1 });
    // Half of the chains end in each state, where the data average ½.
    for (const b of machine.biases) expect(Math.abs(b - 0.5)).toBeLessThan(5 / Math.sqrt(2000));
  });

  test('it learns averages of pairs', async () => {
    const target = randomCouplings(N, 9, 0.5);
    const count = 2000;
    const { states: drawn } = BoltzmannMachine.fromCouplings(target.J, {
      biases: target.b,
      backend,
    }).sample({ count, steps: 15, seed: 1 });
    const machine = new BoltzmannMachine(N, { backend });
    await machine.train(drawn, {
      batch: count,
      epochs: 60,
      rate: 0.2,
      chains: 300,
      seed: 2,
    });
    const { couplings, biases } = machine;
    const J = Array.from({ length: N }, (_, i) => Array.from(couplings.subarray(i * N, i * N + N)));
    const learnt = distribution({ J, b: [...biases] });
    const exact = moments(states, distribution(target));
    moments(states, learnt).forEach((m, k) => expect(Math.abs(m - exact[k])).toBeLessThan(0.12));
  });
});

test('both backends do the same bits', async () => {
  for (const [n, batch, more] of [
    [5, 3, {}],
    [13, 100, { chains: 5 }],
    [18, 7, { steps: 2 }],
  ] as const) {
    const random = new Random(n);
    const rows = Array.from({ length: 60 }, () => random.signs(n));
    const [a, b] = await Promise.all(
      BACKENDS.map(async (backend) => {
        const machine = new BoltzmannMachine(n, { backend });
        await machine.train(rows, { batch, epochs: 2, momentum: 0.5, seed: 4, ...more });
        const drawn = machine.sample({ count: 3, steps: 4, seed: 1 });
        return [machine.couplings, machine.biases, drawn, machine.energies(drawn.states)];
      }),
    );
    expect(a).toEqual(b);
  }
});

test('chains come out the same alone and together', () => {
  const { J } = randomCouplings(9, 1, 0.5);
  const machine = BoltzmannMachine.fromCouplings(J);
  const all = machine.sample({ count: 200, steps: 3, seed: 7 });
  const one = machine.sample({ count: 1, steps: 3, seed: 7 + 150 });
  expect(one.states).toEqual(all.states.slice(150 * 9, 151 * 9));
  expect(one.means).toEqual(all.means.slice(150 * 9, 151 * 9));
});

test('couplings that are none are refused', () => {
  const from =
    (couplings: unknown, options = {}) =>
    () =>
      BoltzmannMachine.fromCouplings(couplings as number[], options);
  expect(from(5)).toThrow('couplings is 5, expected N×N numbers');
  expect(from([0, 1, 2, 0])).toThrow('coupling [1][0] is 2, expected 1 as [0][1] is');
  expect(from([1, 0, 0, 0])).toThrow('coupling [0][0] is 1, expected 0: no unit acts on itself');
  expect(from([0, 1, 1])).toThrow('couplings has length 3, expected 4 (a square)');
  expect(from([[0, 1], [1]])).toThrow('row 1 has length 1, expected 2');
  expect(from([0, NaN, NaN, 0])).toThrow('couplings[1] is NaN');
  expect(from([0], { biases: [1, 2] })).toThrow('biases has length 2, expected 1');
  expect(from([0], { bias: [1] })).toThrow('have no bias');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GradedHopfieldNetwork, HopfieldNetwork, Random } from '../../../src/index.ts';
import { energyOf, euler, outputsOf, slopes, type Network } from './oracle.ts';

/** Networks of up to 9 neurons with couplings of all sizes. */
const networks = fc
  .record({
    n: fc.integer({ min: 1, max: 9 }),
    seed: fc.nat(),
    strength: fc.constantFrom(0.1, 1, 20, 500),
    gain: fc.constantFrom(0.05, 1, 7, 50, 1e4),
    tau: fc.constantFrom(0.2, 1, 3),
    logistic: fc.boolean(),
  })
  .map(({ n, seed, strength, gain, tau, logistic }) => {
    const random = new Random(seed);
    const real = () => strength * (2 * random.real() - 1);
    const T = Array.from({ length: n }, () => Array.from({ length: n }, real));
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) T[j][i] = T[i][j];
    const network: Network = { T, I: Array.from({ length: n }, real), gain, tau, logistic };
    const u0 = Array.from({ length: n }, () => (random.real() - 0.5) * (4 / gain + strength * tau));
    return { network, u0 };
  });

function build({ T, I, gain, tau, logistic }: Network): GradedHopfieldNetwork {
  return GradedHopfieldNetwork.fromCouplings(T, {
    inputs: I,
    gain,
    timeConstant: tau,
    activation: logistic ? 'logistic' : 'tanh',
    backend: 'reference',
  });
}

const CASES = { seed: 20_261_123, numRuns: 250 };

test('the energy never rises along a trajectory, and is that of the formula', () => {
  let falls = 0;
  fc.assert(
    fc.property(networks, fc.constantFrom(0.5, 0.01, 1e-4), ({ network, u0 }, accuracy) => {
      let before = Infinity;
      let real = Infinity;
      for (const step of build(network).trajectory(u0, { accuracy, maxSteps: 150 })) {
        const { energy, size } = energyOf(network, step.outputs);
        expect(step.energy).toBeLessThanOrEqual(before);
        expect(energy).toBeLessThanOrEqual(real + 1e-12 * (size + 1));
        expect(Math.abs(step.energy - energy)).toBeLessThanOrEqual(1e-11 * (size + 1));
        if (step.energy < before) falls++;
        before = step.energy;
        real = energy;
      }
    }),
    CASES,
  );
  expect(falls).toBeGreaterThan(5000);
});

test('converged says that no |du/dt| is above the tolerance', () => {
  let converged = 0;
  fc.assert(
    fc.property(networks, fc.constantFrom(1e-3, 1e-6), ({ network, u0 }, tolerance) => {
      const end = build(network).run(u0, { tolerance, maxSteps: 2000 });
      const expected = slopes(network, end.u);
      const largest = Math.max(...expected.map(Math.abs));
      const rounding = (1e-12 * Math.max(...end.u.map(Math.abs))) / network.tau + 1e-13 * 9 * 500;
      expect(Math.abs(end.derivative - largest)).toBeLessThanOrEqual(rounding);
      expect(end.converged).toBe(end.derivative <= tolerance);
      expect(end.converged || end.steps === 2000).toBe(true);
      const outputs = outputsOf(network, end.u);
      end.outputs.forEach((v, i) => expect(v).toBeCloseTo(outputs[i], 9));
      if (end.converged) converged++;
    }),
    { ...CASES, numRuns: 150 },
  );
  expect(converged).toBeGreaterThan(100);
});

test('follows the equation of motion: as Euler’s method in very short steps', () => {
  const random = new Random(4);
  for (let k = 0; k < 12; k++) {
    const n = 2 + (k % 4);
    const real = () => 2 * random.real() - 1;
    const T = Array.from({ length: n }, () => Array.from({ length: n }, real));
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) T[j][i] = T[i][j];
    const tau = [0.5, 1, 2][k % 3];
    const I = Array.from({ length: n }, real);
    const network: Network = { T, I, gain: 3, tau, logistic: k % 2 === 1 };
    const u0 = Array.from({ length: n }, real);
    const time = 1.5;
    // Richardson: twice the one with half the step less the other is of second order.
    const [coarse, fine] = [euler(network, u0, time, 2e-3), euler(network, u0, time, 1e-3)];
    const expected = fine.map((x, i) => 2 * x - coarse[i]);
    const end = build(network).run(u0, { accuracy: 1e-6, maxTime: time, tolerance: 0 });
    expect(end.time).toBe(time);
    end.u.forEach((x, i) => expect(Math.abs(x - expected[i])).toBeLessThan(2e-5));
    const rough = build(network).run(u0, { maxTime: time, tolerance: 0 });
    rough.u.forEach((x, i) => expect(Math.abs(x - expected[i])).toBeLessThan(2e-2));
  }
});

test('the method is of second order: a hundredth of the accuracy, a hundredth of the error', () => {
  const network: Network = {
    T: [
      [0.3, 1.1],
      [1.1, -0.4],
    ],
    I: [0.2, -0.1],
    gain: 2,
    tau: 1,
    logistic: false,
  };
  const u0 = [0.4, -0.3];
  const options = { maxTime: 2, tolerance: 0, maxSteps: 1e6 };
  const at = (accuracy: number) => build(network).run(u0, { ...options, accuracy }).u;
  const exact = at(1e-8);
  const error = (accuracy: number) => {
    return Math.max(...at(accuracy).map((x, i) => Math.abs(x - exact[i])));
  };
  // The estimate goes with the square of the step, the error of the whole way too.
  expect(error(1e-5)).toBeLessThan(error(1e-3) / 30);
});

describe('two neurons that excite each other, the flip-flop of the paper', () => {
  const gain = 1.4;
  const network = () => GradedHopfieldNetwork.fromCouplings([0, 1, 1, 0], { gain });
  // m = tanh(1.4 m), by bisection.
  let [low, high] = [0.1, 1];
  for (let k = 0; k < 60; k++) {
    const m = (low + high) / 2;
    if (Math.tanh(gain * m) > m) low = m;
    else high = m;
  }

  test('have two stable states', () => {
    for (const [u, sign] of [
      [[0.1, 0.2], 1],
      [[1, -0.9], 1],
      [[-0.001, 0.0011], 1],
      [[-2, 1], -1],
      [[-0.1, -0.1], -1],
    ] as const) {
      const { outputs, converged } = network().run(u, { tolerance: 1e-10 });
      expect(converged).toBe(true);
      for (const v of outputs) expect(v).toBeCloseTo(sign * low, 8);
    }
  });

  test('stay between them where they start there', () => {
    const { outputs, converged } = network().run([0, 0]);
    expect([...outputs, converged]).toEqual([0, 0, true]);
    expect(network().energy([0, 0])).toBeGreaterThan(network().energy([low, low]));
  });

  test('below a gain of 1 have one', () => {
    for (const u of [
      [3, 2],
      [-1, -5],
      [1, -1],
    ]) {
      const calm = GradedHopfieldNetwork.fromCouplings([0, 1, 1, 0], { gain: 0.95 });
      const { outputs } = calm.run(u, { tolerance: 1e-9 });
      for (const v of outputs) expect(Math.abs(v)).toBeLessThan(1e-6);
    }
  });
});

describe.each(['tanh', 'logistic'] as const)('with high gain, %s', (activation) => {
  const units = activation === 'tanh' ? 'bipolar' : 'binary';
  const n = 100;

  test('the end states are fixed points of the network of two-state neurons', () => {
    let decided = 0;
    for (let seed = 0; seed < 25; seed++) {
      const random = new Random(seed);
      const patterns = random.signs(n * 12);
      const graded = new GradedHopfieldNetwork(n, { activation, gain: 1000 }).store(patterns);
      const u0 = Array.from({ length: n }, () => 2 * random.real() - 1);
      const { state, outputs, converged } = graded.run(u0);
      expect(converged).toBe(true);
      // A neuron may come to rest in the middle where its field is 0: such states are no states of two-state neurons.
      if (outputs.some((v, i) => Math.abs(v - state[i]) > 0.1)) continue;
      decided++;
      const hopfield = new HopfieldNetwork(n, { units }).store(patterns);
      expect(hopfield.isFixedPoint(state)).toBe(true);
    }
    expect(decided).toBeGreaterThan(15);
  });

  test('stored patterns are recalled, below capacity', () => {
    const random = new Random(77);
    const count = activation === 'tanh' ? 7 : 3;
    const patterns = random.signs(n * count);
    const graded = new GradedHopfieldNetwork(n, { activation, gain: 100 }).store(patterns);
    for (let k = 0; k < count; k++) {
      const cue = patterns.slice(k * n, (k + 1) * n);
      for (const i of random.sample(n, 10)) cue[i] = -cue[i];
      const { state, match, converged } = graded.recall(cue);
      expect(converged).toBe(true);
      expect(match!.index).toBe(k);
      expect(match!.overlap).toBeGreaterThanOrEqual(activation === 'tanh' ? 0.98 : 0.9);
      expect(state).toHaveLength(n);
    }
  });
});

test('with low gain there is only the state in the middle', () => {
  const random = new Random(8);
  const n = 50;
  for (const [activation, gain, middle] of [
    ['tanh', 0.5, 0],
    ['logistic', 0.2, 0.5],
  ] as const) {
    const network = new GradedHopfieldNetwork(n, { activation, gain }).store(random.signs(n));
    const ends = [0, 1, 2].map(() => {
      return network.run(
        Array.from({ length: n }, () => 6 * random.real() - 3),
        { tolerance: 1e-10 },
      );
    });
    for (const { outputs, converged } of ends) {
      expect(converged).toBe(true);
      outputs.forEach((v, i) => expect(v).toBeCloseTo(ends[0].outputs[i], 6));
      if (activation === 'tanh') for (const v of outputs) expect(v).toBeCloseTo(middle, 6);
    }
  }
});

test.each([
  ['tanh', 1, 0],
  ['logistic', 2, -0.5],
] as const)(
  '%s neurons have one state up to gain·τ = %d/λ, and more beyond',
  (activation, limit, inputs) => {
    const matrix = [0, 1, 1, 0];
    for (const gain of [0.9 * limit, 1.1 * limit]) {
      const network = GradedHopfieldNetwork.fromCouplings(matrix, { activation, gain, inputs });
      const [up, down] = [1, -1].map((u) => network.run([u, u], { tolerance: 1e-9 }));
      expect([up.converged, down.converged]).toEqual([true, true]);
      expect(up.outputs[0] - down.outputs[0] > 0.1).toBe(gain > limit);
    }
  },
);

test('both backends give the same bits, whole and step by step', () => {
  for (const n of [1, 2, 3, 5, 17, 64]) {
    for (const activation of ['tanh', 'logistic'] as const) {
      const [wasm, reference] = (['wasm', 'reference'] as const).map((backend) => {
        const random = new Random(n);
        const network = new GradedHopfieldNetwork(n, { activation, gain: 6, inputs: 0.1, backend });
        network.store(random.signs(n * 4));
        const u0 = Array.from({ length: n }, () => random.real() - 0.5);
        const way = [...network.trajectory(u0)];
        return { run: network.run(u0), way, recalled: network.recall(random.signs(n)) };
      });
      expect(wasm).toEqual(reference);
      const { run, way } = wasm;
      const last = way.at(-1)!;
      expect(last.u).toEqual(run.u);
      expect(last.outputs).toEqual(run.outputs);
      expect([last.energy, last.time, last.step]).toEqual([run.energy, run.time, run.steps]);
    }
  }
});

test('turning neurons over turns the run over', () => {
  const random = new Random(12);
  const n = 20;
  const turned = random.signs(n);
  const patterns = random.signs(n * 3);
  const other = patterns.map((x, k) => x * turned[k % n]);
  const u0 = Array.from({ length: n }, () => random.real() - 0.5);
  const one = new GradedHopfieldNetwork(n).store(patterns).run(u0);
  const two = new GradedHopfieldNetwork(n).store(other).run(u0.map((x, i) => x * turned[i]));
  expect(two.u.map((x, i) => x * turned[i])).toEqual(one.u);
  expect(two.energy).toBe(one.energy);
});

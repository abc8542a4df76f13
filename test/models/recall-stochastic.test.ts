/** Glauber dynamics: its equilibrium, its schedules, and what it reports. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { BACKENDS, build, flipped, randomStates, REPRESENTATIONS } from './cases.ts';

/** How often each of the 2^N states is met, one look a sweep. */
function visits(network: HopfieldNetwork, temperature: number, sweeps: number): Float64Array {
  const count = new Float64Array(2 ** network.neurons);
  const start = new Int8Array(network.neurons).fill(1);
  const options = { update: 'stochastic', temperature, maxSweeps: sweeps, seed: 12 } as const;
  for (const { state } of network.trajectory(start, options)) {
    count[state.reduce((sum, value, i) => sum + (value > 0 ? 2 ** i : 0), 0)]++;
  }
  return count;
}

function boltzmann(network: HopfieldNetwork, temperature: number): Float64Array {
  const { neurons } = network;
  const low = network.units === 'binary' ? 0 : -1;
  const weights = Float64Array.from({ length: 2 ** neurons }, (_, k) => {
    const state = Array.from({ length: neurons }, (_, i) => ((k >> i) & 1 ? 1 : low));
    return Math.exp(-network.energy(state) / temperature);
  });
  const sum = weights.reduce((total, w) => total + w, 0);
  return weights.map((w) => w / sum);
}

describe.each(BACKENDS)('%s', (backend) => {
  const random = new Random(201);
  const patterns = randomStates(random, 4, 3);
  const networks: [string, HopfieldNetwork, number][] = [
    ...REPRESENTATIONS.map((representation): [string, HopfieldNetwork, number] => [
      `bipolar, ${representation}`,
      build(4, { backend, representation, thresholds: [0.1, 0, -0.3, 0.2] }, patterns),
      0.8,
    ]),
    ['self-couplings, which play no part', build(4, { backend, selfCoupling: true }, patterns), 1],
    ['binary', build(4, { backend, units: 'binary', thresholds: [1, 0, -1, 0.5] }, patterns), 2],
    [
      'given couplings',
      HopfieldNetwork.fromCouplings(
        [
          [0, 0.7, -0.2, 0.1],
          [0.7, 0, 0.4, -0.5],
          [-0.2, 0.4, 0, 0.3],
          [0.1, -0.5, 0.3, 0],
        ],
        { backend },
      ),
      0.9,
    ],
  ];

  test.each(networks)('Boltzmann probabilities: %s', (_, network, temperature) => {
    const sweeps = 20_000;
    const expected = boltzmann(network, temperature);
    for (const [k, count] of visits(network, temperature, sweeps).entries()) {
      // Sweeps are not independent: the factor 3 is for their correlation.
      const sigma = Math.sqrt(3 * sweeps * expected[k] * (1 - expected[k]));
      expect(Math.abs(count - sweeps * expected[k])).toBeLessThan(5 * sigma);
    }
  });

  test('infinite temperature: a fair coin for every neuron', () => {
    const network = build(1000, { backend }, randomStates(random, 1000, 2));
    const { state, flips } = network.recall(network.patterns[0], {
      update: 'stochastic',
      temperature: Infinity,
      maxSweeps: 1,
      seed: 2,
    });
    const ups = state.filter((value) => value > 0).length;
    for (const count of [ups, flips])
      expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(250));
  });

  test('the lowest temperature: a tie is still a fair coin', () => {
    const network = new HopfieldNetwork(1000, { backend });
    const { flips } = network.recall(new Int8Array(1000).fill(1), {
      update: 'stochastic',
      temperature: 5e-324,
      maxSweeps: 1,
      seed: 2,
    });
    expect(Math.abs(flips - 500)).toBeLessThan(5 * Math.sqrt(250));
  });

  test('the schedule is asked once a sweep, in order', () => {
    const network = build(30, { backend }, randomStates(random, 30, 3));
    const cue = random.signs(30);
    const asked: number[] = [];
    const schedule = (sweep: number) => {
      asked.push(sweep);
      return 0.3;
    };
    const options = { update: 'stochastic', seed: 4, maxSweeps: 9 } as const;
    const result = network.recall(cue, { ...options, temperature: schedule });
    expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(result).toEqual(network.recall(cue, { ...options, temperature: 0.3 }));
    for (const every of ['sweep', 'flip'] as const) {
      asked.length = 0;
      for (const step of network.trajectory(cue, { ...options, temperature: schedule, every }))
        void step;
      expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });

  test('converged only when the schedule ends at 0 in a fixed point', () => {
    const network = build(30, { backend }, randomStates(random, 30, 2));
    const cue = flipped(network.patterns[0], 2, random);
    const options = { update: 'stochastic', seed: 4, maxSweeps: 12 } as const;
    const warm = network.recall(cue, { ...options, temperature: 1e-9 });
    expect(network.isFixedPoint(warm.state)).toBe(true);
    expect(warm).toMatchObject({ converged: false, period: undefined, sweeps: 12 });
    const cooled = network.recall(cue, {
      ...options,
      temperature: (sweep) => (sweep < 8 ? 0.2 : 0),
    });
    expect(cooled).toMatchObject({ converged: true, period: 1, sweeps: 12 });
    expect(network.isFixedPoint(cooled.state)).toBe(true);
    const fixed = network.recall(cue, { ...options, temperature: 0 });
    expect(fixed.converged).toBe(true);
    expect(fixed.sweeps).toBeLessThan(12);
    expect(network.recall(cue, { update: 'stochastic', temperature: 1 }).sweeps).toBe(100);
  });

  test('clamped neurons keep still in any heat', () => {
    const network = build(30, { backend }, randomStates(random, 30, 2));
    const cue = random.signs(30);
    const clamp = Array.from(cue, (_, i) => i % 2 === 0);
    const { state, flips } = network.recall(cue, {
      update: 'stochastic',
      temperature: 50,
      clamp,
      seed: 1,
    });
    for (let i = 0; i < 30; i += 2) expect(state[i]).toBe(cue[i]);
    expect(flips).toBeGreaterThan(400);
  });
});

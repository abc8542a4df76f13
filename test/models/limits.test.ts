/** Every limit at its edge and one past it. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random, type Rule } from '../../src/index.ts';
import { openMachine } from '../../src/kernels/open.ts';
import { patternKernels } from '../../src/kernels/groups/patterns.ts';
import { spinKernels } from '../../src/kernels/groups/spins.ts';
import { Couplings } from '../../src/learning/couplings.ts';
import { checkProduct } from '../../src/learning/fixed-point.ts';
import { BACKENDS, build, randomStates } from './cases.ts';

describe.each(BACKENDS)('%s', (backend) => {
  test('rounding couplings never makes a neuron of them too heavy to be loaded', () => {
    // 1000 couplings that are all rounded up add 490 units where 314 are left.
    const neurons = 1001;
    const values = new Float64Array(neurons * neurons);
    for (let i = 0; i < neurons; i++) {
      for (let j = 0; j < neurons; j++) values[i * neurons + j] = i === j ? 0 : 1073741.51;
    }
    const network = HopfieldNetwork.fromCouplings(values, { backend });
    const again = HopfieldNetwork.load(network.save(), { backend });
    const state = new Random(1).signs(neurons);
    expect(again.fields(state)).toEqual(network.fields(state));
  });

  test('couplings that are all 0 have no field and no energy, and are saved as that', () => {
    const network = HopfieldNetwork.fromCouplings(new Float64Array(16), { backend });
    for (const one of [network, HopfieldNetwork.load(network.save(), { backend })]) {
      expect([...one.fields([1, 1, -1, 1])]).toEqual([0, 0, 0, 0]);
      expect(one.energy([1, 1, -1, 1])).toBe(0);
      expect([...one.couplings]).toEqual(Array(16).fill(0));
      expect(one.store([1, -1, 1, 1]).couplings[1]).toBe(-0.25);
    }
  });

  // In units of 2⁹⁹² fields of up to 2³⁰ units add up to less than 2¹⁰²⁴ in two neurons, in coarser ones they do not.
  test('couplings are as large as leaves every energy finite', () => {
    const make = (x: number) => HopfieldNetwork.fromCouplings([0, x, x, 0], { backend });
    for (const x of [2 ** 1000, 1.875 * 2 ** 1021]) {
      const network = make(x);
      expect(network.energy([1, 1])).toBe(-x);
      expect(network.energy([1, -1])).toBe(x);
      expect(HopfieldNetwork.load(network.save(), { backend }).energy([1, 1])).toBe(-x);
    }
    for (const x of [2 ** 1022, -(2 ** 1022), Number.MAX_VALUE])
      expect(() => make(x)).toThrow('energies would not be finite');
  });

  test.each([4096, 4097])("forgetting where 'auto' changes its mind: %d neurons", (neurons) => {
    const random = new Random(192);
    const patterns = randomStates(random, neurons, 3);
    const cue = random.signs(neurons);
    const network = build(neurons, { backend }, patterns);
    network.fields(cue);
    expect(network.forget(1)).toBe(true);
    const others = build(neurons, { backend }, [patterns[0], patterns[2]]);
    expect(network.fields(cue)).toEqual(others.fields(cue));
    expect(network.energy(cue)).toBe(others.energy(cue));
    // h_i = Σ_μ ξ_i (m_μ − ξ_i s_i)/N, without any couplings.
    const [m0, m2] = [patterns[0], patterns[2]].map((p) =>
      p.reduce((sum, x, i) => sum + x * cue[i], 0),
    );
    const h = network.fields(cue);
    for (let i = 0; i < neurons; i += 97) {
      const sum = patterns[0][i] * m0 + patterns[2][i] * m2 - 2 * cue[i];
      expect(h[i]).toBeCloseTo(sum / neurons, 12);
    }
  });

  test('seeds of many recalls go on from 0 behind the last', () => {
    const random = new Random(193);
    const network = build(40, { backend }, randomStates(random, 40, 12));
    const cues = randomStates(random, 40, 4);
    const last = 2 ** 32 - 1;
    const many = network.recallMany(cues, { seed: last - 1 });
    expect([...many.seeds]).toEqual([last - 1, last, 0, 1]);
    for (const [k, cue] of cues.entries()) {
      const { state, flips } = network.recall(cue, { seed: many.seeds[k] });
      expect(many.states.slice(40 * k, 40 * k + 40)).toEqual(state);
      expect(many.flips[k]).toBe(flips);
    }
  });
});

test.each<[Rule, Rule]>([
  ['perceptron', { name: 'perceptron', margin: 0, maxEpochs: 1000 }],
  ['minimal-overlap', { name: 'minimal-overlap', minimum: 10, maxEpochs: 1000 }],
  ['diederich-opper', { name: 'diederich-opper', tolerance: 1e-6, maxEpochs: 10_000 }],
  // 0.37 √N, and 0.6 (1 − 2f).
  ['palimpsest', { name: 'palimpsest', bound: 4 }],
  [
    { name: 'covariance', activity: 0.25 },
    { name: 'covariance', activity: 0.25, threshold: 0.3 },
  ],
])('what rules do not say is what their documents say: %o', (rule, whole) => {
  expect(new HopfieldNetwork(100, { rule }).rule).toEqual(whole);
});

test('neurons times pairs', () => {
  expect(() => checkProduct(2 ** 15, 2 ** 15)).toThrow(
    'is 1073741824, expected less than 1073741824',
  );
  expect(() => checkProduct(2 ** 15 - 1, 2 ** 15)).not.toThrow();
});

test.each([
  ['bipolar', 2 ** 30],
  ['binary', 2 ** 29],
] as const)(
  'neurons times patterns, %s: %d is too much, one pattern less is not',
  (units, limit) => {
    const machine = openMachine('auto', [patternKernels, spinKernels]);
    const neurons = 2 ** 20;
    const couplings = new Couplings(machine, {
      neurons,
      rule: { name: 'hebbian' },
      units,
      selfCoupling: false,
      thresholds: undefined,
      representation: 'auto',
    });
    const reached = new Error('it was begun');
    const store = (count: number) => () =>
      couplings.store({
        count,
        write() {
          throw reached;
        },
        labels: undefined,
      });
    expect(store(limit / neurons)).toThrow(
      `${limit / neurons} patterns of ${neurons} neurons: their product is ${limit}, expected less than ${limit}`,
    );
    expect(couplings.patterns.count).toBe(0);
    // Room for them takes long to make: once will do.
    if (units === 'bipolar') return;
    expect(store(limit / neurons - 1)).toThrow(reached);
    expect(couplings.patterns.count).toBe(0);
  },
);

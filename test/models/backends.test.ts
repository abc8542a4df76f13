/** WebAssembly and the reference give the same of everything, bit for bit. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HopfieldNetwork, Random, type NetworkOptions, type Rule } from '../../src/index.ts';
import {
  BACKENDS,
  build,
  GENERATED,
  hebbians,
  problem,
  randomStates,
  reals,
  REPRESENTATIONS,
  RULES,
  symmetricMatrix,
  UPDATES,
} from './cases.ts';

function pair(neurons: number, options: NetworkOptions, patterns: Int8Array[]): HopfieldNetwork[] {
  return BACKENDS.map((backend) => {
    const network = build(neurons, { ...options, backend }, patterns);
    expect(network.backend).toBe(backend);
    expect(network.backendReason).toBeUndefined();
    return network;
  });
}

/** Fails unless both give the same of everything. */
function expectSame([a, b]: HopfieldNetwork[], cues: ArrayLike<number>[], stochastic = true): void {
  expect(b.save()).toEqual(a.save());
  expect(b.couplings).toEqual(a.couplings);
  expect(b.patterns).toEqual(a.patterns);
  expect(b.learning).toEqual(a.learning);
  for (const cue of cues) {
    expect(b.energy(cue)).toBe(a.energy(cue));
    expect(b.fields(cue)).toEqual(a.fields(cue));
    expect(b.overlaps(cue)).toEqual(a.overlaps(cue));
    for (const update of UPDATES) {
      if (update === 'stochastic' && !stochastic) continue;
      const temperature = update === 'stochastic' ? 0.4 : undefined;
      const clamp = Array.from(cue, (_, i) => i % 5 === 1);
      for (const options of [{}, { tie: 'positive' as const, clamp }]) {
        const recall = { update, temperature, seed: 8, maxSweeps: 25, ...options };
        expect(b.recall(cue, recall)).toEqual(a.recall(cue, recall));
      }
    }
    const steps = { every: 'flip', seed: 1, maxSweeps: 10 } as const;
    expect([...b.trajectory(cue, steps)]).toEqual([...a.trajectory(cue, steps)]);
  }
  expect(b.recallMany(cues, { seed: 9 })).toEqual(a.recallMany(cues, { seed: 9 }));
}

test.each(REPRESENTATIONS)('Hebbian networks, %s', (representation) => {
  fc.assert(
    fc.property(hebbians, (setup) => {
      const { options, patterns, cues } = problem(setup, 2);
      const networks = pair(setup.neurons, { ...options, representation }, patterns);
      expectSame(networks, cues, !(setup.units === 'binary' && setup.selfCoupling));
    }),
    { ...GENERATED, numRuns: 40 },
  );
});

test.each(REPRESENTATIONS)('a larger one, %s', (representation) => {
  const random = new Random(55);
  for (const [neurons, count] of [
    [131, 70],
    [290, 29],
  ]) {
    const networks = pair(neurons, { representation }, randomStates(random, neurons, count));
    expectSame(networks, randomStates(random, neurons, 1));
  }
});

test.each(RULES)('%o', (rule) => {
  const random = new Random(51);
  const { name } = typeof rule === 'string' ? { name: rule } : rule;
  for (let run = 0; run < 12; run++) {
    const neurons = 1 + random.below(40);
    const patterns = randomStates(random, neurons, random.below(10));
    const options: NetworkOptions = { rule };
    if (name !== 'covariance') {
      options.units = run % 2 === 1 ? 'binary' : 'bipolar';
      if (run % 3 === 1) options.thresholds = reals(random, neurons, 0.2);
    }
    const networks = pair(neurons, options, patterns);
    const cues = randomStates(random, neurons, 2);
    expectSame(networks, cues);
    for (const network of networks) {
      network.store(random.signs(neurons).length ? cues[0] : cues[1]);
      if (patterns.length > 0) network.forget(patterns[0]);
    }
    expectSame(networks, cues);
  }
});

test.each(['projection', 'diederich-opper'] as Rule[])('%o with self-couplings', (rule) => {
  const random = new Random(52);
  const networks = pair(30, { rule, selfCoupling: true }, randomStates(random, 30, 9));
  expectSame(networks, randomStates(random, 30, 2));
});

test('given couplings, symmetric or not', () => {
  const random = new Random(53);
  for (const units of ['bipolar', 'binary'] as const) {
    const symmetric = symmetricMatrix(random, 21, 0.5);
    const asymmetric = Array.from({ length: 21 }, () => reals(random, 21));
    for (const matrix of [symmetric, asymmetric]) {
      const networks = BACKENDS.map((backend) =>
        HopfieldNetwork.fromCouplings(matrix, { backend, units, thresholds: 0.125 }),
      );
      const cues = randomStates(random, 21, 3);
      expectSame(networks, cues, units === 'bipolar');
      for (const network of networks) network.store(cues[0]);
      expectSame(networks, cues, units === 'bipolar');
    }
  }
});

test.each(['hebbian', 'storkey', 'projection', 'palimpsest'] as Rule[])(
  'dreams after %s',
  async (rule) => {
    const random = new Random(54);
    for (const thresholds of [undefined, reals(random, 25, 0.2)]) {
      const networks = pair(25, { rule, thresholds }, randomStates(random, 25, 6));
      const cues = randomStates(random, 25, 2);
      for (const network of networks) await network.unlearn({ steps: 30, seed: 3 });
      expectSame(networks, cues);
      for (const network of networks) await network.daydream({ epochs: 3, seed: 4 });
      expectSame(networks, cues);
      for (const network of networks) network.store(cues[1]);
      expectSame(networks, cues);
      for (const network of networks) network.forget(cues[1]);
      expectSame(networks, cues);
    }
  },
);

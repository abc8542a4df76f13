/** Patterns and couplings are two ways to hold the same network. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random, type NetworkOptions } from '../../src/index.ts';
import {
  BACKENDS,
  build,
  GENERATED,
  hebbians,
  problem,
  randomStates,
  reals,
  UPDATES,
} from './cases.ts';

function pair(neurons: number, options: NetworkOptions, patterns: Int8Array[]): HopfieldNetwork[] {
  return (['couplings', 'patterns'] as const).map((representation) => {
    const network = build(neurons, { ...options, representation }, patterns);
    expect(network.representation).toBe(representation);
    return network;
  });
}

/** Fails unless both give the same of everything. */
function expectSame([a, b]: HopfieldNetwork[], cues: ArrayLike<number>[], stochastic = true): void {
  expect(b.couplings).toEqual(a.couplings);
  for (const cue of cues) {
    expect(b.energy(cue)).toBe(a.energy(cue));
    expect(b.fields(cue)).toEqual(a.fields(cue));
    expect(b.overlaps(cue)).toEqual(a.overlaps(cue));
    expect(b.isFixedPoint(cue)).toBe(a.isFixedPoint(cue));
    for (const update of UPDATES) {
      if (update === 'stochastic' && !stochastic) continue;
      const temperature = update === 'stochastic' ? 0.6 : undefined;
      for (const tie of ['keep', 'positive'] as const) {
        const options = { update, temperature, tie, seed: 5, maxSweeps: 20 };
        expect(b.recall(cue, options)).toEqual(a.recall(cue, options));
      }
    }
    if (a.neurons > 64) continue;
    const steps = { every: 'flip', order: 'index', seed: 1 } as const;
    expect([...b.trajectory(cue, steps)]).toEqual([...a.trajectory(cue, steps)]);
  }
  expect(b.recallMany(cues, { seed: 9 })).toEqual(a.recallMany(cues, { seed: 9 }));
}

describe.each(BACKENDS)('%s', (backend) => {
  test('small networks of every kind', () => {
    fc.assert(
      fc.property(hebbians, (setup) => {
        const { options, patterns, cues } = problem(setup, 2);
        expectSame(
          pair(setup.neurons, { ...options, backend }, patterns),
          cues,
          !(setup.units === 'binary' && setup.selfCoupling),
        );
      }),
      GENERATED,
    );
  });

  test.each(['bipolar', 'binary'] as const)('larger, past every rounding of sizes: %s', (units) => {
    const random = new Random(41);
    for (const [neurons, count] of [
      [129, 33],
      [257, 17],
    ]) {
      const patterns = randomStates(random, neurons, count);
      const thresholds = reals(random, neurons, units === 'binary' ? count : count / neurons);
      expectSame(
        pair(neurons, { backend, units, thresholds }, patterns),
        randomStates(random, neurons, 1),
      );
    }
  });

  test('many more patterns than neurons', () => {
    const random = new Random(42);
    for (const units of ['bipolar', 'binary'] as const) {
      const networks = pair(9, { backend, units, thresholds: 0.3 }, randomStates(random, 9, 150));
      expectSame(networks, randomStates(random, 9, 3));
    }
  });

  test.each(['different', 'equal'])('more patterns than 16-bit couplings hold, %s', (kind) => {
    const random = new Random(43);
    const flat = new Int8Array(4 * 32_770);
    const four = randomStates(random, 4, 4);
    for (let k = 0; k < 32_770; k++) {
      flat.set(four[kind === 'equal' || k % 8 < 5 ? 0 : k % 4], 4 * k);
    }
    const shares = flat.reduce((sum, value, k) => sum + (k % 4 ? 0 : value * flat[k + 1]), 0);
    for (const thresholds of [undefined, [0.3, -0.7, 5.1, 0.01]]) {
      const networks = (['couplings', 'patterns'] as const).map((representation) =>
        new HopfieldNetwork(4, { backend, representation, thresholds }).store(flat),
      );
      expectSame(networks, randomStates(random, 4, 2));
      expect(networks[1].couplings[1]).toBe(Math.fround(shares / 4));
      // Now they fit again.
      for (const network of networks) for (let k = 0; k < 3; k++) network.forget(four[0]);
      expectSame(networks, randomStates(random, 4, 2));
    }
  });

  test('stored and forgotten in turn', () => {
    const random = new Random(44);
    const networks = pair(33, { backend }, randomStates(random, 33, 7));
    for (let round = 0; round < 20; round++) {
      const patterns = randomStates(random, 33, 1 + random.below(9));
      const gone = networks[0].patterns[random.below(networks[0].patternCount)];
      for (const network of networks) {
        network.store(patterns);
        network.forget(gone);
      }
      expectSame(networks, randomStates(random, 33, 1));
    }
  });

  test("'auto' holds couplings up to 4096 neurons, patterns beyond", () => {
    const random = new Random(45);
    const small = build(4096, { backend }, []);
    const large = build(4097, { backend }, randomStates(random, 4097, 3));
    expect(small.representation).toBe('couplings');
    expect(large.representation).toBe('patterns');
    large.recall(random.signs(4097));
    expect(large.bytes).toBeLessThan(1_000_000);
  });
});

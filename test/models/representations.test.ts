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

  test('others in place of some, and as many, where 16 bits just hold them, and do not', () => {
    const one = Int8Array.of(1, 1, -1);
    for (const count of [32_767, 32_768, 32_770]) {
      const flat = new Int8Array(3 * count);
      for (let k = 0; k < count; k++) flat.set(one, 3 * k);
      const network = new HopfieldNetwork(3, { backend, representation: 'couplings' }).store(flat);
      expect(network.couplings[1]).toBe(Math.fround(count / 3));
      network.forget(7);
      network.store([1, -1, 1]);
      expect(network.couplings[1]).toBe(Math.fround((count - 2) / 3));
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

  test.each([false, true])(
    'around the largest coupling of a byte, W_ii learnt: %s',
    (selfCoupling) => {
      const random = new Random(46);
      const same = random.signs(20);
      const networks = pair(20, { backend, selfCoupling }, [same]);
      const store = (pattern: Int8Array) => networks.forEach((network) => network.store(pattern));
      const forget = (pattern: Int8Array) => networks.forEach((network) => network.forget(pattern));
      for (const network of networks) network.store(Array.from({ length: 124 }, () => same));
      const cues = randomStates(random, 20, 2);
      for (let count = 125; count <= 129; count++) {
        expect(networks[0].couplings[1]).toBe(Math.fround((count * same[0] * same[1]) / 20));
        expectSame(networks, cues);
        store(same);
      }
      // Forgetting can make a coupling larger as well.
      const other = same.map((s, i) => (i === 3 ? -s : s));
      for (let k = 0; k < 5; k++) store(other);
      for (let k = 0; k < 8; k++) {
        forget(k < 5 ? other : same);
        expectSame(networks, cues);
      }
    },
  );

  // Of two neurons one byte holds J = 127 before, and does not hold 128 after; of ten others need two bytes before.
  test.each([2, 10])('forgetting carries a coupling over the edge: %i neurons', (neurons) => {
    const random = new Random(47);
    const same = random.signs(neurons);
    const other = same.map((s, i) => (i === 1 ? -s : s));
    const make = () => {
      const all = [other, ...Array.from({ length: 128 }, () => same)];
      const networks = pair(neurons, { backend }, all);
      expectSame(networks, randomStates(random, neurons, 1));
      return networks;
    };
    const expectCount = (networks: HopfieldNetwork[], count: number) => {
      const coupling = Math.fround((count * same[0] * same[1]) / neurons);
      for (const network of networks) expect(network.couplings[1]).toBe(coupling);
      expectSame(networks, randomStates(random, neurons, 1));
    };
    const networks = make();
    for (const network of networks) network.forget(other);
    expectCount(networks, 128);
    // As many as before, without a look at them in between.
    const again = make();
    for (const network of again) {
      network.forget(other);
      network.store(same);
    }
    expectCount(again, 129);
  });

  test.each([0, 0.02, 0.5])(
    'fields that 16 bits hold, hold at first, and do not: noise %f',
    (noise) => {
      const random = new Random(48);
      // N·P = 32,700, 32,900 and 60,000 at the pattern itself.
      for (const [neurons, count] of [
        [327, 100],
        [329, 100],
        [600, 100],
      ]) {
        const one = random.signs(neurons);
        const patterns = Array.from({ length: count }, () =>
          one.map((s) => (random.real() < noise ? -s : s)),
        );
        const cue = one.map((s) => (random.real() < 0.4 ? -s : s));
        const networks = pair(neurons, { backend }, patterns);
        for (const order of ['permutation', 'index'] as const) {
          const options = { order, seed: 1 };
          expect(networks[1].recall(cue, options)).toEqual(networks[0].recall(cue, options));
        }
      }
    },
  );

  test('integers of one, two and four bytes walk the same way', () => {
    const random = new Random(49);
    const neurons = 128;
    for (const bound of [3, 127, 128, 4000]) {
      const rule = { name: 'palimpsest', bound } as const;
      const stored = build(neurons, { rule, backend }, randomStates(random, neurons, 150));
      // Couplings that are given are rounded to four bytes, and these are exact: N is a power of two.
      const given = HopfieldNetwork.fromCouplings(stored.couplings, { backend });
      const loaded = HopfieldNetwork.load(stored.save(), { backend });
      expect(loaded.save()).toEqual(stored.save());
      for (const [k, cue] of randomStates(random, neurons, 6).entries()) {
        for (const update of UPDATES) {
          const temperature = update === 'stochastic' ? 0.2 : undefined;
          const options = { update, temperature, seed: k, maxSweeps: 30 };
          const { match: _, ...walk } = stored.recall(cue, options);
          expect(given.recall(cue, options)).toMatchObject(walk);
          expect(loaded.recall(cue, options)).toMatchObject(walk);
        }
        expect(given.fields(cue)).toEqual(stored.fields(cue));
      }
      const more = randomStates(random, neurons, 3);
      expect(loaded.store(more).couplings).toEqual(stored.store(more).couplings);
    }
  });

  test('a byte a coupling where they fit', () => {
    const random = new Random(50);
    const neurons = 1024;
    const network = build(neurons, { backend }, randomStates(random, neurons, 20));
    network.recall(random.signs(neurons));
    expect(network.bytes).toBeLessThan(1.2 * neurons ** 2);
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

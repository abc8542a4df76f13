/** A census of fixed points: against all states of small networks, and against what theory knows of few patterns. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  attractors,
  BidirectionalMemory,
  classify,
  DenseAssociativeMemory,
  HopfieldNetwork,
  Random,
  SimplicialHopfieldNetwork,
} from '../../src/index.ts';
import { BACKENDS, GENERATED, randomStates } from './cases.ts';

const key = (state: ArrayLike<number>) => Array.from(state, (s) => (s > 0 ? '+' : '-')).join('');

/** All states of a few neurons. */
const all = (neurons: number, low: number) =>
  Array.from({ length: 2 ** neurons }, (_, bits) =>
    Int8Array.from({ length: neurons }, (__, i) => ((bits >> i) & 1 ? 1 : low)),
  );

describe.each(BACKENDS)('%s', (backend) => {
  test('finds all fixed points of small networks, and no others, with their energies', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 0, max: 4 }),
        fc.nat(1000),
        fc.constantFrom('bipolar' as const, 'binary' as const),
        (neurons, count, seed, units) => {
          const network = new HopfieldNetwork(neurons, { units, backend });
          if (count > 0) network.store(randomStates(new Random(seed), neurons, count));
          // A fixed point is a start itself with probability 2⁻⁵ or more: none is missed in 800, but for e⁻²⁵.
          const census = attractors(network, { starts: 800, seed });
          const fixed = all(neurons, units === 'binary' ? 0 : -1).filter((state) =>
            network.isFixedPoint(state),
          );
          expect(census.attractors.map(({ state }) => key(state)).sort()).toEqual(
            fixed.map(key).sort(),
          );
          for (const { state, energy } of census.attractors) {
            expect(energy).toBe(network.energy(state));
          }
          const counts = census.attractors.map((one) => one.count);
          expect(counts.reduce((a, b) => a + b, 0)).toBe(800);
          expect(counts).toEqual([...counts].sort((a, b) => b - a));
          expect(census.unsettled).toBe(0);
        },
      ),
      { ...GENERATED, numRuns: 8 },
    );
  });

  test('three patterns: three fixed points, their reverses and eight mixtures, at −N/2 and −3N/8', () => {
    const neurons = 800;
    const patterns = randomStates(new Random(11), neurons, 3);
    const network = new HopfieldNetwork(neurons, { backend }).store(patterns, {
      labels: ['a', 'b', 'c'],
    });
    const census = attractors(network, { starts: 300, seed: 5 });
    const of = (kind: string) => census.attractors.filter((one) => one.kind === kind);
    expect(
      of('stored')
        .map((one) => one.label)
        .sort(),
    ).toEqual(['a', 'b', 'c']);
    expect(
      of('reversed')
        .map((one) => one.of[0])
        .sort(),
    ).toEqual([0, 1, 2]);
    expect(of('mixture')).toHaveLength(8);
    expect(of('other')).toEqual([]);
    for (const {
      kind,
      state,
      of: parts,
      signs,
      overlap,
      energy,
      share,
      count,
    } of census.attractors) {
      expect(share).toBe(count / 300);
      const sum = Array.from(state, (_, i) =>
        parts.reduce((total, index, k) => total + signs[k] * patterns[index][i], 0),
      );
      expect(Array.from(state)).toEqual(sum.map(Math.sign));
      expect(overlap).toBe(kind === 'reversed' ? -1 : 1);
      // −½ Σ m² + ½ P/N with the m of the theory, 1 or ½ each; random overlaps move it by some percent.
      expect(Math.abs(energy / neurons + (kind === 'mixture' ? 3 / 8 : 1 / 2))).toBeLessThan(0.06);
    }
    const { stored, reversed, mixture, other } = census.shares;
    expect(stored + reversed + mixture + other).toBeCloseTo(1, 12);
  });

  test('start k is the k-th signs(N) of the seed, recalled with the seed k further', () => {
    const neurons = 70;
    const network = new HopfieldNetwork(neurons, { backend });
    network.store(randomStates(new Random(2), neurons, 14));
    const seed = 4294967290;
    const census = attractors(network, { starts: 20, seed, maxSweeps: 2 });
    const random = new Random(seed);
    const ends = Array.from({ length: 20 }, (_, k) =>
      network.recall(random.signs(neurons), { seed: (seed + k) % 2 ** 32, maxSweeps: 2 }),
    );
    const settled = ends.filter(({ converged }) => converged);
    expect(census.unsettled).toBe((20 - settled.length) / 20);
    expect(settled.length).toBeGreaterThan(0);
    expect(settled.length).toBeLessThan(20);
    expect(census.attractors.map(({ state }) => key(state)).sort()).toEqual(
      [...new Set(settled.map(({ state }) => key(state)))].sort(),
    );
  });
});

test('both backends give the same, of every memory that has an energy', () => {
  const patterns = randomStates(new Random(4), 40, 9);
  const both = BACKENDS.map((backend) =>
    [
      new HopfieldNetwork(40, { backend, rule: 'projection' }).store(patterns),
      new DenseAssociativeMemory(40, { backend }).store(patterns),
      new SimplicialHopfieldNetwork(40, { backend }).store(patterns),
    ].map((memory) => attractors(memory, { starts: 40, seed: 1 })),
  );
  expect(both[0]).toEqual(both[1]);
  // Odd separations do not hold the reverses (Krotov & Hopfield 2016).
  expect(both[0][1].shares.reversed).toBe(0);
  expect(both[0][1].shares.stored).toBeGreaterThan(0);
});

test('at higher loads there are states like no few patterns; the tolerance decides what is stored', () => {
  const neurons = 120;
  const network = new HopfieldNetwork(neurons).store(randomStates(new Random(1), neurons, 14));
  const [wide, exact] = [0.05, 0].map(
    (tolerance) => attractors(network, { starts: 200, seed: 1, tolerance }).shares,
  );
  expect(wide.other).toBeGreaterThan(0.2);
  expect(exact.other).toBeGreaterThan(wide.other);
  expect(wide.stored + wide.reversed).toBeGreaterThan(exact.stored + exact.reversed);
  expect(wide.stored + wide.reversed + wide.mixture + wide.other).toBeCloseTo(1, 12);
});

test('more starts than are recalled at a time end as they do one by one', () => {
  // 2²² values at a time: 104 starts.
  const neurons = 40_000;
  const [starts, seed] = [108, 9];
  const network = new HopfieldNetwork(neurons).store(randomStates(new Random(6), neurons, 3));
  const census = attractors(network, { starts, seed });
  const random = new Random(seed);
  const counts = new Map<string, number>();
  for (let k = 0; k < starts; k++) {
    const { state } = network.recall(random.signs(neurons), { seed: seed + k });
    counts.set(key(state), (counts.get(key(state)) ?? 0) + 1);
  }
  expect(census.unsettled).toBe(0);
  expect(census.attractors).toHaveLength(counts.size);
  for (const { state, count } of census.attractors) expect(count).toBe(counts.get(key(state)));
});

test('any state is told by what it was made of, whether or not it is a fixed point', () => {
  const neurons = 301;
  const [a, b, c, d] = randomStates(new Random(3), neurons, 4);
  const labels = ['a', 'b', 'c', 'd'];
  const network = new HopfieldNetwork(neurons).store([a, b, c, d], { labels });
  const spoilt = (state: Int8Array, count: number) => state.map((s, i) => (i < count ? -s : s));
  const minus = (state: Int8Array) => state.map((s) => -s);
  const mixed = a.map((s, i) => Math.sign(s - b[i] + d[i]));
  const only = { of: [2], signs: [1], label: 'c' };
  expect(classify(network, c)).toEqual({ kind: 'stored', overlap: 1, ...only });
  const overlap = (20 - neurons) / neurons;
  expect(classify(network, minus(spoilt(c, 10)))).toEqual({
    kind: 'reversed',
    overlap,
    ...only,
    signs: [-1],
  });
  // 15 of 301 are within a twentieth, 16 are not.
  expect(classify(network, spoilt(c, 15)).kind).toBe('stored');
  expect(classify(network, spoilt(c, 16)).kind).not.toBe('stored');
  expect(classify(network, spoilt(c, 16), { tolerance: 0.06 }).kind).toBe('stored');
  const mixture = { kind: 'mixture', of: [0, 1, 3], signs: [1, -1, 1], overlap: 1 };
  expect(classify(network, mixed)).toEqual(mixture);
  const stranger = new Random(4).signs(neurons);
  const other = classify(network, stranger);
  expect(other).toMatchObject({ kind: 'other', of: [], signs: [] });
  expect(Math.abs(other.overlap)).toBe(Math.max(...network.overlaps(stranger).map(Math.abs)));
  const binary = new HopfieldNetwork(neurons, { units: 'binary' }).store([a, b, c, d]);
  const bits = Array.from(mixed, (s) => s > 0);
  expect(classify(binary, bits)).toEqual(mixture);
  expect(classify(binary, bits.map(Number))).toEqual(mixture);
  const nothing = { kind: 'other', of: [], signs: [], overlap: 0 };
  expect(classify(new HopfieldNetwork(3), [1, 1, -1])).toEqual(nothing);
});

test('mixtures of up to nine patterns are told, of eleven none', () => {
  const neurons = 2501;
  const patterns = randomStates(new Random(21), neurons, 13);
  const network = new HopfieldNetwork(neurons).store(patterns);
  for (const size of [1, 3, 5, 7, 9, 11]) {
    const random = new Random(size);
    const of = [...random.sample(13, size)].sort((a, b) => a - b);
    const signs = of.map(() => random.sign());
    const state = Int8Array.from({ length: neurons }, (_, i) =>
      Math.sign(of.reduce((sum, index, k) => sum + signs[k] * patterns[index][i], 0)),
    );
    const found = classify(network, state);
    if (size === 1) expect(found.kind).toBe(signs[0] > 0 ? 'stored' : 'reversed');
    else if (size < 11) expect(found).toEqual({ kind: 'mixture', of, signs, overlap: 1 });
    else expect(found).toMatchObject({ kind: 'other', of: [], signs: [] });
  }
});

test('of equals the first fixed point is the one with the lowest energy', () => {
  const network = new HopfieldNetwork(30).store(randomStates(new Random(5), 30, 6));
  const { attractors: found } = attractors(network, { starts: 60, seed: 3 });
  const order = [...found].sort((a, b) => b.count - a.count || a.energy - b.energy);
  expect(found).toEqual(order);
  expect(new Set(found.map(({ count }) => count)).size).toBeLessThan(found.length - 2);
});

test('a census says of its fixed points what classify says of them', () => {
  const patterns = randomStates(new Random(8), 60, 5);
  const network = new HopfieldNetwork(60).store(patterns, { labels: [1, 2, 3, 4, 5] });
  const census = attractors(network, { starts: 60, seed: 2 });
  for (const { state, energy, count, share, ...kind } of census.attractors) {
    expect(classify(network, state)).toEqual(kind);
    expect([network.energy(state), count / 60]).toEqual([energy, share]);
  }
});

test('refuses what it cannot look at', () => {
  const network = new HopfieldNetwork(5);
  expect(() => attractors(new BidirectionalMemory(3, 4) as never)).toThrow(
    'memory is a BidirectionalMemory, expected a HopfieldNetwork',
  );
  expect(() => attractors(network, { starts: 0 })).toThrow(RangeError);
  expect(() => attractors(network, { starts: 'many' as never })).toThrow(TypeError);
  expect(() => attractors(network, { tolerance: 0.25 })).toThrow(
    'tolerance is 0.25, expected a number from 0 to below 0.25',
  );
  expect(() => attractors(network, { seed: -1 })).toThrow(RangeError);
  expect(() => attractors(network, { sweeps: 3 } as never)).toThrow('have no sweeps');
  expect(attractors(network, { starts: 3 }).starts).toBe(3);
  expect(() => classify(new BidirectionalMemory(3, 4) as never, [1, 1, 1])).toThrow(
    'memory is a BidirectionalMemory, expected a HopfieldNetwork',
  );
  expect(() => classify(network, [1, 1])).toThrow('state has length 2, expected 5');
  expect(() => classify(network, [1, 1, 1, 1, 2])).toThrow(RangeError);
  expect(() => classify(network, [1, 1, 1, 1, 1], { tolerance: 1 })).toThrow(RangeError);
  expect(() => classify(network, [1, 1, 1, 1, 1], { starts: 3 } as never)).toThrow(
    'have no starts',
  );
});

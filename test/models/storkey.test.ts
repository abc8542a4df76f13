/** Storkey (1997) against its definition with the sums h_ij written out. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { BACKENDS, build, randomStates, symmetricMatrix } from './cases.ts';
import { distance, plain, rows, storkey } from './oracle.ts';

describe.each(BACKENDS)('%s', (backend) => {
  test('couplings of up to 12 patterns', () => {
    const random = new Random(101);
    for (const [neurons, count] of [
      [1, 2],
      [2, 3],
      [3, 1],
      [8, 4],
      [17, 12],
      [40, 6],
    ]) {
      const patterns = randomStates(random, neurons, count);
      const network = build(neurons, { rule: 'storkey', backend }, patterns);
      const W = storkey(patterns.map(plain), neurons);
      expect(distance(rows(network.couplings, neurons), W)).toBeLessThan(1e-6);
      expect(network.couplings.every((w, k) => k % (neurons + 1) !== 0 || w === 0)).toBe(true);
    }
  });

  test('on top of given couplings, whose diagonal is kept', () => {
    const random = new Random(102);
    const start = symmetricMatrix(random, 12, 0.75);
    const patterns = randomStates(random, 12, 3);
    const network = HopfieldNetwork.fromCouplings(start, { rule: 'storkey', backend }).store(
      patterns,
    );
    const W = storkey(patterns.map(plain), 12, start);
    expect(distance(rows(network.couplings, 12), W)).toBeLessThan(1e-6);
  });

  test('not on top of asymmetric ones', () => {
    const matrix = [
      [0, 1],
      [0.5, 0],
    ];
    for (const rule of ['storkey', 'projection'] as const) {
      const network = HopfieldNetwork.fromCouplings(matrix, { rule, backend });
      const before = network.save();
      expect(() => network.store([1, 1])).toThrow(/not symmetric, expected symmetric/);
      expect(network.save()).toEqual(before);
    }
  });
});

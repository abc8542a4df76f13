/** Parisi's rule (1986) against its definition: Hebb, clipped after every pattern. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { BACKENDS, build, randomStates, symmetricMatrix } from './cases.ts';
import { distance, palimpsest, plain, rows, transform } from './oracle.ts';

describe.each(BACKENDS)('%s', (backend) => {
  test.each([1, 2, 5])('bound %d', (bound) => {
    const random = new Random(151);
    for (const [neurons, count] of [
      [1, 3],
      [9, 40],
      [33, 20],
    ]) {
      const patterns = randomStates(random, neurons, count);
      const J = palimpsest(patterns.map(plain), neurons, bound);
      for (const units of ['bipolar', 'binary'] as const) {
        const rule = { name: 'palimpsest', bound } as const;
        const one = units === 'binary' ? 1 : 1 / neurons;
        const network = build(neurons, { rule, units, backend }, patterns);
        expect(rows(network.couplings, neurons)).toEqual(transform(J, (w) => Math.fround(w * one)));
      }
    }
  });

  test('the usual bound is 0.37·√N', () => {
    const rule = 'palimpsest';
    expect(new HopfieldNetwork(100, { rule, backend }).rule).toEqual({ name: rule, bound: 4 });
    expect(new HopfieldNetwork(1, { rule, backend }).rule).toEqual({ name: rule, bound: 1 });
  });

  test('goes on from given couplings, clipping what exceeds the bound', () => {
    const random = new Random(152);
    const start = symmetricMatrix(random, 10, 0.25);
    const patterns = randomStates(random, 10, 2);
    const rule = { name: 'palimpsest', bound: 3 } as const;
    const network = HopfieldNetwork.fromCouplings(start, { rule, backend }).store(patterns);
    const J = palimpsest(
      patterns.map(plain),
      10,
      3,
      transform(start, (w) => 10 * w),
    );
    const expected = transform(J, (w) => w / 10);
    expect(distance(rows(network.couplings, 10), expected)).toBeLessThan(1e-6);
  });
});

/** Thresholds of any size stand beside the couplings: h = W s − θ, or it is said that they do not fit. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { BACKENDS, bits, build, randomStates, reals, REPRESENTATIONS, RULES } from './cases.ts';
import { energy, fields, plain, rows } from './oracle.ts';

const SIZES = [1e-3, 1, 10, 1000, 1e5];

describe.each(BACKENDS)('%s', (backend) => {
  /** Fields and energies are those of the couplings and thresholds that the network says it has. */
  function expectFields(network: HopfieldNetwork, states: readonly Int8Array[]): void {
    const { neurons } = network;
    const W = rows(network.couplings, neurons);
    const theta = plain(network.thresholds);
    const sums = W.map((row, i) => row.reduce((a, w) => a + Math.abs(w), Math.abs(theta[i])));
    // Thresholds are rounded to a unit of at least 2⁻²⁰ of what exact couplings come in, or 2⁻²⁹ of the largest field;
    // couplings are read in single precision.
    const error = 2 ** -22 * Math.max(...sums) + 2 ** -20;
    for (const state of states) {
      const own = network.units === 'binary' ? bits(state) : plain(state);
      const expected = fields(W, own, theta);
      const found = network.fields(own);
      for (const [i, h] of expected.entries()) {
        expect(Math.abs(found[i] - h)).toBeLessThan(error);
      }
      const off = Math.abs(network.energy(own) - energy(W, own, theta));
      expect(off).toBeLessThan(error * neurons);
    }
  }

  describe.each(REPRESENTATIONS)('%s', (representation) => {
    test.each(SIZES)('of Hebbian networks, up to %d', (size) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 100 }),
          fc.integer({ min: 0, max: 12 }),
          fc.nat(),
          fc.constantFrom('bipolar', 'binary'),
          (neurons, count, seed, units) => {
            const random = new Random(seed);
            const thresholds = reals(random, neurons, size);
            const options = { backend, representation, units, thresholds } as const;
            const network = build(neurons, options, randomStates(random, neurons, count));
            expectFields(network, randomStates(random, neurons, 2));
          },
        ),
        { seed: 20_250_103, numRuns: 8 },
      );
    });
  });

  test.each(RULES)('of %o', (rule) => {
    const random = new Random(191);
    for (const size of SIZES) {
      // Covariance has its threshold among its parameters.
      const given =
        typeof rule === 'object' && rule.name === 'covariance'
          ? {}
          : { thresholds: reals(random, 20, size) };
      const network = build(20, { backend, rule, ...given }, randomStates(random, 20, 4));
      expectFields(network, randomStates(random, 20, 2));
      expectFields(network.store(random.signs(20)), randomStates(random, 20, 2));
    }
  });
});

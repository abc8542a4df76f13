/** A state that is reported converged is a fixed point, by an independent computation. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BACKENDS,
  bits,
  build,
  GENERATED,
  hebbians,
  problem,
  randomStates,
  REPRESENTATIONS,
  RULES,
} from './cases.ts';
import { Random } from '../../src/index.ts';
import { fields, isFixed, plain, rows } from './oracle.ts';

describe.each(BACKENDS)('%s', (backend) => {
  describe.each(REPRESENTATIONS)('%s', (representation) => {
    test('Hebb, in exact integers', () => {
      fc.assert(
        fc.property(hebbians, fc.constantFrom('keep', 'positive'), (setup, tie) => {
          const { options, patterns, cues, dynamics } = problem(setup);
          const network = build(setup.neurons, { ...options, backend, representation }, patterns);
          for (const update of ['asynchronous', 'synchronous'] as const) {
            for (const cue of cues) {
              const { state, converged, period } = network.recall(cue, { update, tie, seed: 1 });
              expect(converged).toBe(isFixed({ ...dynamics, tie }, plain(state)));
              if (converged) expect(period).toBe(1);
              expect(network.isFixedPoint(state)).toBe(isFixed(dynamics, plain(state)));
            }
          }
        }),
        GENERATED,
      );
    });
  });

  test.each(RULES)('%o, in doubles', (rule) => {
    const random = new Random(5);
    for (let run = 0; run < 30; run++) {
      const neurons = 1 + random.below(40);
      const network = build(neurons, { rule, backend }, randomStates(random, neurons, 5));
      const W = rows(network.couplings, neurons);
      const theta = plain(network.thresholds);
      for (const cue of randomStates(random, neurons, 3)) {
        const { state, converged } = network.recall(cue, { seed: run, maxSweeps: 50 });
        const sign = network.units === 'binary' ? bits(state).map((b) => 2 * b - 1) : plain(state);
        const h = fields(W, plain(state), theta);
        // Couplings are read in single precision, hence the little play.
        if (converged)
          for (let i = 0; i < neurons; i++) expect(sign[i] * h[i]).toBeGreaterThan(-1e-5);
        else expect(h.some((value, i) => sign[i] * value < 1e-5)).toBe(true);
      }
    }
  });
});

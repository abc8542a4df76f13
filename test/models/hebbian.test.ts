/** Hebb's rule, energies, fields and recall by index against the textbook, in exact integers. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BACKENDS, build, GENERATED, hebbians, problem, REPRESENTATIONS } from './cases.ts';
import { HopfieldNetwork } from '../../src/index.ts';
import {
  descend,
  energy,
  fields,
  hebbian,
  plain,
  rows,
  synchronousStep,
  transform,
} from './oracle.ts';

const FOUR = [
  [1, -1, 1, -1],
  [1, 1, -1, -1],
];

describe.each(BACKENDS)('%s', (backend) => {
  test('two patterns of four neurons, by hand', () => {
    const network = new HopfieldNetwork(4, { backend }).store(FOUR);
    const W = [0, 0, 0, -0.5, 0, 0, -0.5, 0, 0, -0.5, 0, 0, -0.5, 0, 0, 0];
    expect([...network.couplings]).toEqual(W);
    expect([...network.fields([1, 1, 1, 1])]).toEqual([-0.5, -0.5, -0.5, -0.5]);
    expect(network.energy([1, 1, 1, 1])).toBe(1);
    expect(network.energy(FOUR[0])).toBe(-1);
    expect([...network.overlaps(FOUR[0])]).toEqual([1, 0]);
    expect([
      ...new HopfieldNetwork(4, { backend, selfCoupling: true }).store(FOUR).couplings,
    ]).toEqual(W.map((w, k) => (k % 5 === 0 ? 0.5 : w)));
    const binary = new HopfieldNetwork(4, { backend, units: 'binary' }).store(FOUR);
    expect([...binary.couplings]).toEqual(W.map((w) => 4 * w));
    expect([...binary.fields([1, 1, 0, 0])]).toEqual([0, 0, -2, -2]);
    expect(binary.energy([1, 1, 1, 0])).toBe(2);
    expect(binary.energy([1, 0, 1, 0])).toBe(0);
  });

  describe.each(REPRESENTATIONS)('%s', (representation) => {
    test('couplings, fields, energies, recall', () => {
      fc.assert(
        fc.property(
          hebbians,
          fc.constantFrom('keep', 'positive'),
          fc.boolean(),
          (setup, tie, clamped) => {
            const { options, patterns, cues, scale, dynamics } = problem(setup);
            const { neurons, selfCoupling, units } = setup;
            const network = build(neurons, { ...options, backend, representation }, patterns);
            const J = hebbian(patterns.map(plain), neurons, selfCoupling);
            const W =
              units === 'binary' ? J : transform(J, (count) => Math.fround(count / neurons));
            expect(rows(network.couplings, neurons)).toEqual(W);
            const clamp = clamped ? cues[0].map((_, i) => i % 4 === 1) : undefined;
            const way = { ...dynamics, tie, clamp };
            for (const cue of cues) {
              for (const [i, h] of fields(dynamics.W, cue, dynamics.theta).entries()) {
                expect(network.fields(cue)[i]).toBeCloseTo(h / scale, 10);
              }
              expect(network.energy(cue)).toBeCloseTo(
                energy(dynamics.W, cue, dynamics.theta) / scale,
                8,
              );
              const { state, converged, sweeps, flips } = network.recall(cue, {
                order: 'index',
                tie,
                clamp,
              });
              expect({ state: plain(state), converged, sweeps, flips }).toEqual(descend(way, cue));
              const step = network.recall(cue, { update: 'synchronous', maxSweeps: 1, tie, clamp });
              expect(plain(step.state)).toEqual(synchronousStep(way, cue));
            }
          },
        ),
        GENERATED,
      );
    });
  });

  test('thresholds that are no multiples of the couplings are met to 2⁻²⁰ of one', () => {
    const network = new HopfieldNetwork(4, { backend, thresholds: [0.1, -0.1, 1 / 3, 1e-9] }).store(
      FOUR,
    );
    const h = network.fields([1, 1, 1, 1]);
    for (const [i, t] of [0.1, -0.1, 1 / 3, 1e-9].entries()) {
      expect(Math.abs(h[i] - (-0.5 - t))).toBeLessThanOrEqual(2 ** -21 / 4);
    }
  });
});

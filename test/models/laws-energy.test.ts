/** With symmetric couplings and W_ii ≥ 0 no asynchronous flip raises the energy. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import {
  BACKENDS,
  build,
  GENERATED,
  hebbians,
  problem,
  REPRESENTATIONS,
  symmetricMatrix,
} from './cases.ts';

/** The energies along every flip. */
function energies(network: HopfieldNetwork, cue: number[], seed: number): number[] {
  return [...network.trajectory(cue, { every: 'flip', seed })].map((step) => step.energy);
}

function expectFalling(values: number[], strictly: boolean): void {
  for (let k = 1; k < values.length; k++) {
    if (strictly) expect(values[k]).toBeLessThan(values[k - 1]);
    else expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
  }
}

describe.each(BACKENDS)('%s', (backend) => {
  describe.each(REPRESENTATIONS)('%s', (representation) => {
    test('every flip lowers the energy when ties keep', () => {
      fc.assert(
        fc.property(hebbians, (setup) => {
          const { options, patterns, cues } = problem(setup, 2);
          const network = build(setup.neurons, { ...options, backend, representation }, patterns);
          for (const cue of cues) expectFalling(energies(network, cue, setup.seed), true);
        }),
        GENERATED,
      );
    });
  });

  test('no flip raises it when ties are positive', () => {
    fc.assert(
      fc.property(hebbians, (setup) => {
        const { options, patterns, cues } = problem(setup, 1);
        const network = build(setup.neurons, { ...options, backend }, patterns);
        const steps = network.trajectory(cues[0], { every: 'flip', tie: 'positive', seed: 1 });
        expectFalling(
          [...steps].map((step) => step.energy),
          false,
        );
      }),
      GENERATED,
    );
  });

  test('with real couplings, a positive diagonal and thresholds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), (neurons, seed) => {
        const random = new Random(seed);
        const network = HopfieldNetwork.fromCouplings(
          symmetricMatrix(random, neurons, random.real()),
          {
            backend,
            thresholds: Float64Array.from({ length: neurons }, () => random.real() - 0.5),
          },
        );
        expectFalling(energies(network, [...random.signs(neurons)], seed), true);
      }),
      GENERATED,
    );
  });
});

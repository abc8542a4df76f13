/**
 * Minimal overlap (Krauth & Mézard 1987): of all patterns always the one that is held least, the least ξ_i^μ h_i^μ, gets
 * w_ij += ξ_i^μ ξ_j^μ/N, until all are above c; for each neuron by itself. The stability min_μ ξ_i^μ h_i^μ/‖w_i‖ that is reached
 * approaches the largest there is as c grows: 1.0 for N/2 random patterns, 0 for 2N (Gardner 1988).
 */
import { isPositiveInteger } from '../../checks.ts';
import { learnByNeuron } from './by-neuron.ts';
import type { LearningRule } from './rule.ts';

export interface MinimalOverlapParameters {
  /** c, the least ξ_i h_i to exceed; an update with a pattern adds about 1 to its own. Default 10. */
  minimum?: number;
  /** Epochs, of P updates each, after which learning gives up, reported in `learning`. Default 1000. */
  maxEpochs?: number;
}

export const minimalOverlap: LearningRule<MinimalOverlapParameters> = {
  parameters: {
    minimum: {
      is: 'least field of a neuron that is held',
      usual: 10,
      expected: 'a number from 0 to 1e6',
      holds: (value) => value >= 0 && value <= 1e6,
    },
    maxEpochs: {
      is: 'when to give up',
      usual: 1000,
      expected: 'a positive integer',
      holds: isPositiveInteger,
    },
  },
  capacity: (neurons) => 2 * neurons,
  iterative: true,
  tellsStability: true,
  learn(lesson, { minimum, maxEpochs }) {
    const { kernels } = lesson.machine;
    const { neurons, count } = lesson.patterns;
    return learnByNeuron(
      lesson,
      maxEpochs,
      '1/N',
      ({ strengths, stabilities, norm2, gram, column }) =>
        kernels.minimalOverlap(
          strengths,
          stabilities,
          norm2,
          gram,
          column,
          minimum * neurons,
          maxEpochs,
          count,
          neurons,
        ),
      true,
    );
  },
};

/**
 * Diederich & Opper (1987): for all patterns in turn w_ij += (1 − ξ_i^μ h_i^μ) ξ_i^μ ξ_j^μ/N, for each neuron by itself. It
 * converges to the projection rule, and holds N random patterns.
 */
import { isPositiveInteger } from '../../checks.ts';
import { learnByNeuron } from './by-neuron.ts';
import type { LearningRule } from './rule.ts';

export interface DiederichOpperParameters {
  /** Learning ends when no |1 − ξ_i h_i| of an epoch is above this. Default 1e−6. */
  tolerance?: number;
  /** Default 10,000. */
  maxEpochs?: number;
}

export const diederichOpper: LearningRule<DiederichOpperParameters> = {
  parameters: {
    tolerance: {
      is: 'error to reach',
      usual: 1e-6,
      expected: 'a number above 0',
      holds: (value) => value > 0,
    },
    maxEpochs: {
      is: 'when to give up',
      usual: 10000,
      expected: 'a positive integer',
      holds: isPositiveInteger,
    },
  },
  capacity: (neurons) => neurons,
  selfCoupling: true,
  iterative: true,
  learn(lesson, { tolerance, maxEpochs }) {
    const { kernels } = lesson.machine;
    const { neurons, count } = lesson.patterns;
    const self = lesson.selfCoupling ? 1 : 0;
    return learnByNeuron(lesson, maxEpochs, 1, ({ strengths, stabilities, gram, column }) =>
      kernels.diederichOpper(
        strengths,
        stabilities,
        gram,
        column,
        tolerance,
        self,
        maxEpochs,
        count,
        neurons,
      ),
    );
  },
};

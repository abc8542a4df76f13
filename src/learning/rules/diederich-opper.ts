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
  parameters: ['tolerance', 'maxEpochs'],
  complete: (parameter) => ({
    tolerance: parameter('tolerance', 1e-6, 'a number above 0', (value) => value > 0),
    maxEpochs: parameter('maxEpochs', 10000, 'a positive integer', isPositiveInteger),
  }),
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

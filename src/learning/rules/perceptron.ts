/**
 * The perceptron rule with margin κ (Gardner 1988): while ξ_i^μ h_i^μ ≤ κ‖w_i‖, w_ij += ξ_i^μ ξ_j^μ/N, for each neuron by
 * itself. Without a margin it holds 2N random patterns.
 */
import { isPositiveInteger } from '../../checks.ts';
import { learnByNeuron } from './by-neuron.ts';
import type { LearningRule } from './rule.ts';

export interface PerceptronParameters {
  /** Stability κ to reach: ξ_i h_i > κ‖w_i‖ with ‖ξ‖ not divided out. Default 0. */
  margin?: number;
  /** Epochs after which learning gives up, reported in `learning`. Default 1000. */
  maxEpochs?: number;
}

export const perceptron: LearningRule<PerceptronParameters> = {
  parameters: ['margin', 'maxEpochs'],
  complete: (parameter) => ({
    margin: parameter('margin', 0, 'a number from 0 up', (value) => value >= 0),
    maxEpochs: parameter('maxEpochs', 1000, 'a positive integer', isPositiveInteger),
  }),
  capacity: (neurons, { margin }) => (margin === 0 ? 2 * neurons : undefined),
  iterative: true,
  learn(lesson, { margin, maxEpochs }) {
    const { kernels } = lesson.machine;
    const { neurons, count } = lesson.patterns;
    return learnByNeuron(
      lesson,
      maxEpochs,
      '1/N',
      ({ strengths, stabilities, norm2, gram, column }) =>
        kernels.perceptron(
          strengths,
          stabilities,
          norm2,
          gram,
          column,
          margin,
          maxEpochs,
          count,
          neurons,
        ),
    );
  },
};

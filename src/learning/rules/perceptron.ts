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
  parameters: {
    margin: {
      is: 'stability to reach',
      usual: 0,
      expected: 'a number from 0 up',
      holds: (value) => value >= 0,
    },
    maxEpochs: {
      is: 'when to give up',
      usual: 1000,
      expected: 'a positive integer',
      holds: isPositiveInteger,
    },
  },
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

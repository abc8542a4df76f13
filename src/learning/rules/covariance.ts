/**
 * Covariance rule for sparse 0/1 patterns (Tsodyks & Feigelman 1988):
 * W_ij = Σ_μ (η_i − f)(η_j − f)/(N f(1 − f)). With η = (1 + ξ)/2 that is
 * Σ_μ (ξ_i + 1 − 2f)(ξ_j + 1 − 2f)/(4 N f(1 − f)), from exact counts.
 */
import { addCounts } from './doubles.ts';
import type { LearningRule } from './rule.ts';

export interface CovarianceParameters {
  /** Mean activity f of the patterns, between 0 and 1. */
  activity: number;
  /**
   * Threshold of every neuron. Default 0.6 (1 − 2f): above the middle of active and silent, ½ − f, because the silent
   * are many. `npm run table:covariance` compares thresholds.
   */
  threshold?: number;
}

export const covariance: LearningRule<CovarianceParameters> = {
  parameters: {
    activity: {
      is: 'share of +1',
      expected: 'a number between 0 and 1',
      holds: (value) => value > 0 && value < 1,
    },
    threshold: {
      is: 'threshold (default: 0.6 - 1.2 f)',
      usual: (_, { activity }) => 0.6 * (1 - 2 * activity),
      expected: 'a finite number',
      holds: () => true,
    },
  },
  blocks: true,
  threshold: ({ threshold }) => threshold,
  learn(lesson, { activity }) {
    const scale = 1 / (4 * lesson.patterns.neurons * activity * (1 - activity));
    return addCounts(lesson, 1 - 2 * activity, scale);
  },
};

/** What a network's couplings are to be. */
import type { CompleteRule } from './rules/index.ts';

/** What a network is to be: its options, checked and complete. */
export interface NetworkPlan {
  readonly neurons: number;
  readonly rule: CompleteRule;
  readonly units: 'bipolar' | 'binary';
  /** Whether W_ii is learnt. */
  readonly selfCoupling: boolean;
  /** Real thresholds, one a neuron; undefined when all are 0. */
  readonly thresholds: Float64Array | undefined;
  readonly representation: 'auto' | 'patterns' | 'couplings';
}

/**
 * Hebb (1949), as in Hopfield (1982): W_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ. It holds 0.138 N random patterns (Amit, Gutfreund &
 * Sompolinsky 1985). Its couplings are integers, held or made elsewhere (`Couplings`); what stands here adds them to real ones.
 */
import { addCounts } from './doubles.ts';
import type { LearningRule } from './rule.ts';

export const hebbian: LearningRule<object> = {
  parameters: {},
  capacity: (neurons) => 0.138 * neurons,
  selfCoupling: true,
  blocks: true,
  learn: (lesson) => addCounts(lesson, 0, lesson.scale),
};

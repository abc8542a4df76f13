/**
 * How far one update can move a stored vector (Ramsauer et al. 2020, theorem 5 in elementary form).
 *
 * With softmax, every other row weighs at most e^(−δ), δ the smallest s_i − s_j of the scores of x_i, and moves
 * x_i by its weight times ‖x_j − x_i‖ ≤ 2M: ‖f(x_i) − x_i‖ ≤ 2M·min(1, (P − 1)·e^(−δ)).
 *
 * Nothing is one more row, at the origin or at x_i itself.
 *
 * δ comes from scores in single precision, and is lowered by what those can be off. Singles also round f
 * itself. That adds at most three times the bound, for where row i alone has weight, the sums round to x_i
 * exactly, and an addition or a final rounding is never off by more than what was added: so while the rest does not
 * reach half a digit of x_i, it is lost. And it adds at most 2⁻¹⁷·M, fewer than 128 roundings of a sum.
 */
import { exp } from '../../elementary.ts';
import type { RecallSetting } from './recall.ts';
import { scoreOfNothing } from './nothing.ts';
import type { ModernPlan } from './options.ts';
import { scoreError } from './similarity.ts';

/** The bound for stored vector `index`. O(P·d). */
export function errorBound(setting: RecallSetting, plan: ModernPlan, index: number): number {
  const { stored, retrieval } = setting;
  const { largestNorm: M, count } = stored;
  const beside = plan.nothing === undefined ? 0 : 1;
  if (count + beside === 1) return 0;
  const scores = retrieval.scores(stored.vectors.row(index));
  let next = scoreOfNothing(plan);
  for (const [j, score] of scores.entries()) if (j !== index && score > next) next = score;
  const lead = scores[index] - next;
  const exponent = uncertainty(setting, plan, index, lead) - lead;
  const others = (count - 1 + beside) * exp(exponent);
  const moved = 2 * M * Math.min(1, others);
  return moved + Math.min(3 * moved, M * 2 ** -17);
}

/** By how much a lead can be too large, in rounding. */
function uncertainty(
  { stored }: RecallSetting,
  plan: ModernPlan,
  index: number,
  lead: number,
): number {
  const error = 2 * scoreError(plan.dimension);
  if (plan.similarity === 'euclidean') return error * Math.abs(lead);
  const reach = plan.similarity === 'dot' ? stored.normOf(index) * stored.largestNorm : 1;
  return error * plan.beta * reach;
}

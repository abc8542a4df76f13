/**
 * Energies of modern Hopfield networks (Ramsauer et al. 2020, equation 2; Santos et al. 2024; Millidge et al. 2022).
 *
 * With scores s_μ, β times similarity, and the convex potential Ω* whose gradient the weights are (Ω* is
 * ln Σ eˢ for softmax):
 *
 *     dot          E(q) = −Ω*(s)/β + ½‖q‖²  (softmax: + ln P/β + ½M², which makes it 0 or more)
 *     Euclidean    E(q) = −Ω*(s)/β
 *
 * Recall q' = Σ_μ p_μ x_μ with p = ∇Ω*(s) lowers it by ½‖q' − q‖² or more. Proof, dot: F(q) = Ω*(βXq)/β is convex
 * with gradient q', so F(q') ≥ F(q) + q'·(q' − q), and E(q') − E(q) ≤ −q'·(q' − q) + ½‖q'‖² − ½‖q‖² =
 * −½‖q' − q‖². Euclidean: s_μ = β(x_μ·q − ½‖x_μ‖²) − ½β‖q‖², and since weights sum to 1, adding the same number to all
 * scores adds it to Ω* and leaves the weights: E(q) = −Ω*(β(Xq − ½‖x_μ‖²))/β + ½‖q‖², and the proof is the same.
 *
 * With nothing among the scores both hold as they are (nothing.ts), and the constants of softmax are left out.
 *
 * Log-sum-ReLU (Hoover et al. 2025): Ω* = g = ln Σ max(0, 1 − ‖x_μ − q‖²/r²), E = −g/β, infinite where nothing is near. With A
 * those nearer than r and q' their mean, Σ_A ‖x − q'‖² = Σ_A ‖x − q‖² − |A|·‖q' − q‖², so E falls by
 * ln(1 + ½β‖q' − q‖²)/β or more.
 *
 * Cosine scores are not linear in q, and the weights of top-k are the gradient of no potential: no energy.
 */
import { ln } from '../../elementary.ts';
import type { Members } from './members.ts';
import { squaresOf } from './norms.ts';
import type { ModernPlan } from './options.ts';
import type { RecallSetting } from './recall.ts';
import { hasPotential, separationName } from './separations.ts';

/** @throws TypeError where an energy is wanted and none is claimed */
export function checkEnergy({ similarity, separation }: ModernPlan, wanted = true): void {
  if (!wanted || (similarity !== 'cosine' && hasPotential(separation))) return;
  const what =
    similarity === 'cosine' ? 'cosine similarity' : `the separation ${separationName(separation)}`;
  throw new TypeError(`no energy is known for ${what}`);
}

/**
 * Energies of `count` states. O(P·d) each.
 *
 * @param read - writes state k to the address it is given
 * @throws TypeError where no energy is claimed
 */
export function energiesOf(
  setting: RecallSetting,
  plan: ModernPlan,
  count: number,
  read: (k: number, address: number) => void,
): Float64Array {
  checkEnergy(plan);
  const { machine, stored, retrieval } = setting;
  const { width } = stored.vectors;
  const energies = new Float64Array(count);
  for (let from = 0; from < count; from += retrieval.batch) {
    const size = Math.min(retrieval.batch, count - from);
    machine.memory.scope((take) => {
      const queries = take(size * width * 4);
      for (let b = 0; b < size; b++) read(from + b, queries + b * width * 4);
      const squares = squaresOf(machine, queries, size, width);
      const batch = { queries, states: take(size * width * 4), readouts: 0 };
      for (const [b, { conjugate }] of retrieval.update(batch, size).entries()) {
        energies[from + b] = energyOf(retrieval.members, plan, conjugate, squares[b]);
      }
    });
  }
  return energies;
}

export function energyOf(
  members: Pick<Members, 'count' | 'largestNorm'>,
  plan: ModernPlan,
  conjugate: number,
  square: number,
): number {
  const { beta } = plan;
  const potential = conjugate / beta;
  if (plan.similarity === 'euclidean') return 0 - potential;
  const energy = square / 2 - potential;
  if (plan.separation !== 'softmax' || plan.nothing !== undefined) return energy;
  const { largestNorm, count } = members;
  return energy + ln(count) / beta + (largestNorm * largestNorm) / 2;
}

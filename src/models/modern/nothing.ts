/**
 * "Nothing": one more memory, of which there is only its similarity c, whatever the query; at c = 0 with dot and softmax this is
 * softmax₁ (Hu et al. 2024). It weighs p₀ of p = separation(β(s₁ … s_P, c)).
 *
 *     dot, cosine    q ← Σ_μ p_μ x_μ              it is at the origin
 *     Euclidean      q ← p₀ q + Σ_μ p_μ x_μ       it is at the state: nothing leaves it alone
 *
 * With Ω* of all the scores, c's included, no update raises the energies of energy.ts (its proofs hold: for dot the
 * gradient of the potential is Σ p_μ x_μ as before; for Euclidean q' is where a quadratic that touches the energy at q
 * from above, ½ Σ p_μ ‖x_μ − q‖², comes to rest when damped by p₀). Dividing by 1 − p₀ would, for softmax, undo it.
 */
import { ln } from '../../elementary.ts';
import type { ModernPlan } from './options.ts';

/** βc, in the scale of the scores; −Infinity where it takes no part. */
export function scoreOfNothing({ beta, nothing }: ModernPlan): number {
  return nothing === undefined ? -Infinity : Math.fround(beta) * nothing;
}

/** −p ln p */
export function surprise(p: number): number {
  return p > 0 ? 0 - p * ln(p) : 0;
}

/** A row of an average: `out` f32[width] grows by share·query. */
export function addShare(
  f32: Float32Array,
  out: number,
  query: number,
  share: number,
  width: number,
): void {
  const [to, from] = [out >>> 2, query >>> 2];
  for (let k = 0; k < width; k++) f32[to + k] = f32[to + k] + share * f32[from + k];
}

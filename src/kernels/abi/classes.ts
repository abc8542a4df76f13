import type { Address, Integer, Real } from '../../numbers.ts';

/**
 * Class units of a dense memory (Krotov & Hopfield 2016). With M memories, S samples, C classes: overlaps a f32[M·S]
 * (memory by memory), weights ξ f32 with C in a row and `step` to the next, fields f64[S·C]. p(x, n) = max(0, x/T)ⁿ by squaring, in
 * doubles: the result takes a factor for each bit of n that is set, from the lowest. Sums over memories and over samples run
 * upwards; a sum over classes is that of the even ones plus that of the odd ones.
 */
export interface ClassKernels {
  /** fields_iγ = Σ_μ ξ_μγ·p(a_μi, power − 1). Memories with a_μi ≤ 0 are passed over. */
  dualFieldsF64(
    fields: Address,
    overlaps: Address,
    weights: Address,
    samples: Integer,
    memories: Integer,
    classes: Integer,
    step: Integer,
    power: Integer,
    temperature: Real,
  ): void;
  /**
   * From g_iγ = ∂loss/∂fields_iγ: ∂loss/∂a_μi = (Σ_γ g_iγ·ξ_μγ)·((power − 1)/T)·p(a_μi, power − 2), 0 where a_μi ≤ 0, and
   * ∂loss/∂ξ_μγ = Σ_i g_iγ·p(a_μi, power − 1), f64[M·C].
   */
  dualFieldsBackwardF64(
    overlapGradients: Address,
    weightGradients: Address,
    overlaps: Address,
    weights: Address,
    gradients: Address,
    samples: Integer,
    memories: Integer,
    classes: Integer,
    step: Integer,
    power: Integer,
    temperature: Real,
  ): void;
  /** fields_iγ = Σ_μ (p(h_μi + 2ξ_μγ, power) − p(h_μi, power)) with h_μi = a_μi − Σ_γ ξ_μγ, γ upwards. */
  classFieldsF64(
    fields: Address,
    overlaps: Address,
    weights: Address,
    samples: Integer,
    memories: Integer,
    classes: Integer,
    step: Integer,
    power: Integer,
    temperature: Real,
  ): void;
  /**
   * From g_iγ = ∂loss/∂fields_iγ, with s_μiγ = p(h_μi + 2ξ_μγ, power − 1)·(power/T): ∂loss/∂a_μi = Σ_γ g_iγ·(s_μiγ − p(h_μi, power − 1)·(power/T)), and
   * ∂loss/∂ξ_μγ = 2·Σ_i g_iγ·s_μiγ − Σ_i ∂loss/∂a_μi, f64[M·C]; the last sum is of doubles, before they become singles.
   */
  classFieldsBackwardF64(
    overlapGradients: Address,
    weightGradients: Address,
    overlaps: Address,
    weights: Address,
    gradients: Address,
    samples: Integer,
    memories: Integer,
    classes: Integer,
    step: Integer,
    power: Integer,
    temperature: Real,
  ): void;
}

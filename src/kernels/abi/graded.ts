import type { Address, Integer, Real } from '../../numbers.ts';

/** Graded neurons in continuous time. Doubles. */
export interface GradedKernels {
  /** V_i = g(u_i), f64[count]: tanh(gain·u_i) for low = −1, ½ + ½·tanh(gain·u_i) for low = 0. */
  gradedOutputs(outputs: Address, u: Address, gain: Real, low: Integer, count: Integer): void;
  /**
   * h_i = Σ_j T_ij V_j + I_i, with T N×N without padding. Four sums, over j = 0, 1, 2, 3 modulo 4, are added as
   * (s₀ + s₂) + (s₁ + s₃), then I_i.
   */
  gradedFields(
    fields: Address,
    outputs: Address,
    matrix: Address,
    inputs: Address,
    neurons: Integer,
  ): void;
  /** ahead_i = u_i + rise·(τ·h_i − u_i) */
  gradedPredict(
    ahead: Address,
    u: Address,
    fields: Address,
    rise: Real,
    timeConstant: Real,
    count: Integer,
  ): void;
  /**
   * ahead_i += e_i with e_i = weight·(h'_i − h_i), h' the fields ahead. Returns the largest
   * gain·|e_i|/(1 + gain·|ahead_i|).
   */
  gradedCorrect(
    ahead: Address,
    fieldsAhead: Address,
    fields: Address,
    weight: Real,
    gain: Real,
    count: Integer,
  ): number;
  /** The largest |h_i − rate·u_i| */
  gradedSlope(u: Address, fields: Address, rate: Real, count: Integer): number;
  /**
   * f64[2]: the sum of a_i + c_i and the sum of |a_i| + c_i, a_i = −½ V_i·(h_i + I_i), c_i = scale·H(gain·u_i); even i
   * and odd i apart, then the two added. H(y) = |y|·tanh|y| − ln cosh y is A = s + s³/3 + … + s¹⁹/19 by Horner's rule:
   * below 0.55 |y|·t − A with t = tanh|y|, s = t²/(2 − t²); beyond, (ln 2 − 2A) − 2|y|·(e/(1 + e)) with
   * e = e^(−2|y|), s = e/(2 + e); |y| counts as 350 beyond 350.
   */
  gradedEnergy(
    sums: Address,
    u: Address,
    outputs: Address,
    fields: Address,
    inputs: Address,
    gain: Real,
    scale: Real,
    count: Integer,
  ): void;
}

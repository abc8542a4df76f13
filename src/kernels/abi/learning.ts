import type { Address, Integer, Real } from '../../numbers.ts';

/** Rules that learn real couplings. */
export interface LearningKernels {
  /** Storkey's step: W_ij += (ξ_i ξ_j − (ξ_i h_j + h_i ξ_j) + 2 W_ij)/N for i ≠ j; h = Wξ is scratch, f64[N]. */
  storkeyF64(matrix: Address, signs: Address, fields: Address, neurons: Integer): void;
  /**
   * W_ij += (J_ij + b·(M_i + M_j) + P·b²)·scale with M_i = Σ_μ ξ_i^μ (i32): the covariance
   * Σ_μ (ξ_i^μ + b)(ξ_j^μ + b) times scale. J i16.
   */
  addCovarianceF64(
    matrix: Address,
    couplings: Address,
    sums: Address,
    bias: Real,
    patterns: Integer,
    scale: Real,
    neurons: Integer,
  ): void;
  /**
   * Pivoted Cholesky factorisation of the Gram matrix C (i32, P rows of 8·⌈P/8⌉): C = FᵀF with F
   * rank×P (f64); u32 pivots[k] is the pattern chosen k-th, the one with the largest residual. Stops when
   * no residual is above `tolerance`; returns the rank. Scratch: f64[P] at `residuals`.
   */
  factorGram(
    factor: Address,
    pivots: Address,
    residuals: Address,
    gram: Address,
    tolerance: Real,
    patterns: Integer,
  ): number;
  /** B_k ← (B_k − Σ_{t<k} F[t][pivot_k]·B_t)/F[k][pivot_k] for the rows k < rank of B, f64[rank×columns]. */
  solveLower(
    b: Address,
    factor: Address,
    pivots: Address,
    rank: Integer,
    columns: Integer,
    patterns: Integer,
  ): void;
  /**
   * The perceptron rule for one neuron, in terms of what it needs of the others: `column` holds its own
   * signs in the P patterns (i8), `stabilities` γ_μ = ξ_i^μ Σ_j J_ij ξ_j^μ (f64) and `norm2` (f64[1]) the
   * squared length of its row, both kept up to date from the Gram matrix. An update with pattern μ adds
   * ξ_i^μ ξ_j^μ to J_ij for all j ≠ i, recorded in `strengths` (f64[P]): row += Σ_μ strengths_μ ξ^μ.
   * Patterns are visited in turn; returns the epochs, the quiet last one included, or −1 when epoch
   * `maxEpochs` was not quiet.
   */
  perceptron(
    strengths: Address,
    stabilities: Address,
    norm2: Address,
    gram: Address,
    column: Address,
    margin: Real,
    maxEpochs: Integer,
    patterns: Integer,
    neurons: Integer,
  ): number;
  /**
   * The rule of minimal overlap for one neuron: as `perceptron`, but each update is with the pattern of the least γ_μ, the first of
   * equal ones, until none is `threshold` or less. An epoch is P updates; returns the one in which that was so, or −1.
   */
  minimalOverlap(
    strengths: Address,
    stabilities: Address,
    norm2: Address,
    gram: Address,
    column: Address,
    threshold: Real,
    maxEpochs: Integer,
    patterns: Integer,
    neurons: Integer,
  ): number;
  /**
   * Diederich and Opper's rule for one neuron: for each pattern in turn J_ij += (1 − γ_μ)·ξ_i^μ ξ_j^μ/N,
   * γ_μ = ξ_i^μ Σ_j J_ij ξ_j^μ, until no |1 − γ_μ| met in an epoch is above `tolerance`; `strengths` in
   * units of 1/N. `self` is 1 when j = i takes part. Returns as `perceptron` does.
   */
  diederichOpper(
    strengths: Address,
    stabilities: Address,
    gram: Address,
    column: Address,
    tolerance: Real,
    self: Integer,
    maxEpochs: Integer,
    patterns: Integer,
    neurons: Integer,
  ): number;
}

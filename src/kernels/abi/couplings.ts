/** Integer couplings made of patterns. */
export interface CouplingKernels {
  /**
   * J_ij += sign·Σ ξ_i^μ ξ_j^μ over the patterns from ≤ μ < to, the diagonal included, i16; with `fresh`
   * = 1 in place of what was there, the padding included.
   * Scratch: u8[30,720] at `tables`.
   */
  addHebbianI16(
    couplings: number,
    blocks: number,
    tables: number,
    stride: number,
    from: number,
    to: number,
    sign: number,
    fresh: number,
    neurons: number,
  ): void;
  /** Parisi's forgetting rule for one pattern: J_ij ← clamp(J_ij + ξ_i ξ_j, ±bound), the diagonal included. */
  addBoundedI16(couplings: number, signs: number, bound: number, neurons: number): void;
  setDiagonalI16(couplings: number, value: number, neurons: number): void;
  /**
   * J_ij += amount·(x_i x_j − y_i y_j) for i ≠ j, i32; x and y are signs, x may be zeros throughout.
   * Scratch: i32[2·lda] at `work`.
   */
  addOuterI32(
    couplings: number,
    x: number,
    y: number,
    work: number,
    amount: number,
    neurons: number,
  ): void;
}

/** Local fields of a state. */
export interface FieldKernels {
  /**
   * H_i = Σ_μ ξ_i^μ m_μ, the self-coupling included, from blocks; neurons rounded up to 16.
   * Scratch: u8[68·⌈patterns/8⌉ + 160] at `tables`.
   */
  fieldsBlocks(
    fields: number,
    overlaps: number,
    blocks: number,
    tables: number,
    stride: number,
    patterns: number,
    neurons: number,
  ): void;
  /** H_i = Σ_j J_ij s_j, for symmetric couplings. */
  fieldsI8(fields: number, signs: number, couplings: number, neurons: number): void;
  fieldsI16(fields: number, signs: number, couplings: number, neurons: number): void;
  /** H_j = Σ_i s_i J_ij. */
  fieldsI32(fields: number, signs: number, couplings: number, neurons: number): void;
  /** h_i = ((H_i − self·s_i) << shift) − θ_i; no θ at address 0. */
  finishFields(
    fields: number,
    signs: number,
    thresholds: number,
    self: number,
    shift: number,
    neurons: number,
  ): void;
}

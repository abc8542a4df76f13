import type { Address, Integer } from '../../numbers.ts';

/** Local fields of a state. */
export interface FieldKernels {
  /**
   * H_i = Σ_μ ξ_i^μ m_μ, the self-coupling included, from blocks; neurons rounded up to 16.
   * Scratch: u8[68·⌈patterns/8⌉ + 160] at `tables`.
   */
  fieldsBlocks(
    fields: Address,
    overlaps: Address,
    blocks: Address,
    tables: Address,
    stride: Integer,
    patterns: Integer,
    neurons: Integer,
  ): void;
  /** H_i = Σ_j J_ij s_j, for symmetric couplings. */
  fieldsI8(fields: Address, signs: Address, couplings: Address, neurons: Integer): void;
  fieldsI16(fields: Address, signs: Address, couplings: Address, neurons: Integer): void;
  /** H_j = Σ_i s_i J_ij. */
  fieldsI32(fields: Address, signs: Address, couplings: Address, neurons: Integer): void;
  /** h_i = ((H_i − self·s_i) << shift) − θ_i; no θ at address 0. */
  finishFields(
    fields: Address,
    signs: Address,
    thresholds: Address,
    self: Integer,
    shift: Integer,
    neurons: Integer,
  ): void;
}

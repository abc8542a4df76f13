import type { Address, Integer } from '../../numbers.ts';

/** Integer couplings made of patterns. */
export interface CouplingKernels {
  /**
   * J_ij += sign·Σ ξ_i^μ ξ_j^μ over the patterns from ≤ μ < to, i ≠ j, with `self` = 1 for i = j too; with `fresh`
   * = 1 in place of what was there, the padding included. Returns the largest |J_ij|, J_ii included.
   * Scratch: u8[30,720] at `tables`.
   */
  addHebbianI16(
    couplings: Address,
    blocks: Address,
    tables: Address,
    stride: Integer,
    from: Integer,
    to: Integer,
    sign: Integer,
    fresh: Integer,
    self: Integer,
    neurons: Integer,
  ): number;
  /**
   * The same in i8. The patterns are added 15 bytes of blocks at a time; 128 is returned as soon as a |J_ij| is
   * above 127 after one of these parts, and the couplings are then worth nothing.
   */
  addHebbianI8(
    couplings: Address,
    blocks: Address,
    tables: Address,
    stride: Integer,
    from: Integer,
    to: Integer,
    sign: Integer,
    fresh: Integer,
    self: Integer,
    neurons: Integer,
  ): number;
  /** Parisi's forgetting rule for one pattern: J_ij ← clamp(J_ij + ξ_i ξ_j, ±bound) for i ≠ j, J_ii ← 0. */
  addBoundedI8(couplings: Address, signs: Address, bound: Integer, neurons: Integer): void;
  addBoundedI16(couplings: Address, signs: Address, bound: Integer, neurons: Integer): void;
  /**
   * J_ij += amount·(x_i x_j − y_i y_j) for i ≠ j, i32; x and y are signs, x may be zeros throughout.
   * Scratch: i32[2·lda] at `work`.
   */
  addOuterI32(
    couplings: Address,
    x: Address,
    y: Address,
    work: Address,
    amount: Integer,
    neurons: Integer,
  ): void;
}

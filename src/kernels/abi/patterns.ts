import type { Address, Integer } from '../../numbers.ts';

/** Stored patterns as rows of bits and as blocks, and overlaps with them. */
export interface PatternKernels {
  /** Writes byte columns `fromGroup` … ⌈patterns/8⌉ − 1 of the blocks from the rows of bits. */
  blocksFromRows(
    blocks: Address,
    rows: Address,
    fromGroup: Integer,
    stride: Integer,
    patterns: Integer,
    neurons: Integer,
  ): void;
  /** Copies blocks to a wider stride; the new columns become zero. */
  widenBlocks(
    out: Address,
    blocks: Address,
    outStride: Integer,
    stride: Integer,
    neurons: Integer,
  ): void;
  /** i32[8·⌈patterns/8⌉]: m_μ = Σ_i ξ_i^μ s_i, from the state's bits and the rows of bits. */
  overlaps(
    overlaps: Address,
    bits: Address,
    rows: Address,
    patterns: Integer,
    neurons: Integer,
  ): void;
}

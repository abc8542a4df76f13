/** Stored patterns as rows of bits and as blocks, and overlaps with them. */
export interface PatternKernels {
  /** Writes byte columns `fromGroup` … ⌈patterns/8⌉ − 1 of the blocks from the rows of bits. */
  blocksFromRows(
    blocks: number,
    rows: number,
    fromGroup: number,
    stride: number,
    patterns: number,
    neurons: number,
  ): void;
  /** Copies blocks to a wider stride; the new columns become zero. */
  widenBlocks(
    out: number,
    blocks: number,
    outStride: number,
    stride: number,
    neurons: number,
  ): void;
  /** i32[8·⌈patterns/8⌉]: m_μ = Σ_i ξ_i^μ s_i, from the state's bits and the rows of bits. */
  overlaps(overlaps: number, bits: number, rows: number, patterns: number, neurons: number): void;
}

import type { Address, Integer } from '../../numbers.ts';

/** Weighted sums of stored vectors. */
export interface CombinationKernels {
  /**
   * f32[width]: Σ_k weights_k·row[indices_k], f64 weights and u32 indices, in doubles from the first product on,
   * rounded once. One row of weight 1 comes out bit for bit. count ≥ 1.
   */
  combineF32(
    out: Address,
    rows: Address,
    indices: Address,
    weights: Address,
    count: Integer,
    width: Integer,
  ): void;
}

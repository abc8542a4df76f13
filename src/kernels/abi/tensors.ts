import type { Address, Integer } from '../../numbers.ts';

/** Products and sums of matrices of singles. Singles; steps count elements. */
export interface TensorKernels {
  /**
   * out[i·outStep + j] = Σ_k a(i, k)·b(k, j), with a(i, k) at index i·aRow + k·aInner of a and b(k, j) at index
   * k·bInner + j·bColumn of b; so aRow = 1 takes a transposed matrix a, bInner = 1 a transposed b. Each sum
   * starts from 0 (`add` = 0) or from what out holds (`add` = 1). Out overlaps neither factor.
   * Scratch: f32[8·min(inner, 512)] at `work`.
   */
  productF32(
    out: Address,
    a: Address,
    b: Address,
    work: Address,
    rows: Integer,
    columns: Integer,
    inner: Integer,
    outStep: Integer,
    aRow: Integer,
    aInner: Integer,
    bInner: Integer,
    bColumn: Integer,
    add: Integer,
  ): void;
  /** x[i·columns + j] += row[j] */
  addRowF32(x: Address, row: Address, rows: Integer, columns: Integer): void;
  /** sums[j] += Σ_i x[i·columns + j], each sum complete before it is added. */
  sumRowsF32(sums: Address, x: Address, rows: Integer, columns: Integer): void;
  /** Σ_k (a_k − b_k)² in four lanes: lane l sums k ≡ l (mod 4), the result is (l₀ + l₂) + (l₁ + l₃). */
  squaredDistanceF32(a: Address, b: Address, count: Integer): number;
}

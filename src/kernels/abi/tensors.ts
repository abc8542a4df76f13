/** Products and sums of matrices of singles. Singles; steps count elements. */
export interface TensorKernels {
  /**
   * out[i·outStep + j] = Σ_k a(i, k)·b(k, j), with a(i, k) at index i·aRow + k·aInner of a and b(k, j) at index
   * k·bInner + j·bColumn of b; so aRow = 1 takes a transposed matrix a, bInner = 1 a transposed b. Each sum
   * starts from 0 (`add` = 0) or from what out holds (`add` = 1). Out overlaps neither factor.
   * Scratch: f32[8·min(inner, 512)] at `work`.
   */
  productF32(
    out: number,
    a: number,
    b: number,
    work: number,
    rows: number,
    columns: number,
    inner: number,
    outStep: number,
    aRow: number,
    aInner: number,
    bInner: number,
    bColumn: number,
    add: number,
  ): void;
  /** x[i·columns + j] += row[j] */
  addRowF32(x: number, row: number, rows: number, columns: number): void;
  /** sums[j] += Σ_i x[i·columns + j], each sum complete before it is added. */
  sumRowsF32(sums: number, x: number, rows: number, columns: number): void;
  /** Σ_k (a_k − b_k)² in four lanes: lane l sums k ≡ l (mod 4), the result is (l₀ + l₂) + (l₁ + l₃). */
  squaredDistanceF32(a: number, b: number, count: number): number;
}

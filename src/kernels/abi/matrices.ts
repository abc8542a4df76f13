/** Matrices of real couplings. Doubles, N×N without padding unless said. */
export interface MatrixKernels {
  /**
   * out[i][j] += Σ_k a(i, k)·b[k][j], with b inner×columns and a(i, k) at index i·rowStep + k·innerStep
   * of a; each sum is complete before it is added to out.
   */
  addProductF64(
    out: number,
    a: number,
    b: number,
    rows: number,
    columns: number,
    inner: number,
    rowStep: number,
    innerStep: number,
  ): void;
  /** f64[count] from i8[count]. */
  signsToF64(out: number, signs: number, count: number): void;
  /** W_ij = J_ji·unit (rows of W are what acts on a neuron), without the padding. */
  couplingsToF64I8(out: number, couplings: number, unit: number, neurons: number): void;
  couplingsToF64I16(out: number, couplings: number, unit: number, neurons: number): void;
  couplingsToF64I32(out: number, couplings: number, unit: number, neurons: number): void;
  /** max_i (|extra_i| + Σ_j |W_ij|) with f64 `extra`; no extra at address 0. */
  largestRowSumF64(matrix: number, extra: number, neurons: number): number;
  /** J_ij = W_ji·scale rounded to nearest, ties to even; |W_ij·scale| < 2³⁰. */
  roundToI32(couplings: number, matrix: number, scale: number, neurons: number): void;
  /** out_j = Σ_i x_i·J_ij, f64. */
  applyI32(out: number, x: number, couplings: number, neurons: number): void;
}

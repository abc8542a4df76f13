import type { Address, Integer, Real } from '../../numbers.ts';

/** Matrices of real couplings. Doubles, N×N without padding unless said. */
export interface MatrixKernels {
  /**
   * out[i][j] += Σ_k a(i, k)·b[k][j], with b inner×columns and a(i, k) at index i·rowStep + k·innerStep
   * of a; each sum is complete before it is added to out.
   */
  addProductF64(
    out: Address,
    a: Address,
    b: Address,
    rows: Integer,
    columns: Integer,
    inner: Integer,
    rowStep: Integer,
    innerStep: Integer,
  ): void;
  /** f64[count] from i8[count]. */
  signsToF64(out: Address, signs: Address, count: Integer): void;
  /** W_ij = J_ji·unit (rows of W are what acts on a neuron), without the padding. */
  couplingsToF64I8(out: Address, couplings: Address, unit: Real, neurons: Integer): void;
  couplingsToF64I16(out: Address, couplings: Address, unit: Real, neurons: Integer): void;
  couplingsToF64I32(out: Address, couplings: Address, unit: Real, neurons: Integer): void;
  /** max_i (|extra_i| + Σ_j |W_ij|) with f64 `extra`; no extra at address 0. */
  largestRowSumF64(matrix: Address, extra: Address, neurons: Integer): number;
  /** J_ij = W_ji·scale rounded to nearest, ties to even; |W_ij·scale| < 2³⁰. */
  roundToI32(couplings: Address, matrix: Address, scale: Real, neurons: Integer): void;
  /** out_j = Σ_i x_i·J_ij, f64. */
  applyI32(out: Address, x: Address, couplings: Address, neurons: Integer): void;
}

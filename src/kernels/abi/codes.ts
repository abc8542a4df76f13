import type { Address, Integer } from '../../numbers.ts';

/**
 * Codes of one byte a number.
 *
 * Rows of codes, one after the other, 16 + `width` bytes each, `width` a multiple of 16: f32 scale σ, f32 residual ρ, f32
 * size h, four bytes that are nobody's here; i8[width], from −127 to 127, zero in the padding.
 */
export interface CodeKernels {
  /**
   * Codes of `count` vectors, rows of `rowWidth` f32. m = max |x_k|. Where m < 2⁻⁹⁶, σ = 0 and all codes are 0; else
   * σ = m/127 and c_k = x_k·(127/m), all in singles, to the nearest integer, ties to even. Instead of ρ and h, at byte 8, f64
   * Σ_k (x_k − σc_k)², in doubles: lane l = k mod 4 upwards from 0, then (l₀ + l₂) + (l₁ + l₃).
   */
  encodeI8(codes: Address, rows: Address, count: Integer, rowWidth: Integer, width: Integer): void;
  /**
   * Bounds of scores. f32 `uppers`, the next query's `step` numbers on: with i = Σ_k c_k n_k, exact, and the terms of a query,
   * t = (i·σ·a + b·h) + c and e = (e₁·ρ + e₂·h) + e₀ in singles, from left to right: t + e. f64 stats[batch×2]: the largest
   * t − e, and the first row that has it. Rows whose byte in `mask` u8[count] is 0 have −infinity for both (none at address 0; it is read in fours);
   * where all have, the row is 0. `uppers` are written in fours, up to three more than `count` of −infinity.
   *
   * `queries` i16[batch×width], Σ_k |c_k n_k| < 2³¹ for any codes; `terms` f32[batch×8]: a, b, c, e₀, e₁, e₂, 0, 0.
   * Scratch: i16[4×width].
   */
  scanI8(
    uppers: Address,
    stats: Address,
    codes: Address,
    queries: Address,
    terms: Address,
    mask: Address,
    scratch: Address,
    step: Integer,
    count: Integer,
    width: Integer,
    batch: Integer,
  ): void;
}

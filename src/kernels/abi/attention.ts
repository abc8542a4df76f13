import type { Address, Integer, Real } from '../../numbers.ts';

/** Softmax averages of stored vectors. */
export interface AttentionKernels {
  /**
   * The softmax average of the rows for each query: `states` f32[batch×width] is Σ_μ w_μ x^μ / Z, `readouts`
   * f32[batch×valueWidth] the same of the rows of `values` (none at address 0, with valueWidth 0); `stats`
   * f64[batch×4]: M the largest score, the index of the first row that has it, Z = Σ w_μ, U = Σ w_μ (s_μ − M),
   * w_μ = e^(s_μ − M). Scores s as in `scoresF32`, finite; patterns ≥ 1.
   *
   * Rows are taken 64 at a time, M the largest score so far. When a tile raises M to M', d = M − M': c = e^d in
   * doubles, U ← c·(U + Z·d), Z ← c·Z; c = 0 when d < −32 and for the first tile, then U = Z = 0; c = 1 when M
   * stays. Of the tile, in singles, e = s_μ − M, w_μ = e^e as `exponentialF32`, and 0 when e < −32: such rows are
   * left out. Z and U grow by the tile's Σ w_μ and Σ w_μ·e, in doubles, lane l = μ mod 4 upwards from 0, then
   * (l₀ + l₂) + (l₁ + l₃). Each column's Σ w_μ x_μ of the tile runs in singles, rows upwards from 0; its total,
   * a double, becomes total·c + that; at the end total/Z is rounded to single.
   * Scratch: u8[8·batch·(width + valueWidth + 40) + 2048].
   */
  attendF32(
    states: Address,
    readouts: Address,
    stats: Address,
    queries: Address,
    rows: Address,
    values: Address,
    factors: Address,
    scratch: Address,
    scale: Real,
    metric: Integer,
    patterns: Integer,
    width: Integer,
    valueWidth: Integer,
    batch: Integer,
  ): void;
}

import type { Address, Integer, Real } from '../../numbers.ts';

/** Softmax sums over stored vectors. */
export interface AttentionKernels {
  /**
   * What a block of rows adds to softmax averages, for each query: `sums` f64[batch×width] is Σ_μ w_μ x^μ, `readouts`
   * f64[batch×valueWidth] the same of the rows of `values` (none at address 0, with valueWidth 0). `stats` f64[batch×6]:
   * given the least score that counts (a single; −infinity for all), it is what that has become; then M the largest score;
   * the index of the first row that has it, 0 where none counts; Z = Σ w_μ; U = Σ w_μ (s_μ − M); the least score with a weight,
   * infinity where none has. w_μ = e^(s_μ − M). `scores` f32[⌈patterns/64⌉×batch×64]: s as in `scoresF32`, above −10³⁸, and
   * the lowest single for rows whose byte in `mask` u8[patterns] is 0 (all take part at address 0) and where there are none;
   * they are read instead where `queries` is 0.
   *
   * Rows are taken 64 at a time, M the largest score so far, L the least that counts. Of a tile without a score of L or more
   * M is all that is kept. When a tile raises M to M', L becomes the larger of L and M' − 40, rounded to single; c = 0 and Z = U = 0
   * when M < L, else d = M − M', c = e^d in doubles, U ← c·(U + Z·d), Z ← c·Z; c = 1 when M stays. Of the tile, in singles,
   * e = s_μ − M, w_μ = e^e as `exponentialF32`, and 0 when s_μ < L: such rows are left out. Z and U grow by the tile's Σ w_μ
   * and Σ w_μ·e, in doubles, lane l = μ mod 4 upwards from 0, then (l₀ + l₂) + (l₁ + l₃). Each column's Σ w_μ x_μ of the tile
   * runs in singles, rows upwards from 0; its total, a double, becomes total·c + that. So where no score with a weight is
   * below some L', nothing changes when L' was given.
   * Scratch: u8[2320].
   */
  attendF32(
    sums: Address,
    readouts: Address,
    stats: Address,
    scores: Address,
    queries: Address,
    rows: Address,
    values: Address,
    factors: Address,
    mask: Address,
    scratch: Address,
    scale: Real,
    metric: Integer,
    patterns: Integer,
    width: Integer,
    valueWidth: Integer,
    batch: Integer,
  ): void;
}

import type { Address, Integer, Real } from '../../numbers.ts';

/**
 * Scores of queries with stored vectors.
 *
 * Vectors of singles: rows of `width` f32, one after the other, `width` a multiple of 8, zero in the
 * padding. What a query gives does not depend on the batch it is in.
 */
export interface ScoreKernels {
  /**
   * f32[batch×patterns]: the score of each query q with each row x. Metric 0: t = Σ_k x_k q_k; metric 1:
   * t = Σ_k (x_k − q_k)². Then t ← t·factors_μ (f32[patterns]; none at address 0), and score = t·scale, scale
   * rounded to single. All in singles. A stretch of 512 k: lane l = k mod 8 upwards from 0,
   * then (l₀ + l₂) + (l₁ + l₃) and (l₄ + l₆) + (l₅ + l₇); t: these two sums of each stretch, upwards, from 0.
   */
  scoresF32(
    scores: Address,
    queries: Address,
    rows: Address,
    factors: Address,
    scale: Real,
    metric: Integer,
    patterns: Integer,
    width: Integer,
    batch: Integer,
  ): void;
  /** The index of the first largest of f32[count], count ≥ 1. */
  largestF32(scores: Address, count: Integer): number;
  /** The indices (u32) of f32[count] with score ≥ threshold, compared as doubles, upwards; returns how many. */
  selectF32(indices: Address, scores: Address, threshold: Real, count: Integer): number;
  /**
   * f64[count]: Σ_k x_k² of each row, in doubles: lane l = k mod 8 upwards from 0, then
   * ((l₀ + l₄) + (l₂ + l₆)) + ((l₁ + l₅) + (l₃ + l₇)).
   */
  squaresF32(out: Address, rows: Address, count: Integer, width: Integer): void;
}

/**
 * How far a score that the database computes may be from the one that the kernels do.
 *
 * Both add up at most d + 8 rounded terms and factors in single precision, in any order, fused or not: Σ x_k q_k is off by at
 * most γ‖x‖‖q‖, Σ (x_k − q_k)² by γ of itself, γ = nu/(1 − nu), n = d + 8, u = 2⁻²⁴ (Higham 2002, section 3.1), and by 2⁻¹²⁶ for
 * each product and sum that is too small to be more than 0. They are apart by no more than both. The doubles computed of them
 * are exact enough for the eight terms more than there are.
 *
 * So with v the database's similarity and e this bound, a row's score over β lies from v − e to v + e. The largest, m, is
 * at least the largest v − e (or c of nothing); a row that weighs anything has a score of m − 40 at least, that rounded to
 * single, so v + e ≥ m/β − 40/β − 2⁻²³|m/β|: no other row need be read.
 */
import type { Similarity } from '../models/modern/options.ts';

/** How far below the largest score a row weighs 0, a little more for the rounding of that itself. */
const REACH = 40 * (1 + 2 ** -18);

/** In terms of similarity. */
export interface Bound {
  /** Dot: of ‖x‖; cosine: in all; Euclidean: of the similarity. */
  readonly relative: number;
  /** Cosine: of 1/‖x‖; others: in all. */
  readonly absolute: number;
  /** 40/β. */
  readonly reach: number;
}

/** @param norm - ‖q‖ of the query as it is compared, with cosine similarity that of its direction */
export function boundOf(
  { dimension, beta, similarity }: { dimension: number; beta: number; similarity: Similarity },
  norm: number,
): Bound {
  const terms = (dimension + 8) * 2 ** -24;
  const gamma = terms / (1 - terms);
  return {
    relative: similarity === 'euclidean' ? (2 * gamma) / (1 - gamma) : 2 * gamma * norm,
    absolute: (4 * dimension + 8) * 2 ** -126,
    reach: REACH / Math.fround(beta),
  };
}

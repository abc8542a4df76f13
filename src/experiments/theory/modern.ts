/** The modern Hopfield network (Ramsauer et al. 2020, theorem 5 and its proof). */
import { exp } from '../../elementary.ts';

/**
 * How far one update from a stored row leaves it at most: 2M(P − 1) e^(−βΔ).
 *
 * @param largest - M, the largest norm of a row
 * @param rows - P
 * @param separation - Δ of the row: the least of x·x − x·y over the other rows y
 */
export function retrievalBound(
  largest: number,
  rows: number,
  separation: number,
  beta: number,
): number {
  return 2 * largest * (rows - 1) * exp(-beta * separation);
}

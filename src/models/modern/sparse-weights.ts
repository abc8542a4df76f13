/**
 * The separations that give most rows no weight at all, and their conjugates (Martins & Astudillo 2016; Peters,
 * Niculae & Martins 2019).
 *
 * Of scores z with the largest, 0, subtracted: sparsemax is p = [z − τ]₊, 1.5-entmax p = [z/2 − τ]²₊, τ such that
 * Σp = 1. Both sides of that are convex and fall with τ, the sum for sparsemax, its root for 1.5-entmax; so Newton's
 * iteration from τ = −1, which is too low or right as the largest alone then weighs 1, climbs to the τ wanted and
 * never past it. In doubles, indices upwards. Where the best score leads by 1 (by 2), τ = −1 is right and the
 * best row's weight is exactly 1.
 *
 * Both are the gradient of a conjugate Ω*(s) = max_p (p·s − Ω(p)), with Ω = ½(Σp² − 1) and Ω = 4/3·(Σp^1.5 − 1).
 */

/** Weights of some scores, and Ω* less the largest score. */
export interface SparseWeights {
  readonly weights: Float64Array;
  readonly conjugate: number;
}

/** @param z - scores, the largest 0 and none below −1; those left out would have no weight */
export function sparsemax(z: Float64Array): SparseWeights {
  const threshold = climb((t) => {
    let excess = -1;
    let active = 0;
    for (const x of z) {
      if (x <= t) continue;
      excess += x - t;
      active++;
    }
    return excess / active;
  });
  const weights = z.map((x) => Math.max(0, x - threshold));
  let conjugate = 0.5;
  for (const [i, p] of weights.entries()) conjugate += p * (z[i] - p / 2);
  return { weights, conjugate };
}

/** @param z - scores, the largest 0 and none below −2; those left out would have no weight */
export function entmax(z: Float64Array): SparseWeights {
  const threshold = climb((t) => {
    let sum = 0;
    let squares = 0;
    for (const x of z) {
      const root = x / 2 - t;
      if (root <= 0) continue;
      sum += root;
      squares += root * root;
    }
    // Newton's step for √Σp = 1, the slope of the root being −Σ√p/√Σp.
    return (squares - Math.sqrt(squares)) / sum;
  });
  const roots = z.map((x) => Math.max(0, x / 2 - threshold));
  const weights = roots.map((root) => root * root);
  let conjugate = 4 / 3;
  for (const [i, p] of weights.entries()) conjugate += p * (z[i] - (4 / 3) * roots[i]);
  return { weights, conjugate };
}

/** From −1 upwards by what `step` says, until that no longer leads up. */
function climb(step: (threshold: number) => number): number {
  let threshold = -1;
  for (;;) {
    const next = threshold + step(threshold);
    if (!(next > threshold)) return threshold;
    threshold = next;
  }
}

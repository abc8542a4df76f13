/**
 * A Hopfield network as a person writes it in JavaScript from the formulas, with typed arrays: what
 * the package's speed is measured against (Hopfield 1982, eq. 2).
 *
 *     w_ij = Σ_μ ξ_i^μ ξ_j^μ, w_ii = 0;   s_i ← sign(Σ_j w_ij s_j), a zero field keeps s_i
 */

/** The N × N weights of P patterns of ±1. */
export function textbookWeights(patterns: readonly Int8Array[]): Float64Array {
  const neurons = patterns[0].length;
  const weights = new Float64Array(neurons * neurons);
  for (const pattern of patterns) {
    for (let i = 0; i < neurons; i++) {
      for (let j = 0; j < neurons; j++) {
        if (i !== j) weights[i * neurons + j] += pattern[i] * pattern[j];
      }
    }
  }
  return weights;
}

/** Visits the neurons by index, sweep after sweep, until a sweep changes none. */
export function textbookRecall(weights: Float64Array, cue: Int8Array): Int8Array {
  const neurons = cue.length;
  const state = Float64Array.from(cue);
  let changed = true;
  while (changed) {
    changed = false;
    for (let i = 0; i < neurons; i++) {
      let field = 0;
      for (let j = 0; j < neurons; j++) field += weights[i * neurons + j] * state[j];
      const sign = field > 0 ? 1 : field < 0 ? -1 : state[i];
      if (sign !== state[i]) {
        state[i] = sign;
        changed = true;
      }
    }
  }
  return Int8Array.from(state);
}

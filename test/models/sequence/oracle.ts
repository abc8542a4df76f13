/** Steps of sequences from their definition, neuron by neuron: integers without a limit, or doubles with Math.exp. */

export interface Chain {
  patterns: readonly ArrayLike<number>[];
  /** The index of the pattern after each. */
  successors: readonly number[];
}

/** Successors of sequences of these lengths, one after the other. */
export function successorsOf(spans: readonly { length: number; cyclic: boolean }[]): number[] {
  const out: number[] = [];
  for (const { length, cyclic } of spans) {
    const start = out.length;
    for (let k = 0; k < length; k++) {
      out.push(k + 1 < length ? start + k + 1 : cyclic ? start : start + k);
    }
  }
  return out;
}

/** M_i^μ = Σ_{j≠i} ξ_j^μ s_j. */
function others(pattern: ArrayLike<number>, state: ArrayLike<number>, i: number): number {
  let sum = 0;
  for (let j = 0; j < state.length; j++) if (j !== i) sum += pattern[j] * state[j];
  return sum;
}

/** s_i ← sign Σ_μ ξ_i^{μ+1} (M_i^μ)ⁿ, zero keeps; exact. */
export function power({ patterns, successors }: Chain, state: ArrayLike<number>, n: number) {
  return Array.from(state, (s, i) => {
    let h = 0n;
    for (const [mu, pattern] of patterns.entries()) {
      h += BigInt(patterns[successors[mu]][i]) * BigInt(others(pattern, state, i)) ** BigInt(n);
    }
    return h === 0n ? s : h > 0n ? 1 : -1;
  });
}

/** A field and the size of its terms: where the first is small beside the second, rounding decides. */
export interface Field {
  h: number;
  size: number;
}

/** Σ_μ ξ_i^{μ+1} e^{β M_i^μ}, all divided by the largest e^{βM}. */
export function exponential(
  { patterns, successors }: Chain,
  state: ArrayLike<number>,
  beta: number,
): Field[] {
  return Array.from(state, (_, i) => {
    const M = patterns.map((pattern) => others(pattern, state, i));
    const most = Math.max(...M);
    const w = M.map((m) => Math.exp(beta * (m - most)));
    return {
      h: w.reduce((sum, x, mu) => sum + x * patterns[successors[mu]][i], 0),
      size: w.reduce((sum, x) => sum + x, 0),
    };
  });
}

/** MixedNet: Σ_μ [ξ_i^μ f(M/(N − 1)) + λ ξ_i^{μ+1} f(M̄/(N − 1))]; `states` are the last ones, the latest first. */
export function slow(
  { patterns, successors }: Chain,
  states: readonly ArrayLike<number>[],
  f: (x: number) => number,
  hold: number,
  strength: number,
): Field[] {
  const scale = Math.max(1, states[0].length - 1);
  return Array.from(states[0], (_, i) => {
    let [h, size] = [0, 0];
    for (const [mu, pattern] of patterns.entries()) {
      const M = states.map((state) => others(pattern, state, i));
      const mean = M.slice(0, hold).reduce((a, b) => a + b, 0) / hold;
      const terms = [
        pattern[i] * f(M[0] / scale),
        strength * patterns[successors[mu]][i] * f(mean / scale),
      ];
      for (const term of terms) {
        h += term;
        size += Math.abs(term);
      }
    }
    return { h, size };
  });
}

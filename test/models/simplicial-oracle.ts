/** Simplicial networks from the formulas, by explicit enumeration and with nothing but plain numbers. */

/** All sets of `size` of N neurons, upwards. */
export function combinations(neurons: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  const out: number[][] = [];
  for (let i = from; i <= neurons - size; i++) {
    for (const rest of combinations(neurons, size - 1, i + 1)) out.push([i, ...rest]);
  }
  return out;
}

/** All simplices of 2 to D + 1 neurons. */
export function complete(neurons: number, dimension: number): number[][] {
  const out: number[][] = [];
  for (let size = 2; size <= Math.min(dimension + 1, neurons); size++) {
    out.push(...combinations(neurons, size));
  }
  return out;
}

function product(state: ArrayLike<number>, simplex: readonly number[]): number {
  return simplex.reduce((product, i) => product * state[i], 1);
}

/** N·w of every simplex. */
export function weights(
  simplices: readonly number[][],
  patterns: readonly ArrayLike<number>[],
): number[] {
  return simplices.map((simplex) =>
    patterns.reduce((sum, pattern) => sum + product(pattern, simplex), 0),
  );
}

/** −N·E = Σ_σ N·w_σ s_σ. */
export function sum(
  simplices: readonly number[][],
  w: readonly number[],
  state: ArrayLike<number>,
): number {
  return simplices.reduce((sum, simplex, k) => sum + w[k] * product(state, simplex), 0);
}

/** N·h_i = Σ_{σ∋i} N·w_σ s_{σ∖i}. */
export function fields(
  simplices: readonly number[][],
  w: readonly number[],
  state: ArrayLike<number>,
): number[] {
  const out = Array.from(state, () => 0);
  for (const [k, simplex] of simplices.entries()) {
    const term = w[k] * product(state, simplex);
    for (const i of simplex) out[i] += term * state[i];
  }
  return out;
}

/** One neuron after the other by index, until a sweep changes nothing. */
export function descend(
  simplices: readonly number[][],
  w: readonly number[],
  cue: ArrayLike<number>,
  tie: 'keep' | 'positive' = 'keep',
): number[] {
  const state = Array.from(cue);
  for (let moved = true; moved;) {
    moved = false;
    for (let i = 0; i < state.length; i++) {
      const h = fields(simplices, w, state)[i];
      const next = h === 0 ? (tie === 'keep' ? state[i] : 1) : Math.sign(h);
      if (next !== state[i]) moved = true;
      state[i] = next;
    }
  }
  return state;
}

/**
 * A second implementation of the classical network, from the formulas and with nothing but plain numbers.
 *
 * Matrices are arrays of rows, W[i][j] what neuron j does to neuron i. Everything that is given as
 * integers stays integers, so results are exact wherever the network's are.
 */

export type Matrix = number[][];

export interface Dynamics {
  W: Matrix;
  theta: number[];
  /** The lower of the two values of a state: −1, or 0 for binary units. */
  low: -1 | 0;
  tie?: 'keep' | 'positive';
  clamp?: readonly boolean[];
}

export interface Descent {
  state: number[];
  converged: boolean;
  sweeps: number;
  flips: number;
}

/** Plain numbers of any state. */
export function plain(state: ArrayLike<number>): number[] {
  return Array.from(state);
}

export function zeros(rows: number, columns = rows): Matrix {
  return Array.from({ length: rows }, () => Array<number>(columns).fill(0));
}

export function transform(W: Matrix, entry: (w: number, i: number, j: number) => number): Matrix {
  return W.map((row, i) => row.map((w, j) => entry(w, i, j)));
}

/** h_i = Σ_j W_ij s_j − θ_i. */
export function fields(W: Matrix, s: readonly number[], theta: readonly number[]): number[] {
  return W.map((row, i) => row.reduce((sum, w, j) => sum + w * s[j], 0) - theta[i]);
}

/** E = −½ Σ_ij W_ij s_i s_j + Σ_i θ_i s_i. */
export function energy(W: Matrix, s: readonly number[], theta: readonly number[]): number {
  let sum = 0;
  for (const [i, row] of W.entries()) {
    for (const [j, w] of row.entries()) sum -= (w * s[i] * s[j]) / 2;
    sum += theta[i] * s[i];
  }
  return sum;
}

/** What a field makes of a neuron. */
function turned(h: number, s: number, { low, tie = 'keep' }: Dynamics): number {
  if (h === 0) return tie === 'keep' ? s : 1;
  return h > 0 ? 1 : low;
}

/** All unclamped neurons at once. */
export function synchronousStep(d: Dynamics, s: readonly number[]): number[] {
  const h = fields(d.W, s, d.theta);
  return s.map((value, i) => (d.clamp?.[i] ? value : turned(h[i], value, d)));
}

export function isFixed(d: Dynamics, s: readonly number[]): boolean {
  return synchronousStep(d, s).every((value, i) => value === s[i]);
}

/** One neuron after the other by index, until a sweep changes nothing. */
export function descend(d: Dynamics, cue: readonly number[], maxSweeps = 1000): Descent {
  const state = [...cue];
  let flips = 0;
  for (let sweeps = 1; sweeps <= maxSweeps; sweeps++) {
    let changed = 0;
    for (let i = 0; i < state.length; i++) {
      if (d.clamp?.[i]) continue;
      let h = -d.theta[i];
      for (let j = 0; j < state.length; j++) h += d.W[i][j] * state[j];
      const next = turned(h, state[i], d);
      if (next !== state[i]) {
        state[i] = next;
        changed++;
      }
    }
    flips += changed;
    if (changed === 0) return { state, converged: true, sweeps, flips };
  }
  return { state, converged: isFixed(d, state), sweeps: maxSweeps, flips };
}

/** Σ_μ ξ_i^μ ξ_j^μ, without 1/N. */
export function hebbian(patterns: readonly number[][], neurons: number, self = false): Matrix {
  const J = zeros(neurons);
  for (const xi of patterns) {
    for (let i = 0; i < neurons; i++) {
      for (let j = 0; j < neurons; j++) if (self || i !== j) J[i][j] += xi[i] * xi[j];
    }
  }
  return J;
}

/** Storkey (1997), with the sums h_ij = Σ_{k≠i,j} W_ik ξ_k written out. */
export function storkey(patterns: readonly number[][], neurons: number, start?: Matrix): Matrix {
  let W = start ?? zeros(neurons);
  for (const xi of patterns) {
    const before = W;
    const h = (i: number, j: number) => {
      let sum = 0;
      for (let k = 0; k < neurons; k++) if (k !== i && k !== j) sum += before[i][k] * xi[k];
      return sum;
    };
    W = transform(before, (w, i, j) =>
      i === j ? w : w + (xi[i] * xi[j] - xi[i] * h(j, i) - h(i, j) * xi[j]) / neurons,
    );
  }
  return W;
}

/** The projector on the span of the patterns, by Gram and Schmidt (twice, for accuracy). */
export function projection(patterns: readonly number[][], neurons: number): Matrix {
  const basis: number[][] = [];
  for (const xi of patterns) {
    let rest = [...xi];
    for (let pass = 0; pass < 2; pass++) {
      for (const q of basis) {
        const c = q.reduce((sum, x, i) => sum + x * rest[i], 0);
        rest = rest.map((x, i) => x - c * q[i]);
      }
    }
    const norm = Math.sqrt(rest.reduce((sum, x) => sum + x * x, 0));
    if (norm > 1e-6) basis.push(rest.map((x) => x / norm));
  }
  const W = zeros(neurons);
  for (const q of basis) {
    for (let i = 0; i < neurons; i++) for (let j = 0; j < neurons; j++) W[i][j] += q[i] * q[j];
  }
  return W;
}

/** Tsodyks & Feigelman (1988): Σ_μ (η_i − f)(η_j − f)/(N f(1 − f)) with zero diagonal, η 0 or 1. */
export function covariance(patterns: readonly number[][], neurons: number, f: number): Matrix {
  const W = zeros(neurons);
  for (const eta of patterns) {
    for (let i = 0; i < neurons; i++) {
      for (let j = 0; j < neurons; j++) {
        if (i !== j) W[i][j] += ((eta[i] - f) * (eta[j] - f)) / (neurons * f * (1 - f));
      }
    }
  }
  return W;
}

/** Parisi (1986): Hebb, each J_ij clipped after every pattern; without 1/N. */
export function palimpsest(
  patterns: readonly number[][],
  neurons: number,
  bound: number,
  start?: Matrix,
): Matrix {
  let J = start ?? zeros(neurons);
  for (const xi of patterns) {
    J = transform(J, (w, i, j) =>
      i === j ? w : Math.max(-bound, Math.min(bound, w + xi[i] * xi[j])),
    );
  }
  return J;
}

export function multiply(W: Matrix, x: readonly number[]): number[] {
  return W.map((row) => row.reduce((sum, w, j) => sum + w * x[j], 0));
}

/** Rows of a flat N×N array. */
export function rows(flat: ArrayLike<number>, neurons: number): Matrix {
  return Array.from({ length: neurons }, (_, i) =>
    Array.from({ length: neurons }, (_, j) => flat[i * neurons + j]),
  );
}

/** The largest |a − b| of two matrices. */
export function distance(a: Matrix, b: Matrix): number {
  return Math.max(0, ...a.map((row, i) => Math.max(...row.map((w, j) => Math.abs(w - b[i][j])))));
}

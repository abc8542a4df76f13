/** The same models as formulas, in doubles, with Math.exp and bisection; slow, and nothing of the package in it. */
import type { ModernSeparation, Similarity } from '../../../src/index.ts';
import type { ModernSeparationName } from '../../../src/models/modern/separations.ts';

export type Row = ArrayLike<number>;

/** What the formulas are about; rows and queries as the memory holds them, in single precision. */
export interface Model {
  beta: number;
  similarity: Similarity;
  separation: ModernSeparation;
}

export function dot(a: Row, b: Row): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

export function norm(a: Row): number {
  return Math.sqrt(dot(a, a));
}

export function distance(a: Row, b: Row): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return Math.sqrt(sum);
}

/** β times similarity. */
export function score({ beta, similarity }: Model, x: Row, q: Row): number {
  if (similarity === 'dot') return beta * dot(x, q);
  if (similarity === 'cosine') return (beta * dot(x, q)) / (norm(x) * norm(q));
  return -0.5 * beta * distance(x, q) ** 2;
}

export function scores(model: Model, rows: readonly Row[], query: Row): number[] {
  return rows.map((x) => score(model, x, query));
}

/** Where a falling function crosses 1. */
function crossing(low: number, high: number, f: (t: number) => number): number {
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (f(middle) > 1) low = middle;
    else high = middle;
  }
  return high;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0);
}

type Weigh = (z: readonly number[], separation: ModernSeparation) => number[];

function normalised(w: readonly number[]): number[] {
  const sum = total(w);
  return w.map((x) => x / sum);
}

/** Weights of scores less the largest. */
const WEIGHTS: { readonly [N in ModernSeparationName]: Weigh } = {
  softmax: (z) => normalised(z.map(Math.exp)),
  sparsemax(z) {
    const p = (t: number) => z.map((x) => Math.max(0, x - t));
    return p(crossing(-1, 0, (t) => total(p(t))));
  },
  entmax(z) {
    const p = (t: number) => z.map((x) => Math.max(0, x / 2 - t) ** 2);
    return p(crossing(-1, 0, (t) => total(p(t))));
  },
  'top-k'(z, separation) {
    const order = z.map((_, k) => k).sort((a, b) => z[b] - z[a] || a - b);
    const chosen = new Set(order.slice(0, (separation as { k: number }).k));
    return normalised(z.map((x, k) => (chosen.has(k) ? Math.exp(x) : 0)));
  },
  'log-sum-relu'() {
    throw new Error(
      'scores less the largest do not tell who is near: log-sum-relu.test.ts has its formulas',
    );
  },
};

/** Ω, the convex conjugate of the potential whose gradient the weights are; top-k has none. */
const OMEGA: { readonly [N in ModernSeparationName]: (p: readonly number[]) => number } = {
  softmax: (p) => -entropy(p),
  sparsemax: (p) => 0.5 * (total(p.map((x) => x * x)) - 1),
  entmax: (p) => (4 / 3) * (total(p.map((x) => x ** 1.5)) - 1),
  'top-k': () => NaN,
  'log-sum-relu': () => NaN,
};

function nameOf(separation: ModernSeparation): ModernSeparationName {
  return typeof separation === 'string' ? separation : separation.name;
}

export function separate(separation: ModernSeparation, s: readonly number[]): number[] {
  const best = s.reduce((a, b) => Math.max(a, b));
  return WEIGHTS[nameOf(separation)](
    s.map((x) => x - best),
    separation,
  );
}

export function average(rows: readonly Row[], weights: readonly number[]): number[] {
  const out = Array.from(rows[0], () => 0);
  for (const [k, row] of rows.entries()) {
    if (weights[k] === 0) continue;
    for (let i = 0; i < out.length; i++) out[i] += weights[k] * row[i];
  }
  return out;
}

export function update(model: Model, rows: readonly Row[], query: Row): number[] {
  return average(rows, separate(model.separation, scores(model, rows, query)));
}

export function entropy(weights: readonly number[]): number {
  return total(weights.map((p) => (p === 0 ? 0 : -p * Math.log(p))));
}

/** The energy as maths.md and the papers have it. */
export function energy(model: Model, rows: readonly Row[], query: Row): number {
  const { beta, similarity, separation } = model;
  const s = scores(model, rows, query);
  const p = separate(separation, s);
  const own = similarity === 'dot' ? 0.5 * dot(query, query) : 0;
  if (separation === 'softmax') {
    const best = s.reduce((a, b) => Math.max(a, b));
    const lse = best + Math.log(total(s.map((x) => Math.exp(x - best))));
    const largest = rows.reduce((most, x) => Math.max(most, dot(x, x)), 0);
    const floor = similarity === 'dot' ? Math.log(rows.length) / beta + 0.5 * largest : 0;
    return -lse / beta + own + floor;
  }
  const omega = OMEGA[nameOf(separation)](p);
  const expected = total(p.map((x, k) => (x === 0 ? 0 : x * s[k])));
  return -(expected - omega) / beta + own;
}

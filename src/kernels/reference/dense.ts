/**
 * Dense associative memories: E = −Σ_μ F(m_μ) (Krotov & Hopfield 2016, Demircigil et al. 2017).
 *
 * What a neuron's flip adds to E is Σ_μ F(m_μ) − F(m_μ ∓ 2), − where ξ_i^μ = s_i: no cavity overlaps are needed.
 * That is the published update Σ_μ [F(ξ_i^μ + M_i^μ) − F(−ξ_i^μ + M_i^μ)] times s_i, M_i^μ without neuron i.
 */
import type { Views } from '../../memory.ts';
import { nextWord } from '../../random.ts';
import { exponential, logarithm } from './exponential.ts';
import { signInBlocks } from './patterns.ts';

/** Where ln F is this far below its reference, a multiple of STEP, F counts as 0. */
const TAIL = 96;
const STEP = 32;

/** F at −N−2, −N, …, N+2 relative to e^top: entry k for m = 2k − N − 2. */
interface Separation {
  readonly F: Float64Array;
  readonly top: number;
}

/** F as the overlaps of a state make it. */
function separation(
  m: Views,
  overlaps: number,
  table: number,
  levels: number,
  patterns: number,
  neurons: number,
): Separation {
  const from = table >>> 3;
  const F = m.f64.slice(from, from + neurons + 3);
  if (levels === 0 || patterns === 0) return { F, top: 0 };
  let least = neurons;
  let largest = -neurons;
  for (let p = 0; p < patterns; p++) {
    const overlap = m.i32[(overlaps >>> 2) + p];
    least = Math.min(least, overlap);
    largest = Math.max(largest, overlap);
  }
  const loudest = Math.max(F[(least + neurons) / 2 + 1], F[(largest + neurons) / 2 + 1]);
  const top = Math.ceil(loudest / STEP) * STEP;
  return { F: F.map((level) => (level - top < -TAIL ? 0 : exponential(m, level - top))), top };
}

/** Σ_μ term(k, agrees) in eight lanes, F[k] = F(m_μ). */
function sum(
  m: Views,
  overlaps: number,
  blocks: number,
  stride: number,
  patterns: number,
  neurons: number,
  i: number,
  s: number,
  term: (k: number, agrees: boolean) => number,
): number {
  const lanes = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let p = 0; p < patterns; p++) {
    const k = (m.i32[(overlaps >>> 2) + p] + neurons) / 2 + 1;
    lanes[p & 7] += term(k, signInBlocks(m, blocks, stride, i, p) === s);
  }
  const [l0, l1, l2, l3, l4, l5, l6, l7] = lanes;
  return l0 + l4 + (l2 + l6) + (l1 + l5 + (l3 + l7));
}

/** What the flip of neuron i adds to −Σ F. */
function cost(
  m: Views,
  F: Float64Array,
  overlaps: number,
  blocks: number,
  stride: number,
  patterns: number,
  neurons: number,
  i: number,
  s: number,
): number {
  return sum(
    m,
    overlaps,
    blocks,
    stride,
    patterns,
    neurons,
    i,
    s,
    (k, agrees) => F[k] - F[agrees ? k - 1 : k + 1],
  );
}

/** The same for −ln Σ F where the table holds levels: ln(Σ F/Σ F after the flip). */
function change(
  m: Views,
  { F, top }: Separation,
  overlaps: number,
  blocks: number,
  table: number,
  levels: number,
  stride: number,
  patterns: number,
  neurons: number,
  i: number,
  s: number,
): number {
  if (patterns === 0) return 0;
  if (levels === 0) return cost(m, F, overlaps, blocks, stride, patterns, neurons, i, s);
  const of = (term: (k: number, agrees: boolean) => number) =>
    sum(m, overlaps, blocks, stride, patterns, neurons, i, s, term);
  const before = of((k) => F[k]);
  const after = of((k, agrees) => F[agrees ? k - 1 : k + 1]);
  if (after >= before * 1e-6 && after < 1e300) return logarithm(m, before / after);
  // Too steep for one reference: the sum after the flip gets its own.
  let most = -Infinity;
  const list: number[] = [];
  for (let p = 0; p < patterns; p++) {
    const k = (m.i32[(overlaps >>> 2) + p] + neurons) / 2 + 1;
    const agrees = signInBlocks(m, blocks, stride, i, p) === s;
    list.push(m.f64[(table >>> 3) + (agrees ? k - 1 : k + 1)]);
    most = Math.max(most, list[p]);
  }
  let rest = 0;
  for (const level of list) rest += exponential(m, level - most);
  return top + logarithm(m, before) - (most + logarithm(m, rest));
}

function moves(cost: number, s: number, tie: number): boolean {
  return cost < 0 || (cost === 0 && tie !== 0 && s < 0);
}

function movable(
  m: Views,
  signs: number,
  overlaps: number,
  blocks: number,
  table: number,
  mobile: number,
  levels: number,
  tie: number,
  stride: number,
  patterns: number,
  neurons: number,
): number[] {
  const { F } = separation(m, overlaps, table, levels, patterns, neurons);
  const list: number[] = [];
  for (let i = 0; i < neurons; i++) {
    if (m.u8[mobile + i] === 0) continue;
    const s = m.i8[signs + i];
    if (moves(cost(m, F, overlaps, blocks, stride, patterns, neurons, i, s), s, tie)) list.push(i);
  }
  return list;
}

export function countMovableDense(
  m: Views,
  signs: number,
  overlaps: number,
  blocks: number,
  table: number,
  mobile: number,
  scratch: number,
  levels: number,
  tie: number,
  stride: number,
  patterns: number,
  neurons: number,
): number {
  void scratch;
  const list = movable(
    m,
    signs,
    overlaps,
    blocks,
    table,
    mobile,
    levels,
    tie,
    stride,
    patterns,
    neurons,
  );
  return list.length;
}

export function flipMovableDense(
  m: Views,
  signs: number,
  overlaps: number,
  blocks: number,
  table: number,
  mobile: number,
  scratch: number,
  levels: number,
  tie: number,
  stride: number,
  patterns: number,
  neurons: number,
): number {
  void scratch;
  const list = movable(
    m,
    signs,
    overlaps,
    blocks,
    table,
    mobile,
    levels,
    tie,
    stride,
    patterns,
    neurons,
  );
  for (const i of list) m.i8[signs + i] = -m.i8[signs + i];
  return list.length;
}

export function changesDense(
  m: Views,
  changes: number,
  signs: number,
  overlaps: number,
  blocks: number,
  table: number,
  scratch: number,
  levels: number,
  stride: number,
  patterns: number,
  neurons: number,
): void {
  void scratch;
  const S = separation(m, overlaps, table, levels, patterns, neurons);
  for (let i = 0; i < neurons; i++) {
    const s = m.i8[signs + i];
    const value = change(m, S, overlaps, blocks, table, levels, stride, patterns, neurons, i, s);
    m.f64[(changes >>> 3) + i] = value;
  }
}

/** Turns neuron i over: m_μ −= 2 s_i ξ_i^μ. */
function flip(
  m: Views,
  signs: number,
  overlaps: number,
  blocks: number,
  stride: number,
  patterns: number,
  i: number,
): void {
  const s = m.i8[signs + i];
  m.i8[signs + i] = -s;
  for (let p = 0; p < patterns; p++) {
    m.i32[(overlaps >>> 2) + p] -= 2 * s * signInBlocks(m, blocks, stride, i, p);
  }
}

export function sweepDense(
  m: Views,
  signs: number,
  overlaps: number,
  blocks: number,
  table: number,
  order: number,
  cursor: number,
  scratch: number,
  count: number,
  limit: number,
  levels: number,
  tie: number,
  stride: number,
  patterns: number,
  neurons: number,
): number {
  void scratch;
  let { F } = separation(m, overlaps, table, levels, patterns, neurons);
  let flips = 0;
  let at = m.u32[cursor >>> 2];
  while (at < count && flips < limit) {
    const i = m.u32[(order >>> 2) + at++];
    const s = m.i8[signs + i];
    if (moves(cost(m, F, overlaps, blocks, stride, patterns, neurons, i, s), s, tie)) {
      flip(m, signs, overlaps, blocks, stride, patterns, i);
      ({ F } = separation(m, overlaps, table, levels, patterns, neurons));
      flips++;
    }
  }
  m.u32[cursor >>> 2] = at;
  return flips;
}

export function glauberDense(
  m: Views,
  signs: number,
  overlaps: number,
  blocks: number,
  table: number,
  order: number,
  cursor: number,
  generator: number,
  scratch: number,
  count: number,
  limit: number,
  levels: number,
  gain: number,
  stride: number,
  patterns: number,
  neurons: number,
): number {
  void scratch;
  let S = separation(m, overlaps, table, levels, patterns, neurons);
  let flips = 0;
  let at = m.u32[cursor >>> 2];
  while (at < count && flips < limit) {
    const i = m.u32[(order >>> 2) + at++];
    const s = m.i8[signs + i];
    const field =
      s * change(m, S, overlaps, blocks, table, levels, stride, patterns, neurons, i, s);
    const real = nextWord(m.u32, generator >>> 2) / 4294967296;
    const drawn = real < 1 / (1 + exponential(m, -gain * field)) ? 1 : -1;
    if (drawn !== s) {
      flip(m, signs, overlaps, blocks, stride, patterns, i);
      S = separation(m, overlaps, table, levels, patterns, neurons);
      flips++;
    }
  }
  m.u32[cursor >>> 2] = at;
  return flips;
}

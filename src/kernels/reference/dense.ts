/**
 * Dense associative memories: E = −Σ_μ F(m_μ) (Krotov & Hopfield 2016, Demircigil et al. 2017).
 *
 * What a neuron's flip adds to E is Σ_μ F(m_μ) − F(m_μ ∓ 2), − where ξ_i^μ = s_i: no cavity overlaps are needed.
 * That is the published update Σ_μ [F(ξ_i^μ + M_i^μ) − F(−ξ_i^μ + M_i^μ)] times s_i, M_i^μ without neuron i.
 */
import type { Views } from '../../memory.ts';
import { flipBlocks } from './dynamics.ts';
import { heatBath } from './heat-bath.ts';
import { exp, ln } from '../../elementary.ts';
import { signInBlocks } from './patterns.ts';

/** Where ln F is this far below its reference, a multiple of STEP, F counts as 0. */
const TAIL = 96;
const STEP = 32;
/** With levels, a cost that is no more than this part of the sizes of its terms is rounding. */
const ROUNDING = 2 ** -44;

/** What the kernels are given, and F as the overlaps make it. */
interface Dense {
  readonly m: Views;
  readonly overlaps: number;
  readonly blocks: number;
  readonly table: number;
  readonly levels: number;
  readonly stride: number;
  readonly patterns: number;
  readonly neurons: number;
  /** F at −N−2, −N, …, N+2, with levels relative to e^top: entry k for m = 2k − N − 2. */
  readonly F: Float64Array;
  readonly top: number;
}

function open(
  m: Views,
  overlaps: number,
  blocks: number,
  table: number,
  levels: number,
  stride: number,
  patterns: number,
  neurons: number,
): Dense {
  const given = { m, overlaps, blocks, table, levels, stride, patterns, neurons };
  const from = table >>> 3;
  const F = m.f64.slice(from, from + neurons + 3);
  if (levels === 0 || patterns === 0) return { ...given, F, top: 0 };
  let loudest = -Infinity;
  for (let p = 0; p < patterns; p++) {
    loudest = Math.max(loudest, F[(m.i32[(overlaps >>> 2) + p] + neurons) / 2 + 1]);
  }
  const top = Math.ceil(loudest / STEP) * STEP;
  const relative = (level: number) => (level - top < -TAIL ? 0 : exp(level - top));
  return { ...given, F: F.map(relative), top };
}

/** The same memory with F for the overlaps as they are now. */
function again({ m, overlaps, blocks, table, levels, stride, patterns, neurons }: Dense): Dense {
  return open(m, overlaps, blocks, table, levels, stride, patterns, neurons);
}

/** The entry of F for each m_μ, and whether ξ_i^μ = s. */
function* terms({ m, overlaps, blocks, stride, patterns, neurons }: Dense, i: number, s: number) {
  for (let p = 0; p < patterns; p++) {
    const k = (m.i32[(overlaps >>> 2) + p] + neurons) / 2 + 1;
    yield { p, k, agrees: signInBlocks(m, blocks, stride, i, p) === s };
  }
}

/** Σ_μ term(k, agrees) in eight lanes, F[k] = F(m_μ). */
function sum(
  dense: Dense,
  i: number,
  s: number,
  term: (k: number, agrees: boolean) => number,
): number {
  const lanes = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const { p, k, agrees } of terms(dense, i, s)) lanes[p & 7] += term(k, agrees);
  const [l0, l1, l2, l3, l4, l5, l6, l7] = lanes;
  return l0 + l4 + (l2 + l6) + (l1 + l5 + (l3 + l7));
}

/** What the flip of neuron i adds to −Σ F. */
function cost(dense: Dense, i: number, s: number): number {
  const { F } = dense;
  return sum(dense, i, s, (k, agrees) => F[k] - F[agrees ? k - 1 : k + 1]);
}

/** The same for −ln Σ F where the table holds levels: ln(Σ F/Σ F after the flip). */
function change(dense: Dense, i: number, s: number): number {
  const { m, table, levels, patterns, F, top } = dense;
  if (patterns === 0) return 0;
  if (levels === 0) return cost(dense, i, s);
  const before = sum(dense, i, s, (k) => F[k]);
  const after = sum(dense, i, s, (k, agrees) => F[agrees ? k - 1 : k + 1]);
  if (after >= before * 1e-6 && after < 1e300) return ln(before / after);
  // Too steep for one reference: the sum after the flip gets its own.
  const list: number[] = [];
  for (const { k, agrees } of terms(dense, i, s)) {
    list.push(m.f64[(table >>> 3) + (agrees ? k - 1 : k + 1)]);
  }
  const most = list.reduce((x, y) => Math.max(x, y));
  let rest = 0;
  for (const level of list) rest += exp(level - most);
  return top + ln(before) - (most + ln(rest));
}

/**
 * Whether a cost would be 0 but for rounding: states of equal energy could otherwise follow each other in a circle. Sums
 * without levels are taken as they are.
 */
function isRounding(dense: Dense, i: number, s: number, cost: number): boolean {
  if (cost === 0 || dense.levels === 0) return cost === 0;
  const { F } = dense;
  const size = sum(dense, i, s, (k, agrees) => Math.abs(F[k] - F[agrees ? k - 1 : k + 1]));
  return size < Infinity && Math.abs(cost) <= size * ROUNDING;
}

function moves(dense: Dense, i: number, s: number, tie: number): boolean {
  const c = cost(dense, i, s);
  return isRounding(dense, i, s, c) ? tie !== 0 && s < 0 : c < 0;
}

function movable(dense: Dense, signs: number, mobile: number, tie: number): number[] {
  const { m, neurons } = dense;
  const list: number[] = [];
  for (let i = 0; i < neurons; i++) {
    if (m.u8[mobile + i] !== 0 && moves(dense, i, m.i8[signs + i], tie)) list.push(i);
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
  const dense = open(m, overlaps, blocks, table, levels, stride, patterns, neurons);
  return movable(dense, signs, mobile, tie).length;
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
  const dense = open(m, overlaps, blocks, table, levels, stride, patterns, neurons);
  const list = movable(dense, signs, mobile, tie);
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
  const dense = open(m, overlaps, blocks, table, levels, stride, patterns, neurons);
  for (let i = 0; i < neurons; i++) {
    m.f64[(changes >>> 3) + i] = change(dense, i, m.i8[signs + i]);
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
  let dense = open(m, overlaps, blocks, table, levels, stride, patterns, neurons);
  let flips = 0;
  let at = m.u32[cursor >>> 2];
  while (at < count && flips < limit) {
    const i = m.u32[(order >>> 2) + at++];
    if (moves(dense, i, m.i8[signs + i], tie)) {
      flipBlocks(m, signs, overlaps, blocks, stride, patterns, i);
      dense = again(dense);
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
  let dense = open(m, overlaps, blocks, table, levels, stride, patterns, neurons);
  let flips = 0;
  let at = m.u32[cursor >>> 2];
  while (at < count && flips < limit) {
    const i = m.u32[(order >>> 2) + at++];
    const s = m.i8[signs + i];
    if (heatBath(m, generator, s * change(dense, i, s), gain) !== s) {
      flipBlocks(m, signs, overlaps, blocks, stride, patterns, i);
      dense = again(dense);
      flips++;
    }
  }
  m.u32[cursor >>> 2] = at;
  return flips;
}

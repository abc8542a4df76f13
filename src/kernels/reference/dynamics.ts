/** A state moves towards lower energy: all neurons at once, or one by one (Hopfield 1982). */
import type { Views } from '../../memory.ts';
import { leading } from './couplings.ts';
import { fieldFromBlocks } from './fields.ts';
import { signInBlocks } from './patterns.ts';

function moves(sign: number, field: number, tie: number): boolean {
  return sign * (2 * field + tie) < 0;
}

export function countMovable(
  m: Views,
  signs: number,
  fields: number,
  mobile: number,
  tie: number,
  neurons: number,
): number {
  let count = 0;
  for (let i = 0; i < neurons; i++) {
    if (m.u8[mobile + i] && moves(m.i8[signs + i], m.i32[(fields >>> 2) + i], tie)) count++;
  }
  return count;
}

export function flipMovable(
  m: Views,
  signs: number,
  fields: number,
  mobile: number,
  tie: number,
  neurons: number,
): number {
  let flips = 0;
  for (let i = 0; i < neurons; i++) {
    if (m.u8[mobile + i] && moves(m.i8[signs + i], m.i32[(fields >>> 2) + i], tie)) {
      m.i8[signs + i] = -m.i8[signs + i];
      flips++;
    }
  }
  return flips;
}

/** Turns neuron i over and brings the fields up to date: h_j −= 2 s_i J_ij. */
export function flip(
  m: Views,
  signs: number,
  fields: number,
  couplings: Int8Array | Int16Array | Int32Array,
  row: number,
  i: number,
  shift: number,
  neurons: number,
): void {
  const s = m.i8[signs + i];
  m.i8[signs + i] = -s;
  const at = fields >>> 2;
  for (let j = 0; j < neurons; j++) m.i32[at + j] -= s * (couplings[row + j] << (shift + 1));
}

function sweep(
  m: Views,
  signs: number,
  fields: number,
  couplings: Int8Array | Int16Array | Int32Array,
  start: number,
  order: number,
  cursor: number,
  count: number,
  limit: number,
  shift: number,
  tie: number,
  neurons: number,
): number {
  const lda = leading(neurons);
  let flips = 0;
  let at = m.u32[cursor >>> 2];
  while (at < count && flips < limit) {
    const i = m.u32[(order >>> 2) + at++];
    if (moves(m.i8[signs + i], m.i32[(fields >>> 2) + i], tie)) {
      flip(m, signs, fields, couplings, start + i * lda, i, shift, neurons);
      flips++;
    }
  }
  m.u32[cursor >>> 2] = at;
  return flips;
}

export function sweepI8(
  m: Views,
  signs: number,
  fields: number,
  couplings: number,
  order: number,
  cursor: number,
  scratch: number,
  count: number,
  limit: number,
  shift: number,
  tie: number,
  bound: number,
  neurons: number,
): number {
  void scratch;
  void bound;
  const start = couplings;
  return sweep(m, signs, fields, m.i8, start, order, cursor, count, limit, shift, tie, neurons);
}

/** A sweep of more flips than this is made in order. */
const FEW = 8;

export function sweepUnorderedI8(
  m: Views,
  signs: number,
  fields: number,
  couplings: number,
  mobile: number,
  scratch: number,
  shift: number,
  tie: number,
  neurons: number,
): number {
  void scratch;
  const lda = leading(neurons);
  const movers: number[] = [];
  for (let i = 0; i < neurons; i++) {
    const moving = m.u8[mobile + i] && moves(m.i8[signs + i], m.i32[(fields >>> 2) + i], tie);
    if (moving && movers.push(i) > FEW) return 0;
  }
  for (let j = 0; j < neurons; j++) {
    if (!m.u8[mobile + j]) continue;
    const s = m.i8[signs + j];
    const h = m.i32[(fields >>> 2) + j];
    // The lowest and the highest s·h that flips of others can bring about.
    let low = s * h;
    let high = s * h;
    for (const i of movers) {
      if (i === j) continue;
      const change = -s * (m.i8[signs + i] * (m.i8[couplings + i * lda + j] << (shift + 1)));
      low += Math.min(change, 0);
      high += Math.max(change, 0);
    }
    if (moves(s, movers.includes(j) ? s * high : s * low, tie) !== movers.includes(j)) return 0;
  }
  if (movers.some((i) => m.i8[couplings + i * lda + i] < 0)) return 0;
  for (const i of movers) {
    flip(m, signs, fields, m.i8, couplings + i * lda, i, shift, neurons);
  }
  return movers.length;
}

export function sweepI16(
  m: Views,
  signs: number,
  fields: number,
  couplings: number,
  order: number,
  cursor: number,
  count: number,
  limit: number,
  shift: number,
  tie: number,
  bound: number,
  neurons: number,
): number {
  void bound;
  const start = couplings >>> 1;
  return sweep(m, signs, fields, m.i16, start, order, cursor, count, limit, shift, tie, neurons);
}

export function sweepI32(
  m: Views,
  signs: number,
  fields: number,
  couplings: number,
  order: number,
  cursor: number,
  count: number,
  limit: number,
  shift: number,
  tie: number,
  neurons: number,
): number {
  const start = couplings >>> 2;
  return sweep(m, signs, fields, m.i32, start, order, cursor, count, limit, shift, tie, neurons);
}

/** Turns neuron i over and brings the overlaps up to date: m_μ −= 2 s_i ξ_i^μ. */
export function flipBlocks(
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
  for (let pattern = 0; pattern < patterns; pattern++) {
    m.i32[(overlaps >>> 2) + pattern] -= 2 * s * signInBlocks(m, blocks, stride, i, pattern);
  }
}

export function sweepBlocks(
  m: Views,
  signs: number,
  overlaps: number,
  blocks: number,
  thresholds: number,
  order: number,
  cursor: number,
  count: number,
  limit: number,
  self: number,
  shift: number,
  tie: number,
  stride: number,
  patterns: number,
): number {
  let flips = 0;
  let at = m.u32[cursor >>> 2];
  while (at < count && flips < limit) {
    const i = m.u32[(order >>> 2) + at++];
    const s = m.i8[signs + i];
    const theta = thresholds === 0 ? 0 : m.i32[(thresholds >>> 2) + i];
    const sum = fieldFromBlocks(m, overlaps, blocks, stride, patterns, i);
    if (moves(s, ((sum - self * s) << shift) - theta, tie)) {
      flipBlocks(m, signs, overlaps, blocks, stride, patterns, i);
      flips++;
    }
  }
  m.u32[cursor >>> 2] = at;
  return flips;
}

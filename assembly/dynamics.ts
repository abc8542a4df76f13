/** A state moves towards lower energy: all neurons at once, or one by one (Hopfield 1982). */
import { leading } from "./couplings";
import { fieldFromColumn, overlapSum } from "./fields";
import { blockColumn } from "./patterns";
import { PAIR_BOUND, addPairedRows, addRow, addRows, narrowFields, widenFields } from "./rows";

/** For 16 neurons: −1 in the bytes of those that would move. */
@inline
function movable(signs: v128, fields: usize, mobile: usize, tie: v128): v128 {
  const x0 = doubled(fields, tie);
  const x1 = doubled(fields + 16, tie);
  const x2 = doubled(fields + 32, tie);
  const x3 = doubled(fields + 48, tie);
  // Saturation keeps signs and zeros.
  const x = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(x0, x1), i16x8.narrow_i32x4_s(x2, x3));
  const zero = i8x16.splat(0);
  const wrong = v128.or(
    v128.and(i8x16.gt_s(x, zero), i8x16.lt_s(signs, zero)),
    v128.and(i8x16.lt_s(x, zero), i8x16.gt_s(signs, zero)),
  );
  return v128.and(wrong, i8x16.ne(v128.load(mobile), zero));
}

@inline
function doubled(fields: usize, tie: v128): v128 {
  const h = v128.load(fields);
  return i32x4.add(i32x4.add(h, h), tie);
}

export function countMovable(
  signs: usize,
  fields: usize,
  mobile: usize,
  tie: i32,
  neurons: u32,
): u32 {
  const ties = i32x4.splat(tie);
  let count: u32 = 0;
  for (let i: u32 = 0; i < neurons; i += 16) {
    const moving = movable(v128.load(signs + i), fields + (i << 2), mobile + i, ties);
    count += popcnt<u32>(i8x16.bitmask(moving));
  }
  return count;
}

export function flipMovable(
  signs: usize,
  fields: usize,
  mobile: usize,
  tie: i32,
  neurons: u32,
): u32 {
  const ties = i32x4.splat(tie);
  let flips: u32 = 0;
  for (let i: u32 = 0; i < neurons; i += 16) {
    const s = v128.load(signs + i);
    const moving = movable(s, fields + (i << 2), mobile + i, ties);
    v128.store(signs + i, v128.bitselect(i8x16.neg(s), s, moving));
    flips += popcnt<u32>(i8x16.bitmask(moving));
  }
  return flips;
}

/** Turns neuron i over and brings the fields up to date: h_j −= 2 s_i J_ij. */
@inline
export function flip<T>(signs: usize, fields: usize, row: usize, i: u32, shift: i32, lda: u32): void {
  const s = <i32>load<i8>(signs + i);
  store<i8>(signs + i, <i8>-s);
  addRow<T>(fields, row, -s, shift + 1, lda);
}

/** Flips wait until there are four where no coupling is above this. */
const WAITING_BOUND: i32 = 8191;

/**
 * A flip costs a row of couplings, read from far away, and every field read and written. So up to four flips
 * wait and are added to the fields together. Meanwhile a visited neuron's field is what is stored plus
 * what the waiting rows say; but with no |J_ij| above `bound`, they cannot turn a field that is further
 * from zero than 2·bound for each, and most visits need not look at them.
 */
@inline
function sweep<T, F>(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  count: u32,
  limit: u32,
  shift: i32,
  tie: i32,
  bound: i32,
  neurons: u32,
): u32 {
  const lda = leading(neurons);
  const together = sizeof<T>() < 4 && bound <= WAITING_BOUND;
  const twice = shift + 1;
  let row0: usize = 0;
  let row1: usize = 0;
  let row2: usize = 0;
  let sign0: i32 = 0;
  let sign1: i32 = 0;
  let sign2: i32 = 0;
  let waiting: u32 = 0;
  let slack: i32 = 0;
  let flips: u32 = 0;
  let next = order + (load<u32>(cursor) << 2);
  const end: usize = limit == 0 ? 0 : order + (count << 2);
  while (next < end) {
    const i = load<u32>(next);
    next += 4;
    const s = <i32>load<i8>(signs + i);
    let field = <i32>load<F>(fields + i * <u32>sizeof<F>());
    if (s * field > slack) continue;
    if (waiting > 0) {
      const offset = i * <u32>sizeof<T>();
      let sum = sign0 * <i32>load<T>(row0 + offset);
      if (waiting > 1) sum += sign1 * <i32>load<T>(row1 + offset);
      if (waiting > 2) sum += sign2 * <i32>load<T>(row2 + offset);
      field += sum << twice;
    }
    if (s * (2 * field + tie) >= 0) continue;
    store<i8>(signs + i, <i8>-s);
    flips++;
    const row = couplings + i * lda * <u32>sizeof<T>();
    if (!together) {
      addRow<T>(fields, row, -s, twice, lda);
    } else if (waiting == 3) {
      if (sizeof<F>() == 2 && bound <= PAIR_BOUND) {
        addPairedRows(fields, row0, row1, row2, row, sign0, sign1, sign2, -s, lda);
      } else {
        addRows<T, F>(fields, row0, row1, row2, row, sign0, sign1, sign2, -s, twice, lda);
      }
      waiting = 0;
      slack = 0;
    } else {
      if (waiting == 0) {
        row0 = row1 = row2 = row;
        sign0 = -s;
        sign1 = sign2 = 0;
      } else if (waiting == 1) {
        row1 = row;
        sign1 = -s;
      } else {
        row2 = row;
        sign2 = -s;
      }
      waiting++;
      slack += bound << twice;
    }
    if (flips == limit) break;
  }
  if (waiting > 0) {
    addRows<T, F>(fields, row0, row1, row2, row0, sign0, sign1, sign2, 0, twice, lda);
  }
  store<u32>(cursor, <u32>(next - order) >> 2);
  return flips;
}

/** For fewer flips than this, copies of the fields are not worth making. */
const STRETCH: u32 = 16;

/**
 * Fields of i16 are half the bytes again. A flip changes a field by 2·bound at most: so many flips as are sure not to
 * carry one beyond 32,767 are made on copies, then their room is measured anew.
 */
export function sweepI8(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  scratch: usize,
  count: u32,
  limit: u32,
  shift: i32,
  tie: i32,
  bound: i32,
  neurons: u32,
): u32 {
  let flips: u32 = 0;
  if (shift == 0) {
    while (load<u32>(cursor) < count) {
      if (limit - flips < STRETCH) break;
      const room = (32767 - narrowFields(scratch, fields, neurons)) / (2 * max(bound, 1));
      if (room < <i32>STRETCH) break;
      flips += sweep<i8, i16>(
        signs, scratch, couplings, order, cursor, count, min(limit - flips, <u32>room), 0, tie, bound, neurons,
      );
      widenFields(fields, scratch, neurons);
    }
  }
  return flips + sweep<i8, i32>(
    signs, fields, couplings, order, cursor, count, limit - flips, shift, tie, bound, neurons,
  );
}

export function sweepI16(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  count: u32,
  limit: u32,
  shift: i32,
  tie: i32,
  bound: i32,
  neurons: u32,
): u32 {
  return sweep<i16, i32>(
    signs, fields, couplings, order, cursor, count, limit, shift, tie, bound, neurons,
  );
}

export function sweepI32(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  count: u32,
  limit: u32,
  shift: i32,
  tie: i32,
  neurons: u32,
): u32 {
  return sweep<i32, i32>(
    signs, fields, couplings, order, cursor, count, limit, shift, tie, 0, neurons,
  );
}

/** A sweep of more flips than this is made in order. */
const FEW: u32 = 8;

/** Lists those that would move, u32 each; returns how many, at most `FEW` + 1. */
@inline
function listMovable(
  list: usize,
  signs: usize,
  fields: usize,
  mobile: usize,
  ties: v128,
  neurons: u32,
): u32 {
  let count: u32 = 0;
  for (let i: u32 = 0; i < neurons; i += 16) {
    let mask = i8x16.bitmask(movable(v128.load(signs + i), fields + (i << 2), mobile + i, ties));
    for (; mask != 0; mask &= mask - 1) {
      if (count == FEW) return count + 1;
      store<u32>(list + (count << 2), i + ctz(mask));
      count++;
    }
  }
  return count;
}

/** Of 4 neurons, −1 for those that a field lowered by `down` moves: s·h − down < 0, or < 1 for those that a tie moves. */
@inline
function lowered(fields: usize, s: v128, down: v128, ties: v128, shift: i32): v128 {
  const h = i32x4.mul(v128.load(fields), s);
  const edge = v128.and(i32x4.lt_s(s, ties), ties);
  return i32x4.lt_s(i32x4.sub(h, i32x4.shl(down, shift)), edge);
}

export function sweepUnorderedI8(
  signs: usize,
  fields: usize,
  couplings: usize,
  mobile: usize,
  scratch: usize,
  shift: i32,
  tie: i32,
  neurons: u32,
): u32 {
  const lda = leading(neurons);
  const ties = i32x4.splat(tie);
  const zero = i16x8.splat(0);
  const count = listMovable(scratch, signs, fields, mobile, ties, neurons);
  if (count > FEW) return 0;
  const end = scratch + (count << 2);
  // Movers lower each other's s·h for the worse or the better. If one might come to rest, the order matters.
  for (let at = scratch; at < end; at += 4) {
    const i = load<u32>(at);
    const s = <i32>load<i8>(signs + i);
    let up: i32 = 0;
    for (let other = scratch; other < end; other += 4) {
      const j = load<u32>(other);
      const coupling = <i32>load<i8>(couplings + j * lda + i);
      if (j != i) up += max<i32>(-s * load<i8>(signs + j) * coupling, 0);
      else if (coupling < 0) return 0;
    }
    const h = s * load<i32>(fields + (i << 2)) + (up << (shift + 1));
    if (h >= (s < 0 ? tie : 0)) return 0;
  }
  // And so it does if anybody else might move.
  let moving: u32 = 0;
  for (let j: u32 = 0; j < neurons; j += 8) {
    const s = v128.load8x8_s(signs + j);
    let down = zero;
    for (let at = scratch; at < end; at += 4) {
      const i = load<u32>(at);
      const row = v128.load8x8_s(couplings + i * lda + j);
      const pull = i16x8.mul(row, i16x8.splat(load<i8>(signs + i)));
      down = i16x8.add(down, i16x8.max_s(i16x8.mul(pull, s), zero));
    }
    const at = fields + (j << 2);
    const first = lowered(
      at, i32x4.extend_low_i16x8_s(s), i32x4.extend_low_i16x8_s(down), ties, shift + 1,
    );
    const second = lowered(
      at + 16, i32x4.extend_high_i16x8_s(s), i32x4.extend_high_i16x8_s(down), ties, shift + 1,
    );
    const would = i16x8.narrow_i32x4_s(first, second);
    moving += popcnt<u32>(
      i16x8.bitmask(v128.and(would, i16x8.ne(v128.load8x8_u(mobile + j), zero))),
    );
  }
  if (moving != count) return 0;
  for (let at = scratch; at < end; at += 4) {
    const i = load<u32>(at);
    flip<i8>(signs, fields, couplings + i * lda, i, shift, lda);
  }
  return count;
}

/** Turns a neuron over and brings the overlaps up to date: m_μ −= 2 s_i ξ_i^μ; returns the change of their sum. */
@inline
export function flipColumn(at: usize, column: usize, overlaps: usize, patterns: u32): i32 {
  const s = load<i8>(at);
  store<i8>(at, -s);
  const step: i32 = -2 * s;
  let change: i32 = 0;
  for (let p: u32 = 0; p < patterns; p++) {
    const bit = <i32>(load<u8>(column + ((p >> 3) << 4)) >> (p & 7)) & 1;
    const delta = step * (2 * bit - 1);
    const m = overlaps + (p << 2);
    store<i32>(m, load<i32>(m) + delta);
    change += delta;
  }
  return change;
}

export function sweepBlocks(
  signs: usize,
  overlaps: usize,
  blocks: usize,
  thresholds: usize,
  order: usize,
  cursor: usize,
  count: u32,
  limit: u32,
  self: i32,
  shift: i32,
  tie: i32,
  stride: u32,
  patterns: u32,
): u32 {
  const groups = (patterns + 7) >> 3;
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  let sum = overlapSum(overlaps, groups);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    const s = <i32>load<i8>(signs + i);
    const theta = thresholds == 0 ? 0 : load<i32>(thresholds + (i << 2));
    const column = blockColumn(blocks, stride, i);
    const field = fieldFromColumn(column, overlaps, groups, sum) - self * s;
    if (s * (2 * ((field << shift) - theta) + tie) < 0) {
      sum += flipColumn(signs + i, column, overlaps, patterns);
      flips++;
    }
  }
  store<u32>(cursor, at);
  return flips;
}

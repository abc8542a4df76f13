/** The ways a state moves: together, one by one, and by chance (Hopfield 1982, Glauber 1963). */
import { leading } from "./couplings";
import { exponential } from "./exponential";
import { fieldFromColumn, overlapSum } from "./fields";
import { blockColumn } from "./patterns";
import { nextReal } from "./random";

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

/** h_j += factor·J_ij for one row of couplings. */
@inline
function addRow<T>(fields: usize, row: usize, factor: i32, lda: u32): void {
  if (factor == 2) addScaledRow<T>(fields, row, 1, lda);
  else if (factor == -2) addScaledRow<T>(fields, row, -1, lda);
  else addScaledRow<T>(fields, row, factor, lda);
}

/** The same; ±1 stand for the usual factors ±2, which need no multiplication. */
@inline
function addScaledRow<T>(fields: usize, row: usize, factor: i32, lda: u32): void {
  const factors = i32x4.splat(factor);
  for (let j: u32 = 0; j < lda; j += 16) {
    const at = fields + (j << 2);
    addScaled(at, low<T>(row), factor, factors);
    addScaled(at + 16, high<T>(row), factor, factors);
    addScaled(at + 32, low<T>(row + 8 * sizeof<T>()), factor, factors);
    addScaled(at + 48, high<T>(row + 8 * sizeof<T>()), factor, factors);
    row += 16 * sizeof<T>();
  }
}

@inline
function addScaled(at: usize, x: v128, factor: i32, factors: v128): void {
  const h = v128.load(at);
  if (factor == 1) v128.store(at, i32x4.add(h, i32x4.add(x, x)));
  else if (factor == -1) v128.store(at, i32x4.sub(h, i32x4.add(x, x)));
  else v128.store(at, i32x4.add(h, i32x4.mul(x, factors)));
}

/** Four couplings as i32, and the four after them. */
@inline
function low<T>(row: usize): v128 {
  return sizeof<T>() == 2 ? v128.load16x4_s(row) : v128.load(row);
}

@inline
function high<T>(row: usize): v128 {
  return sizeof<T>() == 2 ? v128.load16x4_s(row, 8) : v128.load(row, 16);
}

/** Turns neuron i over and brings the fields up to date: h_j −= 2 s_i J_ij. */
@inline
function flip<T>(signs: usize, fields: usize, row: usize, i: u32, shift: i32, lda: u32): void {
  const s = <i32>load<i8>(signs + i);
  store<i8>(signs + i, <i8>-s);
  addRow<T>(fields, row, -(s << (shift + 1)), lda);
}

/** Four rows at once, for factors ±2 and couplings of at most 4095: their sum fits i16. */
@inline
function addRows(
  fields: usize,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  factor0: i32,
  factor1: i32,
  factor2: i32,
  factor3: i32,
  lda: u32,
): void {
  const f0 = i16x8.splat(<i16>factor0);
  const f1 = i16x8.splat(<i16>factor1);
  const f2 = i16x8.splat(<i16>factor2);
  const f3 = i16x8.splat(<i16>factor3);
  const end = fields + (lda << 2);
  while (fields < end) {
    // Rows are padded to 64: four vectors a turn.
    addFour(fields, row0, row1, row2, row3, f0, f1, f2, f3, 0);
    addFour(fields, row0, row1, row2, row3, f0, f1, f2, f3, 16);
    addFour(fields, row0, row1, row2, row3, f0, f1, f2, f3, 32);
    addFour(fields, row0, row1, row2, row3, f0, f1, f2, f3, 48);
    fields += 128;
    row0 += 64;
    row1 += 64;
    row2 += 64;
    row3 += 64;
  }
}

/** Eight couplings of four rows, `offset` bytes on. */
@inline
function addFour(
  fields: usize,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  f0: v128,
  f1: v128,
  f2: v128,
  f3: v128,
  offset: usize,
): void {
  const sum = i16x8.add(
    i16x8.add(
      i16x8.mul(v128.load(row0 + offset), f0),
      i16x8.mul(v128.load(row1 + offset), f1),
    ),
    i16x8.add(
      i16x8.mul(v128.load(row2 + offset), f2),
      i16x8.mul(v128.load(row3 + offset), f3),
    ),
  );
  const at = fields + 2 * offset;
  v128.store(at, i32x4.add(v128.load(at), i32x4.extend_low_i16x8_s(sum)));
  v128.store(at, i32x4.add(v128.load(at, 16), i32x4.extend_high_i16x8_s(sum)), 16);
}

/** Flips wait until there are four, when fields allow it: no coupling above this. */
const WAITING_BOUND: i32 = 4095;

/**
 * A flip costs a row of couplings, read from far away, and every field read and written. So up to four flips
 * wait and are added to the fields together. Meanwhile a visited neuron's field is what is stored plus
 * what the waiting rows say; but with no |J_ij| above `bound`, they cannot turn a field that is further
 * from zero than 2·bound for each, and most visits need not look at them.
 */
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
  const lda = leading(neurons);
  const together: u32 = shift == 0 && bound <= WAITING_BOUND ? 4 : 1;
  let row0: usize = 0;
  let row1: usize = 0;
  let row2: usize = 0;
  let factor0: i32 = 0;
  let factor1: i32 = 0;
  let factor2: i32 = 0;
  let waiting: u32 = 0;
  let slack: i32 = 0;
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    const s = <i32>load<i8>(signs + i);
    let field = load<i32>(fields + (i << 2));
    if (s * field > slack) continue;
    if (waiting > 0) {
      const offset = i << 1;
      field += factor0 * load<i16>(row0 + offset);
      if (waiting > 1) field += factor1 * load<i16>(row1 + offset);
      if (waiting > 2) field += factor2 * load<i16>(row2 + offset);
    }
    if (s * (2 * field + tie) >= 0) continue;
    store<i8>(signs + i, <i8>-s);
    flips++;
    const row = couplings + ((i * lda) << 1);
    const factor = -(s << (shift + 1));
    if (together == 1) {
      addRow<i16>(fields, row, factor, lda);
    } else if (waiting == 3) {
      addRows(fields, row0, row1, row2, row, factor0, factor1, factor2, factor, lda);
      waiting = 0;
      slack = 0;
    } else {
      if (waiting == 0) {
        row0 = row;
        factor0 = factor;
      } else if (waiting == 1) {
        row1 = row;
        factor1 = factor;
      } else {
        row2 = row;
        factor2 = factor;
      }
      waiting++;
      slack += 2 * bound;
    }
  }
  if (waiting == 3) {
    addRows(fields, row0, row1, row2, row2, factor0, factor1, factor2, 0, lda);
  } else if (waiting == 2) {
    addRows(fields, row0, row1, row1, row1, factor0, factor1, 0, 0, lda);
  } else if (waiting == 1) {
    addRow<i16>(fields, row0, factor0, lda);
  }
  store<u32>(cursor, at);
  return flips;
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
  const lda = leading(neurons);
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    const s = <i32>load<i8>(signs + i);
    const field = load<i32>(fields + (i << 2));
    if (s * field > 0 || s * (2 * field + tie) >= 0) continue;
    flip<i32>(signs, fields, couplings + ((i * lda) << 2), i, shift, lda);
    flips++;
  }
  store<u32>(cursor, at);
  return flips;
}

/** Turns a neuron over and brings the overlaps up to date: m_μ −= 2 s_i ξ_i^μ; returns the change of their sum. */
@inline
function flipColumn(at: usize, column: usize, overlaps: usize, patterns: u32): i32 {
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

/** A sign drawn with the heat-bath probability of a field. */
@inline
export function heatBath(generator: usize, field: f64, gain: f64): i32 {
  const real = nextReal(generator);
  return real < 1.0 / (1.0 + exponential(-gain * field)) ? 1 : -1;
}

@inline
function glauber<T>(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  count: u32,
  limit: u32,
  shift: i32,
  gain: f64,
  neurons: u32,
): u32 {
  const lda = leading(neurons);
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    const s = <i32>load<i8>(signs + i);
    const row = couplings + i * lda * sizeof<T>();
    const own = <i32>load<T>(row + i * sizeof<T>()) << shift;
    const field = load<i32>(fields + (i << 2)) - s * own;
    if (heatBath(generator, <f64>field, gain) != s) {
      flip<T>(signs, fields, row, i, shift, lda);
      flips++;
    }
  }
  store<u32>(cursor, at);
  return flips;
}

export function glauberI16(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  count: u32,
  limit: u32,
  shift: i32,
  gain: f64,
  neurons: u32,
): u32 {
  return glauber<i16>(
    signs, fields, couplings, order, cursor, generator, count, limit, shift, gain, neurons,
  );
}

export function glauberI32(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  count: u32,
  limit: u32,
  shift: i32,
  gain: f64,
  neurons: u32,
): u32 {
  return glauber<i32>(
    signs, fields, couplings, order, cursor, generator, count, limit, shift, gain, neurons,
  );
}

export function glauberBlocks(
  signs: usize,
  overlaps: usize,
  blocks: usize,
  thresholds: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  count: u32,
  limit: u32,
  shift: i32,
  gain: f64,
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
    const bare = fieldFromColumn(column, overlaps, groups, sum) - <i32>patterns * s;
    if (heatBath(generator, <f64>((bare << shift) - theta), gain) != s) {
      sum += flipColumn(signs + i, column, overlaps, patterns);
      flips++;
    }
  }
  store<u32>(cursor, at);
  return flips;
}

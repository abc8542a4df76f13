/** Couplings made of whole patterns: Hebb 1949 / Hopfield 1982, and Parisi's (1986) bounded ones. */
import { blockColumn } from "./patterns";
import { eight } from "./rows";

/** Couplings a row, padding included. */
@inline
export function leading(neurons: u32): u32 {
  return (neurons + 63) & ~63;
}

/** Byte groups whose ±1 sums fit a signed byte: 15 groups are 120 patterns. */
const GROUPS: u32 = 15;

/**
 * For 64 neurons j and each group of 4 patterns, a row of 64 bytes for each of the 16 possible values
 * v of those four bits: Σ_k (bit k of v ? d_kj : −d_kj), with d_kj = sign·ξ_j^k, or 0 for patterns
 * outside from … to and for neurons beyond the last. A row of couplings is then a sum of looked-up rows.
 */
function fillTables(
  tables: usize,
  blocks: usize,
  stride: u32,
  firstGroup: u32,
  lastGroup: u32,
  from: u32,
  to: u32,
  sign: i32,
  tile: u32,
  neurons: u32,
): void {
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const unit = i8x16.splat(<i8>sign);
  for (let part: u32 = 0; part < 64; part += 16) {
    const first = tile + part;
    let present = i8x16.splat(0);
    if (first < neurons) {
      present = i8x16.lt_s(lanes, i8x16.splat(<i8>min<u32>(16, neurons - first)));
    }
    const column = blocks + (((first >> 4) * stride) << 4);
    for (let group = firstGroup; group < lastGroup; group++) {
      // Blocks have no rows past the last 16 neurons.
      const bytes = first < neurons ? v128.load(column + (group << 4)) : present;
      for (let half: u32 = 0; half < 2; half++) {
        const table = tables + (((group - firstGroup) * 2 + half) << 10) + part;
        const base = group * 8 + half * 4;
        v128.store(table, i8x16.splat(0));
        for (let k: u32 = 0; k < 4; k++) {
          const bit = i8x16.splat(<i8>(<u32>1 << (half * 4 + k)));
          const set = i8x16.eq(v128.and(bytes, bit), bit);
          let d = v128.and(v128.bitselect(unit, i8x16.neg(unit), set), present);
          if (base + k < from || base + k >= to) d = i8x16.splat(0);
          const rows: u32 = 64 << k;
          for (let at = table; at < table + rows; at += 64) {
            const below = v128.load(at);
            v128.store(at + rows, i8x16.add(below, d));
            v128.store(at, i8x16.sub(below, d));
          }
        }
      }
    }
  }
}

/**
 * Adds sums to the 16 couplings at `at` (or stores them there) and returns their |J|: in u8 lanes, 255 where i8 does not hold
 * the sum; in u16 lanes for i16, the larger of two.
 */
@inline
function addSums<T>(at: usize, sums: v128, fresh: bool): v128 {
  if (sizeof<T>() == 1) {
    if (fresh) {
      v128.store(at, sums);
      return i8x16.abs(sums);
    }
    const old = v128.load(at);
    const sum = i8x16.add(old, sums);
    v128.store(at, sum);
    return v128.or(i8x16.abs(sum), i8x16.ne(sum, i8x16.add_sat_s(old, sums)));
  }
  let low = i16x8.extend_low_i8x16_s(sums);
  let high = i16x8.extend_high_i8x16_s(sums);
  if (!fresh) {
    low = i16x8.add(low, v128.load(at));
    high = i16x8.add(high, v128.load(at, 16));
  }
  v128.store(at, low);
  v128.store(at, high, 16);
  return i16x8.max_u(i16x8.abs(low), i16x8.abs(high));
}

/** The sums with 0 in the place of column `own`, if it is one of the 16 from `first` on. */
@inline
function without(sums: v128, own: i32, first: i32): v128 {
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return v128.andnot(sums, i8x16.eq(lanes, i8x16.splat(<i8>(own - first))));
}

/** The largest lane; `work` is u8[16]. */
function largestLane<T>(lanes: v128, work: usize): i32 {
  v128.store(work, lanes);
  let largest: i32 = 0;
  for (let k: usize = 0; k < 16; k += sizeof<T>()) {
    largest = max(largest, <i32>load<T>(work + k));
  }
  return largest;
}

@inline
function storeEight<T>(at: usize, x: v128): void {
  if (sizeof<T>() == 1) v128.store64_lane(at, i8x16.narrow_i16x8_s(x, x), 0);
  else v128.store(at, x);
}

/** out[c][r] = in[r][c] for an 8×8 square; steps in bytes. */
@inline
function transpose8<T>(out: usize, outStep: usize, input: usize, step: usize): void {
  const r0 = eight<T>(input);
  const r1 = eight<T>(input + step);
  const r2 = eight<T>(input + 2 * step);
  const r3 = eight<T>(input + 3 * step);
  const r4 = eight<T>(input + 4 * step);
  const r5 = eight<T>(input + 5 * step);
  const r6 = eight<T>(input + 6 * step);
  const r7 = eight<T>(input + 7 * step);
  const a0 = i16x8.shuffle(r0, r1, 0, 8, 1, 9, 2, 10, 3, 11);
  const a1 = i16x8.shuffle(r0, r1, 4, 12, 5, 13, 6, 14, 7, 15);
  const a2 = i16x8.shuffle(r2, r3, 0, 8, 1, 9, 2, 10, 3, 11);
  const a3 = i16x8.shuffle(r2, r3, 4, 12, 5, 13, 6, 14, 7, 15);
  const a4 = i16x8.shuffle(r4, r5, 0, 8, 1, 9, 2, 10, 3, 11);
  const a5 = i16x8.shuffle(r4, r5, 4, 12, 5, 13, 6, 14, 7, 15);
  const a6 = i16x8.shuffle(r6, r7, 0, 8, 1, 9, 2, 10, 3, 11);
  const a7 = i16x8.shuffle(r6, r7, 4, 12, 5, 13, 6, 14, 7, 15);
  const b0 = i32x4.shuffle(a0, a2, 0, 4, 1, 5);
  const b1 = i32x4.shuffle(a0, a2, 2, 6, 3, 7);
  const b2 = i32x4.shuffle(a1, a3, 0, 4, 1, 5);
  const b3 = i32x4.shuffle(a1, a3, 2, 6, 3, 7);
  const b4 = i32x4.shuffle(a4, a6, 0, 4, 1, 5);
  const b5 = i32x4.shuffle(a4, a6, 2, 6, 3, 7);
  const b6 = i32x4.shuffle(a5, a7, 0, 4, 1, 5);
  const b7 = i32x4.shuffle(a5, a7, 2, 6, 3, 7);
  storeEight<T>(out, i64x2.shuffle(b0, b4, 0, 2));
  storeEight<T>(out + outStep, i64x2.shuffle(b0, b4, 1, 3));
  storeEight<T>(out + 2 * outStep, i64x2.shuffle(b1, b5, 0, 2));
  storeEight<T>(out + 3 * outStep, i64x2.shuffle(b1, b5, 1, 3));
  storeEight<T>(out + 4 * outStep, i64x2.shuffle(b2, b6, 0, 2));
  storeEight<T>(out + 5 * outStep, i64x2.shuffle(b2, b6, 1, 3));
  storeEight<T>(out + 6 * outStep, i64x2.shuffle(b3, b7, 0, 2));
  storeEight<T>(out + 7 * outStep, i64x2.shuffle(b3, b7, 1, 3));
}

/**
 * J[i][tile … tile + 63] += (or =) the tables' rows for neurons i < last, J_ii apart unless `self`; returns the largest |J|.
 * `column` is where the bytes of the tables' first patterns begin.
 */
@inline
function addTile<T>(
  couplings: usize,
  column: usize,
  tables: usize,
  stride: u32,
  groups: u32,
  tile: u32,
  last: u32,
  step: u32,
  self: i32,
  fresh: bool,
): i32 {
  let row = couplings + tile * <u32>sizeof<T>();
  let sizes = i8x16.splat(0);
  for (let i: u32 = 0; i < last; i++) {
    let at = blockColumn(column, stride, i);
    let table = tables;
    let a0 = i8x16.splat(0);
    let a1 = i8x16.splat(0);
    let a2 = i8x16.splat(0);
    let a3 = i8x16.splat(0);
    for (let g: u32 = 0; g < groups; g++) {
      const byte = <u32>load<u8>(at);
      const low = table + ((byte & 15) << 6);
      const high = table + ((byte & 240) << 2);
      a0 = i8x16.add(a0, i8x16.add(v128.load(low), v128.load(high, 1024)));
      a1 = i8x16.add(a1, i8x16.add(v128.load(low, 16), v128.load(high, 1040)));
      a2 = i8x16.add(a2, i8x16.add(v128.load(low, 32), v128.load(high, 1056)));
      a3 = i8x16.add(a3, i8x16.add(v128.load(low, 48), v128.load(high, 1072)));
      at += 16;
      table += 2048;
    }
    if (self == 0 && i >= tile) {
      const own = <i32>(i - tile);
      a0 = without(a0, own, 0);
      a1 = without(a1, own, 16);
      a2 = without(a2, own, 32);
      a3 = without(a3, own, 48);
    }
    const b0 = addSums<T>(row, a0, fresh);
    const b1 = addSums<T>(row + 16 * sizeof<T>(), a1, fresh);
    const b2 = addSums<T>(row + 32 * sizeof<T>(), a2, fresh);
    const b3 = addSums<T>(row + 48 * sizeof<T>(), a3, fresh);
    sizes = larger<T>(sizes, larger<T>(larger<T>(b0, b1), larger<T>(b2, b3)));
    row += step;
  }
  return largestLane<T>(sizes, tables);
}

@inline
function addHebbian<T>(
  couplings: usize,
  blocks: usize,
  tables: usize,
  stride: u32,
  from: u32,
  to: u32,
  sign: i32,
  fresh: i32,
  self: i32,
  neurons: u32,
): i32 {
  const step = leading(neurons) * <u32>sizeof<T>();
  const end = (to + 7) >> 3;
  let largest: i32 = 0;
  for (let tile: u32 = 0; tile < neurons; tile += 64) {
    // Rows down to the diagonal square; what is below it is the mirror image of what is right of it.
    const last = min(neurons, tile + 64);
    let first = fresh != 0;
    let group = from >> 3;
    let most: i32;
    do {
      const stop = min(end, group + GROUPS);
      fillTables(tables, blocks, stride, group, stop, from, to, sign, tile, neurons);
      const column = blocks + (group << 4);
      const groups = max(stop, group) - group;
      most = first
        ? addTile<T>(couplings, column, tables, stride, groups, tile, last, step, self, true)
        : addTile<T>(couplings, column, tables, stride, groups, tile, last, step, self, false);
      if (sizeof<T>() == 1 && most > 127) return 128;
      first = false;
      group = stop;
    } while (group < end);
    largest = max(largest, most);
    for (let i: u32 = 0; i < tile; i += 8) {
      for (let j = tile; j < last; j += 8) {
        const input = couplings + i * step + j * <u32>sizeof<T>();
        const output = couplings + j * step + i * <u32>sizeof<T>();
        if (j + 8 <= last) {
          transpose8<T>(output, step, input, step);
        } else {
          for (let r: u32 = 0; r < 8; r++) {
            for (let c: u32 = 0; c < last - j; c++) {
              const value = load<T>(input + r * step + c * <u32>sizeof<T>());
              store<T>(output + c * step + r * <u32>sizeof<T>(), value);
            }
          }
        }
      }
    }
  }
  return largest;
}

@inline
function larger<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 1 ? i8x16.max_u(a, b) : i16x8.max_u(a, b);
}

export function addHebbianI8(
  couplings: usize,
  blocks: usize,
  tables: usize,
  stride: u32,
  from: u32,
  to: u32,
  sign: i32,
  fresh: i32,
  self: i32,
  neurons: u32,
): i32 {
  return addHebbian<u8>(
    couplings, blocks, tables, stride, from, to, sign, fresh, self, neurons,
  );
}

export function addHebbianI16(
  couplings: usize,
  blocks: usize,
  tables: usize,
  stride: u32,
  from: u32,
  to: u32,
  sign: i32,
  fresh: i32,
  self: i32,
  neurons: u32,
): i32 {
  return addHebbian<u16>(
    couplings, blocks, tables, stride, from, to, sign, fresh, self, neurons,
  );
}

@inline
function addBounded<T>(couplings: usize, signs: usize, bound: i32, neurons: u32): void {
  const lda = leading(neurons);
  const top = v128.splat<T>(<T>bound);
  const bottom = v128.splat<T>(<T>-bound);
  for (let i: u32 = 0; i < neurons; i++) {
    const row = couplings + i * lda * <u32>sizeof<T>();
    const minus = i8x16.splat(load<i8>(signs + i) >> 7);
    for (let j: u32 = 0; j < lda; j += 16 / <u32>sizeof<T>()) {
      const at = row + j * <u32>sizeof<T>();
      const y = sizeof<T>() == 1 ? v128.load(signs + j) : v128.load8x8_s(signs + j);
      const product = v128.sub<T>(v128.xor(y, minus), minus);
      const sum = v128.add_sat<T>(v128.load(at), product);
      v128.store(at, v128.max<T>(bottom, v128.min<T>(top, sum)));
    }
    store<T>(row + i * <u32>sizeof<T>(), <T>0);
  }
}

export function addBoundedI8(couplings: usize, signs: usize, bound: i32, neurons: u32): void {
  addBounded<i8>(couplings, signs, bound, neurons);
}

export function addBoundedI16(couplings: usize, signs: usize, bound: i32, neurons: u32): void {
  addBounded<i16>(couplings, signs, bound, neurons);
}

/**
 * A row changes by ±amount·(x − y) where x_i = y_i (or x is zero), and by ±amount·(x + y) where they differ: both are
 * written out once.
 */
export function addOuterI32(
  couplings: usize,
  x: usize,
  y: usize,
  work: usize,
  amount: i32,
  neurons: u32,
): void {
  const lda = leading(neurons);
  const sums = work + (lda << 2);
  for (let j: u32 = 0; j < lda; j++) {
    const xj = <i32>load<i8>(x + j);
    const yj = <i32>load<i8>(y + j);
    store<i32>(work + (j << 2), amount * (xj - yj));
    store<i32>(sums + (j << 2), amount * (xj + yj));
  }
  for (let i: u32 = 0; i < neurons; i++) {
    const row = couplings + ((i * lda) << 2);
    const own = load<i32>(row + (i << 2));
    const yi = load<i8>(y + i);
    if (load<i8>(x + i) + yi == 0) {
      if (yi < 0) addVector(row, sums, lda);
      else subtractVector(row, sums, lda);
    } else {
      if (yi > 0) addVector(row, work, lda);
      else subtractVector(row, work, lda);
    }
    store<i32>(row + (i << 2), own);
  }
}

@inline
function addVector(row: usize, vector: usize, lda: u32): void {
  for (let j: u32 = 0; j < lda << 2; j += 32) {
    const at = row + j;
    v128.store(at, i32x4.add(v128.load(at), v128.load(vector + j)));
    v128.store(at, i32x4.add(v128.load(at, 16), v128.load(vector + j, 16)), 16);
  }
}

@inline
function subtractVector(row: usize, vector: usize, lda: u32): void {
  for (let j: u32 = 0; j < lda << 2; j += 32) {
    const at = row + j;
    v128.store(at, i32x4.sub(v128.load(at), v128.load(vector + j)));
    v128.store(at, i32x4.sub(v128.load(at, 16), v128.load(vector + j, 16)), 16);
  }
}

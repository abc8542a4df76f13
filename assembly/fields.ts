/** Local fields h_i = Σ_j J_ij s_j − θ_i, from patterns and from couplings (Hopfield 1982). */
import { leading } from "./couplings";
import { blockColumn } from "./patterns";
import { eight } from "./rows";

/** Σ_μ ξ_i^μ m_μ for the neuron whose bytes start at `column`; `sum` is Σ_μ m_μ over the padded overlaps. */
@inline
export function fieldFromColumn(column: usize, overlaps: usize, groups: u32, sum: i32): i32 {
  const low = i32x4(0x01010101, 0x02020202, 0x04040404, 0x08080808);
  const high = i32x4(0x10101010, 0x20202020, 0x40404040, <i32>0x80808080);
  let even = i32x4.splat(0);
  let odd = i32x4.splat(0);
  const end = overlaps + (groups << 5);
  while (overlaps < end) {
    const byte = v128.load8_splat(column);
    const lowSet = i32x4.eq(v128.and(byte, low), low);
    const highSet = i32x4.eq(v128.and(byte, high), high);
    even = i32x4.add(even, v128.and(v128.load(overlaps), lowSet));
    odd = i32x4.add(odd, v128.and(v128.load(overlaps, 16), highSet));
    column += 16;
    overlaps += 32;
  }
  return 2 * laneSum(i32x4.add(even, odd)) - sum;
}

/** The sum of the four lanes. */
@inline
export function laneSum(x: v128): i32 {
  const pairs = i32x4.add(x, i32x4.shuffle(x, x, 2, 3, 0, 1));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}

/** Σ_μ m_μ over the padded overlaps. */
export function overlapSum(overlaps: usize, groups: u32): i32 {
  let sum = i32x4.splat(0);
  for (let at = overlaps; at < overlaps + (groups << 5); at += 16) {
    sum = i32x4.add(sum, v128.load(at));
  }
  return laneSum(sum);
}

/*
 * Fields of 16 neurons at a time from tables. For 4 patterns, the 16 possible sums ±m±m±m±m + 2048 are split into their
 * lower 6 bits and what is above, two byte tables that i8x16.swizzle looks up by nibble. Four lookups, of two groups of 8
 * patterns, are added in bytes: lower ones are at most 63 each, and upper ones may wrap around on the way, since their sum
 * is from 0 to 255 where Σ|m| of a group is no more than 3936. Bytes are widened to u16, and those to i32 after 200 pairs
 * of groups.
 *
 * In a group with more, overlaps are written in balanced digits to the base 1000, m = d₀ + 1000 d₁ + …, |d| ≤ 501; a pass
 * does one digit, and passes after the first do those groups alone.
 */

const BASE: i32 = 1000;
const BIAS: i32 = 2048;
/** Overlaps of a group whose magnitudes add up to more are done in digits. */
const WHOLE: i32 = 3936;
/** Bytes of tables for a group of 8 patterns. */
const TABLES: u32 = 64;
const PAIRS: u32 = 200;

/** x/1000 rounded to an integer. */
@inline
function divided(x: v128): v128 {
  const quotient = f32x4.mul(f32x4.convert_i32x4_s(x), f32x4.splat(0.001));
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(quotient));
}

/** The signs with which 4 digits enter the sums of rows 0–7 and 8–15 of a table. */
@inline
function tableSums(digits: usize, upper: bool): v128 {
  const d0 = i16x8.splat(load<i16>(digits));
  const d1 = i16x8.splat(load<i16>(digits, 2));
  const d2 = i16x8.splat(load<i16>(digits, 4));
  const d3 = i16x8.splat(load<i16>(digits, 6));
  let sum = i16x8.add(i16x8.splat(<i16>BIAS), upper ? d3 : i16x8.neg(d3));
  sum = i16x8.add(sum, i16x8.mul(d0, i16x8(-1, 1, -1, 1, -1, 1, -1, 1)));
  sum = i16x8.add(sum, i16x8.mul(d1, i16x8(-1, -1, 1, 1, -1, -1, 1, 1)));
  return i16x8.add(sum, i16x8.mul(d2, i16x8(-1, -1, -1, -1, 1, 1, 1, 1)));
}

@inline
function storeTables(table: usize, digits: usize): void {
  const first = tableSums(digits, false);
  const second = tableSums(digits, true);
  const lower = i16x8.splat(63);
  const byte = i16x8.splat(255);
  const high0 = v128.and(i16x8.shr_u(first, 6), byte);
  const high1 = v128.and(i16x8.shr_u(second, 6), byte);
  v128.store(table, i8x16.narrow_i16x8_u(v128.and(first, lower), v128.and(second, lower)));
  v128.store(table, i8x16.narrow_i16x8_u(high0, high1), 16);
}

/** Writes the tables of one digit and the list of groups (u32 offsets); returns how many take part. */
function fillTables(tables: usize, list: usize, overlaps: usize, groups: u32, digit: u32): u32 {
  let listed: u32 = 0;
  const base = i32x4.splat(BASE);
  for (let g: u32 = 0; g < groups; g++) {
    let first = v128.load(overlaps + (g << 5));
    let second = v128.load(overlaps + (g << 5), 16);
    if (laneSum(i32x4.add(i32x4.abs(first), i32x4.abs(second))) > WHOLE) {
      for (let k: u32 = 0; k < digit; k++) {
        first = divided(first);
        second = divided(second);
      }
      first = i32x4.sub(first, i32x4.mul(divided(first), base));
      second = i32x4.sub(second, i32x4.mul(divided(second), base));
    } else if (digit != 0) {
      continue;
    }
    if (!v128.any_true(v128.or(first, second))) continue;
    const table = tables + listed * TABLES;
    // The digits wait where the next group's tables will be.
    const digits = table + TABLES;
    v128.store(digits, i16x8.narrow_i32x4_s(first, second));
    storeTables(table, digits);
    storeTables(table + 32, digits + 8);
    store<u32>(list + (listed << 2), g << 4);
    listed++;
  }
  if ((listed & 1) != 0) {
    // An odd group gets a partner that adds nothing.
    const table = tables + listed * TABLES;
    for (let k: u32 = 0; k < TABLES; k += 16) v128.store(table + k, i8x16.splat(0));
    store<u32>(list + (listed << 2), 0);
  }
  return listed;
}

/**
 * Adds (or, in the first pass, writes) one digit's fields of 16 neurons. Sums of bytes are widened as u16 lanes:
 * one sum of whole lanes, even byte + 256·odd byte, and one of the odd bytes.
 */
@inline
function addFields(
  out: usize,
  block: usize,
  tables: usize,
  list: usize,
  listed: u32,
  unit: i32,
): void {
  const nibble = i8x16.splat(15);
  const zero = i8x16.splat(0);
  let f0 = zero;
  let f1 = zero;
  let f2 = zero;
  let f3 = zero;
  let at: u32 = 0;
  while (at < listed) {
    const end = min(listed, at + 2 * PAIRS);
    let low = zero;
    let lowOdd = zero;
    let high = zero;
    let highOdd = zero;
    for (; at < end; at += 2) {
      const bytes = v128.load(block + load<u32>(list));
      const other = v128.load(block + load<u32>(list, 4));
      const a = v128.and(bytes, nibble);
      const b = v128.and(i16x8.shr_u(bytes, 4), nibble);
      const c = v128.and(other, nibble);
      const d = v128.and(i16x8.shr_u(other, 4), nibble);
      const l = i8x16.add(
        i8x16.add(looked(tables, 0, a), looked(tables, 32, b)),
        i8x16.add(looked(tables, 64, c), looked(tables, 96, d)),
      );
      low = i16x8.add(low, l);
      lowOdd = i16x8.add(lowOdd, i16x8.shr_u(l, 8));
      const h = i8x16.add(
        i8x16.add(looked(tables, 16, a), looked(tables, 48, b)),
        i8x16.add(looked(tables, 80, c), looked(tables, 112, d)),
      );
      high = i16x8.add(high, h);
      highOdd = i16x8.add(highOdd, i16x8.shr_u(h, 8));
      list += 8;
      tables += 2 * TABLES;
    }
    low = i16x8.sub(low, i16x8.shl(lowOdd, 8));
    high = i16x8.sub(high, i16x8.shl(highOdd, 8));
    const low0 = i16x8.shuffle(low, lowOdd, 0, 8, 1, 9, 2, 10, 3, 11);
    const low1 = i16x8.shuffle(low, lowOdd, 4, 12, 5, 13, 6, 14, 7, 15);
    const high0 = i16x8.shuffle(high, highOdd, 0, 8, 1, 9, 2, 10, 3, 11);
    const high1 = i16x8.shuffle(high, highOdd, 4, 12, 5, 13, 6, 14, 7, 15);
    f0 = i32x4.add(f0, joined(i32x4.extend_low_i16x8_u(low0), i32x4.extend_low_i16x8_u(high0)));
    f1 = i32x4.add(f1, joined(i32x4.extend_high_i16x8_u(low0), i32x4.extend_high_i16x8_u(high0)));
    f2 = i32x4.add(f2, joined(i32x4.extend_low_i16x8_u(low1), i32x4.extend_low_i16x8_u(high1)));
    f3 = i32x4.add(f3, joined(i32x4.extend_high_i16x8_u(low1), i32x4.extend_high_i16x8_u(high1)));
  }
  const bias = i32x4.splat(2 * BIAS * <i32>listed);
  const units = i32x4.splat(unit);
  f0 = i32x4.mul(i32x4.sub(f0, bias), units);
  f1 = i32x4.mul(i32x4.sub(f1, bias), units);
  f2 = i32x4.mul(i32x4.sub(f2, bias), units);
  f3 = i32x4.mul(i32x4.sub(f3, bias), units);
  if (unit != 1) {
    f0 = i32x4.add(f0, v128.load(out));
    f1 = i32x4.add(f1, v128.load(out, 16));
    f2 = i32x4.add(f2, v128.load(out, 32));
    f3 = i32x4.add(f3, v128.load(out, 48));
  }
  v128.store(out, f0);
  v128.store(out, f1, 16);
  v128.store(out, f2, 32);
  v128.store(out, f3, 48);
}

/** What a table says to 16 nibbles. */
@inline
function looked(tables: usize, offset: usize, nibbles: v128): v128 {
  return i8x16.swizzle(v128.load(tables + offset), nibbles);
}

@inline
function joined(low: v128, high: v128): v128 {
  return i32x4.add(low, i32x4.shl(high, 6));
}

export function fieldsBlocks(
  fields: usize,
  overlaps: usize,
  blocks: usize,
  tables: usize,
  stride: u32,
  patterns: u32,
  neurons: u32,
): void {
  const groups = (patterns + 7) >> 3;
  const list = tables + (groups + 1) * TABLES + 16;
  let unit: i32 = 1;
  for (let digit: u32 = 0; digit < 3; digit++) {
    const listed = fillTables(tables, list, overlaps, groups, digit);
    // Overlaps near a multiple of 1000² have no middle digit and a high one all the same.
    if (listed != 0 || digit == 0) {
      for (let i: u32 = 0; i < neurons; i += 16) {
        const block = blocks + (((i >> 4) * stride) << 4);
        addFields(fields + (i << 2), block, tables, list, listed, unit);
      }
    }
    unit *= BASE;
  }
}

@inline
function fieldsSymmetric<T>(fields: usize, signs: usize, couplings: usize, neurons: u32): void {
  const lda = leading(neurons);
  const step = lda * <u32>sizeof<T>();
  let i: u32 = 0;
  for (; i + 4 <= neurons; i += 4) {
    const row0 = couplings + i * step;
    const row1 = row0 + step;
    const row2 = row1 + step;
    const row3 = row2 + step;
    let sum0 = i32x4.splat(0);
    let sum1 = i32x4.splat(0);
    let sum2 = i32x4.splat(0);
    let sum3 = i32x4.splat(0);
    for (let j: u32 = 0; j < lda; j += 8) {
      const s = v128.load8x8_s(signs + j);
      const at = j * <u32>sizeof<T>();
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(eight<T>(row0 + at), s));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(eight<T>(row1 + at), s));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(eight<T>(row2 + at), s));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(eight<T>(row3 + at), s));
    }
    const out = fields + (i << 2);
    store<i32>(out, laneSum(sum0));
    store<i32>(out, laneSum(sum1), 4);
    store<i32>(out, laneSum(sum2), 8);
    store<i32>(out, laneSum(sum3), 12);
  }
  for (; i < neurons; i++) {
    const row = couplings + i * step;
    let sum = i32x4.splat(0);
    for (let j: u32 = 0; j < lda; j += 8) {
      const s = v128.load8x8_s(signs + j);
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(eight<T>(row + j * <u32>sizeof<T>()), s));
    }
    store<i32>(fields + (i << 2), laneSum(sum));
  }
}

export function fieldsI8(fields: usize, signs: usize, couplings: usize, neurons: u32): void {
  fieldsSymmetric<i8>(fields, signs, couplings, neurons);
}

export function fieldsI16(fields: usize, signs: usize, couplings: usize, neurons: u32): void {
  fieldsSymmetric<i16>(fields, signs, couplings, neurons);
}

/** Rows of 32 columns are added at a time, their sums in registers. */
export function fieldsI32(fields: usize, signs: usize, couplings: usize, neurons: u32): void {
  const lda = leading(neurons);
  const step = lda << 2;
  const zero = i32x4.splat(0);
  for (let j: u32 = 0; j < lda; j += 32) {
    let sum0 = zero;
    let sum1 = zero;
    let sum2 = zero;
    let sum3 = zero;
    let sum4 = zero;
    let sum5 = zero;
    let sum6 = zero;
    let sum7 = zero;
    let at = couplings + (j << 2);
    for (let i: u32 = 0; i < neurons; i++) {
      if (load<i8>(signs + i) > 0) {
        sum0 = i32x4.add(sum0, v128.load(at));
        sum1 = i32x4.add(sum1, v128.load(at, 16));
        sum2 = i32x4.add(sum2, v128.load(at, 32));
        sum3 = i32x4.add(sum3, v128.load(at, 48));
        sum4 = i32x4.add(sum4, v128.load(at, 64));
        sum5 = i32x4.add(sum5, v128.load(at, 80));
        sum6 = i32x4.add(sum6, v128.load(at, 96));
        sum7 = i32x4.add(sum7, v128.load(at, 112));
      } else {
        sum0 = i32x4.sub(sum0, v128.load(at));
        sum1 = i32x4.sub(sum1, v128.load(at, 16));
        sum2 = i32x4.sub(sum2, v128.load(at, 32));
        sum3 = i32x4.sub(sum3, v128.load(at, 48));
        sum4 = i32x4.sub(sum4, v128.load(at, 64));
        sum5 = i32x4.sub(sum5, v128.load(at, 80));
        sum6 = i32x4.sub(sum6, v128.load(at, 96));
        sum7 = i32x4.sub(sum7, v128.load(at, 112));
      }
      at += step;
    }
    const out = fields + (j << 2);
    v128.store(out, sum0);
    v128.store(out, sum1, 16);
    v128.store(out, sum2, 32);
    v128.store(out, sum3, 48);
    v128.store(out, sum4, 64);
    v128.store(out, sum5, 80);
    v128.store(out, sum6, 96);
    v128.store(out, sum7, 112);
  }
}

export function finishFields(
  fields: usize,
  signs: usize,
  thresholds: usize,
  self: i32,
  shift: i32,
  neurons: u32,
): void {
  const own = i32x4.splat(self);
  let i: u32 = 0;
  for (; i + 4 <= neurons; i += 4) {
    const s = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(signs + i)));
    const at = fields + (i << 2);
    let h = i32x4.shl(i32x4.sub(v128.load(at), i32x4.mul(own, s)), shift);
    if (thresholds != 0) h = i32x4.sub(h, v128.load(thresholds + (i << 2)));
    v128.store(at, h);
  }
  for (; i < neurons; i++) {
    const at = fields + (i << 2);
    const theta = thresholds == 0 ? 0 : load<i32>(thresholds + (i << 2));
    store<i32>(at, ((load<i32>(at) - self * load<i8>(signs + i)) << shift) - theta);
  }
}

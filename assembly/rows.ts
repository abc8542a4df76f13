/**
 * Rows of couplings of i8, i16 or i32, and adding them to fields of i16 or i32: what a flip costs. Rows are padded to 64
 * couplings. T is the type of a coupling, F that of a field.
 */

/** Eight couplings as i16. */
@inline
export function eight<T>(at: usize): v128 {
  return sizeof<T>() == 1 ? v128.load8x8_s(at) : v128.load(at);
}

/** f += x << shift for eight fields, x in i16. Where the shift is 1, and i16 knows no other, an addition is faster. */
@inline
function addEight<F>(fields: usize, offset: usize, x: v128, shift: i32): void {
  const at = fields + offset * sizeof<F>();
  if (sizeof<F>() == 2) {
    v128.store(at, i16x8.add(v128.load(at), i16x8.add(x, x)));
  } else {
    addFour(at, i32x4.extend_low_i16x8_s(x), shift);
    addFour(at + 16, i32x4.extend_high_i16x8_s(x), shift);
  }
}

@inline
function addFour(at: usize, x: v128, shift: i32): void {
  const shifted = shift == 1 ? i32x4.add(x, x) : i32x4.shl(x, shift);
  v128.store(at, i32x4.add(v128.load(at), shifted));
}

/** h_j += sign·J_ij << shift for one row of couplings. */
export function addRow<T>(fields: usize, row: usize, sign: i32, shift: i32, lda: u32): void {
  // (x ^ m) − m is x for m = 0, −x for m = −1.
  const minus = i8x16.splat(<i8>(sign >> 1));
  const end = fields + (lda << 2);
  if (shift == 1) {
    while (fields < end) {
      addPart<T>(fields, row, 0, minus, 1);
      addPart<T>(fields, row, 8, minus, 1);
      addPart<T>(fields, row, 16, minus, 1);
      addPart<T>(fields, row, 24, minus, 1);
      fields += 128;
      row += 32 * sizeof<T>();
    }
  } else {
    while (fields < end) {
      addPart<T>(fields, row, 0, minus, shift);
      fields += 32;
      row += 8 * sizeof<T>();
    }
  }
}

/** Eight couplings of a row, `offset` columns on. */
@inline
function addPart<T>(fields: usize, row: usize, offset: usize, minus: v128, shift: i32): void {
  const at = row + offset * sizeof<T>();
  if (sizeof<T>() == 4) {
    const to = fields + 4 * offset;
    addFour(to, i32x4.sub(v128.xor(v128.load(at), minus), minus), shift);
    addFour(to + 16, i32x4.sub(v128.xor(v128.load(at, 16), minus), minus), shift);
  } else {
    addEight<i32>(fields, offset, i16x8.sub(v128.xor(eight<T>(at), minus), minus), shift);
  }
}

/** Four rows at once, for signs of ±1 or 0 and couplings of at most 8191: their sum fits i16. */
export function addRows<T, F>(
  fields: usize,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  sign0: i32,
  sign1: i32,
  sign2: i32,
  sign3: i32,
  shift: i32,
  lda: u32,
): void {
  const s0 = i16x8.splat(<i16>sign0);
  const s1 = i16x8.splat(<i16>sign1);
  const s2 = i16x8.splat(<i16>sign2);
  const s3 = i16x8.splat(<i16>sign3);
  const end = fields + lda * sizeof<F>();
  if (sizeof<F>() == 2 || shift == 1) {
    while (fields < end) {
      // Rows are padded to 64: four vectors a turn.
      addSum<T, F>(fields, 0, row0, row1, row2, row3, s0, s1, s2, s3, 1);
      addSum<T, F>(fields, 8, row0, row1, row2, row3, s0, s1, s2, s3, 1);
      addSum<T, F>(fields, 16, row0, row1, row2, row3, s0, s1, s2, s3, 1);
      addSum<T, F>(fields, 24, row0, row1, row2, row3, s0, s1, s2, s3, 1);
      fields += 32 * sizeof<F>();
      row0 += 32 * sizeof<T>();
      row1 += 32 * sizeof<T>();
      row2 += 32 * sizeof<T>();
      row3 += 32 * sizeof<T>();
    }
  } else {
    while (fields < end) {
      addSum<T, F>(fields, 0, row0, row1, row2, row3, s0, s1, s2, s3, shift);
      fields += 8 * sizeof<F>();
      row0 += 8 * sizeof<T>();
      row1 += 8 * sizeof<T>();
      row2 += 8 * sizeof<T>();
      row3 += 8 * sizeof<T>();
    }
  }
}

/** Eight couplings of four rows, `offset` columns on. */
@inline
function addSum<T, F>(
  fields: usize,
  offset: usize,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
  shift: i32,
): void {
  const bytes = offset * sizeof<T>();
  const sum = i16x8.add(
    i16x8.add(
      i16x8.mul(eight<T>(row0 + bytes), s0),
      i16x8.mul(eight<T>(row1 + bytes), s1),
    ),
    i16x8.add(
      i16x8.mul(eight<T>(row2 + bytes), s2),
      i16x8.mul(eight<T>(row3 + bytes), s3),
    ),
  );
  addEight<F>(fields, offset, sum, shift);
}

/** Sums of two couplings fit i8 where none is above this. */
export const PAIR_BOUND: i32 = 63;

/**
 * `addRows` for rows of i8 with no coupling above `PAIR_BOUND`, fields of i16, signs of ±1 and shift 1: signs are applied
 * and pairs of rows added in bytes, 16 columns at once.
 */
export function addPairedRows(
  fields: usize,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  sign0: i32,
  sign1: i32,
  sign2: i32,
  sign3: i32,
  lda: u32,
): void {
  // (x ^ m) − m is x for m = 0, −x for m = −1.
  const m0 = i8x16.splat(<i8>(sign0 >> 1));
  const m1 = i8x16.splat(<i8>(sign1 >> 1));
  const m2 = i8x16.splat(<i8>(sign2 >> 1));
  const m3 = i8x16.splat(<i8>(sign3 >> 1));
  const m01 = i8x16.add(m0, m1);
  const m23 = i8x16.add(m2, m3);
  const end = fields + (lda << 1);
  while (fields < end) {
    addPairs(fields, 0, row0, row1, row2, row3, m0, m1, m2, m3, m01, m23);
    addPairs(fields, 16, row0, row1, row2, row3, m0, m1, m2, m3, m01, m23);
    addPairs(fields, 32, row0, row1, row2, row3, m0, m1, m2, m3, m01, m23);
    addPairs(fields, 48, row0, row1, row2, row3, m0, m1, m2, m3, m01, m23);
    fields += 128;
    row0 += 64;
    row1 += 64;
    row2 += 64;
    row3 += 64;
  }
}

/** Sixteen couplings of four rows, `offset` columns on. */
@inline
function addPairs(
  fields: usize,
  offset: usize,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  m0: v128,
  m1: v128,
  m2: v128,
  m3: v128,
  m01: v128,
  m23: v128,
): void {
  const x0 = v128.xor(v128.load(row0 + offset), m0);
  const x1 = v128.xor(v128.load(row1 + offset), m1);
  const x2 = v128.xor(v128.load(row2 + offset), m2);
  const x3 = v128.xor(v128.load(row3 + offset), m3);
  const a = i8x16.sub(i8x16.add(x0, x1), m01);
  const b = i8x16.sub(i8x16.add(x2, x3), m23);
  const low = i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const high = i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  addTwice(fields + 2 * offset, i16x8.extadd_pairwise_i8x16_s(low));
  addTwice(fields + 2 * offset + 16, i16x8.extadd_pairwise_i8x16_s(high));
}

@inline
function addTwice(at: usize, x: v128): void {
  v128.store(at, i16x8.add(v128.load(at), i16x8.add(x, x)));
}

/** Copies i32 fields to i16 ones; returns the largest |h|, anything above 32,767 when they do not fit. */
export function narrowFields(out: usize, fields: usize, neurons: u32): i32 {
  let most = i16x8.splat(0);
  let i: u32 = 0;
  for (; i + 8 <= neurons; i += 8) {
    const at = fields + (i << 2);
    const x = i16x8.narrow_i32x4_s(v128.load(at), v128.load(at, 16));
    most = i16x8.max_u(most, i16x8.abs(x));
    v128.store(out + (i << 1), x);
  }
  let largest: i32 = 0;
  for (; i < neurons; i++) {
    const x = load<i32>(fields + (i << 2));
    largest = max(largest, abs(x));
    store<i16>(out + (i << 1), <i16>x);
  }
  for (let k: i32 = 0; k < 8; k++) {
    largest = max(largest, <i32>i16x8.extract_lane_u(most, 0));
    most = i8x16.shuffle(most, most, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1);
  }
  return largest;
}

export function widenFields(fields: usize, narrow: usize, neurons: u32): void {
  let i: u32 = 0;
  for (; i + 8 <= neurons; i += 8) {
    const x = v128.load(narrow + (i << 1));
    v128.store(fields + (i << 2), i32x4.extend_low_i16x8_s(x));
    v128.store(fields + (i << 2), i32x4.extend_high_i16x8_s(x), 16);
  }
  for (; i < neurons; i++) store<i32>(fields + (i << 2), <i32>load<i16>(narrow + (i << 1)));
}

/** States as bytes and as bits. */

export function readSigns(signs: usize, values: usize, count: u32): u32 {
  const one = i8x16.splat(1);
  let seen = i8x16.splat(0); // bit 1: a zero, bit 2: a −1, bit 4: something else
  let i: u32 = 0;
  for (; i + 16 <= count; i += 16) {
    const value = v128.load(values + i);
    const zero = v128.and(i8x16.eq(value, i8x16.splat(0)), one);
    const negative = v128.and(i8x16.eq(value, i8x16.splat(-1)), i8x16.splat(2));
    const foreign = v128.and(i8x16.gt_s(i8x16.abs(value), one), i8x16.splat(4));
    const least = v128.and(i8x16.eq(value, i8x16.splat(-128)), i8x16.splat(4));
    seen = v128.or(seen, v128.or(v128.or(zero, negative), v128.or(foreign, least)));
  }
  let zeros = v128.any_true(v128.and(seen, one));
  let negatives = v128.any_true(v128.and(seen, i8x16.splat(2)));
  if (v128.any_true(v128.and(seen, i8x16.splat(4)))) return 0;
  for (; i < count; i++) {
    const value = load<i8>(values + i);
    if (value < -1 || value > 1) return 0;
    if (value == 0) zeros = true;
    if (value == -1) negatives = true;
  }
  if (zeros && negatives) return 0;
  i = 0;
  for (; i + 16 <= count; i += 16) {
    const positive = v128.and(i8x16.eq(v128.load(values + i), one), i8x16.splat(2));
    v128.store(signs + i, i8x16.sub(positive, one));
  }
  for (; i < count; i++) store<i8>(signs + i, load<i8>(values + i) == 1 ? 1 : -1);
  return 1;
}

export function packSigns(bits: usize, signs: usize, count: u32): void {
  const end = bits + (((count + 127) >> 7) << 4);
  let i: u32 = 0;
  for (; i + 16 <= count; i += 16) {
    const positive = i8x16.gt_s(v128.load(signs + i), i8x16.splat(0));
    store<u16>(bits + (i >> 3), <u16>i8x16.bitmask(positive));
  }
  let rest: u32 = 0;
  for (let k = i; k < count; k++) if (load<i8>(signs + k) > 0) rest |= 1 << (k - i);
  let at = bits + (i >> 3);
  if (at < end) {
    store<u16>(at, <u16>rest);
    at += 2;
  }
  for (; at < end; at += 2) store<u16>(at, 0);
}

export function unpackSigns(signs: usize, bits: usize, count: u32): void {
  const select = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  let i: u32 = 0;
  for (; i + 16 <= count; i += 16) {
    const pair = v128.load16_splat(bits + (i >> 3));
    const bytes = i8x16.shuffle(pair, pair, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    const set = i8x16.eq(v128.and(bytes, select), select);
    v128.store(signs + i, i8x16.sub(v128.and(set, i8x16.splat(2)), i8x16.splat(1)));
  }
  for (; i < count; i++) {
    const bit = ((<u32>load<u8>(bits + (i >> 3))) >> (i & 7)) & 1;
    store<i8>(signs + i, <i8>(bit * 2) - 1);
  }
}

export function signedSum(signs: usize, values: usize, count: u32): f64 {
  let sums = i64x2.splat(0);
  let i: u32 = 0;
  for (; i + 4 <= count; i += 4) {
    const sign = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(signs + i)));
    const value = v128.load(values + (i << 2));
    sums = i64x2.add(sums, i64x2.extmul_low_i32x4_s(sign, value));
    sums = i64x2.add(sums, i64x2.extmul_high_i32x4_s(sign, value));
  }
  let sum = i64x2.extract_lane(sums, 0) + i64x2.extract_lane(sums, 1);
  for (; i < count; i++) sum += <i64>load<i8>(signs + i) * <i64>load<i32>(values + (i << 2));
  return <f64>sum;
}

export function countDifferent(a: usize, b: usize, bytes: u32): u32 {
  let different: u32 = 0;
  let i: u32 = 0;
  for (; i + 16 <= bytes; i += 16) {
    const mask = i8x16.bitmask(i8x16.ne(v128.load(a + i), v128.load(b + i)));
    different += popcnt<u32>(mask);
  }
  for (; i < bytes; i++) if (load<u8>(a + i) != load<u8>(b + i)) different++;
  return different;
}

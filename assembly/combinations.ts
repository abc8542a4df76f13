/** Averages of stored rows by weights at hand. */

/** Two doubles from two singles. */
@inline
function pair(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** Four singles from four doubles. */
@inline
function singles(low: v128, high: v128): v128 {
  return i32x4.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/** Nothing but −0 leaves every number as it is, −0 included. */
const NOTHING: f64 = -0.0;

/** Eight columns of the combination. */
@inline
function combine8(out: usize, rows: usize, index: usize, w: usize, count: u32, line: u32): void {
  let s0 = f64x2.splat(NOTHING);
  let s1 = f64x2.splat(NOTHING);
  let s2 = f64x2.splat(NOTHING);
  let s3 = f64x2.splat(NOTHING);
  for (const end = index + (count << 2); index < end; index += 4) {
    const at = rows + load<u32>(index) * line;
    const weight = v128.load64_splat(w);
    s0 = f64x2.add(s0, f64x2.mul(weight, pair(at)));
    s1 = f64x2.add(s1, f64x2.mul(weight, pair(at + 8)));
    s2 = f64x2.add(s2, f64x2.mul(weight, pair(at + 16)));
    s3 = f64x2.add(s3, f64x2.mul(weight, pair(at + 24)));
    w += 8;
  }
  v128.store(out, singles(s0, s1));
  v128.store(out, singles(s2, s3), 16);
}

/** Sixteen columns: a whole cache line. */
@inline
function combine16(out: usize, rows: usize, index: usize, w: usize, count: u32, line: u32): void {
  let s0 = f64x2.splat(NOTHING);
  let s1 = f64x2.splat(NOTHING);
  let s2 = f64x2.splat(NOTHING);
  let s3 = f64x2.splat(NOTHING);
  let s4 = f64x2.splat(NOTHING);
  let s5 = f64x2.splat(NOTHING);
  let s6 = f64x2.splat(NOTHING);
  let s7 = f64x2.splat(NOTHING);
  for (const end = index + (count << 2); index < end; index += 4) {
    const at = rows + load<u32>(index) * line;
    const weight = v128.load64_splat(w);
    s0 = f64x2.add(s0, f64x2.mul(weight, pair(at)));
    s1 = f64x2.add(s1, f64x2.mul(weight, pair(at + 8)));
    s2 = f64x2.add(s2, f64x2.mul(weight, pair(at + 16)));
    s3 = f64x2.add(s3, f64x2.mul(weight, pair(at + 24)));
    s4 = f64x2.add(s4, f64x2.mul(weight, pair(at + 32)));
    s5 = f64x2.add(s5, f64x2.mul(weight, pair(at + 40)));
    s6 = f64x2.add(s6, f64x2.mul(weight, pair(at + 48)));
    s7 = f64x2.add(s7, f64x2.mul(weight, pair(at + 56)));
    w += 8;
  }
  v128.store(out, singles(s0, s1));
  v128.store(out, singles(s2, s3), 16);
  v128.store(out, singles(s4, s5), 32);
  v128.store(out, singles(s6, s7), 48);
}

export function combineF32(
  out: usize,
  rows: usize,
  indices: usize,
  weights: usize,
  count: u32,
  width: u32,
): void {
  const line = width << 2;
  let k: u32 = 0;
  for (; k + 64 <= line; k += 64) combine16(out + k, rows + k, indices, weights, count, line);
  if (k < line) combine8(out + k, rows + k, indices, weights, count, line);
}

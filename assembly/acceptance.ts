/** Which of eight visited spins may flip in simulated annealing: bounds for many at once, the decision for one. */
import { exponential } from "./exponential";

/** Words below this are 31 of 32. */
export const FREE: u32 = 0xf8000000;

/** s_i f_i as singles, of four spins whose signs are s: the first or the second four from field i on. */
@inline
function stability<T>(s: v128, fields: usize, i: u32, second: bool): v128 {
  if (sizeof<T>() == 4) {
    const f = f32x4.convert_i32x4_s(v128.load(fields + (i << 2) + (second ? 16 : 0)));
    const signs = second ? i32x4.extend_high_i16x8_s(s) : i32x4.extend_low_i16x8_s(s);
    return v128.xor(f, v128.and(signs, i32x4.splat(0x80000000)));
  }
  const f = sizeof<T>() == 1 ? v128.load8x8_s(fields + i) : v128.load(fields + (i << 1));
  const x = i16x8.mul(s, f);
  return f32x4.convert_i32x4_s(second ? i32x4.extend_high_i16x8_s(x) : i32x4.extend_low_i16x8_s(x));
}

/**
 * For eight spins with signs s from field i on: bit k is set when s·f of spin i + k is not above its limit, bit 8 + k when it
 * is not above that minus `gap`, nor above `most`.
 */
@inline
export function below<T>(
  s: v128,
  fields: usize,
  i: u32,
  limit0: v128,
  limit1: v128,
  gap: v128,
  most: v128,
): u32 {
  const x0 = stability<T>(s, fields, i, false);
  const x1 = stability<T>(s, fields, i, true);
  const open = i16x8.narrow_i32x4_s(f32x4.le(x0, limit0), f32x4.le(x1, limit1));
  const sure = i16x8.narrow_i32x4_s(
    f32x4.le(x0, f32x4.pmin(f32x4.sub(limit0, gap), most)),
    f32x4.le(x1, f32x4.pmin(f32x4.sub(limit1, gap), most)),
  );
  return i8x16.bitmask(i8x16.narrow_i16x8_s(open, sure));
}

@inline
export function rotl4(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** The draw of a generator whose second word is s1: rotl(5·s1, 7)·9. */
@inline
export function drawn(s1: v128): v128 {
  const t = rotl4(i32x4.add(s1, i32x4.shl(s1, 2)), 7);
  return i32x4.add(t, i32x4.shl(t, 3));
}

/**
 * No x above this can be accepted: x < −ln(u)·T/2, where u is not 0. The bits of v = ⌊word/2⌋ as a single are 2²³·(127 + L) with L linear
 * between powers of two, log₂ v − 0.0861 < L ≤ log₂ v, so −log₂ u ≤ 158 − bits·2⁻²³ =: t, and for words of at least 2¹¹
 * also −log₂ u > t − 0.0868. `a` and `b` hold T/2·ln 2, and 0.001 more than 158 for the rounding of singles.
 */
@inline
export function limits(words: v128, a: v128, b: v128): v128 {
  const bits = f32x4.convert_i32x4_s(i32x4.shr_u(words, 1));
  return f32x4.sub(a, f32x4.mul(f32x4.convert_i32x4_s(bits), b));
}

@inline
export function accepts(rule: u32, x: i32, slope: f64, word: u32): bool {
  const u = <f64>max<u32>(word, 1) / 4294967296.0;
  const y = 2.0 * <f64>x * slope;
  if (rule == 1) return u < 1.0 / (1.0 + exponential(y));
  if (x == 0) return word < FREE;
  return x < 0 || u < exponential(-y);
}

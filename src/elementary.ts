/**
 * eˣ, ln x and tanh x from additions, multiplications and divisions only, so that every engine gives the same bits.
 *
 * eˣ: x = k·ln 2 + r with |r| ≤ ½ ln 2 (ln 2 in two parts, Cody & Waite 1980), the Taylor polynomial of
 * degree 13 for eʳ by Horner's rule (its remainder is below 2⁻⁵⁷ of the value), times 2ᵏ. In single precision
 * the same with degree 7 (remainder below 2⁻²⁷).
 *
 * ln x: x = m·2ᵏ with √½ < m ≤ √2, s = (m − 1)/(m + 1), ln m = 2s + 2s·(s²/3 + s⁴/5 + … + s²²/23)
 * (remainder below 2⁻⁵⁶ of the value).
 *
 * tanh x: below 0.55 Lambert's continued fraction x/(1 + x²/(3 + x²/(5 + … + x²/15))), as the quotient of two
 * polynomials (off by less than 2⁻⁵⁸ of the value); beyond, 1 − 2/(e²ˣ + 1).
 */
import { bits } from './bits.ts';

const LOG2_E = 1.4426950408889634;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** Adding and subtracting 1.5·2⁵² rounds a small double to the nearest integer, ties to even. */
const ROUNDER = 6755399441055744;
/** The same for single precision, 1.5·2²³. */
const ROUNDER_F32 = 12582912;

const fround = Math.fround;

/** eˣ, off by less than 2 ulp; 0 below −708, infinity above 709. */
export function exp(x: number): number {
  if (!(x >= -708)) return x < -708 ? 0 : x;
  if (x > 709) return Infinity;
  const k = x * LOG2_E + ROUNDER - ROUNDER;
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let p = 1 / 6227020800;
  p = p * r + 1 / 479001600;
  p = p * r + 1 / 39916800;
  p = p * r + 1 / 3628800;
  p = p * r + 1 / 362880;
  p = p * r + 1 / 40320;
  p = p * r + 1 / 5040;
  p = p * r + 1 / 720;
  p = p * r + 1 / 120;
  p = p * r + 1 / 24;
  p = p * r + 1 / 6;
  p = p * r + 1 / 2;
  p = p * r + 1;
  p = p * r + 1;
  // 2^k in the exponent bits; k = 1024 cannot be reached from x ≤ 709.
  bits.setInt32(4, 0);
  bits.setInt32(0, (k + 1023) << 20);
  return p * bits.getFloat64(0);
}

/** ln x, off by less than 2 ulp; −infinity at 0, NaN below. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = -1023;
  if (x < 2.2250738585072014e-308) {
    // Subnormal: times 2⁵⁴.
    x *= 18014398509481984;
    k -= 54;
  }
  bits.setFloat64(0, x);
  const high = bits.getInt32(0);
  k += high >>> 20;
  bits.setInt32(0, (high & 0xfffff) | 0x3ff00000);
  let m = bits.getFloat64(0);
  if (m > Math.SQRT2) {
    m *= 0.5;
    k++;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let p = 1 / 23;
  for (let n = 21; n >= 3; n -= 2) p = p * z + 1 / n;
  const t = s + s;
  return k * LN2_HIGH + (k * LN2_LOW + (t + t * (z * p)));
}

/** Below this tanh x is a quotient of polynomials. */
export const TANH_NEAR = 0.55;

/** tanh x, off by less than 2.5 ulp, odd; ±1 where nothing else is nearer. */
export function tanh(x: number): number {
  const y = Math.abs(x);
  if (y < TANH_NEAR) {
    const z = y * y;
    const p = ((36 * z + 6930) * z + 270270) * z + 2027025;
    const q = (((z + 630) * z + 51975) * z + 945945) * z + 2027025;
    const t = (y * p) / q;
    // Equal to x where x is 0, so that −0 stays −0.
    return x > 0 ? t : x < 0 ? -t : x;
  }
  if (Number.isNaN(x)) return x;
  const t = 1 - 2 / (exp(y + y) + 1);
  return x > 0 ? t : -t;
}

const LOG2_E_F32 = 1.4426950216293335;
/** ln 2 = 355/512 − …: a product of the first part with an exponent is exact. */
const LN2_HIGH_F32 = 0.693359375;
const LN2_LOW_F32 = -0.00021219444170128554;
/** 1/7!, 1/6!, …, 1/0!, rounded to single precision. */
const TAYLOR_F32 = [
  0.00019841270113829523, 0.0013888889225199819, 0.008333333767950535, 0.0416666679084301,
  0.1666666716337204, 0.5, 1, 1,
];

/** eˣ of a single-precision number, in single precision. */
export function expF32(x: number): number {
  if (!(x >= -87)) return x < -87 ? 0 : NaN;
  if (x > 88) return Infinity;
  const k = fround(fround(fround(x * LOG2_E_F32) + ROUNDER_F32) - ROUNDER_F32);
  const r = fround(fround(x - fround(k * LN2_HIGH_F32)) - fround(k * LN2_LOW_F32));
  let p = TAYLOR_F32[0];
  for (let n = 1; n < 8; n++) p = fround(fround(p * r) + TAYLOR_F32[n]);
  bits.setInt32(0, (k + 127) << 23);
  return fround(p * bits.getFloat32(0));
}

/** The nearest integer to a number below 2⁵¹, ties to even, so that turning signs over commutes with it. */
export function roundEven(value: number): number {
  return value + ROUNDER - ROUNDER;
}

/**
 * eˣ from additions and multiplications only, so that every engine gives the same bits.
 *
 * x = k·ln 2 + r with |r| ≤ ½ ln 2 (ln 2 in two parts, Cody & Waite 1980), the Taylor polynomial of
 * degree 13 for eʳ by Horner's rule (its remainder is below 2⁻⁵⁷ of the value), times 2ᵏ.
 */
import type { Views } from '../../memory.ts';

const LOG2_E = 1.4426950408889634;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** Adding and subtracting 1.5·2⁵² rounds a small double to the nearest integer, ties to even. */
const ROUNDER = 6755399441055744;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

export function exponential(_: Views, x: number): number {
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
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return p * double[0];
}

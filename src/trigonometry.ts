/**
 * cos x and acos x from additions, multiplications, divisions and square roots only, so that every engine gives the same
 * bits.
 *
 * cos x: x less the nearest multiple of π/2 (in three parts, Cody & Waite 1980), then the Taylor polynomial of cos or sin of what
 * is left, |r| ≤ π/4, by Horner's rule (remainders below 2⁻⁵⁶).
 *
 * acos x = 2 atan √((1 − x)/(1 + x)); atan t: three times t ← t/(1 + √(1 + t²)), which halves the angle, then its series to
 * t²³ (remainder below 2⁻⁶⁰ for t ≤ tan π/16).
 */

/** π/2 in parts of 33 bits and the rest. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
const TWO_OVER_PI = 0.6366197723675814;

/** cos x for |x| up to 10⁵, off by less than 2⁻⁵². */
export function cos(x: number): number {
  const k = Math.round(x * TWO_OVER_PI);
  const r = x - k * HALF_PI_1 - k * HALF_PI_2 - k * HALF_PI_3;
  const quarter = ((k % 4) + 4) % 4;
  const value = quarter % 2 === 0 ? cosine(r) : sine(r);
  return quarter === 1 || quarter === 2 ? -value : value;
}

/** 1 − r²/2! + r⁴/4! − … */
function cosine(r: number): number {
  const y = r * r;
  let sum = 1;
  for (let n = 16; n >= 2; n -= 2) sum = 1 - (y / (n * (n - 1))) * sum;
  return sum;
}

/** r − r³/3! + r⁵/5! − … */
function sine(r: number): number {
  const y = r * r;
  let sum = 1;
  for (let n = 17; n >= 3; n -= 2) sum = 1 - (y / (n * (n - 1))) * sum;
  return r * sum;
}

/** The angle from 0 to π whose cosine is x, −1 ≤ x ≤ 1, off by less than 2⁻⁴⁹. */
export function acos(x: number): number {
  if (x === -1) return Math.PI;
  const t = Math.sqrt((1 - x) / (1 + x));
  // The angle of 1/t is what t lacks to a right angle.
  return t > 1 ? Math.PI - 2 * arctangent(1 / t) : 2 * arctangent(t);
}

/** atan t for 0 ≤ t ≤ 1. */
function arctangent(t: number): number {
  let s = t;
  for (let k = 0; k < 3; k++) s = s / (1 + Math.sqrt(1 + s * s));
  const y = s * s;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = 1 / n - y * sum;
  return 8 * s * sum;
}

/** Normal numbers from uniform ones, the same bits on every engine. */
import { ln } from './elementary.ts';

/** Coefficients, highest power first: numerator and denominator near the middle, and in the tails. */
const NEAR = [
  2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
  4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
  1.3314166789178437745e2, 3.387132872796366608,
];
const NEAR_BELOW = [
  5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4, 2.1213794301586595867e4,
  5.3941960214247511077e3, 6.871870074920579083e2, 4.2313330701600911252e1, 1,
];
const FAR = [
  7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1,
  1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959,
  1.42343711074968357734,
];
const FAR_BELOW = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2,
  1.4810397642748007459e-1, 6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187,
  1,
];

/**
 * The number that a standard normal variable is below with probability p, e⁻²⁵ ≤ p ≤ 1 − e⁻²⁵; relative error about
 * 10⁻¹⁵ (Wichura 1988, algorithm AS 241, PPND16).
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(NEAR, r)) / polynomial(NEAR_BELOW, r);
  }
  const r = Math.sqrt(-ln(q < 0 ? p : 1 - p)) - 1.6;
  const x = polynomial(FAR, r) / polynomial(FAR_BELOW, r);
  return q < 0 ? -x : x;
}

/** By Horner's rule. */
function polynomial(coefficients: readonly number[], r: number): number {
  let sum = coefficients[0];
  for (let k = 1; k < 8; k++) sum = sum * r + coefficients[k];
  return sum;
}

/** The normal number that a draw of 32 bits stands for. */
export function normalOf(draw: number): number {
  return normalQuantile((draw + 0.5) / 4294967296);
}

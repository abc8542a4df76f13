/** The error function and averages over a Gaussian variable, for the curves beside experiments. */
import { exp } from '../../elementary.ts';

const PI = Math.PI;

/** 1 − erf x by the series of erf, and by a continued fraction where that is faster; relative error below 10⁻¹². */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 100; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(PI)) * sum;
  }
  let fraction = 0;
  for (let k = 100; k > 0; k--) fraction = k / 2 / (x + fraction);
  return exp(-x * x) / Math.sqrt(PI) / (x + fraction);
}

export const erf = (x: number) => 1 - erfc(x);

/** The share of a Gaussian below x, Φ(x). */
export const normalBelow = (x: number) => erfc(-x / Math.SQRT2) / 2;

/** Beyond so many standard deviations nothing is left in double precision. */
const FAR = 8.5;

/**
 * ∫ Dz f(z), z a Gaussian variable of variance 1, by the trapezoidal rule, whose error falls exponentially for analytic f.
 *
 * @param steepness - of f: 1/steepness is the distance over which it changes, as of tanh(steepness · z)
 */
export function gaussianMean(f: (z: number) => number, steepness = 1): number {
  const step = Math.min(0.25, 0.5 / steepness);
  const count = Math.ceil(FAR / step);
  let sum = 0;
  for (let k = -count; k <= count; k++) {
    const z = k * step;
    sum += exp((-z * z) / 2) * f(z);
  }
  return (sum * step) / Math.sqrt(2 * PI);
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Where a function that rises and then falls is largest: golden sections; where it does not change it is taken to rise. */
export function largestOn(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [left, right] = [f(a), f(b)];
  while (high - low > 1e-5 * Math.abs(high)) {
    if (left <= right) {
      [low, a, left] = [a, b, right];
      b = low + GOLDEN * (high - low);
      right = f(b);
    } else {
      [high, b, right] = [b, a, left];
      a = high - GOLDEN * (high - low);
      left = f(a);
    }
  }
  return (low + high) / 2;
}

/** Where f, above 0 at `from` and not at `to`, passes 0; `count` halvings. */
export function passage(f: (x: number) => number, from: number, to: number, count = 40): number {
  for (let k = 0; k < count; k++) {
    const middle = (from + to) / 2;
    if (f(middle) > 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

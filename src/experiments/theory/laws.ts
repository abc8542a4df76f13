/**
 * How many random patterns of N neurons a memory holds, as published; and Gardner's bound for any couplings. All but those
 * of the classical network are asymptotic: at a hundred neurons they are off by small factors.
 */
import { exp, ln } from '../../elementary.ts';
import { CRITICAL_LOAD } from './hebbian.ts';
import { normalBelow } from './gaussian.ts';

/** Hebb: 0.138 N with few errors (Amit, Gutfreund & Sompolinsky 1985). */
export const hebbianCapacity = (neurons: number) => CRITICAL_LOAD * neurons;

/** Storkey 1997: N/√(2 ln N). */
export const storkeyCapacity = (neurons: number) => neurons / Math.sqrt(2 * ln(neurons));

/** Projection: as many as are linearly independent (Personnaz, Guyon & Dreyfus 1986). */
export const projectionCapacity = (neurons: number) => neurons;

/**
 * The largest load at which couplings exist that hold every pattern with stability κ: 1/α = ∫ Dt (t + κ)² over t > −κ
 * (Gardner 1988); 2 at κ = 0.
 */
export function gardnerLoad(margin: number): number {
  // With t = u² − κ the integrand begins as u⁵: the trapezoidal rule is as good as on a smooth one.
  const COUNT = 4000;
  const END = 6;
  let sum = 0;
  for (let k = 1; k <= COUNT; k++) {
    const u = (k * END) / COUNT;
    const t = u * u - margin;
    sum += u * u * u * u * exp((-t * t) / 2) * 2 * u;
  }
  return Math.sqrt(2 * Math.PI) / ((sum * END) / COUNT);
}

/**
 * The share of P random patterns' labellings that a plane through the origin of `dimensions` can tell apart (Cover 1965):
 * 2^(1−P) Σ_{k<dimensions} C(P − 1, k), so one half at P = 2·dimensions. Of a neuron among N, dimensions are N − 1.
 */
export function separableShare(patterns: number, dimensions: number): number {
  let term = exp((1 - patterns) * Math.LN2);
  let sum = 0;
  for (let k = 0; k < Math.min(dimensions, patterns); k++) {
    sum += term;
    term *= (patterns - 1 - k) / (k + 1);
  }
  return sum;
}

/** Sparse patterns, covariance rule: N/(2f |ln f|) (Tsodyks & Feigelman 1988). */
export const sparseCapacity = (neurons: number, activity: number) =>
  neurons / (2 * activity * -ln(activity));

/**
 * Dense memory of xⁿ, no errors: N^(n−1)/(2 (2n − 3)!! ln N) (Krotov & Hopfield 2016, equation 6).
 *
 * @param power - n, an integer from 2
 */
export function polynomialCapacity(neurons: number, power: number): number {
  let held = 1 / (2 * ln(neurons));
  for (let k = 1; k < power; k++) held *= neurons / (2 * k - 1);
  return held;
}

/** Dense memory of eˣ: 2^(N/2) (Demircigil et al. 2017). */
export const exponentialCapacity = (neurons: number) => exp((neurons / 2) * Math.LN2);

/**
 * Parisi's palimpsest: of a stream without end about the last 0.05 N patterns are there, with couplings bounded at 0.37 √N
 * (in units where a pattern adds 1; Parisi 1986).
 */
export const palimpsestCapacity = (neurons: number) => 0.05 * neurons;

/** The share of neurons that leave a stored pattern in one synchronous step, Hebb: ½ erfc √(N/2P) (Hertz, Krogh & Palmer 1991). */
export const firstStepErrors = (load: number) => normalBelow(-1 / Math.sqrt(load));

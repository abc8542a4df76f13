/**
 * The Hebbian network of infinitely many neurons in the replica-symmetric theory (Amit, Gutfreund & Sompolinsky 1985, 1987):
 *
 *     m = ∫ Dz tanh β(σz + m),  q = ∫ Dz tanh² β(σz + m),  r = q/(1 − β(1 − q))²,  σ² = αr + ακq
 *
 * with overlap m, Edwards–Anderson parameter q, load α = P/N, and κ the variance of static noise on the couplings in
 * units of their own (Sompolinsky 1986): κ = 0 is the network as it was learnt. For each y = m/σ the first equation has one
 * solution m > 0 and the last gives α: the load as a function of y, whose maximum is the critical load; the solution beyond
 * that y is the retrieval state. At T = 0, with y₀ = y/√2: m = erf y₀ and C = β(1 − q) = (2/√π) y₀ e^(−y₀²)/m.
 */
import { exp, tanh } from '../../elementary.ts';
import { gaussianMean, erf, largestOn, passage } from './gaussian.ts';

/** The critical load at T = 0, replica-symmetric: 0.1379. */
export const CRITICAL_LOAD = 0.1379;

/** With replica symmetry broken once: Crisanti, Amit & Gutfreund 1986. */
export const CRITICAL_LOAD_BROKEN = 0.144;

export interface RetrievalState {
  load: number;
  /** Overlap. */
  m: number;
  /** Edwards–Anderson parameter; 1 at T = 0. */
  q: number;
  /** Mean square of the other overlaps, in units of α. */
  r: number;
}

/** Further than any maximum of the load, and than any y whose load is above 10⁻⁷. */
const FIRST = 0.4;
const PEAK = 6;
const LAST = 3000;

/** The state at y, and the load that it belongs to. */
function stateAt(y: number, temperature: number, noise: number): RetrievalState {
  if (temperature === 0) {
    const z = y / Math.SQRT2;
    const m = erf(z);
    const c = ((2 / Math.sqrt(Math.PI)) * z * exp(-z * z)) / m;
    const r = 1 / ((1 - c) * (1 - c));
    const load = c < 1 ? (m * m) / (y * y) / (r + noise) : 0;
    return { load, m, q: 1, r };
  }
  const beta = 1 / temperature;
  const field = (m: number) => {
    const steepness = (beta * m) / y;
    return gaussianMean((z) => tanh(steepness * z + beta * m), steepness);
  };
  const m = overlapOf(field);
  const steepness = (beta * m) / y;
  const q = gaussianMean((z) => {
    const mean = tanh(steepness * z + beta * m);
    return mean * mean;
  }, steepness);
  const c = beta * (1 - q);
  const r = q / ((1 - c) * (1 - c));
  const load = c < 1 && m > 0 ? (m * m) / (y * y) / (r + noise * q) : 0;
  return { load, m, q, r };
}

/** The root of field(m) = m in (0, 1], by false positions (Illinois): field(m)/m falls. */
function overlapOf(field: (m: number) => number): number {
  let [low, high] = [1e-6, 1];
  let [below, above] = [field(low) / low - 1, field(high) - 1];
  if (below <= 0) return 0;
  let side = 0;
  for (let k = 0; k < 60 && high - low > 1e-13; k++) {
    const m = (low * above - high * below) / (above - below);
    const value = field(m) / m - 1;
    if (Math.abs(value) < 1e-14) return m;
    if (value > 0) {
      [low, below] = [m, value];
      if (side === 1) above /= 2;
      side = 1;
    } else {
      [high, above] = [m, value];
      if (side === -1) below /= 2;
      side = -1;
    }
  }
  return (low + high) / 2;
}

/**
 * The largest load with a retrieval state, and that state.
 *
 * @param temperature - 0 or more; from 1 on nothing is retrieved: load and overlap 0
 * @param noise - κ, default 0
 */
export function criticalState(temperature = 0, noise = 0): RetrievalState {
  if (temperature >= 1) return { load: 0, m: 0, q: 0, r: 0 };
  const y = largestOn((x) => stateAt(x, temperature, noise).load, FIRST, PEAK);
  return stateAt(y, temperature, noise);
}

/** The retrieval state at a load, or undefined where there is none. Cost about 10 ms at a temperature above 0.05. */
export function retrieval(load: number, temperature = 0, noise = 0): RetrievalState | undefined {
  if (temperature >= 1) return undefined;
  if (load === 0) {
    const m = temperature === 0 ? 1 : overlapOf((x) => tanh(x / temperature));
    const c = temperature === 0 ? 0 : (1 - m * m) / temperature;
    return { load, m, q: m * m, r: (m * m) / ((1 - c) * (1 - c)) };
  }
  const y = largestOn((x) => stateAt(x, temperature, noise).load, FIRST, PEAK);
  if (stateAt(y, temperature, noise).load < load) return undefined;
  // In 1/y, which is about √α far out.
  const inverse = passage((x) => load - stateAt(1 / x, temperature, noise).load, 1 / LAST, 1 / y);
  return { ...stateAt(1 / inverse, temperature, noise), load };
}

/** T_M(α): the temperature up to which patterns are retrieved; 0 beyond the critical load. */
export function retrievalTemperature(load: number): number {
  if (load <= 0) return 1;
  const LOWEST = 0.02;
  if (criticalState(LOWEST).load < load) return 0;
  return passage((temperature) => criticalState(temperature).load - load, LOWEST, 1, 16);
}

/** Variance of static noise in units of the couplings' own, for damage to couplings (Sompolinsky 1986). */
export const STATIC_NOISE = {
  /** Pairs kept with this probability, both directions alike. */
  cut: (kept: number) => (1 - kept) / kept,
  /** Gaussian noise of this many times the couplings' root mean square. */
  noisy: (sigma: number) => sigma * sigma,
  /** Each coupling reduced to its sign. */
  signs: Math.PI / 2 - 1,
};

/** The graded network from its formulas, on plain arrays, with the platform's own functions. */

export interface Network {
  T: number[][];
  I: number[];
  gain: number;
  tau: number;
  logistic: boolean;
}

export function outputsOf({ gain, logistic }: Network, u: ArrayLike<number>): number[] {
  return Array.from(u, (x) => {
    return logistic ? 1 / (1 + Math.exp(-2 * gain * x)) : Math.tanh(gain * x);
  });
}

/** du/dt */
export function slopes(network: Network, u: ArrayLike<number>): number[] {
  const { T, I, tau } = network;
  const v = outputsOf(network, u);
  return T.map((row, i) => row.reduce((sum, t, j) => sum + t * v[j], I[i]) - u[i] / tau);
}

/** p ln p, 0 at 0 */
function plogp(p: number): number {
  return p > 0 ? p * Math.log(p) : 0;
}

/**
 * The energy, with the integral of g⁻¹ as an entropy: with p = (1 + V)/2, or V itself,
 * ∫ artanh = ½ (1 + V) ln(1 + V) + ½ (1 − V) ln(1 − V) = p ln p + (1 − p) ln(1 − p) + ln 2.
 */
export function energyOf(
  { T, I, gain, tau, logistic }: Network,
  v: ArrayLike<number>,
): { energy: number; size: number } {
  let energy = 0;
  let size = 0;
  for (let i = 0; i < v.length; i++) {
    const p = logistic ? v[i] : (1 + v[i]) / 2;
    const integral = ((plogp(p) + plogp(1 - p) + Math.LN2) * (logistic ? 0.5 : 1)) / gain / tau;
    let term = -I[i] * v[i] + integral;
    for (let j = 0; j < v.length; j++) term -= 0.5 * T[i][j] * v[i] * v[j];
    energy += term;
    size += Math.abs(term);
  }
  return { energy, size };
}

/** Euler's method in steps of `dt`. */
export function euler(network: Network, u0: ArrayLike<number>, time: number, dt: number): number[] {
  let u = Array.from(u0);
  const steps = Math.round(time / dt);
  for (let k = 0; k < steps; k++) {
    const s = slopes(network, u);
    u = u.map((x, i) => x + dt * s[i]);
  }
  return u;
}

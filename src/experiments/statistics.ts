/**
 * Estimates with 95 % intervals from independent networks. What is averaged inside one network (patterns, neurons, sweeps) is
 * not independent: the unit is the network everywhere here.
 */
import { checkNumber } from '../checks.ts';

/** An estimate from n networks. With one network there is nothing to tell its error from. */
export interface Estimate {
  value: number;
  /** Standard error. */
  error?: number;
  /** Ends of the 95 % interval. */
  low?: number;
  high?: number;
}

const Z = 1.959963984540054;
/** Student's t for 95 % and 1 to 6 degrees of freedom. */
const SMALL_T = [12.706204736, 4.30265273, 3.182446305, 2.776445105, 2.570581836, 2.446911851];

/** Half the width of Student's 95 % interval, in standard errors (expansion of Cornish & Fisher; off by less than 0.001). */
export function studentT(degrees: number): number {
  if (degrees <= SMALL_T.length) return SMALL_T[degrees - 1];
  const z2 = Z * Z;
  const a = (z2 + 1) / 4;
  const b = ((5 * z2 + 16) * z2 + 3) / 96;
  const c = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  return Z * (1 + (a + (b + c / degrees) / degrees) / degrees);
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

/** The sum of squared deviations from the mean. */
function squares(values: readonly number[]): number {
  const mean = average(values);
  return values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
}

/**
 * The mean of one value a network, with Student's interval.
 *
 * @param values - one a network, at least one
 */
export function meanOf(values: readonly number[]): Estimate {
  const n = values.length;
  const value = average(values);
  if (n < 2) return { value };
  return interval(value, Math.sqrt(squares(values) / (n - 1) / n), studentT(n - 1));
}

function interval(value: number, error: number, widths: number): Estimate {
  return { value, error, low: value - widths * error, high: value + widths * error };
}

/**
 * The share of successes, with Wilson's interval (1927). With one attempt a network that is all. With several, attempts
 * of one network depend on each other: the interval is that of as many independent attempts as would scatter as networks do
 * (effective sample size, Korn & Graubard 1998), one a network where none scatter.
 *
 * @param successes - in each network
 * @param attempts - in each network, the same for all
 */
export function shareOf(successes: readonly number[], attempts: number): Estimate {
  const networks = successes.length;
  const value = average(successes) / attempts;
  const spread = value * (1 - value);
  if (attempts === 1) return wilson(value, networks, Z);
  if (networks < 2) return { value };
  const variance = squares(successes) / (attempts * attempts) / (networks - 1) / networks;
  if (variance === 0) return wilson(value, networks, Z);
  const effective = Math.min(spread / variance, networks * attempts);
  return wilson(value, effective, studentT(networks - 1));
}

function wilson(value: number, count: number, z: number): Estimate {
  const z2 = z * z;
  const middle = (value + z2 / (2 * count)) / (1 + z2 / count);
  const half = (z / (1 + z2 / count)) * Math.sqrt((value * (1 - value) + z2 / (4 * count)) / count);
  const error = Math.sqrt((value * (1 - value)) / count);
  return { value, error, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * A function of means, or of anything else that all networks together give, with its error by the jackknife (leaving out one
 * network at a time; Quenouille 1956, Tukey 1958).
 *
 * @param networks - one sample each
 * @param f - of samples; it is called n + 1 times
 */
export function jackknife<T>(
  networks: readonly T[],
  f: (networks: readonly T[]) => number,
): Estimate {
  const value = f(networks);
  const n = networks.length;
  if (n < 2) return { value };
  const without = networks.map((_, k) => f(networks.filter((_, i) => i !== k)));
  return interval(value, Math.sqrt(((n - 1) / n) * squares(without)), studentT(n - 1));
}

/** Half the width of an interval: what `error` asks to be small. Infinite where one network gave none. */
export function halfWidth({ low, high }: Estimate): number {
  return low === undefined || high === undefined ? Infinity : (high - low) / 2;
}

/** A measured value at x. */
export interface Measured {
  x: number;
  value: number;
  error: number;
}

/**
 * The value at x = 0 of the straight line through measured values, weighted by their errors: with x = 1/N what large networks
 * tend to. Its error is that of the weighted fit (no scatter around the line added).
 *
 * @param measured - at two places at least, with errors above 0
 * @throws RangeError for fewer, or an error that is not above 0
 */
export function extrapolate(measured: readonly Measured[]): Estimate & { slope: number } {
  const places = new Set(measured.map(({ x }) => x)).size;
  if (places < 2) throw new RangeError(`values at ${places} places, expected at least 2`);
  let [s, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (const { x, value, error } of measured) {
    checkNumber(error, 'error', 'a number above 0', (e) => e > 0);
    const w = 1 / (error * error);
    s += w;
    sx += w * x;
    sy += w * value;
    sxx += w * x * x;
    sxy += w * x * value;
  }
  const determinant = s * sxx - sx * sx;
  const value = (sxx * sy - sx * sxy) / determinant;
  const slope = (s * sxy - sx * sy) / determinant;
  return { ...interval(value, Math.sqrt(sxx / determinant), Z), slope };
}

/**
 * Where a falling or rising curve passes a level: by straight lines between neighbours, its error from theirs.
 *
 * @param curve - by rising x
 * @returns undefined where it does not pass, or the errors are not known
 */
export function crossing(
  curve: readonly { x: number; y: Estimate }[],
  level: number,
): { value: number; error: number } | undefined {
  for (let k = 1; k < curve.length; k++) {
    const [a, b] = [curve[k - 1], curve[k]];
    const [from, to] = [a.y.value - level, b.y.value - level];
    if (from === to || from * to > 0) continue;
    if (a.y.error === undefined || b.y.error === undefined) return undefined;
    const rise = b.y.value - a.y.value;
    const share = -from / rise;
    const step = (b.x - a.x) / rise;
    const error = Math.abs(step) * Math.hypot((1 - share) * a.y.error, share * b.y.error);
    return { value: a.x + share * (b.x - a.x), error };
  }
  return undefined;
}

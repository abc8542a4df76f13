/**
 * Real couplings become integers of one unit, once: from then on fields, flips and energies are exact.
 *
 * The unit is a power of two. Where all numbers are multiples of one that is large enough, it is the largest such, and
 * nothing is rounded; otherwise the smallest that keeps every Σ_j |J_ij| + |h_i| below 2³⁰.
 */
import { FIELD_LIMIT, roundEven } from '../../learning/fixed-point.ts';
import { reaches, type IsingNumbers } from './pairs.ts';

export interface IsingIntegers {
  readonly spins: number;
  /** What 1 stands for, a power of two. */
  readonly unit: number;
  /** Whether nothing had to be rounded. */
  readonly exact: boolean;
  /** The pairs as they were given, with integer values. */
  readonly starts: Uint32Array;
  readonly others: Uint32Array;
  readonly values: Int32Array;
  readonly fields: Int32Array;
  /** The largest Σ_j |J_ij| + |h_i|, and a little more where there was rounding. */
  readonly reach: number;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** The exponent of the lowest bit of a number that is not 0: x is an odd multiple of 2 to it. */
function lowestBit(x: number): number {
  double[0] = x;
  const exponent = (words[1] >>> 20) & 2047;
  const high = (words[1] & 0xfffff) | (exponent > 0 ? 0x100000 : 0);
  const zeros = words[0] !== 0 ? trailingZeros(words[0]) : 32 + trailingZeros(high);
  return Math.max(exponent, 1) - 1075 + zeros;
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** 2^n for −1074 ≤ n ≤ 1023, exactly on every engine. */
function powerOfTwo(n: number): number {
  words[0] = n < -1042 ? 2 ** (n + 1074) : 0;
  words[1] = n >= -1022 ? (n + 1023) << 20 : n >= -1042 ? 2 ** (n + 1042) : 0;
  return double[0];
}

/** The exponent of the coarsest unit that all numbers are multiples of; Infinity when all are 0. */
function commonExponent(...lists: Float64Array[]): number {
  let least = Infinity;
  for (const list of lists) {
    for (const x of list) if (x !== 0) least = Math.min(least, lowestBit(x));
  }
  return least;
}

/** @param spread - what rounding may add to the reach, in units */
function unitExponent(reach: number, spread: number): number {
  let n = -1074;
  let step = 2048;
  // The smallest power that does: the condition holds from some n on.
  for (; step >= 1; step /= 2) {
    if (n + step - 1 <= 1023 && !fits(reach, powerOfTwo(n + step - 1), spread)) n += step;
  }
  return n;
}

function fits(reach: number, unit: number, spread: number): boolean {
  return reach / unit + spread < FIELD_LIMIT;
}

/** In units. A loop, as `from` goes through an iterator and there can be millions. */
function rounded(values: Float64Array, unit: number): Int32Array {
  const integers = new Int32Array(values.length);
  for (let k = 0; k < values.length; k++) integers[k] = roundEven(values[k] / unit);
  return integers;
}

export function toIntegers(numbers: IsingNumbers): IsingIntegers {
  const { spins, pairs, fields } = numbers;
  const { starts, others } = pairs;
  const largest = reaches(numbers).reduce((a, b) => Math.max(a, b), 0);
  const common = commonExponent(pairs.values, fields);
  const exact = common === Infinity || fits(largest, powerOfTwo(common), 0);
  const exponent =
    common === Infinity ? 0 : exact ? common : unitExponent(largest, (spins + 1) / 2);
  const unit = powerOfTwo(exponent);
  return {
    spins,
    unit,
    exact,
    starts,
    others,
    values: rounded(pairs.values, unit),
    fields: rounded(fields, unit),
    reach: exact ? largest / unit : FIELD_LIMIT - 1,
  };
}

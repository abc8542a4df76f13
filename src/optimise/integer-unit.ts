/** Energies in integers: numbers that are multiples of one power of two stay exact, others are rounded once. */
import { FIELD_LIMIT } from '../kernels/layout.ts';
import { bits } from '../bits.ts';

export interface IntegerUnit {
  /** What 1 stands for, a power of two. */
  readonly unit: number;
  /** Whether nothing has to be rounded. */
  readonly exact: boolean;
}

/** The exponent of the lowest bit of a number that is not 0: x is an odd multiple of 2 to it. */
function lowestBit(x: number): number {
  bits.setFloat64(0, x);
  const [upper, lower] = [bits.getUint32(0), bits.getUint32(4)];
  const exponent = (upper >>> 20) & 2047;
  const high = (upper & 0xfffff) | (exponent > 0 ? 0x100000 : 0);
  const zeros = lower !== 0 ? trailingZeros(lower) : 32 + trailingZeros(high);
  return Math.max(exponent, 1) - 1075 + zeros;
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** 2^n for −1074 ≤ n ≤ 1023, exactly on every engine. */
function powerOfTwo(n: number): number {
  bits.setUint32(4, n < -1042 ? 2 ** (n + 1074) : 0);
  bits.setUint32(0, n >= -1022 ? (n + 1023) << 20 : n >= -1042 ? 2 ** (n + 1042) : 0);
  return bits.getFloat64(0);
}

/** The exponent of the coarsest unit that all numbers are multiples of; Infinity when all are 0. */
function commonExponent(lists: readonly Float64Array[]): number {
  let least = Infinity;
  let unit = Infinity;
  let inverse = 0;
  for (const list of lists) {
    for (const x of list) {
      // Most numbers are multiples of what was found so far, which is seen fast.
      if (x === 0 || (Math.abs(x) >= unit && Number.isInteger(x * inverse))) continue;
      least = Math.min(least, lowestBit(x));
      unit = powerOfTwo(least);
      inverse = 1 / unit;
    }
  }
  return least;
}

/** @param spread - what rounding may add to the reach, in units */
function unitExponent(reach: number, spread: number, limit: number): number {
  let n = -1074;
  let step = 2048;
  // The smallest power that does: the condition holds from some n on.
  for (; step >= 1; step /= 2) {
    if (n + step - 1 <= 1023 && !fits(reach, powerOfTwo(n + step - 1), spread, limit)) n += step;
  }
  return n;
}

function fits(reach: number, unit: number, spread: number, limit: number): boolean {
  return reach / unit + spread < limit;
}

/**
 * The unit for some numbers: the largest that they are all multiples of, if it is large enough, or the smallest that is.
 *
 * @param numbers - finite ones
 * @param reach - the largest sum of magnitudes that has to stay below the limit
 * @param spread - what rounding may add to the reach, in units
 * @param limit - in units; 2³⁰ where fields are integers of 32 bits
 */
export function integerUnit(
  numbers: readonly Float64Array[],
  reach: number,
  spread: number,
  limit = FIELD_LIMIT,
): IntegerUnit {
  const common = commonExponent(numbers);
  if (common === Infinity) return { unit: 1, exact: true };
  const unit = powerOfTwo(common);
  if (fits(reach, unit, 0, limit)) return { unit, exact: true };
  return { unit: powerOfTwo(unitExponent(reach, spread, limit)), exact: false };
}

/** An energy that is good enough, for a search that counts in integers. */
export class IntegerTarget {
  /** The largest integer energy that counts as the target reached. */
  readonly integer: number;
  readonly #target: number;
  readonly #unit: number;
  readonly #offset: number;

  /**
   * @param rounded - how many numbers of an energy were rounded: n independent roundings by ½ unit at most add up to √(n/12)
   *   units, and rarely to ten times that
   */
  constructor(target: number, unit: number, offset: number, rounded: number) {
    this.#target = target;
    this.#unit = unit;
    this.#offset = offset;
    this.integer = this.#largest() + Math.ceil(3 * Math.sqrt(rounded));
  }

  #largest(): number {
    const quotient = (this.#target - this.#offset) / this.#unit;
    // Energies stay below 2⁵¹: what is further off is always or never reached.
    if (Math.abs(quotient) > 2 ** 52) return quotient > 0 ? Infinity : -Infinity;
    let energy = Math.floor(quotient) + 1;
    while (energy * this.#unit + this.#offset > this.#target) energy--;
    return energy;
  }

  reachedBy(integer: number): boolean {
    return integer <= this.integer;
  }

  /** The energy of an integer one. What counts as reached is reached: rounded numbers may say a little more. */
  energyOf(integer: number): number {
    const energy = integer * this.#unit + this.#offset;
    return this.reachedBy(integer) ? Math.min(energy, this.#target) : energy;
  }
}

/** Energies in integers: numbers that are multiples of one power of two stay exact, others are rounded once. */
import { FIELD_LIMIT, largestScale } from '../learning/fixed-point.ts';

/** How numbers become integers: multiplied by a power of two, then rounded, which changes nothing where it is exact. */
export interface IntegerUnit {
  readonly scale: number;
  readonly exact: boolean;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/**
 * The unit for some numbers.
 *
 * @param numbers - finite ones
 * @param bound - the largest sum of magnitudes that has to stay below 2³⁰ units
 * @param terms - how many rounded numbers such a sum has at most
 * @throws RangeError when `bound` is not finite
 */
export function integerUnit(
  numbers: readonly Float64Array[],
  bound: number,
  terms: number,
): IntegerUnit {
  if (!(bound < Infinity)) {
    throw new RangeError(`the costs add up to ${bound}, expected a finite sum`);
  }
  const scale = 2 ** -lowestExponent(numbers);
  if (bound * scale < FIELD_LIMIT) return { scale, exact: true };
  let rounded = largestScale(bound);
  while (bound * rounded + terms >= FIELD_LIMIT) rounded /= 2;
  return { scale: rounded, exact: false };
}

/** The exponent of the largest power of two that divides all numbers, at most 0 … 1023; 0 when all are 0. */
function lowestExponent(numbers: readonly Float64Array[]): number {
  let lowest = Infinity;
  for (const list of numbers) {
    for (const value of list)
      if (value !== 0) lowest = Math.min(lowest, exponentOfLowestBit(value));
  }
  return lowest === Infinity ? 0 : lowest;
}

function exponentOfLowestBit(value: number): number {
  double[0] = value;
  const [low, high] = words;
  const biased = (high >>> 20) & 0x7ff;
  const top = (high & 0xfffff) | (biased === 0 ? 0 : 0x100000);
  const zeros = low !== 0 ? trailingZeros(low) : 32 + trailingZeros(top);
  return Math.max(biased, 1) - 1075 + zeros;
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}

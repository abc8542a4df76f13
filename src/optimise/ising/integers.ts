/**
 * Real couplings become integers of one unit, once: from then on fields, flips and energies are exact.
 *
 * The unit is a power of two. Where all numbers are multiples of one that is large enough, it is the largest such, and
 * nothing is rounded; otherwise the smallest that keeps every Σ_j |J_ij| + |h_i| below 2³⁰.
 */
import { FIELD_LIMIT } from '../../kernels/layout.ts';
import { roundEven } from '../../elementary.ts';
import { integerUnit } from '../integer-unit.ts';
import { reaches, type IsingNumbers } from './numbers.ts';

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
  const { unit, exact } = integerUnit([pairs.values, fields], largest, (spins + 1) / 2);
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

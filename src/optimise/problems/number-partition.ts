/** Number partitioning: two heaps of numbers whose sums differ as little as possible. */
import { checkNumber, checkOptions, describe, isList } from '../../checks.ts';
import { IsingModel } from '../ising-model.ts';
import type { Problem, ProblemOptions } from '../problem.ts';
import { bitProblem } from './bits.ts';

/** Couplings grow with the square: 800 MB. */
const MOST = 10_000;

/**
 * A solution is the heap, 0 or 1, of each number; its cost is the difference of the sums, without its sign. For integers of any
 * size the cost is computed exactly, and rounded once at the end.
 *
 * The energy of a state is the difference squared, (Σ a_i s_i)², by couplings J_ij = −2 a_i a_j. The solvers work with it
 * exactly while 2·max|a|·Σ|a| < 2³⁰ (in units of the largest power of two that divides all of it); the search then ends
 * at a difference of 0, or 1 for an odd sum. Beyond, couplings are rounded to 30 bits: differences below about
 * √(max|a|·Σ|a|)/2¹⁴ all look alike, and the best of them is found by luck only.
 *
 * @param numbers - at least one, at most 10,000; they may be negative or real
 * @throws TypeError, RangeError when they are no finite numbers, or their squares add up to Infinity
 */
export function numberPartition(
  numbers: ArrayLike<number>,
  options: ProblemOptions = {},
): Problem<Uint8Array, Int8Array> {
  checkOptions(options, 'number partition options', ['backend']);
  const values = readNumbers(numbers);
  const count = values.length;
  const couplings = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    // The diagonal becomes the constant Σ a_i².
    for (let j = 0; j < count; j++) couplings[i * count + j] = -2 * values[i] * values[j];
  }
  const model = new IsingModel(count, { couplings, backend: options.backend });
  const whole = values.every(Number.isInteger);
  const odd = values.reduce((sum, a) => sum + Math.abs(a % 2), 0) % 2;
  return bitProblem(model, 'number', whole ? odd : 0, (heaps) => {
    const signs = Array.from(heaps, (heap) => 2 * heap - 1);
    if (!whole) return Math.abs(signs.reduce((sum, s, i) => sum + s * values[i], 0));
    const difference = signs.reduce((sum, s, i) => sum + BigInt(s) * BigInt(values[i]), 0n);
    return Math.abs(Number(difference));
  });
}

function readNumbers(numbers: ArrayLike<number>): Float64Array {
  if (!isList(numbers)) {
    throw new TypeError(`numbers are ${describe(numbers)}, expected an array of numbers`);
  }
  if (numbers.length === 0) throw new RangeError('numbers are empty, expected at least one');
  if (numbers.length > MOST) {
    throw new RangeError(
      `there are ${numbers.length} numbers, expected at most ${MOST}: all of them are coupled to each other`,
    );
  }
  const values = new Float64Array(numbers.length);
  for (let i = 0; i < values.length; i++) {
    values[i] = checkNumber(numbers[i], `numbers[${i}]`, 'a finite number', () => true);
  }
  return values;
}

/**
 * Real couplings become integers once, when learning ends: J_ij = W_ij/unit rounded to nearest.
 *
 * From then on fields, flips and energies are exact. The unit is a power of two, as small as keeps every
 * Σ_j |J_ij| + |θ_i| below 2³⁰, which is finer than single precision.
 */
import type { Address } from '../numbers.ts';
import { FIELD_LIMIT } from '../kernels/layout.ts';
import type { LearningGroup } from '../kernels/groups/learning.ts';
import type { Machine } from '../kernels/open.ts';

/** @throws RangeError when fields of so many pairs could leave their integers */
export function checkProduct(pairs: number, neurons: number): void {
  const product = pairs * neurons;
  if (product >= FIELD_LIMIT) {
    throw new RangeError(
      `neurons times pairs is ${product}, expected less than ${FIELD_LIMIT} (integer fields)`,
    );
  }
}

/** The largest power of two that keeps `bound` times it below 2³⁰ (at most 2¹⁰⁰⁰). */
export function largestScale(bound: number): number {
  let scale = 1;
  while (bound * scale * 2 < FIELD_LIMIT && scale < 2 ** 1000) scale *= 2;
  while (bound * scale >= FIELD_LIMIT) scale /= 2;
  return scale;
}

/** A unit of couplings that keeps energies finite. @throws RangeError */
export function checkUnit(unit: number, neurons: number): number {
  if (unit * FIELD_LIMIT * neurons < Infinity) return unit;
  throw new RangeError(
    `couplings have a unit of ${unit}, too large for ${neurons} neurons: energies would not be finite`,
  );
}

/**
 * Rounds the f64 matrix at `matrix` into i32 couplings at `couplings`.
 *
 * @param extra - address of f64[N] that also has to fit beside each row, or 0
 * @param factor - how often the row sum must fit
 * @returns the unit
 * @throws RangeError when the couplings of a neuron add up to more than a double holds
 */
export function roundCouplings(
  machine: Machine<LearningGroup>,
  couplings: Address,
  matrix: Address,
  extra: Address,
  factor: number,
  neurons: number,
): number {
  const { kernels } = machine;
  // Half a unit of rounding in each of N couplings has to fit too.
  const bound = factor * kernels.largestRowSumF64(matrix, extra, neurons);
  if (bound === Infinity) {
    throw new RangeError('the couplings of a neuron add up to Infinity, expected a finite sum');
  }
  let scale = largestScale(bound);
  while (bound * scale + factor * neurons >= FIELD_LIMIT) scale /= 2;
  const unit = checkUnit(1 / scale, neurons);
  kernels.roundToI32(couplings, matrix, scale, neurons);
  return unit;
}

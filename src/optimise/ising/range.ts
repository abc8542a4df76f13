/** Temperatures that suit a model, from the sizes of its couplings. */
import type { Steps } from '../../pacing.ts';
import { inStretches } from '../pairs.ts';
import type { IsingIntegers } from './integers.ts';

/**
 * A spin among random others is in a field of about σ_i = √(Σ_j J_ij² + h_i²). Hot: 0.6 times the root mean square of the σ_i
 * that are not 0; cold: 0.05 times their median (tuned on max-cut, spin glasses on lattices and complete graphs, and
 * couplings of very different sizes; twice or half as much changes little). [1, 1] when there are no couplings.
 */
export function* temperatureRange(
  integers: IsingIntegers,
): Steps<readonly [hot: number, cold: number]> {
  const { starts, others, values, fields, unit } = integers;
  const squares = Float64Array.from(fields, (h) => h * h);
  yield* inStretches(starts, (i) => {
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      // Not a power: products are the same on every engine.
      const square = values[k] * values[k];
      squares[i] += square;
      squares[others[k]] += square;
    }
  });
  const sizes = squares.filter((x) => x > 0).sort();
  if (sizes.length === 0) return Object.freeze([1, 1] as const);
  const mean = sizes.reduce((sum, x) => sum + x, 0) / sizes.length;
  const median = sizes[sizes.length >> 1];
  return Object.freeze([0.6 * Math.sqrt(mean) * unit, 0.05 * Math.sqrt(median) * unit] as const);
}

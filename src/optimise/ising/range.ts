/** Temperatures that suit a model, from the sizes of its couplings. */
import type { IsingIntegers } from './integers.ts';

/**
 * A spin among random others is in a field of about σ_i = √(Σ_j J_ij² + h_i²). Hot: the largest σ. Cold: a tenth of the
 * median of those that are not 0. [1, 1] when there are no couplings.
 */
export function temperatureRange(integers: IsingIntegers): readonly [hot: number, cold: number] {
  const { spins, starts, others, values, fields, unit } = integers;
  const squares = Float64Array.from(fields, (h) => h * h);
  for (let i = 0; i < spins; i++) {
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      squares[i] += values[k] ** 2;
      squares[others[k]] += values[k] ** 2;
    }
  }
  const sizes = squares.filter((x) => x > 0).sort();
  if (sizes.length === 0) return [1, 1];
  const largest = Math.sqrt(sizes[sizes.length - 1]);
  const median = Math.sqrt(sizes[sizes.length >> 1]);
  return [largest * unit, 0.1 * median * unit];
}

/** Temperatures that suit averages of spins. */
import type { IsingIntegers } from './integers.ts';
import type { Links } from './layout.ts';

/** Steps of the power method. */
const STEPS = 40;

/**
 * Hot: the largest eigenvalue of J, at which averages without fields begin to differ from 0, by the power method
 * (a few per cent too small at worst matter little). Cold: a hundredth of it. [1, 1] when there are no couplings.
 */
export function meanFieldRange(
  { spins, fields, unit }: IsingIntegers,
  { starts, neighbours, weights }: Links,
): readonly [hot: number, cold: number] {
  let reach = 0;
  for (let i = 0; i < spins; i++) {
    let sum = 0;
    for (let k = starts[i]; k < starts[i + 1]; k++) sum += Math.abs(weights[k]);
    reach = Math.max(reach, sum);
  }
  const field = fields.reduce((largest, h) => Math.max(largest, Math.abs(h)), 0);
  const scale = largestEigenvalue(spins, { starts, neighbours, weights }, reach / 2);
  const hot = Math.max(scale, field) * unit;
  return hot > 0 ? [hot, hot / 100] : [1, 1];
}

/** @param shift - added to all eigenvalues, so that the largest is also the largest in size */
function largestEigenvalue(spins: number, links: Links, shift: number): number {
  const { starts, neighbours, weights } = links;
  // Any vector will do that no symmetry of an instance is likely to have.
  let x = Float64Array.from({ length: spins }, (_, i) => 1 + ((i * 0.6180339887498949) % 1));
  let value = 0;
  for (let step = 0; step < STEPS; step++) {
    const norm = Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
    if (!(norm > 0)) return 0;
    const y = x.map((v) => v / norm);
    x = y.map((v, i) => {
      let sum = shift * v;
      for (let k = starts[i]; k < starts[i + 1]; k++) sum += weights[k] * y[neighbours[k]];
      return sum;
    });
    value = x.reduce((sum, v, i) => sum + v * y[i], 0) - shift;
  }
  return value;
}

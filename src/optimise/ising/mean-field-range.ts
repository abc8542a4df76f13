/** Temperatures that suit averages of spins. */
import type { IsingIntegers } from './integers.ts';
import type { Steps } from '../../pacing.ts';
import { inStretches, type Links } from '../pairs.ts';

/** Steps of the power method, for the size of the spectrum and then for its upper end. */
const STEPS = [10, 25];

/**
 * Hot: the largest eigenvalue of J, at which averages without fields begin to differ from 0, by the power method
 * (some per cent too small where it has close neighbours), or the largest field where that is larger. Cold: a hundredth
 * of it. [1, 1] when there is neither. Goes through all couplings 35 times.
 */
export function* meanFieldRange(
  { spins, fields, unit }: IsingIntegers,
  links: Links<Int32Array>,
): Steps<readonly [hot: number, cold: number]> {
  const largest = fields.reduce((most, h) => Math.max(most, Math.abs(h)), 0);
  const hot = Math.max(yield* largestEigenvalue(spins, links), largest) * unit;
  return hot > 0 ? [hot, hot / 100] : [1, 1];
}

function* largestEigenvalue(spins: number, links: Links<Int32Array>): Steps<number> {
  const size = yield* power(links, spins, 0, STEPS[0]);
  // Half the size of the spectrum, added to all of it, makes its upper end the largest in size too.
  return (yield* power(links, spins, size / 2, STEPS[1])) - size / 2;
}

/** The size of the largest eigenvalue of J + shift. */
function* power(
  { starts, neighbours, values }: Links<Int32Array>,
  spins: number,
  shift: number,
  steps: number,
): Steps<number> {
  // Any vector will do that no symmetry of an instance is likely to have.
  const x = Float64Array.from({ length: spins }, (_, i) => ((i * 0.6180339887498949) % 1) - 0.45);
  const y = new Float64Array(x.length);
  let size = 0;
  for (let step = 0; step < steps; step++) {
    const before = norm(x);
    if (!(before > 0)) return 0;
    for (let i = 0; i < y.length; i++) y[i] = x[i] / before;
    yield* inStretches(starts, (i) => {
      let sum = shift * y[i];
      for (let k = starts[i]; k < starts[i + 1]; k++) sum += values[k] * y[neighbours[k]];
      x[i] = sum;
    });
    size = norm(x);
  }
  return size;
}

function norm(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return Math.sqrt(sum);
}

/** Two answers to one cue in a Hebbian hetero-association: sign(w_B B + w_C C + noise), for large N. */
import { normalBelow } from './gaussian.ts';

/**
 * Overlaps of the answer with B and with C. The noise is crosstalk of the other pairs, Gaussian of variance
 * (pairs − 1)/N · (w_B² + w_C²).
 *
 * @param first - w_B, at least 0
 * @param second - w_C, at least 0, not both 0
 * @param load - (pairs − 1)/N
 */
export function listOverlaps(
  first: number,
  second: number,
  load: number,
): { first: number; second: number } {
  const noise = Math.sqrt(load * (first * first + second * second));
  const mean = (signal: number) =>
    noise === 0 ? Math.sign(signal) : 2 * normalBelow(signal / noise) - 1;
  // Half the bits of B and C agree.
  const [agree, differ] = [mean(first + second), mean(first - second)];
  return { first: (agree + differ) / 2, second: (agree - differ) / 2 };
}

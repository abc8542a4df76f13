/**
 * How strongly an overlap calls for the next pattern of a sequence, f: a power of it, or an exponential.
 *
 * Values of powers are integers where overlaps are. Those of e^(βx) are given relative to the largest of them all, which
 * changes no sign of a sum.
 */
import { describe } from '../checks.ts';
import { exp } from '../elementary.ts';
import { completeSeparation, power, type Separation } from './separation.ts';

/**
 * f(x) = x (Sompolinsky & Kanter 1986, Kleinfeld 1986), xⁿ, or e^(βx) (Chaudhry et al. 2023). n is the power of f here, where the
 * field is made of it; an energy has one more.
 */
export type SequenceSeparation =
  | 'linear'
  | Extract<Separation, { name: 'polynomial' | 'exponential' }>;

/** The largest |f|: sums over as many patterns as memory can hold stay finite. */
const LARGEST = 1e290;

/** @throws TypeError, RangeError when it is none, or leaves what a double can hold */
export function completeSequenceSeparation(given: unknown, neurons: number): SequenceSeparation {
  if (given === 'linear') return given;
  const name = typeof given === 'object' ? (given as Separation | null)?.name : undefined;
  if (name !== 'polynomial' && name !== 'exponential') {
    const what = name === undefined ? describe(given) : `of the name ${describe(name)}`;
    throw new TypeError(
      `separation is ${what}, expected 'linear', polynomial(n) or exponential(beta)`,
    );
  }
  const complete = completeSeparation(given as Separation, neurons);
  if (complete.name === 'polynomial' && !(power(neurons + 1, complete.degree) <= LARGEST)) {
    throw new RangeError(
      `degree is ${complete.degree}, too large for ${neurons} neurons: (N + 1)ⁿ is above 1e290; exponential() has no such limit`,
    );
  }
  return complete as SequenceSeparation;
}

/** f, for overlaps of which none is above `largest`. */
export function separationOf(
  separation: SequenceSeparation,
  largest: number,
): (x: number) => number {
  if (separation === 'linear') return (x) => x;
  if (separation.name === 'polynomial') return (x) => power(x, separation.degree);
  return (x) => exp(separation.beta * (x - largest));
}

/** What takes part in a recall: all that is stored, or some of it, in its place among the rest. */
import type { Address } from '../../numbers.ts';

export interface Members {
  /** How many vectors. */
  readonly count: number;
  /** M of them, the largest norm. */
  readonly largestNorm: number;
  /** u8[P], 0 for those that take no part; at address 0 all do. */
  readonly mask: Address;
  /** Where they are: stretches of the first and how many. */
  readonly stretches: readonly (readonly [first: number, count: number])[];
}

/** Indices, upwards, as stretches of neighbours. */
export function stretchesOf(indices: readonly number[]): [first: number, count: number][] {
  const stretches: [number, number][] = [];
  for (const index of indices) {
    const last = stretches.at(-1);
    if (last && last[0] + last[1] === index) last[1]++;
    else stretches.push([index, 1]);
  }
  return stretches;
}

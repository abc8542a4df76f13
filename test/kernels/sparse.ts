/** Random sparse couplings of spins: for each spin the list of its neighbours and their weights. */
import type { Desk } from './desk.ts';

export interface Sparse {
  starts: number[];
  neighbours: number[];
  weights: number[];
  extra: number[];
}

/** Each spin has up to `most` neighbours, which may be any spins but itself. */
export function sparse(desk: Desk, spins: number, most: number, bound: number): Sparse {
  const starts = [0];
  const neighbours: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < spins; i++) {
    for (let k = spins > 1 ? desk.integer(0, most) : 0; k > 0; k--) {
      neighbours.push((i + desk.integer(1, spins - 1)) % spins);
      weights.push(desk.integer(-bound, bound));
    }
    starts.push(neighbours.length);
  }
  const extra = Array.from({ length: spins }, () => desk.integer(-bound, bound));
  return { starts, neighbours, weights, extra };
}

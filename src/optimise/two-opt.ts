/** 2-opt (Croes 1958): two edges of a tour are exchanged for two others while that makes it shorter. */
import { readDistances, tourLength, type Cities, type Distances } from './distances.ts';
import { readTour } from './tour.ts';

/**
 * A finishing step for tours: the first exchange that shortens the tour is made, until there is none.
 *
 * @param tour - every city once
 * @param cities - points, or symmetric distances, as for `travellingSalesman`
 * @returns a new tour, its length and the exchanges made; never longer than the one given
 * @throws TypeError, RangeError when the tour is none or the distances are not
 */
export function twoOpt(
  tour: ArrayLike<number>,
  cities: Cities,
): { tour: number[]; length: number; exchanges: number } {
  const distances = readDistances(cities);
  const order = readTour(tour, distances.cities);
  let exchanges = 0;
  while (exchange(order, distances)) exchanges++;
  return { tour: order, length: tourLength(order, distances), exchanges };
}

/** Makes the first exchange that helps; gains within rounding are none. */
function exchange(tour: number[], { cities: n, values }: Distances): boolean {
  for (let i = 0; i < n - 1; i++) {
    const a = tour[i];
    const b = tour[i + 1];
    for (let j = i + 2; j < n; j++) {
      const c = tour[j];
      const d = tour[(j + 1) % n];
      if (d === a) continue;
      const before = values[a * n + b] + values[c * n + d];
      const after = values[a * n + c] + values[b * n + d];
      if (before - after <= before * 1e-12) continue;
      reverse(tour, i + 1, j);
      return true;
    }
  }
  return false;
}

function reverse(tour: number[], from: number, to: number): void {
  for (let i = from, j = to; i < j; i++, j--) {
    const held = tour[i];
    tour[i] = tour[j];
    tour[j] = held;
  }
}

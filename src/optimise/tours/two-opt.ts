/**
 * Shortening a tour: 2-opt (Croes 1958), two edges exchanged for two others, and or-opt (Or 1976), up to three cities in a
 * row moved elsewhere.
 */
import { readDistances, tourLength, type Cities, type Distances } from './distances.ts';
import { readTour } from './tour.ts';

/**
 * A finishing step for tours: makes the first exchange that shortens the tour, and where there is none the first move of a
 * stretch of one to three cities, either way round, until neither helps. O(n²) for each step.
 *
 * @param tour - every city once
 * @param cities - points, or symmetric distances, as for `travellingSalesman`
 * @returns a new tour, its length and the exchanges and moves made; never longer than the one given
 * @throws TypeError, RangeError when the tour is none or the distances are not
 */
export function twoOpt(
  tour: ArrayLike<number>,
  cities: Cities,
): { tour: number[]; length: number; exchanges: number } {
  const distances = readDistances(cities);
  let order = readTour(tour, distances.cities);
  let exchanges = 0;
  for (;;) {
    const next = exchanged(order, distances) ?? moved(order, distances);
    if (next === undefined) break;
    order = next;
    exchanges++;
  }
  return { tour: order, length: tourLength(order, distances), exchanges };
}

/** Whether `after` is less than `before` by more than rounding. */
function shorter(after: number, before: number): boolean {
  return before - after > before * 1e-12;
}

/** The tour after the first exchange of two edges that shortens it. */
function exchanged(tour: number[], { cities: n, between }: Distances): number[] | undefined {
  for (let i = 0; i < n - 1; i++) {
    const a = tour[i];
    const b = tour[i + 1];
    for (let j = i + 2; j < n; j++) {
      const c = tour[j];
      const d = tour[(j + 1) % n];
      if (d === a) continue;
      const before = between(a, b) + between(c, d);
      if (!shorter(between(a, c) + between(b, d), before)) continue;
      return [...tour.slice(0, i + 1), ...tour.slice(i + 1, j + 1).reverse(), ...tour.slice(j + 1)];
    }
  }
  return undefined;
}

/** The tour after the first move of a stretch to between two other cities that shortens it. */
function moved(tour: number[], { cities: n, between }: Distances): number[] | undefined {
  for (let length = 1; length <= Math.min(3, n - 3); length++) {
    for (let i = 0; i < n; i++) {
      const turned = [...tour.slice(i), ...tour.slice(0, i)];
      const stretch = turned.slice(0, length);
      const rest = turned.slice(length);
      const [first, last] = [stretch[0], stretch[length - 1]];
      const [before, after] = [rest[rest.length - 1], rest[0]];
      const out = between(before, first) + between(last, after);
      for (let k = 0; k + 1 < rest.length; k++) {
        const [p, q] = [rest[k], rest[k + 1]];
        const saved = out + between(p, q);
        const joined = between(before, after);
        const put = (way: number[]) => [...rest.slice(0, k + 1), ...way, ...rest.slice(k + 1)];
        if (shorter(joined + between(p, first) + between(last, q), saved)) return put(stretch);
        if (shorter(joined + between(p, last) + between(first, q), saved)) {
          return put([...stretch].reverse());
        }
      }
    }
  }
  return undefined;
}

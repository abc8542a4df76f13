/** Tours: every city once. */
import { describe, isList } from '../../checks.ts';

/** What keeps a list from being a tour of `cities` cities, in words. */
export function tourViolations(tour: ArrayLike<number>, cities: number): string[] {
  if (!isList(tour)) {
    return [`a tour is a list of cities, this is ${describe(tour)}`];
  }
  const wrong: string[] = [];
  if (tour.length !== cities) wrong.push(`the tour has ${tour.length} stops, expected ${cities}`);
  const visits = new Uint32Array(cities);
  for (let k = 0; k < tour.length; k++) {
    const city = tour[k];
    if (Number.isInteger(city) && city >= 0 && city < cities) visits[city]++;
    else wrong.push(`stop ${k} is ${city}, cities are 0 to ${cities - 1}`);
  }
  visits.forEach((count, city) => {
    if (count !== 1) wrong.push(`city ${city} is visited ${count} times, expected once`);
  });
  return wrong;
}

/** A copy of a tour. @throws TypeError, RangeError when it is none */
export function readTour(tour: ArrayLike<number>, cities: number): number[] {
  const wrong = tourViolations(tour, cities);
  if (wrong.length > 0) {
    const error = typeof tour === 'object' && tour !== null ? RangeError : TypeError;
    throw new error(`not a tour: ${wrong[0]}`);
  }
  return Array.from(tour);
}

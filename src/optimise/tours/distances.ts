/** Distances between cities, from points of the plane or a symmetric matrix. */
import { checkNumber, describe, isList } from '../../checks.ts';

export type Point = readonly [x: number, y: number];

/** N points, N rows of N distances, or N×N distances one row after the other. */
export type Cities = readonly Point[] | readonly ArrayLike<number>[] | Float64Array;

/** Symmetric distances, 0 from each city to itself. */
export interface Distances {
  readonly cities: number;
  /** Row after row. */
  readonly values: Float64Array;
}

/**
 * Two cities make a list of two pairs, which are points; a 2×2 matrix can be given as a Float64Array.
 *
 * @throws TypeError, RangeError for anything that is not symmetric, finite and 0 or more
 */
export function readDistances(cities: Cities): Distances {
  if (!isList(cities)) {
    throw new TypeError(`cities are ${describe(cities)}, expected points or distances`);
  }
  if (cities.length === 0) throw new RangeError('there are 0 cities, expected at least 1');
  if (ArrayBuffer.isView(cities)) return checkSymmetric(readFlat(cities as Float64Array));
  const rows = cities as readonly ArrayLike<number>[];
  for (const [k, row] of rows.entries()) {
    if (!isList(row)) {
      throw new TypeError(`city ${k} is ${describe(row)}, expected [x, y] or a row of distances`);
    }
  }
  const arePoints = rows.every((row) => row.length === 2);
  return arePoints ? fromPoints(rows) : checkSymmetric(readRows(rows));
}

function readFlat(values: Float64Array): Distances {
  const cities = Math.round(Math.sqrt(values.length));
  if (cities * cities !== values.length) {
    throw new RangeError(`distances have length ${values.length}, expected a square number (N×N)`);
  }
  return { cities, values: Float64Array.from(values) };
}

function readRows(rows: readonly ArrayLike<number>[]): Distances {
  const cities = rows.length;
  for (const [k, row] of rows.entries()) {
    if (row.length !== cities) {
      throw new RangeError(
        `row ${k} has length ${row.length}, expected ${cities} distances, or 2 coordinates for every city`,
      );
    }
  }
  return { cities, values: Float64Array.from(rows.flatMap((row) => Array.from(row))) };
}

function fromPoints(points: readonly ArrayLike<number>[]): Distances {
  const cities = points.length;
  for (const [k, point] of points.entries()) {
    for (const axis of [0, 1]) checkNumber(point[axis], `point ${k}`, 'two numbers', () => true);
  }
  const values = new Float64Array(cities * cities);
  for (let i = 0; i < cities; i++) {
    for (let j = 0; j < cities; j++) {
      const x = points[i][0] - points[j][0];
      const y = points[i][1] - points[j][1];
      values[i * cities + j] = Math.sqrt(x * x + y * y);
    }
  }
  return checkSymmetric({ cities, values });
}

function checkSymmetric(distances: Distances): Distances {
  const { cities, values } = distances;
  for (let i = 0; i < cities; i++) {
    for (let j = 0; j < cities; j++) {
      const name = `the distance from ${i} to ${j}`;
      const d = checkNumber(values[i * cities + j], name, 'a number, 0 or more', (x) => x >= 0);
      if (i !== j && d !== values[j * cities + i]) {
        throw new RangeError(
          `${name} is ${d} and back ${values[j * cities + i]}, expected the same`,
        );
      }
    }
    values[i * cities + i] = 0;
  }
  return distances;
}

/** The length of a closed tour through cities, in the order given. */
export function tourLength(tour: readonly number[], { cities, values }: Distances): number {
  let length = 0;
  for (let k = 0; k < tour.length; k++) {
    length += values[tour[k] * cities + tour[(k + 1) % tour.length]];
  }
  return length;
}

/** Distances between cities, from their places or a symmetric matrix. */
import { checkNumber, checkOptions, describe, isList } from '../../checks.ts';
import { geographical, METRICS, type Metric, type Point } from './metric.ts';

/** Cities at their places, and how far apart they are. */
export interface PlacedCities {
  readonly points: readonly Point[];
  readonly metric: Metric;
}

/** N points of the plane, N points with a metric, N rows of N distances, or N×N distances one row after the other. */
export type Cities = readonly Point[] | PlacedCities | readonly ArrayLike<number>[] | Float64Array;

/** What distances are made of, as plain data. */
export interface PlainDistances {
  readonly cities: number;
  /** What the kernels know the metric by; see src/kernels/abi/tours.ts. */
  readonly metric: number;
  /** What the kernels compute distances from: N×N of them, or 4N coordinates. */
  readonly places: Float64Array;
}

/** Checked distances: symmetric, finite, 0 or more, 0 from each city to itself. */
export interface Distances extends PlainDistances {
  between(a: number, b: number): number;
}

/** Distances from what they are made of, which has been checked. */
export function distancesFrom({ cities, metric, places }: PlainDistances): Distances {
  const between: Distances['between'] =
    metric === 0 ? (a, b) => places[a * cities + b] : measure(metric, places);
  return { cities, metric, places, between };
}

/** Beyond this, squares of lengths would not be numbers. */
const FARTHEST = 1e150;

/**
 * Two cities make a list of two pairs, which are points; a 2×2 matrix can be given as a Float64Array.
 *
 * @throws TypeError, RangeError for anything that is not symmetric, finite and 0 or more
 */
export function readDistances(cities: Cities): Distances {
  if (typeof cities === 'object' && cities !== null && !isList(cities)) {
    if ('cities' in cities) {
      throw new TypeError('cities are what readTsplib returns, expected its member cities');
    }
    checkOptions(cities, 'cities', ['points', 'metric']);
    const { points, metric } = cities as PlacedCities;
    if (!Object.hasOwn(METRICS, metric)) {
      const names = Object.keys(METRICS).join(', ');
      throw new TypeError(`metric is ${describe(metric)}, expected one of ${names}`);
    }
    checkCities(points);
    return fromPoints(points, metric);
  }
  checkCities(cities);
  if (ArrayBuffer.isView(cities)) return matrix(readFlat(cities as Float64Array));
  const rows = cities as readonly ArrayLike<number>[];
  checkRows(rows);
  const arePoints = rows.every((row) => row.length === 2);
  return arePoints ? fromPoints(rows as readonly Point[], 'euclidean') : matrix(readRows(rows));
}

function checkCities(cities: unknown): void {
  if (!isList(cities)) {
    throw new TypeError(`cities are ${describe(cities)}, expected points or distances`);
  }
  if (cities.length === 0) throw new RangeError('there are 0 cities, expected at least 1');
}

function checkRows(rows: readonly ArrayLike<number>[]): void {
  for (const [k, row] of rows.entries()) {
    if (!isList(row)) {
      throw new TypeError(`city ${k} is ${describe(row)}, expected [x, y] or a row of distances`);
    }
  }
}

function readFlat(values: Float64Array): Float64Array {
  const cities = Math.round(Math.sqrt(values.length));
  if (cities * cities !== values.length) {
    throw new RangeError(`distances have length ${values.length}, expected a square number (N×N)`);
  }
  return Float64Array.from(values);
}

function readRows(rows: readonly ArrayLike<number>[]): Float64Array {
  const cities = rows.length;
  const values = new Float64Array(cities * cities);
  for (const [k, row] of rows.entries()) {
    if (row.length !== cities) {
      throw new RangeError(
        `row ${k} has length ${row.length}, expected ${cities} distances, or 2 coordinates for every city`,
      );
    }
    values.set(row, k * cities);
  }
  return values;
}

function fromPoints(points: readonly Point[], metric: Metric): Distances {
  checkRows(points);
  const { kernel, coordinates } = METRICS[metric];
  const places = new Float64Array(4 * points.length);
  for (const [k, point] of points.entries()) {
    if (point.length !== coordinates) {
      throw new RangeError(
        `point ${k} has ${point.length} coordinates, expected ${coordinates} for ${metric}`,
      );
    }
    for (let axis = 0; axis < coordinates; axis++) {
      const expected = `${coordinates === 2 ? 'two' : 'three'} numbers from -1e150 to 1e150`;
      places[4 * k + axis] = checkNumber(point[axis], `point ${k}`, expected, (x) => {
        return Math.abs(x) <= FARTHEST;
      });
    }
  }
  if (metric === 'GEO')
    return matrix(tabulated(points.length, (a, b) => geographical(points[a], points[b])));
  return distancesFrom({ cities: points.length, metric: kernel, places });
}

/** The distance of two cities from their places, as the kernels compute it. */
function measure(metric: number, places: Float64Array): Distances['between'] {
  const nearest = (x: number): number => Math.floor(x + 0.5);
  return (a, b) => {
    const x = Math.abs(places[4 * a] - places[4 * b]);
    const y = Math.abs(places[4 * a + 1] - places[4 * b + 1]);
    const z = Math.abs(places[4 * a + 2] - places[4 * b + 2]);
    if (metric === METRICS.MAN_2D.kernel) return nearest(x + y + z);
    if (metric === METRICS.MAX_2D.kernel) return Math.max(nearest(x), nearest(y), nearest(z));
    const square = x * x + y * y + z * z;
    if (metric === METRICS.euclidean.kernel) return Math.sqrt(square);
    if (metric === METRICS.EUC_2D.kernel) return nearest(Math.sqrt(square));
    return Math.ceil(Math.sqrt(metric === METRICS.CEIL_2D.kernel ? square : square / 10));
  };
}

/** N×N distances. */
function tabulated(cities: number, between: Distances['between']): Float64Array {
  const values = new Float64Array(cities * cities);
  for (let a = 0; a < cities; a++) {
    for (let b = 0; b < a; b++) values[a * cities + b] = values[b * cities + a] = between(a, b);
  }
  return values;
}

/** @throws RangeError when the distances are not symmetric, finite and 0 or more */
function matrix(values: Float64Array): Distances {
  const cities = Math.round(Math.sqrt(values.length));
  for (let i = 0; i < cities; i++) {
    for (let j = 0; j < cities; j++) {
      const d = values[i * cities + j];
      if (d >= 0 && d < Infinity && (i === j || d === values[j * cities + i])) continue;
      const name = `the distance from ${i} to ${j}`;
      checkNumber(d, name, 'a number, 0 or more', (x) => x >= 0);
      throw new RangeError(`${name} is ${d} and back ${values[j * cities + i]}, expected the same`);
    }
    values[i * cities + i] = 0;
  }
  return distancesFrom({ cities, metric: 0, places: values });
}

/** The length of a closed tour through cities, in the order given. */
export function tourLength(tour: ArrayLike<number>, { between }: Distances): number {
  let length = 0;
  for (let k = 0; k < tour.length; k++) length += between(tour[k], tour[(k + 1) % tour.length]);
  return length;
}

/** Tours and their distances on a desk. */
import type { Desk } from './desk.ts';
import { list } from './cases.ts';

/** Reversals that fit the journals of tests. */
const CAPACITY = 12;

export interface TourCase {
  cities: number;
  neighbours: number;
  metric: number;
  /** N×N distances, or 4N coordinates. */
  places: number[];
  order: number[];
}

/** Cities on a coarse grid, so that many distances are equal, or with distances of a matrix that no places have. */
export function randomTour(
  desk: Desk,
  cities: number,
  neighbours: number,
  metric: number,
): TourCase {
  const side = desk.integer(1, 40);
  const places =
    metric === 0
      ? list(cities * cities, () => 0)
      : list(4 * cities, (k) => (k % 4 === 3 ? NaN : desk.integer(0, side) / 2));
  if (metric === 0) {
    for (let a = 0; a < cities; a++) {
      for (let b = 0; b < a; b++) {
        places[a * cities + b] = places[b * cities + a] = desk.integer(0, side);
      }
    }
  }
  const order = list(cities, (k) => k);
  for (let k = cities - 1; k > 0; k--) {
    const other = desk.integer(0, k);
    [order[k], order[other]] = [order[other], order[k]];
  }
  return { cities, neighbours: Math.min(neighbours, cities - 1), metric, places, order };
}

/** The distance of two cities, as the table of the interface has it. */
export function distanceOf({ cities, metric, places }: TourCase, a: number, b: number): number {
  if (metric === 0) return places[a * cities + b];
  const [x, y, z] = [0, 1, 2].map((axis) => Math.abs(places[4 * a + axis] - places[4 * b + axis]));
  const round = (r: number): number => Math.floor(r + 0.5);
  const square = x * x + y * y + z * z;
  const length = Math.sqrt(square);
  return [
    NaN,
    length,
    round(length),
    Math.ceil(length),
    round(x + y + z),
    Math.max(round(x), round(y), round(z)),
    Math.ceil(Math.sqrt(square / 10)),
  ][metric];
}

export function lengthOf(tour: TourCase, order: readonly number[]): number {
  return order.reduce(
    (sum, city, k) => sum + distanceOf(tour, city, order[(k + 1) % order.length]),
    0,
  );
}

export interface LaidTour {
  run: number;
  order: number;
  writes: number[];
  scratch: number[];
}

/** A run at its beginning: every city in the queue. */
export function layTour(desk: Desk, tour: TourCase): LaidTour {
  const { cities, neighbours, metric, places, order } = tour;
  const near = order
    .map((_, city) => city)
    .flatMap((city) =>
      list(cities, (other) => other)
        .filter((other) => other !== city)
        .sort((a, b) => distanceOf(tour, city, a) - distanceOf(tour, city, b) || a - b)
        .slice(0, neighbours),
    );
  const at = {
    places: desk.f64(places),
    order: desk.u32(order),
    position: desk.u32(list(cities, (city) => order.indexOf(city))),
    near: desk.u32(near),
    queue: desk.u32(order),
    queued: desk.i8(list(cities, () => 1)),
    journal: desk.take(2 * CAPACITY, 4),
  };
  const run = desk.take(12, 8);
  const { u32, f64 } = desk.views;
  const { journal, queue, queued } = at;
  u32.set(
    [cities, neighbours, metric, at.places, at.order, at.position, at.near, queue, queued, journal],
    run / 4,
  );
  u32.set([CAPACITY, 0, cities, 0, 0], run / 4 + 10);
  f64[run / 8 + 8] = lengthOf(tour, order);
  u32.set(
    list(4, () => desk.random.next()),
    run / 4 + 20,
  );
  return {
    run,
    order: at.order,
    writes: [run, at.order, at.position, queue, queued, journal],
    scratch: [],
  };
}

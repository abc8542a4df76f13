/** A tour to begin with: always the shortest edge next that leaves no city with three and closes no smaller round. */
import type { Steps } from '../../pacing.ts';
import type { Distances } from './distances.ts';
import { nearestOf } from './neighbours.ts';

/** Nearest cities that edges are looked for among, at a time. */
const NEAREST = 6;
const NONE = 4294967295;

/**
 * In steps. O(n log n) for places.
 *
 * @param near - the nearest of each city, nearest first, as many for each
 * @returns the cities in the order of visiting
 */
export function* greedyTour(distances: Distances, near: Uint32Array): Steps<Uint32Array> {
  const n = distances.cities;
  const paths = new Paths(n);
  let lists = firstOf(near, n, Math.min(NEAREST, n - 1));
  // What has joined into paths goes on with their ends.
  while (paths.joins < n - 1) {
    const ends = paths.ends();
    const K = Math.min(NEAREST, ends.length - 1);
    if (paths.joins > 0) lists = yield* nearestOf(distances, ends, K);
    joinNearest(distances, ends, lists, K, paths);
    yield;
  }
  return paths.tour();
}

/** The first K of each list. */
function firstOf(near: Uint32Array, cities: number, K: number): Uint32Array {
  const each = near.length / cities;
  const lists = new Uint32Array(cities * K);
  for (let city = 0; city < cities; city++) {
    for (let k = 0; k < K; k++) lists[city * K + k] = near[city * each + k];
  }
  return lists;
}

/** Joins paths by the shortest edges between ends that are near each other: at least one, since a path has two ends only. */
function joinNearest(
  distances: Distances,
  ends: Uint32Array,
  lists: Uint32Array,
  K: number,
  paths: Paths,
): void {
  const count = ends.length;
  const lengths = new Float64Array(count * K);
  let longest = 0;
  for (let e = 0; e < lengths.length; e++) {
    lengths[e] = distances.between(ends[Math.floor(e / K)], ends[lists[e]]);
    if (lengths[e] > longest) longest = lengths[e];
  }
  // Length in steps fine enough, and the number of the edge: one key, which sorts fast.
  const steps = Math.floor(2 ** 53 / lengths.length) - 1;
  const scale = longest > 0 ? steps / longest : 0;
  const keys = lengths.map((length, e) => Math.floor(length * scale) * lengths.length + e);
  keys.sort();
  for (const key of keys) {
    const e = key % lengths.length;
    paths.join(ends[Math.floor(e / K)], ends[lists[e]]);
  }
}

/** Cities joined into paths. */
class Paths {
  /** The one or two neighbours of each city. */
  readonly #left: Uint32Array;
  readonly #right: Uint32Array;
  /** The other end of the path that ends at a city. */
  readonly #other: Uint32Array;
  joins = 0;

  constructor(cities: number) {
    this.#left = new Uint32Array(cities).fill(NONE);
    this.#right = new Uint32Array(cities).fill(NONE);
    this.#other = Uint32Array.from({ length: cities }, (_, k) => k);
  }

  /** The cities at which a path ends, in increasing order; one that stands alone is one of them. */
  ends(): Uint32Array {
    const cities = Uint32Array.from({ length: this.#other.length }, (_, k) => k);
    return cities.filter((city) => this.#right[city] === NONE);
  }

  /** Joins two cities, if both are ends of different paths. */
  join(a: number, b: number): void {
    if (this.#right[a] !== NONE || this.#right[b] !== NONE || this.#other[a] === b) return;
    const first = this.#other[a];
    const last = this.#other[b];
    this.#other[first] = last;
    this.#other[last] = first;
    this.#link(a, b);
    this.#link(b, a);
    this.joins++;
  }

  #link(one: number, two: number): void {
    if (this.#left[one] === NONE) this.#left[one] = two;
    else this.#right[one] = two;
  }

  /** The cities of the only path, from one end to the other. */
  tour(): Uint32Array {
    const tour = new Uint32Array(this.#other.length);
    let before = NONE;
    let city = this.ends()[0];
    for (let k = 0; k < tour.length; k++) {
      tour[k] = city;
      const next = this.#left[city] === before ? this.#right[city] : this.#left[city];
      before = city;
      city = next;
    }
    return tour;
  }
}

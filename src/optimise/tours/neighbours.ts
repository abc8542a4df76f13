/** The nearest of each city: by a k-d tree where cities have places (Bentley 1975), by looking at all where they have not. */
import type { Steps } from '../../pacing.ts';
import { METRICS } from './metric.ts';
import type { Distances } from './distances.ts';

/** Cities in a leaf of the tree. */
const LEAF = 8;
/** Cities, or distances, that are looked at between two looks at what else there is to do. */
const STRIDE = 2 ** 10;
const ROWS = 2 ** 18;

/**
 * The K nearest of each of some cities among them, nearest first, equally near ones in any fixed order; K is at most their
 * number less 1. In steps.
 *
 * @param some - cities in increasing order
 * @returns their indices in `some`, K for each. O(n K log n) for places, O(n²) for a matrix
 */
export function nearestOf(distances: Distances, some: Uint32Array, K: number): Steps<Uint32Array> {
  return distances.metric === 0 ? inMatrix(distances, some, K) : inTree(distances, some, K);
}

/** The K items of least key that were offered. */
class Nearest {
  readonly items: Uint32Array;
  readonly #keys: Float64Array;

  constructor(K: number) {
    this.items = new Uint32Array(K);
    this.#keys = new Float64Array(K);
  }

  clear(): void {
    this.#keys.fill(Infinity);
  }

  /** What a key has to be below. */
  get limit(): number {
    return this.#keys[this.#keys.length - 1];
  }

  offer(item: number, key: number): void {
    if (!(key < this.limit)) return;
    let k = this.#keys.length - 1;
    for (; k > 0 && this.#keys[k - 1] > key; k--) {
      this.#keys[k] = this.#keys[k - 1];
      this.items[k] = this.items[k - 1];
    }
    this.#keys[k] = key;
    this.items[k] = item;
  }
}

function* inMatrix(
  { cities, places }: Distances,
  some: Uint32Array,
  K: number,
): Steps<Uint32Array> {
  const lists = new Uint32Array(some.length * K);
  const found = new Nearest(K);
  const stride = Math.ceil(ROWS / some.length);
  for (let k = 0; k < some.length; k++) {
    if (k % stride === 0) yield;
    found.clear();
    const row = some[k] * cities;
    for (let j = 0; j < some.length; j++) {
      if (j !== k) found.offer(j, places[row + some[j]]);
    }
    lists.set(found.items, k * K);
  }
  return lists;
}

function* inTree({ metric, places }: Distances, some: Uint32Array, K: number): Steps<Uint32Array> {
  const tree = new Tree(some, places);
  yield* tree.build();
  const { items, x, y, z, axes, cuts } = tree;
  const coordinates = [x, y, z];
  // Grows with the distance; what one axis adds is no more than the whole.
  const part = (d: number): number =>
    metric === METRICS.MAN_2D.kernel || metric === METRICS.MAX_2D.kernel ? Math.abs(d) : d * d;
  const largest = metric === METRICS.MAX_2D.kernel;
  const found = new Nearest(K);
  let here = 0;
  const visit = (from: number, to: number): void => {
    if (to - from <= LEAF) {
      for (let i = from; i < to; i++) {
        if (i === here) continue;
        const a = part(x[here] - x[i]);
        const b = part(y[here] - y[i]);
        const c = part(z[here] - z[i]);
        found.offer(items[i], largest ? Math.max(a, b, c) : a + b + c);
      }
      return;
    }
    const middle = (from + to) >>> 1;
    const ahead = coordinates[axes[middle]][here] - cuts[middle];
    if (ahead < 0) visit(from, middle);
    else visit(middle, to);
    if (!(part(ahead) < found.limit)) return;
    if (ahead < 0) visit(middle, to);
    else visit(from, middle);
  };
  const lists = new Uint32Array(some.length * K);
  // In the order of the tree: what is near lies near in memory.
  for (here = 0; here < some.length; here++) {
    if (here % STRIDE === 0) yield;
    found.clear();
    visit(0, some.length);
    lists.set(found.items, items[here] * K);
  }
  return lists;
}

/** Items and their places, halved again and again at the median of the axis on which they spread most. */
class Tree {
  readonly items: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly #axes: readonly Float64Array[];
  /** At the middle of each part: the axis, and where it was cut. */
  readonly axes: Uint8Array;
  readonly cuts: Float64Array;

  constructor(some: Uint32Array, places: Float64Array) {
    const count = some.length;
    this.items = Uint32Array.from({ length: count }, (_, k) => k);
    const axis = (a: number) => Float64Array.from(some, (city) => places[4 * city + a]);
    [this.x, this.y, this.z] = [axis(0), axis(1), axis(2)];
    this.#axes = [this.x, this.y, this.z];
    this.axes = new Uint8Array(count);
    this.cuts = new Float64Array(count);
  }

  *build(): Steps<void> {
    const parts = [[0, this.items.length]];
    for (let done = 0; parts.length > 0;) {
      const [from, to] = parts.pop()!;
      const middle = this.#halve(from, to);
      if (middle < 0) continue;
      parts.push([from, middle], [middle, to]);
      done += to - from;
      if (done < 64 * STRIDE) continue;
      done = 0;
      yield;
    }
  }

  /** @returns where a part was cut; below 0 where it is a leaf */
  #halve(from: number, to: number): number {
    if (to - from <= LEAF) return -1;
    const middle = (from + to) >>> 1;
    let axis = 0;
    let widest = -1;
    for (let a = 0; a < 3; a++) {
      const values = this.#axes[a];
      let least = Infinity;
      let most = -Infinity;
      for (let i = from; i < to; i++) {
        const value = values[i];
        if (value < least) least = value;
        if (value > most) most = value;
      }
      if (most - least > widest) {
        widest = most - least;
        axis = a;
      }
    }
    const keys = this.#axes[axis];
    this.#select(from, to - 1, middle, keys);
    this.axes[middle] = axis;
    this.cuts[middle] = keys[middle];
    return middle;
  }

  /** Puts the items in such an order that none before `middle` has a larger key than it, and none after a smaller (Hoare 1961). */
  #select(from: number, to: number, middle: number, keys: Float64Array): void {
    let low = from;
    let high = to;
    while (low < high) {
      const pivot = keys[(low + high) >>> 1];
      let i = low;
      let j = high;
      while (i <= j) {
        while (keys[i] < pivot) i++;
        while (keys[j] > pivot) j--;
        if (i > j) break;
        this.#swap(i++, j--);
      }
      if (middle <= j) high = j;
      else if (middle >= i) low = i;
      else return;
    }
  }

  #swap(i: number, j: number): void {
    const item = this.items[i];
    this.items[i] = this.items[j];
    this.items[j] = item;
    for (const values of this.#axes) {
      const value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}

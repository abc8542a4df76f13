/** The nearest of each city: by a k-d tree where cities have places (Bentley 1975), by looking at all where they have not. */
import { METRICS } from './metric.ts';
import type { Distances } from './distances.ts';

/** Cities in a leaf of the tree. */
const LEAF = 8;

/**
 * The K nearest of each of some cities among them, nearest first, equally near ones in any fixed order; K is at most their
 * number less 1.
 *
 * @param some - cities in increasing order
 * @returns their indices in `some`, K for each. O(n K log n) for places, O(n²) for a matrix
 */
export function nearestOf(distances: Distances, some: Uint32Array, K: number): Uint32Array {
  const lists = new Uint32Array(some.length * K);
  const found = new Nearest(K);
  const search = distances.metric === 0 ? inMatrix(distances, some) : inTree(distances, some);
  for (let k = 0; k < some.length; k++) {
    found.clear();
    search(k, found);
    lists.set(found.items, k * K);
  }
  return lists;
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

type Look = (k: number, found: Nearest) => void;

function inMatrix({ cities, places }: Distances, some: Uint32Array): Look {
  return (k, found) => {
    const row = some[k] * cities;
    for (let j = 0; j < some.length; j++) {
      if (j !== k) found.offer(j, places[row + some[j]]);
    }
  };
}

function inTree({ metric, places }: Distances, some: Uint32Array): Look {
  const at = (k: number, axis: number): number => places[4 * some[k] + axis];
  const tree = new Tree(some.length, at);
  // Grows with the distance; what one axis adds is no more than the whole.
  const part = (x: number): number =>
    metric === METRICS.MAN_2D.kernel || metric === METRICS.MAX_2D.kernel ? Math.abs(x) : x * x;
  const join = metric === METRICS.MAX_2D.kernel ? Math.max : (x: number, y: number) => x + y;

  return (k, found) => {
    const [x, y, z] = [at(k, 0), at(k, 1), at(k, 2)];
    const visit = (from: number, to: number): void => {
      if (to - from <= LEAF) {
        for (let i = from; i < to; i++) {
          const j = tree.items[i];
          if (j === k) continue;
          found.offer(j, join(join(part(x - at(j, 0)), part(y - at(j, 1))), part(z - at(j, 2))));
        }
        return;
      }
      const middle = (from + to) >>> 1;
      const axis = tree.axes[middle];
      const ahead = [x, y, z][axis] - tree.cuts[middle];
      if (ahead < 0) visit(from, middle);
      else visit(middle, to);
      if (!(part(ahead) < found.limit)) return;
      if (ahead < 0) visit(middle, to);
      else visit(from, middle);
    };
    visit(0, some.length);
  };
}

/** Items halved again and again at the median of the axis on which they spread most. */
class Tree {
  readonly items: Uint32Array;
  /** At the middle of each part: the axis, and where it was cut. */
  readonly axes: Uint8Array;
  readonly cuts: Float64Array;

  constructor(count: number, at: (item: number, axis: number) => number) {
    this.items = Uint32Array.from({ length: count }, (_, k) => k);
    this.axes = new Uint8Array(count);
    this.cuts = new Float64Array(count);
    this.#halve(0, count, at);
  }

  #halve(from: number, to: number, at: (item: number, axis: number) => number): void {
    if (to - from <= LEAF) return;
    const middle = (from + to) >>> 1;
    let axis = 0;
    let widest = -1;
    for (let a = 0; a < 3; a++) {
      let least = Infinity;
      let most = -Infinity;
      for (let i = from; i < to; i++) {
        const value = at(this.items[i], a);
        if (value < least) least = value;
        if (value > most) most = value;
      }
      if (most - least > widest) {
        widest = most - least;
        axis = a;
      }
    }
    this.#select(from, to - 1, middle, (item) => at(item, axis));
    this.axes[middle] = axis;
    this.cuts[middle] = at(this.items[middle], axis);
    this.#halve(from, middle, at);
    this.#halve(middle, to, at);
  }

  /** Puts the items in such an order that none before `middle` has a larger key than it, and none after a smaller (Hoare 1961). */
  #select(from: number, to: number, middle: number, key: (item: number) => number): void {
    const { items } = this;
    let low = from;
    let high = to;
    while (low < high) {
      const pivot = key(items[(low + high) >>> 1]);
      let i = low;
      let j = high;
      while (i <= j) {
        while (key(items[i]) < pivot) i++;
        while (key(items[j]) > pivot) j--;
        if (i > j) break;
        const held = items[i];
        items[i++] = items[j];
        items[j--] = held;
      }
      if (middle <= j) high = j;
      else if (middle >= i) low = i;
      else return;
    }
  }
}

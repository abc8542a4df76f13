/** Pairs of things that a number belongs to (couplings of spins, costs of variables), in order; and as links, from both ends. */

import type { Steps } from '../pacing.ts';

/** Each pair i < j once: those of i are entries starts[i] … starts[i + 1] − 1, by rising j. */
export class Pairs {
  readonly starts: Uint32Array;
  readonly others: Uint32Array;
  readonly values: Float64Array;

  constructor(starts: Uint32Array, others: Uint32Array, values: Float64Array) {
    this.starts = starts;
    this.others = others;
    this.values = values;
  }
}

/**
 * Pairs of `size` things, given in any order, and in any order within. The values of repeated ones are added up in the order they
 * come in; pairs of value 0 are left out. O(size + pairs).
 */
export function sortPairs(
  size: number,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  values: ArrayLike<number>,
): Pairs {
  const low = new Uint32Array(a.length);
  const high = new Uint32Array(a.length);
  for (let k = 0; k < a.length; k++) {
    low[k] = Math.min(a[k], b[k]);
    high[k] = Math.max(a[k], b[k]);
  }
  const order = stableOrder(low, size, stableOrder(high, size));
  const starts = new Uint32Array(size + 1);
  const others = new Uint32Array(order.length);
  const sums = new Float64Array(order.length);
  let count = 0;
  for (let n = 0; n < order.length;) {
    const i = low[order[n]];
    const j = high[order[n]];
    let sum = 0;
    for (; n < order.length && low[order[n]] === i && high[order[n]] === j; n++) {
      sum += values[order[n]];
    }
    if (sum === 0) continue;
    others[count] = j;
    sums[count++] = sum;
    starts[i + 1]++;
  }
  for (let i = 0; i < size; i++) starts[i + 1] += starts[i];
  return new Pairs(starts, others.slice(0, count), sums.slice(0, count));
}

/** Pairs of things a < b that are in order, each once; those of value 0 are left out. O(size + pairs). */
export function pairsInOrder(
  size: number,
  a: Uint32Array,
  b: Uint32Array,
  values: Float64Array,
): Pairs {
  const starts = new Uint32Array(size + 1);
  const others = new Uint32Array(b.length);
  const kept = new Float64Array(b.length);
  let count = 0;
  for (let k = 0; k < b.length; k++) {
    if (values[k] === 0) continue;
    others[count] = b[k];
    kept[count++] = values[k];
    starts[a[k] + 1]++;
  }
  for (let i = 0; i < size; i++) starts[i + 1] += starts[i];
  return new Pairs(starts, others.slice(0, count), kept.slice(0, count));
}

/** The indices of `keys`, each below `limit`, by rising key; those with the same key stay in the order of `from`. */
export function stableOrder(keys: Uint32Array, limit: number, from?: Uint32Array): Uint32Array {
  const next = new Uint32Array(limit + 1);
  for (const key of keys) next[key + 1]++;
  for (let i = 0; i < limit; i++) next[i + 1] += next[i];
  const order = new Uint32Array(keys.length);
  for (let n = 0; n < keys.length; n++) {
    const k = from ? from[n] : n;
    order[next[keys[k]]++] = k;
  }
  return order;
}

/** Every pair from both of its ends: the links of i are entries starts[i] … starts[i + 1] − 1, by rising neighbour. */
export interface Links<Values> {
  readonly starts: Uint32Array;
  readonly neighbours: Uint32Array;
  readonly values: Values;
}

/** Pairs or links between two looks at what else there is to do: about a millisecond of work. */
export const STRIDE = 2 ** 17;

/** Does something for one thing after the other, in steps of about as many pairs, those of i being entries starts[i] … */
export function* inStretches(starts: Uint32Array, work: (i: number) => void): Steps<void> {
  let from = 0;
  for (let i = 0; i < starts.length - 1; i++) {
    if (starts[i] + i - from >= STRIDE) {
      from = starts[i] + i;
      yield;
    }
    work(i);
  }
}

/** @param values - one for each pair, put into `out`, which has room for twice as many */
export function* linksOf<Values extends Int32Array | Float64Array>(
  { starts, others }: Pick<Pairs, 'starts' | 'others'>,
  values: Values,
  out: Values,
): Steps<Links<Values>> {
  const size = starts.length - 1;
  const all = new Uint32Array(size + 1);
  yield* inStretches(starts, (i) => {
    all[i + 1] += starts[i + 1] - starts[i];
    for (let k = starts[i]; k < starts[i + 1]; k++) all[others[k] + 1]++;
  });
  for (let i = 0; i < size; i++) all[i + 1] += all[i];
  const next = all.slice();
  const neighbours = new Uint32Array(2 * others.length);
  yield* inStretches(starts, (i) => {
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      const j = others[k];
      neighbours[next[i]] = j;
      out[next[i]++] = values[k];
      neighbours[next[j]] = i;
      out[next[j]++] = values[k];
    }
  });
  return { starts: all, neighbours, values: out };
}

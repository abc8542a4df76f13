/** Couplings as they were given: every pair of spins once, in order. */

/** J_ij for i < j: those of spin i are entries starts[i] … starts[i + 1] − 1, by rising j. */
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

/** An Ising energy, E = −Σ_{i<j} J_ij s_i s_j − Σ_i h_i s_i + offset, in the numbers it was given in. */
export interface IsingNumbers {
  readonly spins: number;
  readonly pairs: Pairs;
  readonly fields: Float64Array;
  readonly offset: number;
}

/** Pairs in any order, and in any order within; the values of repeated ones are added up in the order they come in. */
export function sortPairs(
  spins: number,
  a: Uint32Array,
  b: Uint32Array,
  values: Float64Array,
): Pairs {
  const low = new Uint32Array(a.length);
  const high = new Uint32Array(a.length);
  for (let k = 0; k < a.length; k++) {
    low[k] = Math.min(a[k], b[k]);
    high[k] = Math.max(a[k], b[k]);
  }
  const order = stableOrder(low, spins, stableOrder(high, spins));
  const starts = new Uint32Array(spins + 1);
  const others = new Uint32Array(order.length);
  const sums = new Float64Array(order.length);
  let count = 0;
  let before = -1;
  for (const k of order) {
    const repeated = before >= 0 && low[before] === low[k] && high[before] === high[k];
    before = k;
    if (repeated) {
      sums[count - 1] += values[k];
      continue;
    }
    others[count] = high[k];
    sums[count] = values[k];
    starts[low[k] + 1]++;
    count++;
  }
  for (let i = 0; i < spins; i++) starts[i + 1] += starts[i];
  return new Pairs(starts, others.slice(0, count), sums.slice(0, count));
}

/** The indices of `keys`, each below `limit`, by rising key; those with the same key stay in the order of `from`. */
function stableOrder(keys: Uint32Array, limit: number, from?: Uint32Array): Uint32Array {
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

/** Pairs i < j with a value that is not 0, from a formula. */
export function pairsOf(spins: number, value: (i: number, j: number) => number): Pairs {
  const starts = new Uint32Array(spins + 1);
  for (let i = 0; i < spins; i++) {
    let count = 0;
    for (let j = i + 1; j < spins; j++) if (value(i, j) !== 0) count++;
    starts[i + 1] = starts[i] + count;
  }
  const others = new Uint32Array(starts[spins]);
  const values = new Float64Array(starts[spins]);
  let k = 0;
  for (let i = 0; i < spins; i++) {
    for (let j = i + 1; j < spins; j++) {
      const J = value(i, j);
      if (J === 0) continue;
      others[k] = j;
      values[k++] = J;
    }
  }
  return new Pairs(starts, others, values);
}

/** Σ_j |J_ij| + |h_i| of each spin. */
export function reaches({ spins, pairs, fields }: IsingNumbers): Float64Array {
  const sums = fields.map(Math.abs);
  for (let i = 0; i < spins; i++) {
    for (let k = pairs.starts[i]; k < pairs.starts[i + 1]; k++) {
      const size = Math.abs(pairs.values[k]);
      sums[i] += size;
      sums[pairs.others[k]] += size;
    }
  }
  return sums;
}

/** E of a state, in the order of the pairs. */
export function energyOf(
  { spins, pairs, fields, offset }: IsingNumbers,
  state: ArrayLike<number>,
): number {
  const { starts, others, values } = pairs;
  let energy = offset;
  for (let i = 0; i < spins; i++) {
    let field = fields[i];
    for (let k = starts[i]; k < starts[i + 1]; k++) field += values[k] * state[others[k]];
    energy -= state[i] * field;
  }
  // No energy is −0.
  return energy + 0;
}

/** f_i = h_i + Σ_j J_ij s_j of a state. */
export function fieldsOf(
  { spins, pairs, fields }: IsingNumbers,
  state: ArrayLike<number>,
): Float64Array {
  const { starts, others, values } = pairs;
  const sums = fields.slice();
  for (let i = 0; i < spins; i++) {
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      sums[i] += values[k] * state[others[k]];
      sums[others[k]] += values[k] * state[i];
    }
  }
  return sums;
}

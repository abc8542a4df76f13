/** An Ising energy in the numbers it was given in, and what can be computed from them. */
import { MOST_SWEEPS } from '../model.ts';
import { Pairs } from '../pairs.ts';

/** An Ising energy, E = −Σ_{i<j} J_ij s_i s_j − Σ_i h_i s_i + offset, in the numbers it was given in. */
export interface IsingNumbers {
  readonly spins: number;
  readonly pairs: Pairs;
  readonly fields: Float64Array;
  readonly offset: number;
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
export function isingEnergy(
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

/** What a state falls to, one spin after the other where that lowers the energy. */
export function fallen({ pairs, fields }: IsingNumbers, state: Int8Array): Int8Array {
  const { starts, others, values } = pairs;
  const spins = state.slice();
  let moved = true;
  for (let sweep = 0; moved && sweep < MOST_SWEEPS; sweep++) {
    moved = false;
    // What those before say in this sweep; those behind say what they did before.
    const said = fields.slice();
    for (let i = 0; i < spins.length; i++) {
      let field = said[i];
      for (let k = starts[i]; k < starts[i + 1]; k++) field += values[k] * spins[others[k]];
      if (spins[i] * field < 0) {
        spins[i] = -spins[i];
        moved = true;
      }
      for (let k = starts[i]; k < starts[i + 1]; k++) said[others[k]] += values[k] * spins[i];
    }
  }
  return spins;
}

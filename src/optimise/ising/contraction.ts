/**
 * Some states of a model, and what they have in common as spins of a smaller one (Houdayer & Martin 1999): what is oriented alike in
 * all of them moves as one.
 */
import type { Steps } from '../../pacing.ts';
import { inStretches, sortPairs, type Pairs } from '../pairs.ts';
import type { IsingIntegers } from './integers.ts';
import { pairsOf, type IsingNumbers } from './numbers.ts';

/** Sums of so many blocks are made in a square, or of more where it is not much larger than there are couplings. */
const SQUARE = 512;
const ROOM = 3;

export interface Contraction {
  /** The block of each spin. */
  readonly blocks: Uint32Array;
  /** The energy of states that turn whole blocks of the first state, +1 being as it was, but for a constant. */
  readonly numbers: IsingNumbers;
}

/**
 * Blocks are spins that any two of the states orient alike to each other, as far as couplings connect them.
 *
 * @param states - 1 to 32; each of them is one of the smaller model, turned or not
 */
export function* contract(
  integers: IsingIntegers,
  states: readonly Int8Array[],
): Steps<Contraction> {
  const { spins, starts, others, values, fields } = integers;
  const [base] = states;
  const keys = new Uint32Array(spins);
  for (const [k, state] of states.entries()) {
    for (let i = 0; i < spins; i++) if (state[i] !== base[i]) keys[i] |= 1 << k;
  }
  const blocks = yield* connected(integers, keys);
  const size = blocks.reduce((most, block) => Math.max(most, block + 1), 0);
  const sums = new Float64Array(size);
  for (let i = 0; i < spins; i++) sums[blocks[i]] += base[i] * fields[i];
  const between = { a: [] as number[], b: [] as number[], J: [] as number[] };
  const room = Math.max(SQUARE * SQUARE, ROOM * others.length);
  const square = size * size <= room ? new Float64Array(size * size) : undefined;
  yield* inStretches(starts, (i) => {
    const own = blocks[i];
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      const other = blocks[others[k]];
      if (own === other) continue;
      const J = base[i] * base[others[k]] * values[k];
      if (square) {
        square[Math.min(own, other) * size + Math.max(own, other)] += J;
        continue;
      }
      between.a.push(own);
      between.b.push(other);
      between.J.push(J);
    }
  });
  yield;
  const pairs: Pairs = square
    ? pairsOf(size, (i, j) => square[i * size + j])
    : sortPairs(size, between.a, between.b, between.J);
  return { blocks, numbers: { spins: size, pairs, fields: sums, offset: 0 } };
}

/** Numbers spins from 0 on by what couplings between equal keys connect. */
function* connected(
  { spins, starts, others, values }: IsingIntegers,
  keys: Uint32Array,
): Steps<Uint32Array> {
  const above = Uint32Array.from({ length: spins }, (_, i) => i);
  const root = (i: number): number => {
    while (above[i] !== i) i = above[i] = above[above[i]];
    return i;
  };
  yield* inStretches(starts, (i) => {
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      const j = others[k];
      if (keys[i] !== keys[j] || values[k] === 0) continue;
      const [a, b] = [root(i), root(j)];
      // The lower one stays a root.
      if (a < b) above[b] = a;
      else above[a] = b;
    }
  });
  const blocks = new Uint32Array(spins);
  let count = 0;
  for (let i = 0; i < spins; i++) blocks[i] = above[i] === i ? count++ : blocks[root(i)];
  return blocks;
}

/** Lists of simplices on the desk, as src/kernels/abi.ts lays them out. */
import type { Desk } from './desk.ts';

/** Sizes as often as they are drawn. */
const SIZES = [2, 2, 3, 3, 3, 4, 5, 9];

export interface Weighted {
  /** Neurons upwards. */
  readonly simplex: number[];
  readonly weight: number;
}

/** Random simplices, none twice, mostly small. */
export function someSimplices(desk: Desk, neurons: number, bound: number): Weighted[] {
  const seen = new Set<string>();
  const list: Weighted[] = [];
  const wanted = neurons > 1 ? desk.random.below(5 * neurons + 1) : 0;
  for (let k = 0; k < wanted; k++) {
    const size = Math.min(neurons, SIZES[desk.random.below(SIZES.length)]);
    const simplex = desk.random.sample(neurons, size).sort((a, b) => a - b);
    if (seen.has(simplex.join())) continue;
    seen.add(simplex.join());
    list.push({ simplex, weight: desk.integer(-bound, bound) });
  }
  return list;
}

export interface Laid {
  records: number;
  starts: number;
  /** For each simplex the words of `records` that hold its weight. */
  weightWords: number[][];
}

export function laySimplices(desk: Desk, neurons: number, list: readonly Weighted[]): Laid {
  const words: number[] = [];
  const starts = [0];
  const weightWords: number[][] = list.map(() => []);
  for (let i = 0; i < neurons; i++) {
    const mine = list.map((_, k) => k).filter((k) => list[k].simplex.includes(i));
    const sizes = new Set(mine.map((k) => list[k].simplex.length));
    for (const size of sizes) {
      const group = mine.filter((k) => list[k].simplex.length === size);
      const first = group.filter((k) => list[k].simplex[0] === i);
      const rest = group.filter((k) => list[k].simplex[0] !== i);
      words.push(size, first.length, group.length);
      for (const k of [...first, ...rest]) {
        weightWords[k].push(words.length);
        words.push(list[k].weight, ...list[k].simplex.filter((j) => j !== i));
      }
    }
    starts.push(words.length);
  }
  return { records: desk.i32(words), starts: desk.u32(starts), weightWords };
}

export function product(state: ArrayLike<number>, simplex: readonly number[]): number {
  return simplex.reduce((product, i) => product * state[i], 1);
}

/** h_i = Σ_{σ∋i} w_σ s_{σ∖i}, and Σ_σ w_σ s_σ. */
export function fieldsOf(list: readonly Weighted[], state: ArrayLike<number>) {
  const fields = Array.from(state, () => 0);
  let total = 0;
  for (const { simplex, weight } of list) {
    const term = weight * product(state, simplex);
    total += term;
    for (const i of simplex) fields[i] += term * state[i];
  }
  return { fields, total };
}

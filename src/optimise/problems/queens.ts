/** n queens on an n×n board, none attacking another: a group for each row, a state for each column. */
import { anneal } from '../anneal.ts';
import { checkNumber, describe } from '../../checks.ts';
import { PottsModel } from '../potts-model.ts';
import type { Problem } from '../problem.ts';
import { PairList } from './pair-list.ts';

/** The column of the queen in each row, from 0. */
export type Queens = number[];

/**
 * The energy is the number of pairs of queens that attack each other (in a column or on a diagonal, others between
 * them or not); the target is 0. Boards of 2 and 3 have no solution: they can be searched, and the result says so.
 * Memory grows with n³: 50 MB at n = 100.
 *
 * @param n - from 1 to 300
 * @returns solutions are the column of each row's queen; the cost is the number of attacking pairs
 * @throws TypeError, RangeError for any other n
 */
export function queens(n: number): Problem<Queens, Int32Array> {
  checkNumber(n, 'n', 'an integer from 1 to 300', (x) => Number.isInteger(x) && x >= 1 && x <= 300);
  const pairs = new PairList();
  for (let row = 0; row < n; row++) {
    for (let other = row + 1; other < n; other++) {
      for (let column = 0; column < n; column++) {
        for (const step of [0, row - other, other - row]) {
          const to = column + step;
          if (to >= 0 && to < n) pairs.add(row * n + column, other * n + to);
        }
      }
    }
  }
  const model = new PottsModel(new Uint32Array(n).fill(n), { pairs: pairs.columns });
  const read = (solution: Queens) => model.readState(solution, 'queens');

  return {
    model,
    solver: anneal,
    target: 0,
    encode: read,
    decode: (state) => Array.from(model.readState(state, 'state')),
    check(solution) {
      if (!Array.isArray(solution)) return [`queens are a list, these are ${describe(solution)}`];
      if (solution.length !== n) return [`${solution.length} queens, expected ${n}`];
      const outside = solution.flatMap((column, row) =>
        Number.isInteger(column) && column >= 0 && column < n
          ? []
          : [`the queen of row ${row} is in column ${column}, columns are 0 to ${n - 1}`],
      );
      return [
        ...outside,
        ...attacks(solution).map(([r, s]) => `queens ${r} and ${s} attack each other`),
      ];
    },
    cost: (solution) => attacks(Array.from(read(solution))).length,
  };
}

function attacks(columns: Queens): [number, number][] {
  const found: [number, number][] = [];
  for (let r = 0; r < columns.length; r++) {
    for (let s = r + 1; s < columns.length; s++) {
      const apart = Math.abs(columns[r] - columns[s]);
      if (apart === 0 || apart === s - r) found.push([r, s]);
    }
  }
  return found;
}

/** n queens on an n×n board, none attacking another: a group for each row, a state for each column. */
import { anneal } from '../anneal.ts';
import { checkNumber, describe } from '../../checks.ts';
import type { Problem } from '../problem.ts';
import { attacks, QueensModel } from './queens-model.ts';

/** The column of the queen in each row, from 0. */
export type Queens = number[];

/**
 * The energy is the number of pairs of queens that attack each other (in a column or on a diagonal, others between
 * them or not); the target is 0. Boards of 2 and 3 have no solution: they can be searched, and the result says so.
 * A network of n groups of n states is
 * made when a search begins; its memory grows with n³: 50 MB at n = 100.
 *
 * @param n - from 1 to 300
 * @returns solutions are the column of each row's queen; the cost is the number of attacking pairs
 * @throws TypeError, RangeError for any other n
 */
export function queens(n: number): Problem<Queens, Int32Array> {
  checkNumber(n, 'n', 'an integer from 1 to 300', (x) => Number.isInteger(x) && x >= 1 && x <= 300);
  const model = new QueensModel(n);
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

/** Sudoku: a group for each cell that is still open, a state for each digit that can stand there. */
import { anneal } from '../anneal.ts';
import { describe, isList } from '../../checks.ts';
import { PottsModel } from '../potts-model.ts';
import type { Problem } from '../problem.ts';
import { cellName, digitsOf, peerCells, propagate, unitCells, unitName } from './candidates.ts';
import { PairList } from '../potts/pair-list.ts';

/** 81 digits, row after row; 0 is an empty cell. */
export type SudokuGrid = readonly number[];

/**
 * Completes a sudoku. First what follows from the rules at once is filled in (naked and hidden singles, and candidates that lead to
 * a contradiction, again and again), which alone solves most; the cells left, of the hardest ones, are searched. The energy is the number of pairs of equal digits in a row,
 * column or box; the target is 0. Where there are several solutions, one of them is found.
 *
 * @param grid - 81 numbers, 0 for empty, or a string of 81 characters, `0` or `.` for empty
 * @returns solutions are complete grids; the cost is the number of conflicting pairs
 * @throws TypeError, RangeError for what is no grid, for a digit that stands twice in a unit, and where a cell or digit
 *   has no place left
 */
export function sudoku(grid: SudokuGrid | string): Problem<number[], Int32Array> {
  const given = readGrid(grid);
  const cells = propagate(given);
  const choices = Array.from(cells, digitsOf);
  const open = choices.flatMap((digits, cell) => (digits.length > 1 ? [cell] : []));
  const first = new Map<number, number>();
  let variables = 0;
  for (const cell of open) {
    first.set(cell, variables);
    variables += choices[cell].length;
  }
  const pairs = new PairList();
  for (const a of open) {
    for (const b of peerCells()[a]) {
      if (b < a || !first.has(b)) continue;
      for (const [k, digit] of choices[a].entries()) {
        const same = choices[b].indexOf(digit);
        if (same >= 0) pairs.add(first.get(a)! + k, first.get(b)! + same);
      }
    }
  }
  const sizes = open.map((cell) => choices[cell].length);
  const model = new PottsModel(sizes, { pairs: pairs.columns });

  return {
    model,
    solver: anneal,
    target: 0,
    encode(solution) {
      const complete = readComplete(solution);
      complete.forEach((digit, cell) => {
        if (!choices[cell].includes(digit)) {
          const can = choices[cell].join(', ');
          throw new RangeError(
            `${cellName(cell)} is ${digit}, expected what can stand there: ${can}`,
          );
        }
      });
      return Int32Array.from(open, (cell) => choices[cell].indexOf(complete[cell]));
    },
    decode(state) {
      const indices = model.readState(state, 'state');
      const solution = choices.map((digits) => digits[0]);
      open.forEach((cell, g) => (solution[cell] = choices[cell][indices[g]]));
      return solution;
    },
    check: (solution) => violations(solution, given),
    cost: (solution) => conflicts(readComplete(solution)),
  };
}

function readGrid(grid: SudokuGrid | string): number[] {
  const cells = typeof grid === 'string' ? Array.from(grid, digitOf) : grid;
  if (!isList(cells)) {
    throw new TypeError(`the sudoku is ${describe(grid)}, expected 81 numbers or characters`);
  }
  if (cells.length !== 81)
    throw new RangeError(`the sudoku has ${cells.length} cells, expected 81`);
  const given = Array.from(cells as ArrayLike<number>);
  for (const [cell, digit] of given.entries()) {
    if (!Number.isInteger(digit) || digit < 0 || digit > 9) {
      const error = typeof digit === 'number' ? RangeError : TypeError;
      throw new error(`${cellName(cell)} is ${describe(digit)}, expected an integer from 0 to 9`);
    }
  }
  for (const repeated of repeats(given))
    throw new RangeError(`the sudoku has no solution: ${repeated}`);
  return given;
}

function digitOf(character: string, cell: number): number {
  if (character === '.') return 0;
  if (/^[0-9]$/.test(character)) return Number(character);
  throw new RangeError(`character ${cell} is '${character}', expected a digit or '.'`);
}

function readComplete(solution: readonly number[]): number[] {
  const wrong = gaps(solution);
  if (wrong.length > 0) throw new RangeError(`not a complete grid: ${wrong[0]}`);
  return Array.from(solution);
}

function violations(solution: readonly number[], given: number[]): string[] {
  const missing = gaps(solution);
  if (missing.length > 0) return missing;
  const changed = given.flatMap((digit, cell) =>
    digit > 0 && solution[cell] !== digit
      ? [`${cellName(cell)} is ${solution[cell]}, given is ${digit}`]
      : [],
  );
  return [...changed, ...repeats(solution)];
}

/** What keeps a list from being 81 digits. */
function gaps(solution: readonly number[]): string[] {
  if (!Array.isArray(solution)) return [`a solution is a list, this is ${describe(solution)}`];
  if (solution.length !== 81) return [`${solution.length} cells, expected 81`];
  return solution.flatMap((digit, cell) =>
    Number.isInteger(digit) && digit >= 1 && digit <= 9
      ? []
      : [`${cellName(cell)} is ${digit}, expected a digit from 1 to 9`],
  );
}

/** Digits that stand more than once in a unit. */
function repeats(cells: readonly number[]): string[] {
  return unitCells().flatMap((unit, u) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((digit) => {
      const times = unit.filter((cell) => cells[cell] === digit).length;
      return times > 1 ? [`${digit} stands ${times} times in ${unitName(u)}`] : [];
    }),
  );
}

function conflicts(cells: readonly number[]): number {
  let count = 0;
  peerCells().forEach((peers, a) => {
    for (const b of peers) if (b > a && cells[a] === cells[b]) count++;
  });
  return count;
}

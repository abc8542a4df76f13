/** Sudokus for the command. */

import { readSudoku, sudoku, solve } from '../../optimise/index.ts';
import type { Page } from '../terminal.ts';
import { count } from '../words.ts';
import { courseOf, asked, type Found, type ProblemKind, type Puzzle } from './puzzle.ts';
import { GROUP_SOLVERS, solverName } from './solvers.ts';

export const sudokuKind = {
  extensions: ['.sudoku', '.sdk', '.sdm'],
  sign: /^[\s|+-]*([\d.][\s|+-]*){81}$/,
  options: [],
  read: ({ text }, source) => sudokuPuzzle(text, source),
} as const satisfies ProblemKind;

function sudokuPuzzle(text: string, source: string): Puzzle {
  const given = readSudoku(text);
  const problem = sudoku(given);
  return {
    name: source,
    title: `sudoku, ${count(given.filter((digit) => digit > 0).length, 'digit')} given`,
    comment: '',
    solver: solverName(problem.solver, GROUP_SOLVERS),
    reaches: (conflicts, target) => conflicts <= target,
    async find(budget, tell): Promise<Found> {
      const { solution, cost, violations, ...course } = await solve(problem, {
        ...asked(budget, GROUP_SOLVERS),
        onProgress: (progress) => tell(progress, count(progress.energy, 'conflict')),
      });
      const digits = Array.from(solution);
      return {
        ...courseOf(course),
        result: cost === 0 ? 'solved' : `${count(cost, 'conflict')} left`,
        cost,
        violations,
        rows: [],
        facts: { given },
        solution: digits,
        draw: (page) => grid(digits, given, page),
        file: () => digits.join('').replaceAll(/.{9}/g, '$&\n'),
      };
    },
  };
}

const RULE = '+-------+-------+-------+';

/** Given digits stand out where there are colours. */
function grid(digits: readonly number[], given: readonly number[], { colours }: Page): string[] {
  const cell = (k: number) => (given[k] > 0 ? colours.bold(digits[k]) : String(digits[k]));
  const rows = Array.from({ length: 9 }, (_, row) => {
    const thirds = [0, 3, 6].map((at) => [0, 1, 2].map((c) => cell(row * 9 + at + c)).join(' '));
    return `| ${thirds.join(' | ')} |`;
  });
  return [0, 3, 6].flatMap((at) => [RULE, ...rows.slice(at, at + 3)]).concat(RULE);
}

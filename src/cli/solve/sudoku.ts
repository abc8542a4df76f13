/** Sudokus for the command. */

import { readSudoku, sudoku, type SudokuGrid } from '../../optimise/index.ts';
import type { Page } from '../terminal.ts';
import { count } from '../words.ts';
import { puzzleOf, type ProblemKind, type Puzzle } from './puzzle.ts';
import { GROUP_SOLVERS } from './solvers.ts';

export const sudokuKind = {
  form: '81 cells, 1 to 9, and 0 or . where one is empty',
  extensions: ['.sudoku', '.sdk', '.sdm'],
  sign: /^[\s|+-]*([\d.][\s|+-]*){81}$/,
  options: [],
  document: {
    properties: {
      grid: {
        description:
          '81 digits, 0 where a cell is empty, as a list, or a string with 0 or . for empty',
        anyOf: [
          { type: 'string' },
          {
            type: 'array',
            items: { type: 'integer', minimum: 0, maximum: 9 },
            minItems: 81,
            maxItems: 81,
          },
        ],
      },
    },
    required: ['grid'],
  },
  read: ({ text }, source) => sudokuPuzzle(readSudoku(text), source),
  fromDocument: ({ grid }: { grid: SudokuGrid | string }, source) =>
    sudokuPuzzle(typeof grid === 'string' ? readSudoku(grid) : grid, source),
} as const satisfies ProblemKind;

function sudokuPuzzle(given: SudokuGrid, source: string): Puzzle {
  const digits = count(given.filter((digit) => digit > 0).length, 'digit');
  const face = {
    result: (cost: number) => (cost === 0 ? 'solved' : `${count(cost, 'conflict')} left`),
    best: (cost: number) => count(cost, 'conflict'),
    facts: () => ({ given }),
    draw: (found: readonly number[], page: Page) => grid(found, given, page),
    file: (found: readonly number[]) => found.join('').replaceAll(/.{9}/g, '$&\n'),
    parse: (text: string) => Array.from(readSudoku(text)),
  };
  return puzzleOf(
    { name: source, title: `sudoku, ${digits} given` },
    sudoku(given),
    GROUP_SOLVERS,
    face,
  );
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

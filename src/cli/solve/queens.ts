/** Queens on a board for the command. */

import { queens } from '../../optimise/index.ts';
import { EXIT, Failure } from '../failure.ts';
import type { Page } from '../terminal.ts';
import { count, wrap } from '../words.ts';
import { puzzleOf, type ProblemKind, type Puzzle } from './puzzle.ts';
import { GROUP_SOLVERS } from './solvers.ts';

export const queensKind = {
  options: ['size'],
  document: {
    properties: { size: { type: 'integer', minimum: 1, maximum: 300 } },
    required: ['size'],
  },
  make: ({ size }) => queensPuzzle(size!, `--size ${size}`),
  fromDocument: ({ size }: { size: number }) => queensPuzzle(size, `size is ${size}`),
} as const satisfies ProblemKind;

/** @throws Failure for the two sizes that have no solution */
function queensPuzzle(n: number, given: string): Puzzle {
  if (n === 2 || n === 3) {
    throw new Failure(
      `${given}: there is no solution; 1 queen, and 4 and more, can stand without attacking each other`,
      EXIT.unfinished,
    );
  }
  const face = {
    result: attacksIn,
    facts: () => ({ size: n }),
    faults: attacks,
    draw: board,
    file: (columns: readonly number[]) => `${rows(columns, '').join('\n')}\n`,
    parse: columnsIn,
  };
  const titles = { name: count(n, 'queen'), title: `board of ${n} × ${n}` };
  return puzzleOf(titles, queens(n), GROUP_SOLVERS, face);
}

/** The columns of the queens on a board of `Q` and `.`. */
function columnsIn(text: string): number[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, row) => {
      if (/^\.*Q\.*$/.test(line)) return line.indexOf('Q');
      throw new Error(`row ${row + 1} is ${JSON.stringify(line)}, expected one Q among dots`);
    });
}

function attacksIn(cost: number): string {
  if (cost === 0) return 'no queen attacks another';
  return `${count(cost, 'pair')} ${cost === 1 ? 'attacks' : 'attack'} each other`;
}

/** Pairs of queens that attack each other, by their rows from 1. */
function attacks(columns: readonly number[]): string[] {
  return columns.flatMap((column, row) =>
    columns.slice(0, row).flatMap((other, above) => {
      const apart = Math.abs(column - other);
      const attacked = apart === 0 || apart === row - above;
      return attacked ? [`the queens of rows ${above + 1} and ${row + 1} attack each other`] : [];
    }),
  );
}

function rows(columns: readonly number[], gap: string): string[] {
  return columns.map((column) => columns.map((_, c) => (c === column ? 'Q' : '.')).join(gap));
}

/** The board, as wide as it fits; or the columns of the queens when it does not. */
function board(columns: readonly number[], { width, colours }: Page): string[] {
  const n = columns.length;
  if (n > width) {
    return [
      `(A board of ${n} columns does not fit in ${width}; the column of each row's queen:)`,
      ...wrap(
        columns.map((column) => String(column + 1)),
        width,
      ),
    ];
  }
  const lines = rows(columns, 2 * n - 1 <= width ? ' ' : '');
  return lines.map((line) =>
    line.replaceAll(/[. ]+|Q/g, (part) => (part === 'Q' ? colours.bold(part) : colours.dim(part))),
  );
}

/** Queens on a board for the command. */

import { queens, solve } from '../../optimise/index.ts';
import { EXIT, Failure } from '../failure.ts';
import type { Page } from '../terminal.ts';
import { count, wrap } from '../words.ts';
import { courseOf, asked, type Found, type ProblemKind, type Puzzle } from './puzzle.ts';
import { GROUP_SOLVERS, solverName } from './solvers.ts';

export const queensKind = {
  options: ['size'],
  make: ({ size }) => queensPuzzle(size!),
} as const satisfies ProblemKind;

/** @throws Failure for the two sizes that have no solution */
function queensPuzzle(n: number): Puzzle {
  if (n === 2 || n === 3) {
    throw new Failure(
      `--size ${n}: there is no solution; 1 queen, and 4 and more, can stand without attacking each other`,
      EXIT.unfinished,
    );
  }
  const problem = queens(n);
  return {
    name: count(n, 'queen'),
    title: `board of ${n} × ${n}`,
    comment: '',
    solver: solverName(problem.solver, GROUP_SOLVERS),
    reaches: (attacks, target) => attacks <= target,
    async find(budget, tell): Promise<Found> {
      const { solution, cost, violations, ...course } = await solve(problem, {
        ...asked(budget, GROUP_SOLVERS),
        onProgress: (progress) => tell(progress, attacksIn(progress.energy)),
      });
      return {
        ...courseOf(course),
        result: attacksIn(cost),
        cost,
        violations,
        faults: attacks(solution),
        rows: [],
        facts: { size: n },
        solution,
        draw: (page) => board(solution, page),
        file: () => `${rows(solution, '').join('\n')}\n`,
      };
    },
  };
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

/** Queens on a board for the command. */

import { queens, solve } from '../../optimise/index.ts';
import { courseOf, asked, type Found, type Page, type Puzzle } from './puzzle.ts';
import { wrap } from './wrap.ts';
import { GROUP_SOLVERS, nameOf } from './solvers.ts';

export function queensPuzzle(n: number): Puzzle {
  const problem = queens(n);
  return {
    kind: 'queens',
    name: n === 1 ? '1 queen' : `${n} queens`,
    title: `board of ${n} × ${n}`,
    comment: '',
    solver: nameOf(problem.solver, GROUP_SOLVERS),
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
  return cost === 1 ? '1 pair attacks each other' : `${cost} pairs attack each other`;
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

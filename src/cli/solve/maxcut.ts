/** Max-cut for the command. */

import { maxCut, type Graph, solve } from '../../optimise/index.ts';
import { amount, wrap } from '../words.ts';
import { graphFrom, graphSize } from './graph-file.ts';
import { hasDiagonal, isTriples } from './triples.ts';
import { courseOf, asked, type Found, type ProblemKind, type Puzzle } from './puzzle.ts';
import { screenful } from './screenful.ts';
import { SPIN_SOLVERS, solverName } from './solvers.ts';

export const maxCutKind = {
  extensions: ['.mc', '.gset', '.rud', '.rudy'],
  sign: { test: (text) => isTriples(text) && !hasDiagonal(text) },
  options: ['target'],
  read: (content, source) => maxCutPuzzle(graphFrom(content, source), source),
} as const satisfies ProblemKind;

function maxCutPuzzle(graph: Graph, source: string): Puzzle {
  const problem = maxCut(graph);
  return {
    name: source,
    title: `max-cut, ${graphSize(graph)}`,
    comment: '',
    solver: solverName(problem.solver, SPIN_SOLVERS),
    reaches: (weight, target) => weight >= target,
    async find({ target, ...budget }, tell): Promise<Found> {
      // The energy is the weight of the cut, below 0.
      const energy = target === undefined ? undefined : -target;
      const { solution, cost, violations, ...course } = await solve(problem, {
        ...asked({ ...budget, target: energy }, SPIN_SOLVERS),
        onProgress: (progress) => tell(progress, `cut ${amount(-progress.energy, 8)}`),
      });
      const sides = Array.from(solution);
      return {
        ...courseOf(course),
        result: `cut of weight ${amount(cost)}`,
        cost,
        violations,
        rows: [['cut', amount(cost)]],
        facts: {},
        solution: sides,
        draw: ({ width }) => screenful(side(sides, width)),
        file: () => `${sides.join('\n')}\n`,
      };
    },
  };
}

/** The vertices of the smaller side, counted from 1 as in the file. */
function side(sides: readonly number[], width: number): string[] {
  const count = sides.filter((s) => s === 1).length;
  const smaller = 2 * count <= sides.length ? 1 : 0;
  const vertices = sides.flatMap((s, v) => (s === smaller ? [String(v + 1)] : []));
  return wrap([`Side of ${vertices.length}:`, ...vertices], width, 2);
}

/** Graph colouring for the command: with a number of colours, or with as few as it finds. */

import { colouring, type Graph, solve } from '../../optimise/index.ts';
import { flag } from '../command.ts';
import { Failure } from '../failure.ts';
import type { Page } from '../terminal.ts';
import { count, wrap } from '../words.ts';
import { graphFrom, graphSize } from './graph-file.ts';
import { asked, courseOf, type Found, type ProblemKind, type Puzzle } from './puzzle.ts';
import { screenful } from './screenful.ts';
import { solverName, SEARCH_SOLVERS } from './solvers.ts';

/** A greedy colouring keeps its sets of neighbours for all of them. */
const MOST_VERTICES = 1e6;

export const colouringKind = {
  // Binary files are called .col.b.
  extensions: ['.col', '.b'],
  sign: /^[ \t]*p[ \t]+(edges?|col)\s/im,
  options: ['colours'],
  read: (content, source, { colours }) =>
    colouringPuzzle(graphFrom(content, source), source, colours),
} as const satisfies ProblemKind;

/** @param colours - how many; undefined: as few as can be found */
function colouringPuzzle(graph: Graph, source: string, colours?: number): Puzzle {
  if (graph.vertices > MOST_VERTICES) {
    throw new Failure(
      `${source}: ${graph.vertices} vertices, expected at most ${MOST_VERTICES} for a colouring`,
    );
  }
  const problem = colouring(graph, colours);
  const solver = solverName(problem.solver, SEARCH_SOLVERS);
  return {
    name: source,
    title: `colouring, ${graphSize(graph)}`,
    comment: '',
    solver,
    reaches: (cost, target) => cost <= target,
    async find(budget, tell): Promise<Found> {
      if (colours === undefined && (budget.solver ?? solver) !== solver) {
        throw new Failure(`--solver ${budget.solver} needs ${flag('colours')}: how many there are`);
      }
      const solved = await solve(problem, {
        ...asked(budget, SEARCH_SOLVERS),
        onProgress: (progress) =>
          tell(
            progress,
            colours === undefined
              ? count(progress.energy, 'colour')
              : `${count(colours, 'colour')}, ${count(progress.energy, 'conflict')}`,
          ),
      });
      const { solution, cost, violations } = solved;
      const used = colours ?? cost;
      const conflicts = colours === undefined ? 0 : cost;
      return {
        ...courseOf(solved),
        result: `${count(used, 'colour')}, ${conflicts === 0 ? 'no conflicting edges' : count(conflicts, 'conflicting edge')}`,
        cost,
        violations,
        faults: clashes(graph, solution),
        rows: [
          ['colours', String(used)],
          ...(colours === undefined ? [fewer(used, problem.target)] : []),
        ],
        facts: { colours: used, ...(colours === undefined && { lowerBound: problem.target }) },
        solution,
        draw: ({ width }: Page) => screenful(classes(solution, used, width)),
        file: () => `${solution.join('\n')}\n`,
      };
    },
  };
}

/** What is known of fewer colours, from a clique of so many vertices. */
function fewer(colours: number, clique: number): [name: string, value: string] {
  const why = clique === 1 ? 'one is needed' : `${clique} vertices are all joined to each other`;
  const open = `no colouring with ${colours - 1} was found; at least ${clique} ${clique === 1 ? 'is' : 'are'} needed`;
  return ['fewer', colours > clique ? open : `no fewer are possible: ${why}`];
}

/** Edges of one colour; vertices and colours count from 1. */
function clashes({ edges }: Graph, solution: readonly number[]): string[] {
  const pairs = edges.filter(([a, b]) => solution[a] === solution[b]);
  const texts = pairs.map(([a, b]) => {
    const [first, second] = [Math.min(a, b) + 1, Math.max(a, b) + 1];
    return `vertices ${first} and ${second} are joined and both have colour ${solution[a] + 1}`;
  });
  return [...new Set(texts)];
}

/** The vertices of each colour, both counted from 1. */
function classes(solution: readonly number[], colours: number, width: number): string[] {
  const indent = `Colour ${colours}: `.length;
  return Array.from({ length: colours }, (_, colour) => {
    const vertices = solution.flatMap((own, v) => (own === colour ? [String(v + 1)] : []));
    return wrap([`Colour ${colour + 1}:`.padEnd(indent - 1), ...vertices], width, indent);
  }).flat();
}

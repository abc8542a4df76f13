/** Graph colouring for the command: with a number of colours, or with as few as it finds. */

import { colouring, type Graph, solve } from '../../optimise/index.ts';
import { flag } from '../command.ts';
import { Failure } from '../failure.ts';
import type { Page } from '../terminal.ts';
import { count, wrap } from '../words.ts';
import { GRAPH_FORM, graphFrom, graphSize } from './graph-file.ts';
import { COUNT, EDGES } from './json/shapes.ts';
import {
  asked,
  courseOf,
  manyOf,
  numbersIn,
  solverIn,
  type Found,
  type ProblemKind,
  type Puzzle,
} from './puzzle.ts';
import { screenful } from './screenful.ts';
import { SEARCH_SOLVERS } from './solvers.ts';

export const colouringKind = {
  // Binary files are called .col.b.
  form: GRAPH_FORM,
  extensions: ['.col', '.b'],
  sign: /^[ \t]*p[ \t]+(edges?|col)\s/im,
  options: ['colours'],
  document: {
    properties: {
      vertices: COUNT,
      edges: EDGES,
      colours: { type: 'integer', minimum: 1, maximum: 65536 },
    },
    required: ['vertices', 'edges'],
  },
  fromDocument: ({ vertices, edges, colours }: Graph & { colours?: number }, source, options) =>
    colouringPuzzle({ vertices, edges }, source, options.colours ?? colours),
  read: (content, source, { colours }) =>
    colouringPuzzle(graphFrom(content, source), source, colours),
} as const satisfies ProblemKind;

/** @param colours - how many; undefined: as few as can be found */
function colouringPuzzle(graph: Graph, source: string, colours?: number): Puzzle {
  const problem = colouring(graph, colours);
  const solver = solverIn(SEARCH_SOLVERS, problem);
  return {
    name: source,
    title: `colouring, ${graphSize(graph)}`,
    comment: '',
    solver,
    reaches: (cost, target) => cost <= target,
    parse: numbersIn,
    async find(budget, tell): Promise<Found> {
      if (colours === undefined && solver(budget) !== 'local-search') {
        throw new Failure(`--solver ${budget.solver} needs ${flag('colours')}: how many there are`);
      }
      const solved = await solve(problem, {
        ...asked(budget, SEARCH_SOLVERS, problem),
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
        ...manyOf(solved, (one) => one),
        draw: ({ width }: Page) => screenful(classes(solution, used, width)),
        file: () => `${solution.join('\n')}\n`,
      };
    },
  };
}

/** What is known of fewer colours, from a clique of so many vertices. Without edges one colour is found. */
function fewer(colours: number, clique: number): [name: string, value: string] {
  const why = clique === 1 ? 'one is needed' : `${clique} vertices are all joined to each other`;
  const open = `no colouring with ${colours - 1} was found; at least ${clique} are needed`;
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

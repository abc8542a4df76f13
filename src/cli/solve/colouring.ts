/** Graph colouring for the command: with a number of colours, or with as few as it finds. */

import { colouring, type Graph, solve } from '../../optimise/index.ts';
import { Failure } from '../failure.ts';
import type { Page } from '../terminal.ts';
import { count, wrap } from '../words.ts';
import { graphFrom } from './graph-file.ts';
import { greedyClique, greedyColouring } from './greedy.ts';
import {
  courseOf,
  asked,
  type Budget,
  type Found,
  type ProblemKind,
  type Puzzle,
  type Tell,
} from './puzzle.ts';
import { screenful } from './screenful.ts';
import { GROUP_SOLVERS } from './solvers.ts';

/** A greedy colouring keeps its sets of neighbours for all of them. */
const MOST_VERTICES = 1e6;

export const colouringKind = {
  extensions: ['.col'],
  sign: /^[ \t]*p[ \t]+(edges?|col)\s/m,
  options: ['colours'],
  read: (text, source, { colours }) => colouringPuzzle(graphFrom(text), source, colours),
} as const satisfies ProblemKind;

/** @param colours - how many; undefined: as few as can be found */
function colouringPuzzle(graph: Graph, source: string, colours?: number): Puzzle {
  if (graph.vertices > MOST_VERTICES) {
    throw new Failure(
      `${source}: ${graph.vertices} vertices, expected at most ${MOST_VERTICES} for a colouring`,
    );
  }
  return {
    name: source,
    title: `colouring, ${count(graph.vertices, 'vertex', 'vertices')}, ${count(graph.edges.length, 'edge')}`,
    comment: '',
    solver: 'anneal',
    reaches: (conflicts, target) => conflicts <= target,
    find: (budget, tell) =>
      colours === undefined
        ? fewest(graph, budget, tell)
        : withColours(graph, colours, budget, tell),
  };
}

/** Couplings that fit in memory, about 3 GB: one for each edge and colour. */
const MOST_COUPLINGS = 3e7;

function problemOf(graph: Graph, colours: number) {
  const couplings = graph.edges.length * colours;
  if (couplings > MOST_COUPLINGS) {
    throw new Failure(
      `${count(graph.edges.length, 'edge')} in ${count(colours, 'colour')} make ${couplings} couplings, expected at most ${MOST_COUPLINGS}`,
    );
  }
  return colouring(graph, colours);
}

async function withColours(
  graph: Graph,
  colours: number,
  budget: Budget,
  tell: Tell,
): Promise<Found> {
  const problem = problemOf(graph, colours);
  const { solution, cost, violations, ...course } = await solve(problem, {
    ...asked(budget, GROUP_SOLVERS),
    onProgress: (progress) =>
      tell(progress, `${count(colours, 'colour')}, ${count(progress.energy, 'conflict')}`),
  });
  return { ...courseOf(course), ...described(graph, solution, colours, cost), violations };
}

/** Begins with what a greedy colouring needs, then asks for one colour less as long as there is time. */
async function fewest(graph: Graph, budget: Budget, tell: Tell): Promise<Found> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const greedy = greedyColouring(graph);
  const clique = greedyClique(graph);
  let colours = 1 + greedy.reduce((most, colour) => Math.max(most, colour), 0);
  let best: Found = {
    ...described(graph, greedy, colours, 0),
    violations: problemOf(graph, colours).check(greedy),
    ended: 'target',
    restarts: 0,
    sweeps: 0,
    seconds: 0,
  };
  const spent = { restarts: 0, sweeps: 0 };
  let least = `no fewer are possible: ${needed(clique)}`;
  while (colours > clique) {
    const time = budget.time === undefined ? undefined : budget.time - seconds();
    if (budget.signal?.aborted || (time !== undefined && time <= 0)) break;
    const before = seconds();
    const found = await withColours(graph, colours - 1, { ...budget, time }, (progress, words) =>
      tell(
        {
          ...progress,
          seconds: before + progress.seconds,
          restarts: spent.restarts + progress.restarts,
        },
        words,
      ),
    );
    spent.restarts += found.restarts;
    spent.sweeps += found.sweeps;
    best.ended = found.ended;
    if (found.violations.length > 0) break;
    best = found;
    colours--;
  }
  if (colours > clique)
    least = `no colouring with ${colours - 1} was found; at least ${clique} ${clique === 1 ? 'is' : 'are'} needed`;
  return {
    ...best,
    ...spent,
    seconds: seconds(),
    rows: [...best.rows, ['fewer', least]],
    facts: { ...best.facts, lowerBound: clique },
  };
}

/** Why a graph needs so many colours. */
function needed(clique: number): string {
  return clique === 1 ? 'one is needed' : `${clique} vertices are all joined to each other`;
}

function described(graph: Graph, solution: number[], colours: number, conflicts: number) {
  return {
    result: `${count(colours, 'colour')}, ${conflicts === 0 ? 'no conflicting edges' : count(conflicts, 'conflicting edge')}`,
    cost: conflicts,
    faults: clashes(graph, solution),
    rows: [['colours', String(colours)]] as Found['rows'],
    facts: { colours },
    solution,
    draw: ({ width }: Page) => screenful(classes(solution, colours, width)),
    file: () => `${solution.join('\n')}\n`,
  };
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

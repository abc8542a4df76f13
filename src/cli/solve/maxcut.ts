/** Max-cut for the command. */

import { maxCut, type Graph } from '../../optimise/index.ts';
import { amount, wrap } from '../words.ts';
import { GRAPH_FORM, graphFrom, graphSize } from './graph-file.ts';
import { COUNT, EDGES } from './json/shapes.ts';
import { numbersIn, puzzleOf, type ProblemKind, type Puzzle } from './puzzle.ts';
import { screenful } from './screenful.ts';
import { SPIN_SOLVERS } from './solvers.ts';
import { hasDiagonal, isTriples } from './triples.ts';

export const maxCutKind = {
  form: GRAPH_FORM,
  extensions: ['.mc', '.gset', '.rud', '.rudy'],
  sign: { test: (text) => isTriples(text) && !hasDiagonal(text) },
  options: ['target'],
  document: { properties: { vertices: COUNT, edges: EDGES }, required: ['vertices', 'edges'] },
  read: (content, source) => maxCutPuzzle(graphFrom(content, source), source),
  fromDocument: (graph: Graph, source) => maxCutPuzzle(graph, source),
} as const satisfies ProblemKind;

function maxCutPuzzle({ vertices, edges, loops }: Graph, source: string): Puzzle {
  const graph = { vertices, edges, loops };
  const titles = { name: source, title: `max-cut, ${graphSize(graph)}` };
  const face = {
    result: (cut: number) => `cut of weight ${amount(cut)}`,
    best: (cut: number) => `cut ${amount(cut, 8)}`,
    rows: (cut: number): [string, string][] => [['cut', amount(cut)]],
    draw: (sides: Uint8Array, { width }: { width: number }) => screenful(side(sides, width)),
    file: (sides: Uint8Array) => `${sides.join('\n')}\n`,
    parse: numbersIn,
  };
  return puzzleOf(titles, maxCut(graph), SPIN_SOLVERS, face, true);
}

/** The vertices of the smaller side, counted from 1 as in the file. */
function side(sides: Uint8Array, width: number): string[] {
  const count = sides.reduce((sum, s) => sum + s, 0);
  const smaller = 2 * count <= sides.length ? 1 : 0;
  const vertices = Array.from(sides).flatMap((s, v) => (s === smaller ? [String(v + 1)] : []));
  return wrap([`Side of ${vertices.length}:`, ...vertices], width, 2);
}

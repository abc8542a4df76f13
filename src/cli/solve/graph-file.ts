/** Graphs from files. */

import { readDimacsGraph, readGset, type Graph } from '../../optimise/index.ts';
import { count } from '../words.ts';
import type { Content } from './puzzle.ts';

export const GRAPH_FORM =
  'a line "VERTICES EDGES", then "A B" or "A B WEIGHT" for each edge, vertices from 1; or DIMACS';

/** Both formats do for all problems of graphs: a DIMACS file begins with a letter or is binary, a G-set file begins with numbers. */
export function graphFrom({ text, bytes }: Content, source: string): Graph {
  if (/^\d+\r?\n[cp]/i.test(text)) return readDimacsGraph(bytes);
  const named = /\.col$/i.test(source) && text.trim() === '';
  const lines = /^[\s\uFEFF]*(c[^\n]*\s+)*p\s/i.test(text);
  return named || lines ? readDimacsGraph(text) : readGset(text);
}

/** Such as `5 vertices, 6 edges`. */
export function graphSize({ vertices, edges, loops = 0 }: Graph): string {
  const size = `${count(vertices, 'vertex', 'vertices')}, ${count(edges.length, 'edge')}`;
  return loops === 0 ? size : `${size}, ${count(loops, 'loop')} left out`;
}

/** Graphs from files. */

import { readDimacsGraph, readGset, type Graph } from '../../optimise/index.ts';

/** Both formats do for all problems of graphs: a DIMACS file begins with a letter, a G-set file with a number. */
export function graphFrom(text: string): Graph {
  return /^[\s\uFEFF]*[cp]/.test(text) ? readDimacsGraph(text) : readGset(text);
}

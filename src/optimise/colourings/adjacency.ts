/** Who is joined to whom: the neighbours of each vertex in one list. */
import { readGraph, type GivenGraph } from '../graph.ts';

export interface Adjacency {
  readonly vertices: number;
  /** The neighbours of v, in increasing order, are neighbours[starts[v]] to neighbours[starts[v + 1] − 1]. */
  readonly starts: Uint32Array;
  readonly neighbours: Uint32Array;
}

/** Edges count once however often they are listed. @throws TypeError, RangeError for what is no graph, or a loop */
export function readAdjacency(graph: GivenGraph): Adjacency {
  const { vertices, a, b } = readGraph(graph, 'first');
  const starts = new Uint32Array(vertices + 1);
  for (const ends of [a, b]) for (const v of ends) starts[v + 1]++;
  for (let v = 0; v < vertices; v++) starts[v + 1] += starts[v];
  const next = starts.slice();
  const neighbours = new Uint32Array(2 * a.length);
  // Edges are in order: those that come from above first.
  for (let e = 0; e < a.length; e++) neighbours[next[b[e]]++] = a[e];
  for (let e = 0; e < a.length; e++) neighbours[next[a[e]]++] = b[e];
  return { vertices, starts, neighbours };
}

export function neighboursOf({ starts, neighbours }: Adjacency, v: number): Uint32Array {
  return neighbours.subarray(starts[v], starts[v + 1]);
}

/** Edges whose ends have one colour. */
export function conflictsOf(graph: Adjacency, colours: ArrayLike<number>): number {
  let ends = 0;
  for (let v = 0; v < graph.vertices; v++) {
    for (const u of neighboursOf(graph, v)) if (colours[u] === colours[v]) ends++;
  }
  return ends / 2;
}

/** How many colours there are. */
export function coloursIn(colours: ArrayLike<number>): number {
  return new Set(Array.from(colours)).size;
}

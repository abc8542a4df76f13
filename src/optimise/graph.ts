/** Graphs, as readers give them and problems take them. */
import { checkNumber, checkOptions, describe, isList } from '../checks.ts';

/** An undirected graph: vertices 0, 1, …; an edge may have a weight, 1 otherwise. */
export interface Graph {
  readonly vertices: number;
  readonly edges: readonly (readonly [a: number, b: number, weight?: number])[];
  /** How many loops, edges from a vertex to itself, a reader left out. */
  readonly loops?: number;
}

/** A graph with every edge once: a < b, weights of repeated edges added up by `weights`. */
export interface EdgeList {
  readonly vertices: number;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly weights: Float64Array;
}

/**
 * Checks a graph and puts its edges in order.
 *
 * @param repeated - what becomes of edges that are listed twice, in either direction: weights are summed, or the first counts
 * @throws TypeError, RangeError for a loop, a vertex that is not there or a weight that is no number
 */
export function readGraph(graph: Graph, repeated: 'sum' | 'first'): EdgeList {
  if (isList(graph)) {
    throw new TypeError(`the graph is ${describe(graph)}, expected { vertices, edges }`);
  }
  checkOptions(graph, 'a graph', ['vertices', 'edges', 'loops']);
  const { vertices, edges } = graph;
  checkNumber(vertices, 'vertices', 'an integer from 1 to 1e7', (n) => {
    return Number.isInteger(n) && n >= 1 && n <= 1e7;
  });
  if (!Array.isArray(edges)) throw new TypeError(`edges are ${describe(edges)}, expected an array`);
  const found = new Map<number, number>();
  for (const [k, edge] of edges.entries()) {
    if (!Array.isArray(edge) || edge.length < 2 || edge.length > 3) {
      throw new TypeError(`edge ${k} is ${describe(edge)}, expected [a, b] or [a, b, weight]`);
    }
    const [a, b, weight = 1] = edge as [number, number, number?];
    for (const vertex of [a, b]) {
      checkNumber(vertex, `edge ${k}`, `vertices from 0 to ${vertices - 1}`, (v) => {
        return Number.isInteger(v) && v >= 0 && v < vertices;
      });
    }
    if (a === b) throw new RangeError(`edge ${k} is [${a}, ${b}], expected two different vertices`);
    checkNumber(weight, `weight of edge ${k}`, 'a number', () => true);
    const key = Math.min(a, b) * vertices + Math.max(a, b);
    const before = found.get(key);
    if (before === undefined) found.set(key, weight);
    else if (repeated === 'sum') found.set(key, before + weight);
  }
  const keys = Float64Array.from(found.keys()).sort();
  return {
    vertices,
    a: Uint32Array.from(keys, (key) => Math.floor(key / vertices)),
    b: Uint32Array.from(keys, (key) => key % vertices),
    weights: Float64Array.from(keys, (key) => found.get(key)!),
  };
}

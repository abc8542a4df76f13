/** Graphs, as readers give them and problems take them. */
import { checkNumber, checkOptions, describe, isList } from '../checks.ts';
import { stableOrder } from './pairs.ts';

/** An undirected graph: vertices 0, 1, …; an edge may have a weight, 1 otherwise. */
export interface Graph {
  readonly vertices: number;
  readonly edges: readonly (readonly [a: number, b: number, weight?: number])[];
  /** How many loops, edges from a vertex to itself, a reader left out. */
  readonly loops?: number;
}

/** A graph as problems take it: its edges may be lists that are not known to have two or three numbers. */
export interface GivenGraph extends Pick<Graph, 'vertices' | 'loops'> {
  readonly edges: readonly (readonly (number | undefined)[])[];
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
export function readGraph(graph: GivenGraph, repeated: 'sum' | 'first'): EdgeList {
  if (isList(graph)) {
    throw new TypeError(`the graph is ${describe(graph)}, expected { vertices, edges }`);
  }
  checkOptions(graph, 'graphs', ['vertices', 'edges', 'loops']);
  const { vertices, edges } = graph;
  checkNumber(vertices, 'vertices', 'an integer from 1 to 1e7', (n) => {
    return Number.isInteger(n) && n >= 1 && n <= 1e7;
  });
  if (!Array.isArray(edges)) throw new TypeError(`edges are ${describe(edges)}, expected an array`);
  const count = edges.length;
  const [a, b, weights] = [new Uint32Array(count), new Uint32Array(count), new Float64Array(count)];
  // Loops without iterators and arrays of their own: there can be millions of edges.
  for (let k = 0; k < count; k++) {
    const edge: unknown = edges[k];
    if (!Array.isArray(edge) || edge.length < 2 || edge.length > 3) {
      throw new TypeError(`edge ${k} is ${describe(edge)}, expected [a, b] or [a, b, weight]`);
    }
    const [from, to] = edge as [number, number];
    const weight = edge[2] === undefined ? 1 : (edge[2] as number);
    if (!isVertex(from, vertices) || !isVertex(to, vertices)) {
      const wrong = isVertex(from, vertices) ? to : from;
      checkNumber(wrong, `edge ${k}`, `vertices from 0 to ${vertices - 1}`, () => false);
    }
    if (from === to) {
      throw new RangeError(`edge ${k} is [${from}, ${to}], expected two different vertices`);
    }
    if (!Number.isFinite(weight)) {
      checkNumber(weight, `weight of edge ${k}`, 'a number', () => true);
    }
    a[k] = Math.min(from, to);
    b[k] = Math.max(from, to);
    weights[k] = weight;
  }
  return { vertices, ...merged(vertices, a, b, weights, repeated) };
}

function isVertex(value: unknown, vertices: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < vertices;
}

/** Edges in order, each once. */
function merged(
  vertices: number,
  a: Uint32Array,
  b: Uint32Array,
  weights: Float64Array,
  repeated: 'sum' | 'first',
): Omit<EdgeList, 'vertices'> {
  const order = stableOrder(a, vertices, stableOrder(b, vertices));
  const out = {
    a: new Uint32Array(order.length),
    b: new Uint32Array(order.length),
    weights: new Float64Array(order.length),
  };
  let last = -1;
  for (const k of order) {
    if (last >= 0 && out.a[last] === a[k] && out.b[last] === b[k]) {
      if (repeated === 'sum') out.weights[last] += weights[k];
      continue;
    }
    last++;
    out.a[last] = a[k];
    out.b[last] = b[k];
    out.weights[last] = weights[k];
  }
  return {
    a: out.a.slice(0, last + 1),
    b: out.b.slice(0, last + 1),
    weights: out.weights.slice(0, last + 1),
  };
}

/** Bounds on the number of colours that a graph needs. */
import { neighboursOf, type Adjacency } from './adjacency.ts';

/**
 * A proper colouring: always a vertex with the most colours around it next, in the first colour that is free (Brélaz
 * 1979). Vertices wait in queues by the number of colours around them, those of high degree first. O(edges + vertices · colours).
 */
export function greedyColouring(graph: Adjacency): Int32Array {
  const { vertices } = graph;
  const colours = new Int32Array(vertices).fill(-1);
  const taken = Array.from({ length: vertices }, () => new Set<number>());
  const queues = [new Set(byDegree(graph))];
  for (let done = 0; done < vertices; done++) {
    while (queues.at(-1)!.size === 0) queues.pop();
    const [next] = queues.at(-1)!;
    queues.at(-1)!.delete(next);
    let colour = 0;
    while (taken[next].has(colour)) colour++;
    colours[next] = colour;
    for (const v of neighboursOf(graph, next)) {
      if (colours[v] >= 0 || taken[v].has(colour)) continue;
      queues[taken[v].size].delete(v);
      taken[v].add(colour);
      (queues[taken[v].size] ??= new Set()).add(v);
    }
  }
  return colours;
}

/** Vertices that a clique is looked for at. */
const BEGINNINGS = 1000;

/**
 * A clique: all its vertices are joined, so that each needs a colour of its own. From each of the thousand vertices of
 * highest degree its neighbours in the order of their degrees, as long as all are joined; the largest is kept.
 */
export function greedyClique(graph: Adjacency): number[] {
  const order = byDegree(graph);
  const rank = new Uint32Array(graph.vertices);
  order.forEach((v, k) => (rank[v] = k));
  /** How many of the clique each vertex is joined to. */
  const joined = new Uint32Array(graph.vertices);
  let largest: number[] = [order[0]];
  for (const first of order.slice(0, BEGINNINGS)) {
    if (degreeOf(graph, first) < largest.length) break;
    const clique: number[] = [];
    const add = (v: number): void => {
      clique.push(v);
      for (const u of neighboursOf(graph, v)) joined[u]++;
    };
    add(first);
    const candidates = neighboursOf(graph, first).map((v) => rank[v]);
    for (const k of candidates.sort()) if (joined[order[k]] === clique.length) add(order[k]);
    for (const v of clique) for (const u of neighboursOf(graph, v)) joined[u] = 0;
    if (clique.length > largest.length) largest = clique;
  }
  return largest.sort((a, b) => a - b);
}

function degreeOf({ starts }: Adjacency, v: number): number {
  return starts[v + 1] - starts[v];
}

/** The vertices, those of highest degree first. */
function byDegree(graph: Adjacency): number[] {
  const vertices = Array.from({ length: graph.vertices }, (_, v) => v);
  return vertices.sort((a, b) => degreeOf(graph, b) - degreeOf(graph, a));
}

/** Bounds on the number of colours that a graph needs, in one pass. */

import type { Graph } from '../../optimise/index.ts';

/** A proper colouring: the vertex with most colours around it next, in the first colour that is free (Brélaz 1979). */
export function greedyColouring(graph: Graph): number[] {
  const around = neighbours(graph);
  const colours = Array.from({ length: graph.vertices }, () => -1);
  const taken = colours.map(() => new Set<number>());
  for (let done = 0; done < graph.vertices; done++) {
    let next = -1;
    for (let v = 0; v < graph.vertices; v++) {
      if (colours[v] >= 0) continue;
      const ahead = next < 0 ? 1 : taken[v].size - taken[next].size;
      if (ahead > 0 || (ahead === 0 && around[v].size > around[next].size)) next = v;
    }
    let colour = 0;
    while (taken[next].has(colour)) colour++;
    colours[next] = colour;
    for (const v of around[next]) taken[v].add(colour);
  }
  return colours;
}

/** The size of a clique: from each vertex, its neighbours in the order of their degrees as long as all are joined. */
export function greedyClique(graph: Graph): number {
  const around = neighbours(graph);
  let largest = 1;
  for (const own of around) {
    const clique: Set<number>[] = [own];
    const candidates = [...own].sort((a, b) => around[b].size - around[a].size);
    for (const v of candidates) {
      if (clique.every((member) => member.has(v))) clique.push(around[v]);
    }
    largest = Math.max(largest, clique.length);
  }
  return largest;
}

function neighbours({ vertices, edges }: Graph): Set<number>[] {
  const around = Array.from({ length: vertices }, () => new Set<number>());
  for (const [a, b] of edges) {
    around[a].add(b);
    around[b].add(a);
  }
  return around;
}

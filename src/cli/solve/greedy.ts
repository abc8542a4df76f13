/** Bounds on the number of colours that a graph needs, in one pass. */

import type { Graph } from '../../optimise/index.ts';

/**
 * A proper colouring: always a vertex with the most colours around it next, in the first colour that is free (Brélaz
 * 1979). Vertices wait in queues by the number of colours around them, those of high degree first.
 */
export function greedyColouring(graph: Graph): number[] {
  const around = neighbours(graph);
  const colours = Array.from({ length: graph.vertices }, () => -1);
  const taken = colours.map(() => new Set<number>());
  const byDegree = [...colours.keys()].sort((a, b) => around[b].size - around[a].size);
  const queues = [new Set(byDegree)];
  for (let done = 0; done < graph.vertices; done++) {
    while (queues.at(-1)!.size === 0) queues.pop();
    const [next] = queues.at(-1)!;
    queues.at(-1)!.delete(next);
    let colour = 0;
    while (taken[next].has(colour)) colour++;
    colours[next] = colour;
    for (const v of around[next]) {
      const before = taken[v].size;
      taken[v].add(colour);
      if (colours[v] >= 0 || taken[v].size === before) continue;
      queues[before].delete(v);
      (queues[before + 1] ??= new Set()).add(v);
    }
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

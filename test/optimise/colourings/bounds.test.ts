/** Bounds on the number of colours that a graph needs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAdjacency } from '../../../src/optimise/colourings/adjacency.ts';
import { greedyClique, greedyColouring } from '../../../src/optimise/colourings/bounds.ts';
import type { Graph } from '../../../src/optimise/index.ts';

const graphs = fc.integer({ min: 1, max: 9 }).chain((vertices) => {
  const pairs = [...Array(vertices).keys()].flatMap((b) =>
    [...Array(b).keys()].map((a): [number, number] => [a, b]),
  );
  return fc.record({ vertices: fc.constant(vertices), edges: fc.subarray(pairs) });
});

const coloursIn = (colouring: Int32Array) => 1 + Math.max(...colouring);

/** The size of the largest clique, by trying all sets. */
function largestClique({ vertices, edges }: Graph): number {
  const joined = new Set(edges.map(([a, b]) => a * vertices + b));
  let largest = 0;
  for (let set = 1; set < 1 << vertices; set++) {
    const members = [...Array(vertices).keys()].filter((v) => set & (1 << v));
    const all = members.every((b) => members.every((a) => a >= b || joined.has(a * vertices + b)));
    if (all) largest = Math.max(largest, members.length);
  }
  return largest;
}

test('the greedy colouring is proper, with at most one colour more than the largest degree', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const colouring = greedyColouring(readAdjacency(graph));
      expect(colouring).toHaveLength(graph.vertices);
      for (const [a, b] of graph.edges) expect(colouring[a]).not.toBe(colouring[b]);
      const degrees = Array.from(
        colouring,
        (_, v) => graph.edges.filter((edge) => edge.includes(v)).length,
      );
      expect(coloursIn(colouring)).toBeLessThanOrEqual(1 + Math.max(...degrees));
      expect(Math.min(...colouring)).toBe(0);
    }),
  );
});

test('it is exact where two colours do (Brélaz 1979)', () => {
  fc.assert(
    fc.property(graphs, fc.nat(511), (graph, sides) => {
      const edges = graph.edges.filter(([a, b]) => ((sides >> a) & 1) !== ((sides >> b) & 1));
      const colouring = greedyColouring(readAdjacency({ ...graph, edges }));
      expect(coloursIn(colouring)).toBe(edges.length > 0 ? 2 : 1);
    }),
  );
});

test('the greedy clique is one, no larger than the largest, and an edge if there is one', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const clique = greedyClique(readAdjacency(graph));
      const size = clique.length;
      const joined = graph.edges.filter(([a, b]) => clique.includes(a) && clique.includes(b));
      expect(joined).toHaveLength((size * (size - 1)) / 2);
      expect(size).toBeLessThanOrEqual(largestClique(graph));
      expect(size).toBeGreaterThanOrEqual(graph.edges.length > 0 ? 2 : 1);
    }),
  );
});

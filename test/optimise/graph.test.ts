import { expect, test } from 'vitest';
import { readGraph, type Graph } from '../../src/optimise/graph.ts';

const plain = ({ a, b, weights }: ReturnType<typeof readGraph>): number[][] =>
  Array.from(a, (i, k) => [i, b[k], weights[k]]);

test('every edge once, in order, whichever way it was written', () => {
  const graph: Graph = {
    vertices: 4,
    edges: [
      [3, 1],
      [0, 2, 5],
      [1, 0, -2],
      [2, 0, 7],
      [1, 3, 0.5],
    ],
  };
  expect(plain(readGraph(graph, 'sum'))).toEqual([
    [0, 1, -2],
    [0, 2, 12],
    [1, 3, 1.5],
  ]);
  expect(plain(readGraph(graph, 'first'))).toEqual([
    [0, 1, -2],
    [0, 2, 5],
    [1, 3, 1],
  ]);
});

test('no edges', () => {
  expect(plain(readGraph({ vertices: 1, edges: [] }, 'sum'))).toEqual([]);
});

test.each([
  [null, TypeError, 'graphs are null'],
  [{ vertices: 2 }, TypeError, 'edges'],
  [{ vertices: 0, edges: [] }, RangeError, 'vertices is 0'],
  [{ vertices: 1.5, edges: [] }, RangeError, 'vertices'],
  [{ vertices: '2', edges: [] }, TypeError, 'vertices'],
  [{ vertices: 2, edges: [[0]] }, TypeError, 'edge 0'],
  [{ vertices: 2, edges: [[0, 1, 2, 3]] }, TypeError, 'edge 0'],
  [{ vertices: 2, edges: [[0, 1], 5] }, TypeError, 'edge 1'],
  [{ vertices: 2, edges: [[0, 2]] }, RangeError, 'edge 0 is 2'],
  [{ vertices: 2, edges: [[0, -1]] }, RangeError, 'edge 0'],
  [{ vertices: 2, edges: [[1, 1]] }, RangeError, 'two different'],
  [{ vertices: 2, edges: [[0, 1, NaN]] }, RangeError, 'weight of edge 0'],
  [{ vertices: 2, edges: [[0, 1, '1']] }, TypeError, 'weight of edge 0'],
  [{ vertices: 2, edges: [], colour: 1 }, TypeError, 'colour'],
])('%o is refused', (graph, error, message) => {
  expect(() => readGraph(graph as unknown as Graph, 'sum')).toThrow(error);
  expect(() => readGraph(graph as unknown as Graph, 'sum')).toThrow(message);
});

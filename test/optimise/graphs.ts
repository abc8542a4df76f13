/** Graphs whose chromatic numbers are known. */
import type { Graph } from '../../src/optimise/index.ts';

/** Mycielski's graph myciel k needs k + 1 colours and has no triangle (Mycielski 1955). */
export function mycielski(k: number): Graph {
  let vertices = 2;
  let edges: [number, number][] = [[0, 1]];
  for (let step = 2; step <= k; step++) {
    const n = vertices;
    const shadows = edges.flatMap(([a, b]): [number, number][] => [
      [a, n + b],
      [b, n + a],
    ]);
    const top = Array.from({ length: n }, (_, v): [number, number] => [n + v, 2 * n]);
    edges = [...edges, ...shadows, ...top];
    vertices = 2 * n + 1;
  }
  return { vertices, edges };
}

/** Squares of an n×n board, joined where a queen can move from one to the other. */
export function queenGraph(n: number): Graph {
  const edges: [number, number][] = [];
  for (let a = 0; a < n * n; a++) {
    for (let b = a + 1; b < n * n; b++) {
      const down = Math.floor(b / n) - Math.floor(a / n);
      const across = Math.abs((b % n) - (a % n));
      if (down === 0 || across === 0 || down === across) edges.push([a, b]);
    }
  }
  return { vertices: n * n, edges };
}

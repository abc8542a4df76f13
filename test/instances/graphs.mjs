/** Graphs whose chromatic numbers are known, by construction. */

/**
 * Mycielski's graph myciel k: k + 1 colours, and no triangle (Mycielski 1955).
 *
 * @param {number} k
 */
export function mycielski(k) {
  let graph = { vertices: 2, edges: [[0, 1]] };
  for (let step = 2; step <= k; step++) {
    const n = graph.vertices;
    const shadows = graph.edges.flatMap(([a, b]) => [
      [a, n + b],
      [b, n + a],
    ]);
    const top = Array.from({ length: n }, (_, v) => [n + v, 2 * n]);
    graph = { vertices: 2 * n + 1, edges: [...graph.edges, ...shadows, ...top] };
  }
  return graph;
}

/**
 * The squares of an n×n board, joined where a queen can move from one to the other.
 *
 * @param {number} n
 */
export function queenGraph(n) {
  const edges = [];
  for (let a = 0; a < n * n; a++) {
    for (let b = a + 1; b < n * n; b++) {
      const down = Math.floor(b / n) - Math.floor(a / n);
      const across = Math.abs((b % n) - (a % n));
      if (down === 0 || across === 0 || down === across) edges.push([a, b]);
    }
  }
  return { vertices: n * n, edges };
}

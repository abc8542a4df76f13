/** Seeded random graphs. */
import { Random } from '../../dist/optimise.js';

/**
 * A graph with exactly so many different edges, all equally likely.
 *
 * @param {number} vertices
 * @param {number} count
 * @param {number} seed
 */
export function randomGraph(vertices, count, seed) {
  const random = new Random(seed);
  const keys = new Set();
  while (keys.size < count) {
    const a = random.below(vertices);
    const b = random.below(vertices);
    if (a !== b) keys.add(Math.min(a, b) * vertices + Math.max(a, b));
  }
  return {
    vertices,
    edges: Array.from(keys, (key) => [Math.floor(key / vertices), key % vertices]),
  };
}

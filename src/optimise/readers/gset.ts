/**
 * Graphs with weights, as the generator rudy writes them and the collection G-set keeps them:
 *
 *     c 3 vertices, or # or %: a comment
 *     3 2        vertices and edges
 *     1 2 -1     an edge between two vertices, counted from 1, and its weight
 *     2 3        1 where there is none
 */
import type { Graph } from '../graph.ts';
import { Lines, type Line } from '../../lines.ts';
import { amiss, integerIn, isComment, numberIn, unexpected, wordsOf } from './lines.ts';

const MOST = 1e7;

/**
 * Reads a graph in the format of G-set and rudy.
 *
 * Loops are left out and counted: no cut has them.
 *
 * @returns vertices 0, 1, …; the edges in the order of the file, each with its weight
 * @throws TypeError, RangeError naming the line, what was found and what was expected
 */
export function readGset(text: string): Graph {
  const lines = new Lines(text);
  let head: { vertices: number; count: number } | undefined;
  const edges: [number, number, number][] = [];
  let loops = 0;
  for (const line of lines) {
    const at = line.number;
    if (isComment(line)) continue;
    if (!head) {
      head = readHead(line);
      continue;
    }
    const { vertices, count } = head;
    if (edges.length + loops === count) {
      throw unexpected(at, line.text, `the end of the text after ${count} edges`);
    }
    const [a, b, weight = '1', ...more] = wordsOf(line);
    if (b === undefined || more.length > 0) throw unexpected(at, line.text, '"A B WEIGHT"');
    const ends = [a, b].map((word) => integerIn(word, at, 'a vertex', 1, vertices) - 1);
    const value = numberIn(weight, at, 'a weight, a number');
    if (ends[0] === ends[1]) loops++;
    else edges.push([ends[0], ends[1], value]);
  }
  if (!head) throw amiss(1, 'an empty text', '"VERTICES EDGES"');
  const { vertices, count } = head;
  const listed = edges.length + loops;
  if (listed < count) {
    throw amiss(lines.last, `the text ends after ${listed} edges`, String(count));
  }
  return { vertices, edges, ...(loops > 0 && { loops }) };
}

function readHead(line: Line): { vertices: number; count: number } {
  const sizes = wordsOf(line);
  if (sizes.length !== 2) throw unexpected(line.number, line.text, '"VERTICES EDGES"');
  return {
    vertices: integerIn(sizes[0], line.number, 'a number of vertices', 1, MOST),
    count: integerIn(sizes[1], line.number, 'a number of edges', 0, Number.MAX_SAFE_INTEGER),
  };
}

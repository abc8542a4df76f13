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
import {
  amiss,
  integerIn,
  isComment,
  numberIn,
  plainIntegers,
  unexpected,
  wordsOf,
} from './lines.ts';

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
  const plain = new Float64Array(3);
  for (const line of lines) {
    if (isComment(line)) continue;
    if (!head) {
      head = readHead(line);
      continue;
    }
    const { vertices, count } = head;
    if (edges.length + loops === count) {
      throw unexpected(line.number, line.text, `the end of the text after ${count} edges`);
    }
    const numbers = plainIntegers(line.text, plain);
    const [a, b] = plain;
    const edge: [number, number, number] =
      numbers > 0 && isVertex(a, vertices) && isVertex(b, vertices)
        ? [a - 1, b - 1, numbers === 3 ? plain[2] : 1]
        : edgeIn(line, vertices);
    if (edge[0] === edge[1]) loops++;
    else edges.push(edge);
  }
  if (!head) throw amiss(1, 'an empty text', '"VERTICES EDGES"');
  const { vertices, count } = head;
  const listed = edges.length + loops;
  if (listed < count) {
    throw amiss(lines.last, `the text ends after ${listed} edges`, String(count));
  }
  return { vertices, edges, ...(loops > 0 && { loops }) };
}

function isVertex(number: number, vertices: number): boolean {
  return number >= 1 && number <= vertices;
}

function edgeIn(line: Line, vertices: number): [number, number, number] {
  const at = line.number;
  const [a, b, weight = '1', ...more] = wordsOf(line);
  if (b === undefined || more.length > 0) throw unexpected(at, line.text, '"A B WEIGHT"');
  const [one, other] = [a, b].map((word) => integerIn(word, at, 'a vertex', 1, vertices) - 1);
  return [one, other, numberIn(weight, at, 'a weight, a number')];
}

function readHead(line: Line): { vertices: number; count: number } {
  const sizes = wordsOf(line);
  if (sizes.length !== 2) throw unexpected(line.number, line.text, '"VERTICES EDGES"');
  return {
    vertices: integerIn(sizes[0], line.number, 'a number of vertices', 1, MOST),
    count: integerIn(sizes[1], line.number, 'a number of edges', 0, Number.MAX_SAFE_INTEGER),
  };
}

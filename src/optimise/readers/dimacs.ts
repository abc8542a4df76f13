/**
 * Graphs to be coloured, as in the files of the second DIMACS challenge (1993):
 *
 *     c a comment
 *     p edge 4 3      vertices and edges; some files say col for edge
 *     e 1 2           an edge between two vertices, counted from 1
 */
import type { Graph } from '../graph.ts';
import { Lines } from '../../lines.ts';
import { amiss, integerIn, unexpected, wordsOf } from './lines.ts';

const MOST = 1e7;

/**
 * Reads a graph in DIMACS format (`.col`).
 *
 * An edge may be listed twice, and counts once. The number of edges in the `p` line is that of the `e` lines, that of
 * the edges, or twice that: published files do all three. Any other number means that something is missing.
 *
 * @returns vertices 0, 1, …; every edge once, the smaller vertex first
 * @throws TypeError, RangeError naming the line, what was found and what was expected
 */
export function readDimacsGraph(text: string): Graph {
  const lines = new Lines(text);
  const edges = new Map<number, [number, number]>();
  let head: { vertices: number; count: number; line: number } | undefined;
  let listed = 0;
  for (const line of lines) {
    const [kind, ...words] = wordsOf(line);
    const at = line.number;
    if (kind.startsWith('c')) continue;
    if (kind === 'p') {
      if (head) throw unexpected(at, line.text, `one p line only, which is line ${head.line}`);
      head = { ...readHead(words, line.text, at), line: at };
    } else if (kind === 'e') {
      if (!head) throw unexpected(at, line.text, 'a line "p edge VERTICES EDGES" before the edges');
      if (words.length !== 2) throw unexpected(at, line.text, '"e A B"');
      const [a, b] = words.map((word) => integerIn(word, at, 'a vertex', 1, head!.vertices) - 1);
      if (a === b) throw unexpected(at, line.text, 'two different vertices');
      const ends: [number, number] = [Math.min(a, b), Math.max(a, b)];
      edges.set(ends[0] * head.vertices + ends[1], ends);
      listed++;
    } else {
      throw unexpected(at, line.text, 'a line that begins with c, p or e');
    }
  }
  if (!head) throw amiss(lines.last, 'the end of the text', '"p edge VERTICES EDGES"');
  if (![listed, edges.size, 2 * edges.size].includes(head.count)) {
    throw amiss(
      lines.last,
      `the text ends after ${listed} edges (${edges.size} different ones)`,
      `${head.count} as in line ${head.line}`,
    );
  }
  return { vertices: head.vertices, edges: [...edges.values()] };
}

function readHead(words: string[], text: string, line: number) {
  const [name, vertices, count] = words;
  if (words.length !== 3 || !['edge', 'edges', 'col'].includes(name)) {
    throw unexpected(line, text, '"p edge VERTICES EDGES"');
  }
  return {
    vertices: integerIn(vertices, line, 'a number of vertices', 1, MOST),
    count: integerIn(count, line, 'a number of edges', 0, Number.MAX_SAFE_INTEGER),
  };
}

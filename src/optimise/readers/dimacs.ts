/**
 * Graphs to be coloured, as in the files of the second DIMACS challenge (1993), as text:
 *
 *     c a comment
 *     p edge 4 3      vertices and edges; some files say col for edge
 *     e 1 2           an edge between two vertices, counted from 1, and a weight if there is a third number
 *     n 1 7           something about a vertex, as d, v and x are: not read
 *
 * or binary: the length of the lines above without edges, these lines, and the lower triangle of the matrix of neighbours, a row
 * of bits for each vertex, filled up to bytes.
 */
import { describe } from '../../checks.ts';
import type { Graph } from '../graph.ts';
import { Lines, type Line } from '../../lines.ts';
import { amiss, integerIn, numberIn, unexpected, wordsOf } from './lines.ts';

const MOST = 1e7;
const HEAD = '"p edge VERTICES EDGES"';
/** Lines that tell more about vertices than a graph needs. */
const IGNORED = ['n', 'd', 'v', 'x'];

type Edge = [a: number, b: number, weight?: number];

/**
 * Reads a graph in DIMACS format (`.col`, `.col.b`).
 *
 * An edge may be listed twice, and counts once. The number of edges in the `p` line is that of the `e` lines, that of
 * the edges, or twice that: published files do all three. Any other number means that something is missing. Loops are left out and
 * counted: nothing could colour them.
 *
 * @param file - the text, or the bytes of either form
 * @returns vertices 0, 1, …; every edge once, the smaller vertex first
 * @throws TypeError, RangeError naming the line, what was found and what was expected
 */
export function readDimacsGraph(file: string | Uint8Array): Graph {
  if (typeof file === 'string') return fromText(new Lines(file));
  if (!(file instanceof Uint8Array)) {
    throw new TypeError(`the file is ${describe(file)}, expected a string or bytes`);
  }
  const [, digits] = /^(\d{1,9})\r?\n/.exec(latin(file.subarray(0, 16))) ?? [];
  return digits === undefined
    ? fromText(new Lines(new TextDecoder().decode(file)))
    : fromBits(file, Number(digits));
}

function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

interface Head {
  readonly vertices: number;
  readonly count: number;
  readonly line: number;
}

/** Edges, each once. */
class Edges {
  readonly #edges = new Map<number, Edge>();
  readonly #vertices: number;
  listed = 0;
  loops = 0;

  constructor(vertices: number) {
    this.#vertices = vertices;
  }

  get size(): number {
    return this.#edges.size;
  }

  add(a: number, b: number, weight?: number): void {
    this.listed++;
    if (a === b) {
      this.loops++;
      return;
    }
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    this.#edges.set(
      low * this.#vertices + high,
      weight === undefined ? [low, high] : [low, high, weight],
    );
  }

  get graph(): Graph {
    const { loops } = this;
    const edges = [...this.#edges.values()];
    return { vertices: this.#vertices, edges, ...(loops > 0 && { loops }) };
  }
}

function fromText(lines: Lines): Graph {
  let head: Head | undefined;
  let edges: Edges | undefined;
  for (const line of lines) {
    const [first, ...words] = wordsOf(line);
    const kind = first.toLowerCase();
    const at = line.number;
    if (kind.startsWith('c') || IGNORED.includes(kind)) continue;
    if (kind === 'p') {
      if (head) throw unexpected(at, line.text, `one p line only, which is line ${head.line}`);
      head = readHead(words, line);
      edges = new Edges(head.vertices);
    } else if (kind === 'e') {
      if (!head) throw unexpected(at, line.text, `a line ${HEAD} before the edges`);
      if (words.length !== 2 && words.length !== 3) {
        throw unexpected(at, line.text, '"e A B", or "e A B WEIGHT"');
      }
      const [a, b] = words.slice(0, 2).map((word) => {
        return integerIn(word, at, 'a vertex', 1, head!.vertices) - 1;
      });
      edges!.add(a, b, words.length === 3 ? numberIn(words[2], at) : undefined);
    } else {
      throw unexpected(at, line.text, 'a line that begins with c, p, e, n, d, v or x');
    }
  }
  if (!head || !edges) throw amiss(lines.last, 'the end of the text', HEAD);
  checkCount(head, edges, lines.last);
  return edges.graph;
}

function checkCount({ count, line }: Head, edges: Edges, last: number): void {
  const { listed, size, loops } = edges;
  const counts = [listed, size, 2 * size].flatMap((n) => [n, n + loops, n - loops]);
  if (counts.includes(count)) return;
  throw amiss(
    last,
    `the text ends after ${listed} edges (${size} different ones)`,
    `${count} as in line ${line}`,
  );
}

function readHead(words: string[], { text, number }: Line): Head {
  const [name, vertices, count] = words;
  if (words.length !== 3 || !['edge', 'edges', 'col'].includes(name.toLowerCase())) {
    throw unexpected(number, text, HEAD);
  }
  return {
    vertices: integerIn(vertices, number, 'a number of vertices', 1, MOST),
    count: integerIn(count, number, 'a number of edges', 0, Number.MAX_SAFE_INTEGER),
    line: number,
  };
}

/** @param length - of the lines in front of the bits */
function fromBits(file: Uint8Array, length: number): Graph {
  const start = file.indexOf(10) + 1;
  if (start + length > file.length) {
    throw amiss(
      1,
      `the lines have ${length} bytes`,
      `at most the ${file.length - start} that follow`,
    );
  }
  const lines = new Lines(latin(file.subarray(start, start + length)));
  let head: Head | undefined;
  for (const line of lines) {
    const [kind, ...words] = wordsOf(line);
    if (kind.toLowerCase() === 'p') head = readHead(words, line);
  }
  if (!head) throw amiss(lines.last, 'the end of the lines', HEAD);
  const { vertices } = head;
  // ⌈(i + 1)/8⌉ bytes for row i: before anything is made.
  const whole = Math.floor(vertices / 8);
  const bytes = 4 * whole * (whole + 1) + (vertices % 8) * (whole + 1);
  const given = file.length - start - length;
  if (given < bytes) {
    throw amiss(head.line, `${given} bytes of bits`, `${bytes} for ${vertices} vertices`);
  }
  const edges = new Edges(vertices);
  let at = start + length;
  for (let i = 0; i < vertices; i++) {
    for (let j = 0; j <= i; j++) if (file[at + (j >> 3)] & (128 >> (j & 7))) edges.add(j, i);
    at += (i >> 3) + 1;
  }
  checkCount(head, edges, head.line);
  return edges.graph;
}

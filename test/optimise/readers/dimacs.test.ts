/** DIMACS graphs: what is written is read back, however its edges are counted; every way to be wrong. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colouring, readDimacsGraph } from '../../../src/optimise/index.ts';
import myciel3 from '../../instances/myciel3.col?raw';
import { acceptsDresses, complaint, rejects } from './cases.ts';

/** Different edges a < b of a graph, in any order. */
const graphs = fc.integer({ min: 2, max: 9 }).chain((vertices) => {
  const pairs = [...Array(vertices).keys()].flatMap((b) => [...Array(b).keys()].map((a) => [a, b]));
  return fc.record({ vertices: fc.constant(vertices), edges: fc.shuffledSubarray(pairs) });
});

const line = ([a, b]: number[]) => `e ${a + 1} ${b + 1}\n`;

describe('a graph', () => {
  test('of a published file has its facts: myciel3, the Grötzsch graph', () => {
    const { vertices, edges } = readDimacsGraph(myciel3);
    expect(vertices).toBe(11);
    expect(edges).toHaveLength(20);
    // It has no triangle, but needs four colours.
    const joined = new Set(edges.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
    for (const [a, b] of edges) {
      for (let c = 0; c < 11; c++) {
        expect(joined.has(`${a} ${c}`) && joined.has(`${b} ${c}`)).toBe(false);
      }
    }
    const colourable = (k: number, colours: number[]): boolean =>
      colours.length === vertices ||
      [...Array(k).keys()].some(
        (colour) =>
          colours.every((other, v) => other !== colour || !joined.has(`${v} ${colours.length}`)) &&
          colourable(k, [...colours, colour]),
      );
    expect([3, 4].map((k) => colourable(k, []))).toEqual([false, true]);
  });

  test('written then read is identity; edges once or twice, counted once or twice', () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom('edge', 'edges', 'col'), ({ vertices, edges }, word) => {
        const once = edges.map(line).join('');
        const back = edges.map(([a, b]) => line([b, a])).join('');
        const head = (count: number) => `c made up\np ${word} ${vertices} ${count}\n`;
        const expected = { vertices, edges };
        expect(readDimacsGraph(head(edges.length) + once)).toEqual(expected);
        expect(readDimacsGraph(head(edges.length) + back)).toEqual(expected);
        expect(readDimacsGraph(head(2 * edges.length) + once)).toEqual(expected);
        expect(readDimacsGraph(head(2 * edges.length) + once + back)).toEqual(expected);
        expect(readDimacsGraph(head(edges.length) + once + back)).toEqual(expected);
      }),
    );
  });

  test('may have comments anywhere', () => {
    expect(readDimacsGraph('c\ncomment\np col 2 1\nc e 1 1\ne 2 1\nc')).toEqual({
      vertices: 2,
      edges: [[0, 1]],
    });
  });

  acceptsDresses(readDimacsGraph, myciel3);
});

describe('what a graph does not need', () => {
  test("lines about vertices, comments between edges, DOS's mark of the end", () => {
    const text = 'c x\np edge 3 2\nn 1 4\nd 2 1\ne 1 2\nv 1\nx 1 2\nc y\ne 2 3\n\u001a';
    const edges = [
      [0, 1],
      [1, 2],
    ];
    expect(readDimacsGraph(text)).toEqual({ vertices: 3, edges });
  });

  test('loops are left out and counted, whether the p line counts them or not', () => {
    for (const count of [2, 3, 4]) {
      const graph = readDimacsGraph(`p edge 3 ${count}\ne 1 2\ne 3 3\ne 2 3\n`);
      expect(graph).toMatchObject({ edges: [[0, 1], [1, 2]], loops: 1 }); // prettier-ignore
      expect(() => colouring(graph, 3)).not.toThrow();
    }
  });

  test('capitals', () => {
    expect(readDimacsGraph('C x\nP EDGE 2 1\nE 1 2\n').edges).toEqual([[0, 1]]);
  });

  test('weights are kept', () => {
    expect(readDimacsGraph('p edge 3 2\ne 2 1 7\ne 2 3 -0.5').edges).toEqual([
      [0, 1, 7],
      [1, 2, -0.5],
    ]);
  });
});

/** The binary form: the lines in front, and the lower triangle in rows of bits. */
function binary(vertices: number, edges: readonly number[][], head: string): Uint8Array {
  const rows = Array.from({ length: vertices }, (_, i) => {
    const row = new Uint8Array((i >> 3) + 1);
    for (const [a, b] of edges) {
      if (Math.max(a, b) === i) row[Math.min(a, b) >> 3] |= 128 >> (Math.min(a, b) & 7);
    }
    return [...row];
  });
  const lines = new TextEncoder().encode(`${head.length}\n${head}`);
  return Uint8Array.from([...lines, ...rows.flat()]);
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('the binary form', () => {
  test('is read as the text is', () => {
    fc.assert(
      fc.property(graphs, ({ vertices, edges }) => {
        const head = `c made here\np edge ${vertices} ${edges.length}\n`;
        const text = readDimacsGraph(head + edges.map(line).join(''));
        const bits = readDimacsGraph(binary(vertices, edges, head));
        const sorted = (list: typeof text.edges) => list.map((edge) => edge.join()).sort();
        expect(bits.vertices).toBe(vertices);
        expect(sorted(bits.edges)).toEqual(sorted(text.edges));
      }),
    );
  });

  test('bytes of text are text; what is cut off or counted wrongly is refused', () => {
    const head = 'p edge 9 2\n';
    const file = binary(9, [[0, 8], [3, 4]], head); // prettier-ignore
    expect(readDimacsGraph(bytesOf('p edge 2 1\ne 1 2\n')).edges).toEqual([[0, 1]]);
    expect(() => readDimacsGraph(file.subarray(0, file.length - 1))).toThrow(
      /^line 1: 9 bytes of bits, expected 10 for 9 vertices/,
    );
    expect(() => readDimacsGraph(bytesOf('99\np edge 1 0'))).toThrow(/99 bytes/);
    expect(() => readDimacsGraph(bytesOf('4\nc x\n'))).toThrow(/"p edge VERTICES EDGES"/);
    expect(() => readDimacsGraph(binary(9, [[0, 8]], 'p edge 9 3\n'))).toThrow(/after 1 edges/);
    expect(() => readDimacsGraph(7 as never)).toThrow('the file is 7, expected a string or bytes');
    // A million vertices take 62 GB of bits: told before anything is made.
    expect(() => readDimacsGraph(binary(0, [], 'p edge 1000000 0\n'))).toThrow(/0 bytes of bits/);
  });
});

describe('is rejected:', () => {
  const head = 'p edge 3 2\n';
  rejects(readDimacsGraph, [
    ['an empty text', '', /^line 1: the end of the text, .*p edge/],
    ['comments only', 'c\nc\n', /^line 2: the end/],
    ['edges before the head', 'e 1 2\n', /^line 1: "e 1 2", .* before the edges/],
    ['two heads', `${head}e 1 2\n${head}`, /^line 3: .*one p line only, which is line 1/],
    ['a head with too little', 'p edge 3', /^line 1: "p edge 3"/],
    ['a head with too much', 'p edge 3 2 1', /^line 1: "p edge 3 2 1"/],
    ['another problem', 'p cnf 3 2', /^line 1: "p cnf 3 2"/],
    ['no vertices', 'p edge 0 0', /^line 1: 0, .*vertices/],
    ['a huge graph', 'p edge 1e12 1', /^line 1: "1e12"/],
    ['a huge graph in full', 'p edge 1000000000000 1', /^line 1: 1000000000000, .* 10000000/],
    ['a count that is none', 'p edge 3 many', /^line 1: "many"/],
    ['a vertex that is not there', `${head}e 1 4\ne 1 2`, /^line 2: 4, .* 1 to 3/],
    ['vertex 0', `${head}e 0 1\ne 1 2`, /^line 2: 0, .* 1 to 3/],
    ['a vertex that is none', `${head}e 1 2.0`, /^line 2: "2.0"/],
    ['half an edge', `${head}e 1`, /^line 2: "e 1"/],
    ['too much of an edge', `${head}e 1 2 5 1`, /^line 2: "e 1 2 5 1"/],
    ['a weight that is none', `${head}e 1 2 heavy`, /^line 2: "heavy"/],
    ['another kind of line', `${head}w 1 4`, /^line 2: "w 1 4", .* c, p, e, n, d, v or x/],
    ['fewer edges', 'p edge 3 3\ne 1 2', /^line 2: .* after 1 edges .*, expected 3 as in line 1/],
    ['more edges', `${head}e 1 2\ne 1 3\ne 2 3`, /^line 4: .* after 3 edges/],
  ]);

  test('a file with any edge cut off', () => {
    const lines = myciel3.trimEnd().split('\n');
    for (let cut = 6; cut < lines.length; cut++) {
      const fewer = lines.filter((_, k) => k !== cut).join('\n');
      expect(complaint(readDimacsGraph, fewer)).toMatch(/after 19 edges .* expected 20/);
    }
  });
});

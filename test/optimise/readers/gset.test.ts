/** Graphs of G-set and rudy: what is written is read back, and every way to be wrong. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGset } from '../../../src/optimise/index.ts';
import { acceptsDresses, complaint, rejects } from './cases.ts';

const graphs = fc.integer({ min: 2, max: 9 }).chain((vertices) =>
  fc.record({
    vertices: fc.constant(vertices),
    edges: fc.array(
      fc
        .tuple(
          fc.nat(vertices - 1),
          fc.nat(vertices - 2),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
        )
        .map(([a, b, weight]) => [a, b < a ? b : b + 1, weight === 0 ? 1 : weight] as const),
    ),
  }),
);

/** Two squares that share a side. */
const LADDER = '6 7\n1 2 1\n2 3 -1\n4 5 1\n5 6 1\n1 4 -1\n2 5 2.5\n3 6 1e-3\n';

describe('a graph', () => {
  test('written then read is identity, repeated edges and all', () => {
    fc.assert(
      fc.property(graphs, ({ vertices, edges }) => {
        const lines = edges.map(([a, b, weight]) => `${a + 1} ${b + 1} ${weight}\n`);
        const text = `${vertices} ${edges.length}\n${lines.join('')}`;
        expect(readGset(text)).toEqual({ vertices, edges });
      }),
    );
  });

  test('has weights of 1 where there are none', () => {
    expect(readGset('3 2\n1 2 -1\n2 3')).toEqual({ vertices: 3, edges: [[0, 1, -1], [1, 2, 1]] }); // prettier-ignore
  });

  test('integers are those that numbers are, however they are written', () => {
    const sign = fc.constantFrom('', '-', '+', '-0', '00');
    const weights = fc.tuple(
      sign,
      fc.bigInt({ min: 0n, max: 10n ** 18n }),
      fc.constantFrom('', '.', 'e0'),
    );
    const gaps = fc.constantFrom(' ', '\t', '  ', '\u00a0');
    fc.assert(
      fc.property(weights, gaps, ([before, digits, after], gap) => {
        const word = `${before}${digits}${after}`;
        const text = `20 1\n${['007', '12', word].join(gap)}`;
        expect(readGset(text).edges).toEqual([[6, 11, Number(word)]]);
      }),
    );
  });

  acceptsDresses(readGset, LADDER);
});

test('comments are skipped, loops left out and counted', () => {
  const text = '# made\nc here\n3 3\n1 2 1\n% two\n2 2 9\n2 3 1\n';
  expect(readGset(text)).toEqual({
    vertices: 3,
    edges: [
      [0, 1, 1],
      [1, 2, 1],
    ],
    loops: 1,
  });
});

describe('is rejected:', () => {
  rejects(readGset, [
    ['an empty text', '', /^line 1: an empty text, .*VERTICES EDGES/],
    ['a head with too little', '3\n', /^line 1: "3"/],
    ['a head with too much', '3 2 1\n', /^line 1: "3 2 1"/],
    ['a DIMACS file', 'p edge 3 2\n', /^line 1: "p edge 3 2"/],
    ['no vertices', '0 0', /^line 1: 0, .*vertices/],
    ['a huge graph', '99999999999 1\n1 2', /^line 1: 99999999999,/],
    ['a negative count', '3 -1', /^line 1: -1, .*edges/],
    ['a vertex that is not there', '3 1\n\n1 4 1', /^line 3: 4, .* 1 to 3/],
    ['vertex 0', '3 1\n0 1 1', /^line 2: 0, .* 1 to 3/],
    ['a vertex that is none', '3 1\n1 x 1', /^line 2: "x"/],
    ['half an edge', '3 1\n2', /^line 2: "2"/],
    ['too much of an edge', '3 1\n1 2 1 1', /^line 2: "1 2 1 1"/],
    ['a weight that is none', '3 1\n1 2 one', /^line 2: "one", expected a weight/],
    ['an infinite weight', '3 1\n1 2 1e999', /^line 2: 1e999/],
    ['a weight that is not a number', '3 1\n1 2 NaN', /^line 2: "NaN"/],
    ['fewer edges', '3 2\n1 2 1\n', /^line 2: the text ends after 1 edges, expected 2/],
    ['no edges', '3 2', /^line 1: the text ends after 0 edges, expected 2/],
    ['more edges', '3 1\n1 2 1\n1 3 1', /^line 3: "1 3 1", .* after 1 edges/],
  ]);

  test('a file with any edge cut off', () => {
    const lines = LADDER.trimEnd().split('\n');
    for (let cut = 1; cut < lines.length; cut++) {
      const fewer = lines.filter((_, k) => k !== cut).join('\n');
      expect(complaint(readGset, fewer)).toMatch(/after 6 edges, expected 7/);
    }
  });
});

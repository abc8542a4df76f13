import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  anneal,
  colouring,
  potts,
  solve,
  type Graph,
  type Solver,
} from '../../../src/optimise/index.ts';
import { mycielski, queenGraph } from '../../instances/graphs.mjs';

const KNOWN: [string, Graph, number][] = [
  ['myciel3', mycielski(3), 4],
  ['myciel4', mycielski(4), 5],
  ['myciel5', mycielski(5), 6],
  ['myciel6', mycielski(6), 7],
  ['myciel7', mycielski(7), 8],
  ['queen5_5', queenGraph(5), 5],
  ['queen6_6', queenGraph(6), 7],
  ['queen7_7', queenGraph(7), 7],
  ['queen8_8', queenGraph(8), 9],
];

test('the graphs are those of DIMACS, by vertices and edges', () => {
  const sizes = KNOWN.map(([, { vertices, edges }]) => [vertices, edges.length]);
  expect(sizes).toEqual([
    [11, 20],
    [23, 71],
    [47, 236],
    [95, 755],
    [191, 2360],
    [25, 160],
    [36, 290],
    [49, 476],
    [64, 728],
  ]);
});

test.each(KNOWN)('%s is coloured with its chromatic number', async (_, graph, colours) => {
  const { cost, violations, ended, solution } = await solve(colouring(graph, colours), {
    seed: 1,
    time: 10,
  });
  expect({ cost, violations, ended }).toEqual({ cost: 0, violations: [], ended: 'target' });
  for (const [a, b] of graph.edges) expect(solution[a]).not.toBe(solution[b]);
});

test.each(KNOWN)(
  '%s: no more colours than it needs are found, from both ends',
  async (_, graph, colours) => {
    const { cost, violations, solution, proved } = await solve(colouring(graph), {
      seed: 1,
      sweeps: 300,
    });
    expect({ cost, violations }).toEqual({ cost: colours, violations: [] });
    expect(new Set(solution).size).toBe(colours);
    for (const [a, b] of graph.edges) expect(solution[a]).not.toBe(solution[b]);
    // Mycielski's graphs have no triangle; in a queen's graph a row is a clique.
    expect(proved).toBe(colours === Math.sqrt(graph.vertices));
  },
);

test('networks colour small graphs too, and need a number of colours', async () => {
  for (const solver of [anneal, potts] as Solver<Int32Array>[]) {
    const found = await solve(colouring(queenGraph(5), 5), { solver, seed: 1, time: 5 });
    expect(found).toMatchObject({ cost: 0, violations: [], proved: true });
    await expect(solve(colouring(queenGraph(5)), { solver })).rejects.toThrow(
      'the number of colours is not given',
    );
  }
});

test('both backends make the same moves; a start is used', async () => {
  const graph = queenGraph(6);
  for (const colours of [undefined, 6]) {
    const [a, b] = await Promise.all(
      (['wasm', 'reference'] as const).map((backend) =>
        solve(colouring(graph, colours, { backend }), { seed: 5, sweeps: 20, restarts: 2 }),
      ),
    );
    expect({ ...b, seconds: 0, reached: 0 }).toEqual({ ...a, seconds: 0, reached: 0 });
  }
  const start = (await solve(colouring(graph), { seed: 1, sweeps: 300 })).state;
  const again = await solve(colouring(graph), { seed: 1, sweeps: 1, start });
  expect(again.cost).toBe(7);
  // One that has conflicts is no bound.
  const wrong = await solve(colouring(graph), { sweeps: 1, start: new Int32Array(36) });
  expect(wrong.violations).toEqual([]);
});

test('one colour less leaves conflicts, and the result says which', async () => {
  const problem = colouring(mycielski(3), 3);
  const { cost, violations, energy } = await solve(problem, { seed: 1, restarts: 5, sweeps: 200 });
  expect(cost).toBe(1);
  expect(energy).toBe(1);
  expect(violations).toHaveLength(1);
  expect(violations[0]).toMatch(/^vertices \d+ and \d+ are joined and both have colour \d$/);
});

test('the energy is the number of conflicting edges, and encode undoes decode', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 25 }),
      fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }),
      (k, drawn, raw) => {
        const edges = drawn.filter(([a, b]) => a !== b);
        const problem = colouring({ vertices: 7, edges }, k);
        const colours = raw.map((c) => c % k);
        const once = new Set(edges.map(([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`));
        const conflicts = [...once].filter((key) => {
          const [a, b] = key.split(' ').map(Number);
          return colours[a] === colours[b];
        }).length;
        expect(problem.cost(colours)).toBe(conflicts);
        expect(problem.check(colours)).toHaveLength(conflicts);
        expect(problem.model.energy(problem.encode(colours))).toBe(conflicts);
        expect(problem.decode(problem.encode(colours))).toEqual(colours);
      },
    ),
    { seed: 1 },
  );
});

test('graphs without edges, one vertex, one colour', async () => {
  const alone = await solve(colouring({ vertices: 1, edges: [] }, 1), { seed: 1 });
  expect(alone).toMatchObject({ solution: [0], cost: 0, violations: [], ended: 'target' });
  const free = await solve(colouring({ vertices: 9, edges: [] }, 3), { seed: 1 });
  expect(free).toMatchObject({ cost: 0, ended: 'target' });
  const one = await solve(colouring({ vertices: 3, edges: [[0, 1]] }, 1), { seed: 1, restarts: 2 });
  expect(one).toMatchObject({ solution: [0, 0, 0], cost: 1 });
});

test('check finds every kind of violation', () => {
  const { check } = colouring({ vertices: 2, edges: [[0, 1]] }, 2);
  expect(check([0, 1])).toEqual([]);
  expect(check([1, 1])).toEqual(['vertices 0 and 1 are joined and both have colour 1']);
  expect(check([0, 2])).toEqual(['vertex 1 has colour 2, colours are 0 to 1']);
  expect(check([0])).toEqual(['1 vertices are coloured, there are 2']);
  expect(check('01' as never)).toEqual(["a colouring is a list, this is '01'"]);
});

test.each([
  [() => colouring({ vertices: 2, edges: [[1, 1]] }, 2), 'expected two different vertices'],
  [() => colouring({ vertices: 2, edges: [] }, 0), 'colours is 0, expected an integer from 1'],
  [() => colouring({ vertices: 2, edges: [] }, 1.5), 'colours is 1.5'],
  [() => colouring({ vertices: 2, edges: [] }, '3' as never), "colours is '3'"],
  [() => colouring(null as never, 3), 'graphs are null'],
])('%s', (act, message) => expect(act).toThrow(message));

test('more vertices than a greedy colouring takes are refused', () => {
  expect(() => colouring({ vertices: 1_000_001, edges: [] })).toThrow(
    'vertices is 1000001, expected an integer from 1 to 1000000',
  );
});

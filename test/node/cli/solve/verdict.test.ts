/** What `hopfield solve` says of solutions, against what they are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROBLEMS } from '../../../../src/cli/solve/problems.ts';
import type { OneOfMany, Puzzle } from '../../../../src/cli/solve/puzzle.ts';
import { solveReport } from '../../../../src/cli/solve/report.ts';
import { coloursFor } from '../../../../src/cli/terminal.ts';
import { paper } from '../workplace.ts';

const page = { colours: coloursFor(paper(), {}), width: 400 };
const budget = { seed: 1, restarts: 2, sweeps: 20 };
const quiet = () => {};

/** Random graphs of up to seven vertices, edgeless ones among them. */
const graphs = fc.integer({ min: 1, max: 7 }).chain((vertices) => {
  const all = Array.from({ length: vertices }, (_, a) =>
    Array.from({ length: a }, (_, b): [number, number] => [a, b]),
  ).flat();
  return fc.record({ vertices: fc.constant(vertices), edges: fc.subarray(all) });
});

/** The pentagon: a clique of two, and three colours. */
const PENTAGON = {
  vertices: 5,
  edges: [0, 1, 2, 3, 4].map((k): [number, number] => [k, (k + 1) % 5]),
};

function ofGraph(kind: 'colouring' | 'maxcut', graph: object, options = {}): Puzzle {
  return PROBLEMS[kind].fromDocument(graph as never, 'name', options);
}

/** The largest number of vertices that are all joined to each other. */
function clique({ vertices, edges }: typeof PENTAGON): number {
  const joined = new Set(edges.flatMap(([a, b]) => [`${a},${b}`, `${b},${a}`]));
  let largest = 0;
  for (let set = 1; set < 2 ** vertices; set++) {
    const chosen = Array.from({ length: vertices }, (_, v) => v).filter((v) => (set >> v) & 1);
    const all = chosen.every((a) => chosen.every((b) => a <= b || joined.has(`${a},${b}`)));
    if (all) largest = Math.max(largest, chosen.length);
  }
  return largest;
}

describe('colourings', () => {
  test('no fewer are possible only where a clique says so', async () => {
    const said = new Set<string>();
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const found = await ofGraph('colouring', graph).find(budget, quiet);
        const { rows, cost, result, facts } = found;
        const shown = Array.from({ length: cost }, (_, colour) => {
          const own = (found.solution as number[]).flatMap((c, v) => (c === colour ? [v + 1] : []));
          return [`Colour ${colour + 1}:`, ...own].join(' ');
        });
        expect(found.draw(page)).toEqual(shown);
        const [[, used], [name, value]] = rows;
        expect([used, name]).toEqual([String(cost), 'fewer']);
        expect(result).toBe(`${cost} ${cost === 1 ? 'colour' : 'colours'}, no conflicting edges`);
        const bound = facts.lowerBound as number;
        expect(bound).toBeLessThanOrEqual(clique(graph));
        const sentence =
          cost > bound
            ? `no colouring with ${cost - 1} was found; at least ${bound} are needed`
            : bound === 1
              ? 'no fewer are possible: one is needed'
              : `no fewer are possible: ${bound} vertices are all joined to each other`;
        expect(value).toBe(sentence);
        if (graph.edges.length === 0) expect([cost, bound]).toEqual([1, 1]);
        said.add(value.replaceAll(/\d/g, 'n'));
      }),
      { numRuns: 60, examples: [[PENTAGON]] },
    );
    expect(said.size).toBe(3);
  });

  test.each([
    [1, '1 colour, 5 conflicting edges'],
    [2, '2 colours, 1 conflicting edge'],
    [3, '3 colours, no conflicting edges'],
  ])('the pentagon with %i', async (colours, sentence) => {
    const found = await ofGraph('colouring', PENTAGON, { colours }).find(budget, quiet);
    expect(found.result).toBe(sentence);
    expect(found.rows).toEqual([['colours', String(colours)]]);
  });
});

test('of a cut the vertices of the smaller side are shown, and its weight', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      fc.pre(graph.edges.length > 0);
      const { solution, draw, result, rows } = await ofGraph('maxcut', graph).find(budget, quiet);
      const sides = solution as number[];
      const cut = graph.edges.filter(([a, b]) => sides[a] !== sides[b]).length;
      expect(result).toBe(`cut of weight ${cut}`);
      expect(rows).toEqual([['cut', String(cut)]]);
      const [line] = draw(page);
      const shown = [...line.matchAll(/\d+/g)].map(Number);
      expect(line).toMatch(/^Side of \d+: /);
      expect(shown[0]).toBe(shown.length - 1);
      expect(shown[0]).toBeLessThanOrEqual(graph.vertices / 2);
      const own = sides[shown[1] - 1];
      expect(shown.slice(1)).toEqual(sides.flatMap((s, v) => (s === own ? [v + 1] : [])));
    }),
    { numRuns: 30 },
  );
});

test('queens: how many pairs attack each other', async () => {
  const said = new Set<string>();
  for (let seed = 1; seed <= 40; seed++) {
    const puzzle = PROBLEMS.queens.make({ size: 6 });
    const { result, cost, violations, solution, draw } = await puzzle.find(
      { seed, restarts: 1, sweeps: 1 },
      quiet,
    );
    const [verb, pairs] = cost === 1 ? ['attacks', 'pair'] : ['attack', 'pairs'];
    expect(result).toBe(
      cost === 0 ? 'no queen attacks another' : `${cost} ${pairs} ${verb} each other`,
    );
    expect(violations).toHaveLength(cost);
    const [first, ...rest] = draw({ ...page, width: 5 });
    expect(first).toBe("(A board of 6 columns does not fit in 5; the column of each row's queen:)");
    const columns = (solution as number[]).map((column) => String(column + 1));
    expect(rest.join(' ').split(/ +/)).toEqual(columns);
    expect(draw({ ...page, width: 6 })).toHaveLength(6);
    said.add(result);
  }
  expect(said.size).toBeGreaterThan(2);
});

test('heaps: the difference of their sums', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2 }), async (all) => {
      const puzzle = PROBLEMS.partition.fromDocument({ numbers: all } as never, 'name');
      const { solution, result, draw } = await puzzle.find(budget, quiet);
      const heaps = [0, 1].map((heap) => all.filter((_, k) => (solution as number[])[k] === heap));
      const [a, b] = heaps.map((heap) => heap.reduce((sum, n) => sum + n, 0));
      expect(result).toBe(`difference ${Math.abs(a - b)}`);
      expect(draw(page)).toEqual(
        heaps.map((heap, k) => [`Heap ${k + 1}:`, ...heap].join(' ').trim()),
      );
      expect(puzzle.title).toBe(`partition of ${all.length} numbers`);
    }),
    { numRuns: 30 },
  );
});

test('tours: collisions that were resolved, by networks alone, and exchanges that followed', async () => {
  const points = Array.from({ length: 8 }, (_, k) => [(k * 37) % 11, (k * 17) % 7]);
  const said = new Set<string>();
  for (let seed = 1; seed <= 12; seed++) {
    for (const twoOpt of [false, true]) {
      const puzzle = PROBLEMS.tsp.fromDocument({ points } as never, 'name', { twoOpt });
      const { rows, facts, cost } = await puzzle.find(
        { seed, restarts: 1, sweeps: 1, solver: 'anneal' },
        quiet,
      );
      const collisions = facts.collisions as number;
      const resolved = ` (${collisions} collision${collisions === 1 ? '' : 's'} of cities resolved)`;
      const [[name, length], ...more] = rows;
      expect(name).toBe('length');
      expect(length.replace(/^[\d.,]+/, '')).toBe(collisions === 0 ? '' : resolved);
      said.add(String(Math.min(collisions, 2)));
      if (!twoOpt) expect(more).toEqual([]);
      else {
        const { before, after, exchanges } = facts.twoOpt as Record<string, number>;
        expect([after, before >= after]).toEqual([cost, true]);
        expect(more[0][0]).toBe('after 2-opt');
        const word = exchanges === 1 ? 'exchange' : 'exchanges';
        expect(more[0][1]).toMatch(new RegExp(`^[\\d.,]+ \\(${exchanges} ${word}\\)$`));
      }
    }
  }
  expect(said.size).toBeGreaterThan(1);
});

test('several solutions: at most ten costs, those that are not valid, and how many more', async () => {
  const found = await ofGraph('colouring', PENTAGON).find(budget, quiet);
  for (const count of [1, 10, 11, 13]) {
    const solutions = Array.from({ length: count }, (_, k): OneOfMany => {
      return { cost: k, valid: k % 3 !== 1, solution: [] };
    });
    const report = solveReport(
      {
        problem: 'colouring',
        puzzle: { name: 'name', title: 'title', comment: '' } as Puzzle,
        guessed: undefined,
        reading: 0,
        solver: 'anneal',
        seed: 1,
        valid: true,
        target: undefined,
        reached: undefined,
        found: { ...found, solutions },
      },
      page,
    );
    const costs = solutions
      .slice(0, 10)
      .map(({ cost, valid }) => (valid ? `${cost}` : `${cost} (not valid)`));
    const more = count > 10 ? `, and ${count - 10} more` : '';
    expect(report).toMatch(/ {2}solutions +/);
    expect(report).toContain(`${count} distinct, costs ${costs.join(', ')}${more}\n`);
  }
});

/** `hopfield solve` with JSON documents: every problem, by a pipe, and what is wrong with a document said with its place. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentSchema } from '../../../../src/cli/solve/json/document.ts';
import { mismatch, DOCUMENT, type Schema } from '../../../../src/cli/solve/json/schema.ts';
import { PROBLEMS, type ProblemName } from '../../../../src/cli/solve/problems.ts';
import { DIST, workplace } from '../workplace.ts';

const { folder, path, hopfield } = workplace();

async function solved(document: object, ...args: string[]) {
  writeFileSync(path('problem.json'), JSON.stringify(document));
  const run = await hopfield('solve', 'problem.json', '--seed', '1', '--json', ...args);
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout);
}

const SQUARE = [
  [0, 1, 1],
  [1, 2, 1],
  [2, 3, 1],
  [3, 0, 1],
];
const GIVEN = '53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79';

/** A document of each problem, and what it has to come to. */
const DOCUMENTS: Record<ProblemName, [document: object, found: object][]> = {
  maxcut: [
    [
      { vertices: 4, edges: SQUARE },
      { cost: 4, valid: true },
    ],
  ],
  colouring: [
    [
      { vertices: 4, edges: SQUARE.map(([a, b]) => [a, b]) },
      { colours: 2, proved: true },
    ],
    [
      { vertices: 4, edges: SQUARE, colours: 3 },
      { colours: 3, cost: 0 },
    ],
  ],
  tsp: [
    [
      {
        points: [
          [0, 0],
          [3, 0],
          [0, 4],
          [3, 4],
        ],
      },
      { cost: 14 },
    ],
    [
      {
        points: [
          [0, 0],
          [3.3, 0],
          [0, 4],
          [3.3, 4],
        ],
        metric: 'CEIL_2D',
      },
      { cost: 16 },
    ],
    [
      {
        distances: [
          [0, 7],
          [7, 0],
        ],
      },
      { cost: 14, solution: [0, 1] },
    ],
  ],
  qubo: [
    [
      {
        variables: 3,
        entries: [
          [0, 0, -2],
          [1, 1, -2],
          [0, 1, 3],
          [2, 2, 1],
        ],
      },
      { cost: -2 },
    ],
    [
      {
        matrix: [
          [-1, 3],
          [0, -2],
        ],
        offset: 10,
      },
      { cost: 8, solution: [0, 1] },
    ],
  ],
  queens: [[{ size: 6 }, { cost: 0, valid: true, size: 6 }]],
  sudoku: [
    [{ grid: GIVEN }, { valid: true, result: 'solved' }],
    [{ grid: Array.from(GIVEN, (c) => (c === '.' ? 0 : Number(c))) }, { result: 'solved' }],
  ],
  ising: [
    [
      {
        spins: 3,
        couplings: [
          [0, 1, 1],
          [1, 2, -1],
        ],
        fields: [0.5, 0, 0],
        offset: 1,
      },
      { cost: -1.5, solution: [1, 1, -1] },
    ],
    [
      {
        matrix: [
          [0, 2],
          [2, 0],
        ],
        fields: [1, 0],
      },
      { cost: -3, solution: [1, 1] },
    ],
  ],
  potts: [
    [
      { sizes: [2, 3], costs: [0, 1, 0, 2, 3], pairs: [[0, 2, 5]], offset: 1 },
      { cost: 2, solution: [1, 0] },
    ],
  ],
  partition: [[{ numbers: [4, 5, 6, 7, 8] }, { cost: 0 }]],
  constraints: [
    [
      {
        variables: { radio: [0, 1], tent: [0, 1], stove: [0, 1] },
        constraints: [
          { sum: { radio: 3, tent: 4, stove: 2 }, atMost: 6 },
          { cost: ['radio'], values: [[1, -4]] },
          { cost: ['tent'], values: [[1, -5]] },
          { cost: ['stove'], values: [[1, -3]] },
        ],
      },
      { cost: -8, solution: { radio: 0, tent: 1, stove: 1 } },
    ],
    [
      {
        variables: { a: ['red', 'blue'], b: ['red', 'blue'], c: ['red', 'blue'] },
        constraints: [
          { different: ['a', 'b'] },
          { count: ['a', 'b', 'c'], value: 'red', exactly: 2 },
          {
            allow: ['a', 'c'],
            values: [
              ['blue', 'red'],
              ['red', 'blue'],
            ],
          },
        ],
      },
      { solution: { a: 'blue', b: 'red', c: 'red' }, valid: true },
    ],
  ],
};

describe('a document of', () => {
  const cases = Object.entries(DOCUMENTS).flatMap(([problem, list]) =>
    list.map(([document, found]) => [problem as ProblemName, document, found] as const),
  );
  test.each(cases)('%s is solved: %j', async (problem, document, expected) => {
    const whole = { problem, name: 'mine', comment: 'of a script', ...document };
    expect(mismatch(whole, documentSchema(problem), DOCUMENT)).toBeUndefined();
    const found = await solved(whole, '--restarts', '20');
    expect(found).toMatchObject({ problem, guessedFrom: null, exitCode: 0, ...expected });
    expect(found.name).toBe('mine');
    expect(found.comment).toBe('of a script');
    // What came out can go in again.
    const again = await solved(
      { ...whole, start: found.solution },
      '--restarts',
      '1',
      '--sweeps',
      '1',
    );
    expect(again.valid).toBe(true);
    if (problem !== 'maxcut') expect(again.cost).toBeLessThanOrEqual(found.cost);
    // The same as text, where nothing has gone wrong.
    const text = await hopfield('solve', 'problem.json', '--seed', '1', '--restarts', '1');
    expect(text.stdout).toContain('check');
  });

  test('an edge list is for two problems: --problem decides', async () => {
    const document = { problem: 'maxcut', vertices: 4, edges: SQUARE };
    expect(await solved(document, '--problem', 'colouring')).toMatchObject({
      problem: 'colouring',
      colours: 2,
    });
    const unnamed = { vertices: 4, edges: SQUARE };
    expect(await solved(unnamed, '--problem', 'colouring', '--colours', '2')).toMatchObject({
      cost: 0,
    });
  });
});

describe('streams', () => {
  const cli = join(DIST, 'cli.js');
  const pipe = (input: string, ...args: string[]) =>
    spawnSync(process.execPath, [cli, 'solve', '-', '--json', ...args], {
      cwd: folder,
      input,
      encoding: 'utf8',
    });

  test('a script writes a problem and reads the solution', () => {
    const { stdout, stderr, status } = pipe(
      JSON.stringify({ problem: 'coloring', vertices: 4, edges: SQUARE }),
      '--restarts',
      '2',
      '--seed',
      '1',
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const { colours, solution, name } = JSON.parse(stdout);
    expect({ colours, name }).toEqual({ colours: 2, name: 'standard input' });
    for (const [a, b] of SQUARE) expect(solution[a]).not.toBe(solution[b]);
  });

  test('what is none is one line on standard error, and exit code 1', () => {
    for (const [input, message] of [
      ['{"problem":"tsp"', /^hopfield: standard input: no JSON: /],
      ['{"problem":"tsp"}', /standard input: no points and no distances, expected one of/],
      ['', /standard input: cannot tell which problem/],
    ] as const) {
      const { stdout, stderr, status } = pipe(input);
      expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd()).not.toContain('\n');
    }
  });
});

describe('what is wrong with a document', () => {
  test.each([
    [{ vertices: 2 }, /has no problem, expected one of maxcut, colouring/],
    [{ problem: 'sat' }, /problem is 'sat', expected one of maxcut/],
    [{ problem: 7 }, /problem is 7, expected one of maxcut/],
    [{ problem: 'maxcut', vertices: 2 }, /the document has no edges/],
    [
      { problem: 'maxcut', vertices: 1.5, edges: [] },
      /vertices is 1.5, expected an integer, 1 or more/,
    ],
    [
      { problem: 'maxcut', vertices: 2, edges: [[0, 1], [0]] },
      /edges\[1\] is a list of 1, expected an edge, \[a, b\] or/,
    ],
    [
      { problem: 'maxcut', vertices: 2, edges: [[0, '1']] },
      /edges\[0\]\[1\] is '1', expected a number/,
    ],
    [
      { problem: 'maxcut', vertices: 2, edges: [[0, 2]] },
      /edge 0 is 2, expected vertices from 0 to 1/,
    ],
    [
      { problem: 'maxcut', vertices: 2, edges: [], colours: 3 },
      /the document has "colours", expected problem, name/,
    ],
    [{ problem: 'queens', size: 301 }, /size is 301, expected an integer from 1 to 300/],
    [{ problem: 'tsp', points: [[0]] }, /points\[0\] is a list of 1, expected a list/],
    [
      { problem: 'tsp', points: [[0, 0]], metric: 'EUC' },
      /metric is 'EUC', expected one of euclidean, EUC_2D/,
    ],
    [
      { problem: 'tsp', points: [[0, 0]], distances: [[0]] },
      /points and distances, expected one of/,
    ],
    [{ problem: 'tsp', distances: [[0, 1], [1]] }, /distances\[1\] is a list of 1, expected 2/],
    [{ problem: 'qubo', entries: [[0, 0, 1]] }, /entries without variables/],
    [{ problem: 'qubo', matrix: [[1]], variables: 1 }, /variables beside matrix, expected none/],
    [{ problem: 'ising', spins: 2, couplings: [[0, 0, 1]] }, /couples spin 0 to itself/],
    [{ problem: 'sudoku', grid: '123' }, /81/],
    [{ problem: 'sudoku', grid: [1, 2] }, /grid is a list of 2, expected 81 digits/],
    [
      { problem: 'constraints', variables: { a: [1] }, constraints: [{ different: ['b'] }] },
      /constraint 0 names 'b'/,
    ],
    [
      { problem: 'constraints', variables: { a: [1] }, constraints: [{ differ: ['a'] }] },
      /constraints\[0\] has "differ", expected different,/,
    ],
    [
      { problem: 'constraints', variables: { a: [[]] }, constraints: [] },
      /variables.a\[0\] is a list of 0, expected a string/,
    ],
    [{ problem: 'maxcut', vertices: 2, edges: [[0, 1]], start: [0] }, /length 1, expected 2/],
    [{ problem: 'maxcut', vertices: 2, edges: [[0, 1]], name: 7 }, /name is 7, expected/],
  ])('%j is said in one line', async (document, message) => {
    writeFileSync(path('wrong.json'), JSON.stringify(document));
    const { status, stdout, stderr } = await hopfield('solve', 'wrong.json', '--restarts', '1');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^hopfield: [^\n]+\n$/);
    expect(stderr).toMatch(message);
  });
});

describe('a start', () => {
  const files: [ProblemName, object, string][] = [
    ['maxcut', { vertices: 4, edges: SQUARE }, 'sides'],
    ['colouring', { vertices: 4, edges: SQUARE }, 'colours'],
    [
      'tsp',
      {
        points: [
          [0, 0],
          [3, 0],
          [0, 4],
          [3, 4],
          [1, 1],
        ],
      },
      'tour',
    ],
    ['queens', { size: 6 }, 'board'],
    ['sudoku', { grid: GIVEN }, 'grid'],
    ['partition', { numbers: [4, 5, 6, 7, 8] }, 'heaps'],
    ['constraints', DOCUMENTS.constraints[0][0], 'assignment'],
  ];
  test.each(files)(
    'of %s is read from what --output wrote, and from the document',
    async (problem, document, file) => {
      const own = { problem, ...document };
      const found = await solved(own, '--restarts', '9', '--output', file);
      writeFileSync(path('found.json'), JSON.stringify(found));
      for (const start of [file, 'found.json']) {
        const again = await solved(own, '--start', start, '--restarts', '1', '--sweeps', '1');
        expect(again.cost).toBe(found.cost);
      }
    },
  );

  test('that is none of the problem is refused', async () => {
    writeFileSync(
      path('square.json'),
      JSON.stringify({ problem: 'maxcut', vertices: 4, edges: SQUARE }),
    );
    for (const [text, message] of [
      ['0\n1\n', /length 2, expected 4/],
      ['0 1 x 1', /start\.txt: "x", expected an integer/],
      ['[0, 1, 2, 1]', /vertex 2 has 2/],
      ['{"solution"', /start\.txt: /],
    ] as const) {
      writeFileSync(path('start.txt'), text);
      const { status, stderr } = await hopfield('solve', 'square.json', '--start', 'start.txt');
      expect(status).toBe(1);
      expect(stderr).toMatch(message);
    }
    const twice = await hopfield('solve', '-', '--start', '-');
    expect(twice.stderr).toContain('cannot both be standard input');
    const exact = await hopfield(
      'solve',
      'square.json',
      '--start',
      'start.txt',
      '--solver',
      'exact',
    );
    expect(exact.stderr).toContain('--start cannot be used with --solver exact');
    writeFileSync(path('start.txt'), '0 1 0 1');
    const over = await hopfield(
      'solve',
      'square.json',
      '--start',
      'start.txt',
      '--output',
      'start.txt',
    );
    expect(over.stderr).toContain('--start');
  });
});

test('--solutions gives the best ones, in the document and the report', async () => {
  const args = ['--restarts', '60', '--solutions', '4'];
  const { solutions, solution, cost } = await solved({ problem: 'queens', size: 6 }, ...args);
  expect(solutions).toHaveLength(4);
  expect(solutions[0]).toEqual({ cost, valid: true, solution });
  const all = solutions.map((one: { solution: number[] }) => one.solution.join(''));
  expect(all.sort()).toEqual(['135024', '251403', '304152', '420531']);
  const text = await hopfield('solve', 'problem.json', '--seed', '1', ...args);
  expect(text.stdout).toMatch(/solutions +4 distinct, costs 0, 0, 0, 0\n/);
  const tours = await solved(
    {
      problem: 'tsp',
      points: [
        [0, 0],
        [9, 1],
        [5, 5],
        [1, 8],
        [7, 7],
      ],
    },
    '--solver',
    'descend',
    '--two-opt',
    ...args,
  );
  for (const one of tours.solutions) expect(one.valid).toBe(true);
  expect(tours.solutions[0].solution).toEqual(tours.solution);
});

test('--schema prints what documents have to be: each of them is one of its shapes, and of no other', async () => {
  const { stdout, status } = await hopfield('solve', '--schema');
  expect(status).toBe(0);
  const { $schema, oneOf } = JSON.parse(stdout);
  expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(oneOf).toHaveLength(Object.keys(PROBLEMS).length);
  for (const [problem, list] of Object.entries(DOCUMENTS)) {
    for (const [document] of list) {
      const fine = oneOf.filter((schema: Schema) => {
        return mismatch({ problem, ...document }, schema, DOCUMENT) === undefined;
      });
      expect(fine).toEqual([documentSchema(problem as ProblemName)]);
    }
  }
});

/** `hopfield solve`: every problem, its checks, files and exit codes, in processes of their own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  readDimacsGraph,
  readGset,
  readQubo,
  readTsplib,
  readTsplibTour,
} from '../../src/optimise/index.ts';
import { DIST, run, workplace, type Run } from './cli-process.ts';

const { folder, hopfield } = workplace();
const path = (name: string) => join(folder, name);
const solve = (...args: string[]) => hopfield('solve', ...args);
const text = (name: string) => readFileSync(path(name), 'utf8');

for (const name of ['berlin52.tsp', 'gr17.tsp', 'myciel3.col', 'smallest.qubo']) {
  copyFileSync(join('test', 'instances', name), path(name));
}
/** Two triangles that share a vertex: the largest cut leaves one edge of each. */
const BOW = '5 6\n1 2 1\n2 3 1\n3 1 1\n3 4 2\n4 5 2\n5 3 2\n';
writeFileSync(path('bow.txt'), BOW);
const SUDOKU = '53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79';
const SOLVED = '534678912672195348198342567859761423426853791713924856961537284287419635345286179';
writeFileSync(path('easy.sudoku'), SUDOKU);
const OCTAHEDRON = `p edge 6 12\n${[
  '1 2',
  '1 3',
  '1 4',
  '1 5',
  '6 2',
  '6 3',
  '6 4',
  '6 5',
  '2 3',
  '3 4',
  '4 5',
  '5 2',
]
  .map((edge) => `e ${edge}\n`)
  .join('')}`;
writeFileSync(path('octahedron.col'), OCTAHEDRON);

function document(...args: string[]) {
  const { stdout, stderr } = solve(...args, '--json');
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

/** The length of a tour in one of the files. */
function lengthIn(name: string, tour: ArrayLike<number>): number {
  const { distances, dimension: n } = readTsplib(text(name));
  expect([...Array.from(tour)].sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
  return Array.from(tour).reduce(
    (sum, city, k) => sum + distances[city * n + tour[(k + 1) % n]],
    0,
  );
}

const lines = (name: string) => text(name).trimEnd().split('\n').map(Number);

describe('every problem', () => {
  test('maxcut: the weight is that of the sides, in document and file', () => {
    const args = ['bow.txt', '--restarts', '5', '--seed', '1', '--output', 'bow.sides'];
    const found = document(...args);
    expect(found).toMatchObject({ problem: 'maxcut', cost: 6, valid: true, exitCode: 0 });
    const sides = lines('bow.sides');
    expect(sides).toEqual(found.solution);
    const cut = readGset(BOW).edges.filter(([a, b]) => sides[a] !== sides[b]);
    expect(cut.reduce((sum, [, , weight]) => sum + weight!, 0)).toBe(6);
  });

  test('maxcut takes DIMACS files, colouring those of G-set, when told so', () => {
    // The octahedron: four of its six corners against the other two, or two pairs of opposite ones.
    const cut = document('octahedron.col', '--problem', 'maxcut', '--restarts', '3');
    expect(cut).toMatchObject({ problem: 'maxcut', cost: 8, guessedFrom: null });
    const colours = document('bow.txt', '--problem', 'colouring', '--restarts', '3');
    expect(colours).toMatchObject({ problem: 'colouring', colours: 3, lowerBound: 3, valid: true });
  });

  test('colouring with a number of colours: no edge has one colour at both ends', () => {
    const found = document('myciel3.col', '--colours', '4', '--seed', '1', '--output', 'colours');
    expect(found).toMatchObject({ colours: 4, cost: 0, valid: true, ended: 'target' });
    const colours = lines('colours');
    expect(colours).toEqual(found.solution);
    for (const [a, b] of readDimacsGraph(text('myciel3.col')).edges) {
      expect(colours[a]).not.toBe(colours[b]);
    }
    expect(new Set([...colours, 0, 1, 2, 3]).size).toBe(4);
  });

  test('colouring with too few colours fails its check', () => {
    const args = ['myciel3.col', '--colours', '3', '--restarts', '3', '--seed', '1'];
    const { status, stdout } = solve(...args);
    expect(status).toBe(2);
    expect(stdout).toMatch(/check +failed: \d+ violations?, counted from 0\n[^]* both have colour/);
    expect(stdout).toMatch(/3 colours, \d+ conflicting edges?, not valid; seed 1\n$/);
  });

  test('colouring finds as few colours as there need be', () => {
    const octahedron = document('octahedron.col');
    expect(octahedron).toMatchObject({ colours: 3, lowerBound: 3, valid: true, exitCode: 0 });
    const myciel = document('myciel3.col', '--restarts', '3');
    expect(myciel).toMatchObject({ colours: 4, lowerBound: 2, valid: true, ended: 'restarts' });
  });

  test('tsp: the length is that of the tour, in document and file', () => {
    const args = ['gr17.tsp', '--restarts', '5', '--seed', '1', '--output', 'gr17.tour'];
    const found = document(...args);
    expect(found).toMatchObject({ name: 'gr17', valid: true, twoOpt: null, exitCode: 0 });
    expect(lengthIn('gr17.tsp', found.solution)).toBe(found.cost);
    expect([...readTsplibTour(text('gr17.tour'))]).toEqual(found.solution);
    expect(found.cost).toBeGreaterThanOrEqual(2085);
  });

  test('tsp with 2-opt tells the length before and after', () => {
    const args = ['berlin52.tsp', '--solver', 'descend', '--restarts', '1', '--seed', '1'];
    const plain = document(...args);
    const found = document(...args, '--two-opt');
    expect(found.twoOpt.before).toBe(plain.cost);
    expect(found.twoOpt.after).toBe(found.cost);
    expect(found.cost).toBeLessThan(plain.cost);
    expect(lengthIn('berlin52.tsp', found.solution)).toBe(found.cost);
    const { stdout } = solve(...args, '--two-opt');
    expect(stdout).toMatch(new RegExp(`length +${plain.cost}\\b[^]*after 2-opt +${found.cost}\\b`));
  });

  test('qubo: the value is xᵀQx, and the least there is', () => {
    const found = document('smallest.qubo', '--restarts', '5', '--output', 'bits');
    const bits = lines('bits');
    expect(bits).toEqual(found.solution);
    const { entries, variables } = readQubo(text('smallest.qubo'));
    const value = (x: number[]) => entries.reduce((sum, [i, j, q]) => sum + q * x[i] * x[j], 0);
    const all = Array.from({ length: 1 << variables }, (_, k) =>
      Array.from({ length: variables }, (_, i) => (k >> i) & 1),
    );
    expect(found.cost).toBeCloseTo(value(bits), 12);
    expect(found.cost).toBeCloseTo(Math.min(...all.map(value)), 12);
  });

  test('queens: the board has one queen in each row, column and diagonal', () => {
    const { stdout, status } = solve('--size', '8', '--seed', '1', '--output', 'board');
    expect(status).toBe(0);
    const board = text('board').trimEnd().split('\n');
    const columns = board.map((row) => row.indexOf('Q'));
    expect(board).toEqual(columns.map((c) => '.'.repeat(c) + 'Q' + '.'.repeat(7 - c)));
    for (const sign of [0, 1, -1]) {
      expect(new Set(columns.map((c, r) => c + sign * r)).size).toBe(8);
    }
    for (const row of board) expect(stdout).toContain(`\n${row.split('').join(' ')}\n`);
    expect(stdout).toMatch(/8 queens: no queen attacks another, valid; seed 1\n$/);
  });

  test('queens that cannot stand are not valid', () => {
    const { stdout, status } = solve('--problem', 'queens', '--size', '3', '--restarts', '2');
    expect(status).toBe(2);
    expect(stdout).toMatch(/queens \d and \d attack each other/);
    expect(stdout).toMatch(/1 pair attacks each other, not valid/);
  });

  test('sudoku: the grid is the only solution', () => {
    const { stdout, status } = solve('easy.sudoku', '--output', 'grid');
    expect(status).toBe(0);
    expect(text('grid').replaceAll('\n', '')).toBe(SOLVED);
    expect(stdout).toContain('\n| 5 3 4 | 6 7 8 | 9 1 2 |\n');
    expect(document('easy.sudoku').solution.join('')).toBe(SOLVED);
  });
});

describe('which problem it is', () => {
  test.each([
    ['berlin52.tsp', 'copy.dat', 'tsp', 'the content'],
    ['bow.txt', 'bow.txt', 'maxcut', 'the content'],
    ['smallest.qubo', 'copy.dat', 'qubo', 'the content'],
    ['myciel3.col', 'copy', 'colouring', 'the content'],
    ['easy.sudoku', 'copy.txt', 'sudoku', 'the content'],
    ['myciel3.col', 'copy.COL', 'colouring', 'the extension .col'],
    ['bow.txt', 'copy.rudy', 'maxcut', 'the extension .rudy'],
  ])('of %s as %s is %s, by %s', (from, to, problem, by) => {
    if (from !== to) copyFileSync(path(from), path(to));
    const found = document(to, '--restarts', '1');
    expect(found).toMatchObject({ problem, guessedFrom: by });
    expect(solve(to, '--restarts', '1').stdout).toContain(`Guessed from ${by};`);
  });
});

describe('wrong use', () => {
  mkdirSync(path('folder.tsp'));
  writeFileSync(path('empty.tsp'), '');
  writeFileSync(path('empty'), '');
  writeFileSync(
    path('binary.col'),
    Uint8Array.from({ length: 999 }, (_, i) => (i * 7) % 256),
  );
  writeFileSync(path('what.txt'), 'hello\n');
  writeFileSync(path('short.txt'), '3 2\n1 2\n');
  writeFileSync(path('huge.tsp'), 'DIMENSION: 999999999\nEDGE_WEIGHT_TYPE: EUC_2D\n');
  writeFileSync(
    path('large.tsp'),
    'DIMENSION: 2\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 0 1e999\n',
  );
  writeFileSync(path('against.sudoku'), `55${SUDOKU.slice(2)}`);
  const cases: [string, string[], RegExp][] = [
    ['nothing', [], /name a FILE, or --problem queens --size N/],
    ['a file that is not there', ['none.tsp'], /none\.tsp: no such file/],
    ['a folder', ['folder.tsp'], /folder\.tsp: /],
    ['an empty file', ['empty.tsp'], /empty\.tsp: line 1: no DIMENSION/],
    ['an empty file of no kind', ['empty'], /empty: cannot tell which problem .*--problem/],
    ['a binary file', ['binary.col'], /binary\.col: line 1: /],
    ['a file of no kind', ['what.txt'], /what\.txt: cannot tell/],
    ['a file of another kind', ['bow.txt', '--problem', 'tsp'], /bow\.txt: line 1: "5 6"/],
    ['a file cut off', ['short.txt'], /short\.txt: line 2: .* after 1 edges, expected 2/],
    ['a huge dimension', ['huge.tsp'], /huge\.tsp: line 1: 999999999, expected DIMENSION/],
    ['a number beyond all', ['large.tsp'], /large\.tsp: line 5: 1e999/],
    ['a sudoku against the rules', ['against.sudoku'], /against\.sudoku: /],
    ['queens of a file', ['bow.txt', '--problem', 'queens'], /FILE and --size/],
    ['a file and a size', ['bow.txt', '--size', '8'], /FILE and --size/],
    ['queens without a size', ['--problem', 'queens'], /queens needs --size/],
    ['a size of 0', ['--size', '0'], /from 1 to 300/],
    ['a problem without a file', ['--problem', 'tsp'], /name a FILE/],
    ['an unknown problem', ['bow.txt', '--problem', 'sat'], /maxcut, colouring/],
    ['an unknown solver', ['bow.txt', '--solver', 'tabu'], /anneal/],
    ['no time', ['bow.txt', '--time', '0'], /such as 10s/],
    ['a time that is none', ['bow.txt', '--time', 'abc'], /such as 10s/],
    ['a negative time', ['bow.txt', '--time', '-1s'], /such as 10s/],
    ['no runs', ['bow.txt', '--restarts', '0'], /from 1/],
    ['colours of a tour', ['gr17.tsp', '--colours', '3'], /--colours is for colouring/],
    ['2-opt of a cut', ['bow.txt', '--two-opt'], /--two-opt is for tsp; the problem is maxcut/],
    ['a target of queens', ['--size', '8', '--target', '0'], /--target is for maxcut, tsp, qubo/],
    ['sweeps of falling', ['bow.txt', '--solver', 'descend', '--sweeps', '9'], /--sweeps cannot/],
    ['quiet and a document', ['bow.txt', '--quiet', '--json'], /cannot be used together/],
    ['output where no folder is', ['bow.txt', '--output', 'no/where'], /no\/where: no such file/],
    ['output into a folder', ['bow.txt', '--output', '.'], /folder/],
    ['output over the file', ['bow.txt', '--output', './bow.txt'], /is FILE itself/],
  ];
  test.each(cases)('%s is one line and exit code 1', (_, args, message) => {
    const { status, stdout, stderr } = solve(...args);
    expect(stderr).toMatch(/^hopfield: [^\n]+\n$/);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  test('nothing was written', () => {
    expect(existsSync(path('no'))).toBe(false);
    expect(text('bow.txt')).toBe(BOW);
  });
});

describe('targets', () => {
  test('end the search; one that is not reached is exit code 2', () => {
    const good = solve('berlin52.tsp', '--target', '20000', '--time', '1m', '--quiet');
    expect(good.status).toBe(0);
    expect(good.stdout).toMatch(/^berlin52: tour of length \d+, valid, target 20000 reached; seed/);
    const bad = solve('bow.txt', '--target', '7', '--restarts', '2', '--quiet', '--seed', '3');
    expect(bad.stdout).toBe('bow.txt: cut of weight 6, valid, target 7 not reached; seed 3\n');
    expect(bad.status).toBe(2);
  });
});

describe('seeds', () => {
  const timeless = ({ stdout }: Run) => stdout.replaceAll(/ in [\d.]+ s;/g, '');

  test.each([
    ['berlin52.tsp', []],
    ['bow.txt', []],
    ['myciel3.col', []],
    ['--size', ['12']],
  ])('repeat the search of %s, all but the seconds', (file, more) => {
    const args = [file, ...more, '--restarts', '2', '--seed', '5'];
    const first = solve(...args);
    expect(timeless(solve(...args))).toBe(timeless(first));
    expect(first.stdout).toMatch(/seed 5\n$/);
  });

  test('are drawn, and told, when there is none', () => {
    const [a, b] = [1, 2].map(() => document('bow.txt', '--restarts', '1').seed);
    expect(a).not.toBe(b);
  });
});

describe('a search', () => {
  test('takes about as long as it may', () => {
    const { seconds, ended } = document('berlin52.tsp', '--time', '500ms');
    expect(ended).toBe('time');
    expect(seconds).toBeGreaterThan(0.49);
    expect(seconds).toBeLessThan(2);
  });

  const begin = (...args: string[]) => {
    const child = spawn(process.execPath, [join(DIST, 'cli.js'), 'solve', ...args], {
      cwd: folder,
    });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (out.stdout += chunk));
    child.stderr.on('data', (chunk) => (out.stderr += chunk));
    return { child, out };
  };
  const wait = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

  test('is ended by SIGINT, and shows the best so far with its check', async () => {
    const { child, out } = begin('berlin52.tsp', '--time', '10m', '--output', 'best.tour');
    await wait(2500);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(out.stderr).toBe('');
    expect(out.stdout).toMatch(/check +passed/);
    expect(out.stdout).toContain('interrupted');
    const [, length] = /tour of length (\d+), valid/.exec(out.stdout)!;
    expect(lengthIn('berlin52.tsp', readTsplibTour(text('best.tour')))).toBe(Number(length));
  });

  test('without a valid solution ended by SIGINT is exit code 2', async () => {
    const { child, out } = begin('myciel3.col', '--colours', '3', '--time', '10m', '--json');
    await wait(2000);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(JSON.parse(out.stdout)).toMatchObject({ ended: 'signal', valid: false, exitCode: 2 });
  });

  test('writes no bar where nobody looks, and no escape codes', () => {
    const { stderr, stdout } = solve('berlin52.tsp', '--time', '300ms');
    expect(stderr).toBe('');
    // oxlint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/\u001b/);
    // oxlint-disable-next-line no-control-regex
    expect(
      run(folder, ['solve', 'bow.txt', '--restarts', '1'], { FORCE_COLOR: '1' }).stdout,
    ).toMatch(/\u001b/);
  });

  test('may lose its reader', async () => {
    const { child, out } = begin('--size', '60', '--json');
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(out.stderr).toBe('');
  });
});

describe('help', () => {
  test('names every option, fits in the columns and has exit codes and examples', () => {
    for (const columns of [80, 100]) {
      const { stdout } = run(folder, ['solve', '--help'], { COLUMNS: String(columns) });
      const options =
        'problem colours size solver time restarts sweeps target two-opt seed output quiet json';
      for (const option of options.split(' ')) expect(stdout).toContain(`--${option} `);
      expect(stdout).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 /);
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });
});

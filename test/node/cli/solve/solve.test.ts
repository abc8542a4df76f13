/** `hopfield solve`: every problem, its check and its files; targets, seeds, time and interrupts. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  readDimacsGraph,
  readGset,
  readQubo,
  readTsplib,
  readTsplibTour,
} from '../../../../src/optimise/index.ts';
import { readDistances } from '../../../../src/optimise/tours/distances.ts';
import { run, workplace, type Run } from '../workplace.ts';

const { folder, path, hopfield } = workplace();
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

async function document(...args: string[]) {
  const { stdout, stderr } = await solve(...args, '--json');
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

/** The length of a tour in one of the files. */
function lengthIn(name: string, tour: ArrayLike<number>): number {
  const { cities, dimension: n } = readTsplib(text(name));
  const { between } = readDistances(cities);
  expect(Array.from(tour).sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
  return Array.from(tour).reduce((sum, city, k) => sum + between(city, tour[(k + 1) % n]), 0);
}

const lines = (name: string) => text(name).trimEnd().split('\n').map(Number);

describe('every problem', () => {
  test('maxcut: the weight is that of the sides, in document and file', async () => {
    const args = ['bow.txt', '--restarts', '5', '--seed', '1', '--output', 'bow.sides'];
    const found = await document(...args);
    expect(found).toMatchObject({ problem: 'maxcut', cost: 6, valid: true, exitCode: 0 });
    const sides = lines('bow.sides');
    expect(sides).toEqual(found.solution);
    const cut = readGset(BOW).edges.filter(([a, b]) => sides[a] !== sides[b]);
    expect(cut.reduce((sum, [, , weight]) => sum + weight!, 0)).toBe(6);
  });

  test('maxcut takes DIMACS files, colouring those of G-set, when told so', async () => {
    // The octahedron: four of its six corners against the other two, or two pairs of opposite ones.
    const cut = await document('octahedron.col', '--problem', 'maxcut', '--restarts', '3');
    expect(cut).toMatchObject({ problem: 'maxcut', cost: 8, guessedFrom: null });
    const colours = await document('bow.txt', '--problem', 'colouring', '--restarts', '3');
    expect(colours).toMatchObject({ problem: 'colouring', colours: 3, lowerBound: 3, valid: true });
  });

  test('colouring with a number of colours: no edge has one colour at both ends', async () => {
    const found = await document(
      'myciel3.col',
      '--colours',
      '4',
      '--seed',
      '1',
      '--output',
      'colours',
    );
    expect(found).toMatchObject({ colours: 4, cost: 0, valid: true, ended: 'target' });
    const colours = lines('colours');
    expect(colours).toEqual(found.solution);
    for (const [a, b] of readDimacsGraph(text('myciel3.col')).edges) {
      expect(colours[a]).not.toBe(colours[b]);
    }
    expect(new Set([...colours, 0, 1, 2, 3]).size).toBe(4);
  });

  test('colouring with too few colours fails its check', async () => {
    const args = ['myciel3.col', '--colours', '3', '--restarts', '3', '--seed', '1'];
    const { status, stdout } = await solve(...args);
    expect(status).toBe(2);
    expect(stdout).toMatch(/check +failed: \d+ violations?\n[^]* both have colour/);
    expect(stdout).toMatch(/3 colours, \d+ conflicting edges?, not valid; seed 1\n$/);
  });

  test('colouring finds as few colours as there need be', async () => {
    const octahedron = await document('octahedron.col');
    expect(octahedron).toMatchObject({ colours: 3, lowerBound: 3, valid: true, exitCode: 0 });
    const myciel = await document('myciel3.col', '--restarts', '3');
    expect(myciel).toMatchObject({ colours: 4, lowerBound: 2, valid: true, ended: 'restarts' });
  });

  test('tsp: the length is that of the tour, in document and file', async () => {
    const args = ['gr17.tsp', '--restarts', '5', '--seed', '1', '--output', 'gr17.tour'];
    const found = await document(...args);
    expect(found).toMatchObject({ name: 'gr17', valid: true, twoOpt: null, exitCode: 0 });
    expect(lengthIn('gr17.tsp', found.solution)).toBe(found.cost);
    expect([...readTsplibTour(text('gr17.tour'))]).toEqual(found.solution);
    expect(found.cost).toBeGreaterThanOrEqual(2085);
  });

  test('tsp with 2-opt tells the length before and after', async () => {
    const args = ['berlin52.tsp', '--solver', 'descend', '--restarts', '1', '--seed', '1'];
    const plain = await document(...args);
    const found = await document(...args, '--two-opt');
    expect(found.twoOpt.before).toBe(plain.cost);
    expect(found.twoOpt.after).toBe(found.cost);
    expect(found.cost).toBeLessThan(plain.cost);
    expect(lengthIn('berlin52.tsp', found.solution)).toBe(found.cost);
    const { stdout } = await solve(...args, '--two-opt');
    expect(stdout).toMatch(new RegExp(`length +${plain.cost}\\b[^]*after 2-opt +${found.cost}\\b`));
  });

  test('qubo: the value is xᵀQx, and the least there is', async () => {
    const found = await document('smallest.qubo', '--restarts', '5', '--output', 'bits');
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

  test('queens: the board has one queen in each row, column and diagonal', async () => {
    const { stdout, status } = await solve('--size', '8', '--seed', '1', '--output', 'board');
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

  test.each(['2', '3'])('queens that cannot stand are not searched for: %s', async (size) => {
    const { stdout, stderr, status } = await solve('--problem', 'queens', '--size', size);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(`^hopfield: --size ${size}: there is no solution; [^\\n]+\\n$`),
    );
    expect((await solve('--size', '1', '--restarts', '1')).status).toBe(0);
    expect((await solve('--size', '4', '--restarts', '9')).status).toBe(0);
  });

  test('sudoku: the grid is the only solution', async () => {
    const { stdout, status } = await solve('easy.sudoku', '--output', 'grid');
    expect(status).toBe(0);
    expect(text('grid').replaceAll('\n', '')).toBe(SOLVED);
    expect(stdout).toContain('\n| 5 3 4 | 6 7 8 | 9 1 2 |\n');
    expect((await document('easy.sudoku')).solution.join('')).toBe(SOLVED);
  });
});

describe('targets', () => {
  test('end the search; one that is not reached is exit code 2', async () => {
    const good = await solve('gr17.tsp', '--target', '3000', '--time', '1m', '--quiet');
    expect(good.status).toBe(0);
    expect(good.stdout).toMatch(/^gr17: tour of length \d+, valid, target 3000 reached; seed/);
    const bad = await solve(
      'bow.txt',
      '--target',
      '7',
      '--restarts',
      '2',
      '--quiet',
      '--seed',
      '3',
    );
    expect(bad.stdout).toBe('bow.txt: cut of weight 6, valid, target 7 not reached; seed 3\n');
    expect(bad.status).toBe(2);
  });
});

describe('seeds', () => {
  const timeless = ({ stdout }: Run) => stdout.replaceAll(/ (in|after) [\d.]+ s/g, '');

  test.each([
    ['gr17.tsp', []],
    ['bow.txt', []],
    ['myciel3.col', []],
    ['--size', ['12']],
  ])('repeat the search of %s, all but the seconds', async (file, more) => {
    const args = [file, ...more, '--restarts', '2', '--seed', '5'];
    const first = await solve(...args);
    expect(timeless(await solve(...args))).toBe(timeless(first));
    expect(first.stdout).toMatch(/seed 5\n$/);
  });

  test('are drawn, and told, when there is none', async () => {
    const [a, b] = [
      await document('bow.txt', '--restarts', '1'),
      await document('bow.txt', '--restarts', '1'),
    ];
    expect(a.seed).not.toBe(b.seed);
  });
});

describe('what is small', () => {
  test('is solved by visiting all states, and it is said that none is better', async () => {
    const found = await document('bow.txt', '--solver', 'exact');
    expect(found).toMatchObject({ solver: 'exact', cost: 6, proved: true, completed: 1 });
    expect(found.reached).toBeLessThanOrEqual(found.seconds);
    expect(found.exitCode).toBe(0);
    const { stdout, status } = await solve('bow.txt', '--solver', 'exact', '--seed', '1');
    expect(stdout).toMatch(/exact, 1 run, .*; no state is better\n +found +after/);
    expect(status).toBe(0);
  });

  test('has one run without sweeps of its own, and spins', async () => {
    for (const option of ['--sweeps', '--restarts']) {
      const { status, stderr } = await solve('bow.txt', '--solver', 'exact', option, '3');
      expect(status).toBe(1);
      expect(stderr).toContain(`${option} cannot be used with --solver exact`);
    }
    const { stderr } = await solve('gr17.tsp', '--solver', 'exact');
    expect(stderr).toContain('--solver is exact, expected anneal');
  });
});

describe('a search', () => {
  test('says where the time did not suffice for a run, in text, exit code and document', async () => {
    const cities = Array.from({ length: 100 }, (_, k) => `${k + 1} ${(k * k) % 101} ${k}`);
    const head = 'DIMENSION: 100\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n';
    writeFileSync(path('hundred.tsp'), `${head}${cities.join('\n')}\n`);
    const args = ['hundred.tsp', '--time', '1ms', '--seed', '1'];
    const network = await solve(...args, '--solver', 'network', '--quiet');
    expect(network.stdout).toMatch(/valid, no run was completed; seed 1\n$/);
    expect(network.status).toBe(2);
    expect(await document(...args, '--solver', 'anneal')).toMatchObject({
      valid: true,
      completed: 0,
      exitCode: 2,
    });
    // Local search has no end of its own: it is as good as the time allows.
    expect(await document(...args)).toMatchObject({ valid: true, completed: 1, exitCode: 0 });
  });

  test('takes as long as it may', async () => {
    const { seconds, ended } = await document('gr17.tsp', '--time', '200ms');
    expect(ended).toBe('time');
    expect(seconds).toBeGreaterThanOrEqual(0.2);
  });

  /** Presses Ctrl-C as soon as it would not end the program. */
  async function interrupted(...args: string[]): Promise<Run> {
    const before = process.listenerCount('SIGINT');
    const run = solve(...args);
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    process.emit('SIGINT');
    const result = await run;
    expect(process.listenerCount('SIGINT')).toBe(before);
    return result;
  }

  test('is ended by SIGINT, and shows the best so far with its check', async () => {
    const args = ['gr17.tsp', '--time', '10m', '--output', 'best.tour'];
    const { status, stdout, stderr } = await interrupted(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/check +passed/);
    expect(stdout).toContain('interrupted');
    const [, length] = /tour of length (\d+), valid/.exec(stdout)!;
    expect(lengthIn('gr17.tsp', readTsplibTour(text('best.tour')))).toBe(Number(length));
  });

  test('without a valid solution ended by SIGINT is exit code 2', async () => {
    const args = ['myciel3.col', '--colours', '3', '--time', '10m', '--json'];
    const { status, stdout } = await interrupted(...args);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ended: 'signal', valid: false, exitCode: 2 });
  });

  test('writes no bar where nobody looks, and no escape codes', async () => {
    const { stderr, stdout } = await solve('bow.txt', '--restarts', '1');
    expect(stderr).toBe('');
    expect(stdout).not.toContain('\u001b');
    const coloured = { env: { FORCE_COLOR: '1' } };
    const { stdout: bold } = await run(folder, ['solve', 'bow.txt', '--restarts', '1'], coloured);
    expect(bold).toContain('\u001b');
  });
});

/** `hopfield solve`: how it tells problems apart, what it refuses, its help. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, workplace } from '../workplace.ts';

const { folder, path, hopfield } = workplace();
const solve = (...args: string[]) => hopfield('solve', ...args);

for (const name of ['gr17.tsp', 'myciel3.col', 'smallest.qubo']) {
  copyFileSync(join('test', 'instances', name), path(name));
}
const TRIANGLE = '3 3\n1 2 1\n2 3 1\n3 1 1\n';
writeFileSync(path('triangle.txt'), TRIANGLE);
const SUDOKU = '53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79';
writeFileSync(path('easy.sudoku'), SUDOKU);

describe('which problem it is', () => {
  test.each([
    ['gr17.tsp', 'copy.dat', 'tsp', 'the content'],
    ['triangle.txt', 'triangle.txt', 'maxcut', 'the content'],
    ['smallest.qubo', 'copy.dat', 'qubo', 'the content'],
    ['myciel3.col', 'copy', 'colouring', 'the content'],
    ['easy.sudoku', 'copy.txt', 'sudoku', 'the content'],
    ['myciel3.col', 'copy.COL', 'colouring', 'the extension .col'],
    ['triangle.txt', 'copy.rudy', 'maxcut', 'the extension .rudy'],
  ])('of %s as %s is %s, by %s', async (from, to, problem, by) => {
    if (from !== to) copyFileSync(path(from), path(to));
    const found = JSON.parse((await solve(to, '--restarts', '1', '--json')).stdout);
    expect(found).toMatchObject({ problem, guessedFrom: by });
    expect((await solve(to, '--restarts', '1')).stdout).toContain(`Guessed from ${by};`);
  });
});

describe('spellings', () => {
  const seeded = ['--restarts', '1', '--seed', '1', '--json'];

  test('of colouring are British or American, and the help lists one', async () => {
    const british = ['triangle.txt', '--problem', 'colouring', '--colours', '3', ...seeded];
    const american = ['triangle.txt', '--problem', 'coloring', '--colors', '3', ...seeded];
    const [a, b] = [await solve(...british), await solve(...american)];
    expect(JSON.parse(a.stdout)).toMatchObject({ problem: 'colouring', colours: 3, valid: true });
    expect({ ...JSON.parse(b.stdout), seconds: 0, reached: 0 }).toEqual({
      ...JSON.parse(a.stdout),
      seconds: 0,
      reached: 0,
    });
    expect((await solve('--help')).stdout).not.toContain('color');
    expect((await solve('gr17.tsp', '--colors', '3')).stderr).toContain(
      '--colours is for colouring',
    );
  });

  test('of max-cut have a hyphen, or none', async () => {
    const { stdout } = await solve('triangle.txt', '--problem', 'max-cut', ...seeded);
    expect(JSON.parse(stdout).problem).toBe('maxcut');
  });
});

describe('wrong use', () => {
  mkdirSync(path('folder.tsp'));
  writeFileSync(path('empty.tsp'), '');
  writeFileSync(path('empty'), '');
  writeFileSync(path('lines'), '\n'.repeat(1e6));
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
    ['a file of line ends', ['lines'], /lines: cannot tell which problem/],
    ['a binary file', ['binary.col'], /binary\.col: line 1: /],
    [
      'a file of no kind',
      ['what.txt'],
      /what\.txt: cannot tell .*--problem: maxcut, colouring, tsp, qubo, sudoku/,
    ],
    [
      'a file of another kind',
      ['triangle.txt', '--problem', 'tsp'],
      /triangle\.txt: line 1: "3 3".* \(files of tsp: TSPLIB; places alone are a document/,
    ],
    ['a file cut off', ['short.txt'], /short\.txt: line 2: .* after 1 edges, expected 2/],
    ['a huge dimension', ['huge.tsp'], /huge\.tsp: line 1: 999999999, expected DIMENSION/],
    ['a number beyond all', ['large.tsp'], /large\.tsp: line 5: 1e999/],
    ['a sudoku against the rules', ['against.sudoku'], /against\.sudoku: /],
    [
      'queens of a file',
      ['triangle.txt', '--problem', 'queens'],
      /needs a JSON document or --size/,
    ],
    [
      'spins of a file',
      ['triangle.txt', '--problem', 'ising'],
      /ising needs a JSON document, this/,
    ],
    ['a file and a size', ['triangle.txt', '--size', '8'], /FILE and --size/],
    ['queens without a size', ['--problem', 'queens'], /queens needs --size/],
    ['a size of 0', ['--size', '0'], /from 1 to 300/],
    ['a problem without a file', ['--problem', 'tsp'], /name a FILE/],
    [
      'an unknown problem',
      ['triangle.txt', '--problem', 'sat'],
      /maxcut, colouring, tsp, qubo, queens, sudoku/,
    ],
    ['a colour that is none', ['triangle.txt', '--colors', 'x'], /--colors .* from 1 to 65536/],
    ['an unknown solver', ['triangle.txt', '--solver', 'tabu'], /anneal/],
    ['no time', ['triangle.txt', '--time', '0'], /such as 10s/],
    ['a time that is none', ['triangle.txt', '--time', 'abc'], /such as 10s/],
    ['a negative time', ['triangle.txt', '--time', '-1s'], /such as 10s/],
    ['no runs', ['triangle.txt', '--restarts', '0'], /from 1/],
    ['colours of a tour', ['gr17.tsp', '--colours', '3'], /--colours is for colouring/],
    [
      '2-opt of a cut',
      ['triangle.txt', '--two-opt'],
      /--two-opt is for tsp; the problem is maxcut/,
    ],
    ['a target of queens', ['--size', '8', '--target', '0'], /--target is for maxcut, tsp, qubo/],
    [
      'sweeps of falling',
      ['triangle.txt', '--solver', 'descend', '--sweeps', '9'],
      /--sweeps cannot/,
    ],
    ['quiet and a document', ['triangle.txt', '--quiet', '--json'], /cannot be used together/],
    [
      'output where no folder is',
      ['triangle.txt', '--output', 'no/where'],
      /no\/where: no such file/,
    ],
    ['output into a folder', ['triangle.txt', '--output', '.'], /folder/],
    ['output over the file', ['triangle.txt', '--output', './triangle.txt'], /is FILE itself/],
  ];
  test.each(cases)('%s is one line and exit code 1', async (_, args, message) => {
    const { status, stdout, stderr } = await solve(...args);
    expect(stderr).toMatch(/^hopfield: [^\n]+\n$/);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  test('nothing was written', async () => {
    expect(existsSync(path('no'))).toBe(false);
    expect(readFileSync(path('triangle.txt'), 'utf8')).toBe(TRIANGLE);
  });
});

describe('help', () => {
  test('names every option, fits in the columns and has exit codes and examples', async () => {
    for (const columns of [80, 100]) {
      const { stdout } = await run(folder, ['solve', '--help'], {
        env: { COLUMNS: String(columns) },
      });
      const options =
        'problem colours size solver time restarts sweeps target solutions start two-opt seed output quiet json schema';
      for (const option of options.split(' ')) expect(stdout).toContain(`--${option} `);
      expect(stdout).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 /);
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });
});

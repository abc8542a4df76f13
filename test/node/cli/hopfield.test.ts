/** The command line: exit codes, help, one-line errors, no escape codes where nobody wants them. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, workplace } from './workplace.ts';
import { flag } from '../../../src/cli/command.ts';
import { parametersOf, ruleNames } from '../../../src/learning/rules/index.ts';

const { folder, hopfield } = workplace();
const PATTERNS_DAT = ['recall', 'patterns.dat'];

describe('exit codes', () => {
  const cases: [number, string, string[]][] = [
    [0, 'all converged', PATTERNS_DAT],
    [0, 'help', ['--help']],
    [0, 'help of a command', ['recall', '--help']],
    [0, 'version', ['--version']],
    [1, 'no command', []],
    [1, 'an unknown command', ['remember']],
    [1, 'an unknown option', [...PATTERNS_DAT, '--nois', '3']],
    [1, 'a missing argument', [...PATTERNS_DAT, '--noise']],
    [1, 'two files', [...PATTERNS_DAT, 'patterns.dat']],
    [1, 'no file', ['recall']],
    [1, 'a file that is not there', ['recall', 'missing.dat']],
    [1, 'noise above 100', [...PATTERNS_DAT, '--noise', '101']],
    [1, 'noise that is no number', [...PATTERNS_DAT, '--noise', '0x10']],
    [1, 'an unknown rule', [...PATTERNS_DAT, '--rule', 'delta']],
    [1, "another rule's parameter", [...PATTERNS_DAT, '--margin', '1']],
    [1, 'an unknown side', [...PATTERNS_DAT, '--occlude', 'middle']],
    [1, 'patterns that are no numbers', [...PATTERNS_DAT, '--pattern', 'one']],
    [1, 'a seed beyond 32 bits', [...PATTERNS_DAT, '--seed', '4294967296']],
    [1, 'a temperature without stochastic updates', [...PATTERNS_DAT, '--temperature', '1']],
    [1, 'stochastic updates without temperature', [...PATTERNS_DAT, '--update', 'stochastic']],
    [1, 'clamp without a cover', [...PATTERNS_DAT, '--clamp']],
    [1, 'noise on ready-made cues', [...PATTERNS_DAT, '--cue', 'patterns.dat', '--noise', '1']],
    [1, 'quiet and JSON', [...PATTERNS_DAT, '--quiet', '--json']],
    [1, 'digits without a data set', [...PATTERNS_DAT, '--digits', '1']],
    [1, 'a digit above 9', ['recall', '--dataset', 'mnist', '--digits', '12']],
    [
      1,
      'more digits than there are',
      ['recall', '--dataset', 'mnist', '--digits', '1', '--count', '9999'],
    ],
    [1, 'a file and a data set', [...PATTERNS_DAT, '--dataset', 'mnist']],
    [1, 'a shape that does not fit', [...PATTERNS_DAT, '--shape', '7x8']],
    [
      1,
      'training that does not converge',
      [...PATTERNS_DAT, '--rule', 'perceptron', '--margin', '100', '--max-epochs', '3'],
    ],
    [2, 'a cycle', [...PATTERNS_DAT, '--noise', '50', '--update', 'synchronous', '--repeat', '50']],
    [
      2,
      'too few sweeps',
      [...PATTERNS_DAT, '--max-sweeps', '1', '--noise', '50', '--repeat', '50'],
    ],
    [2, 'a temperature', [...PATTERNS_DAT, '--update', 'stochastic', '--temperature', '0.2']],
    [0, 'cooling', [...PATTERNS_DAT, '--update', 'stochastic', '--temperature', '0.2:0']],
    [3, 'a pattern that is not there', [...PATTERNS_DAT, '--pattern', '5']],
    [3, 'pattern 0', [...PATTERNS_DAT, '--pattern', '0,1']],
    [3, 'a cue that is not there', [...PATTERNS_DAT, '--cue', 'patterns.dat', '--pattern', '5']],
  ];
  test.each(cases)('%i for %s', async (code, _, args) => {
    const { status, stdout, stderr } = await hopfield(...args);
    expect(status).toBe(code);
    if (code === 0 || code === 2) {
      expect(stderr).toBe('');
      expect(stdout).not.toBe('');
    } else {
      expect(stderr).toMatch(/^hopfield: [^\n]+\n$/);
      expect(stdout).toBe('');
    }
  });
});

describe('help', () => {
  test('names every option, the exit codes and examples', async () => {
    const { stdout } = await hopfield('recall', '--help');
    const options =
      'rule pattern noise cue occlude update temperature seed repeat json quiet output save load ' +
      'verbose dataset digits count luminance scale shape ' +
      'unlearn daydream clamp max-sweeps backend help';
    for (const option of options.split(' ')) expect(stdout).toContain(`--${option}`);
    for (const name of ruleNames()) {
      for (const key of Object.keys(parametersOf(name))) expect(stdout).toContain(`${flag(key)} <`);
    }
    expect(stdout).toMatch(/Exit codes:\n {2}0 .*\n {2}1 /);
    expect(stdout).toContain('Examples:\n  hopfield recall ');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test('the searches among the examples are right use', async () => {
    copyFileSync(join('test', 'instances', 'gr17.tsp'), join(folder, 'berlin52.tsp'));
    const { stdout } = await hopfield('--help');
    const searches = Array.from(
      stdout.matchAll(/^ {2}hopfield (solve (?!--help)\S.*?)(?: {2,}|$)/gm),
    );
    expect(searches.length).toBeGreaterThan(1);
    for (const [, line] of searches) {
      const { stderr, status } = await hopfield(...line.split(' '), '--time', '200ms');
      expect([line, stderr, status]).toEqual([line, '', 0]);
    }
  });

  test('names all commands; the version is that of the package', async () => {
    const { stdout } = await hopfield('--help');
    for (const command of ['recall', 'solve', 'experiment', 'info']) {
      expect(stdout).toMatch(new RegExp(`^ *${command} \\[`, 'm'));
    }
    expect((await hopfield()).stderr).toMatch(/name a command: recall, solve, .* or \w+/);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect((await hopfield('--version')).stdout).toBe(`${version}\n`);
  });
});

describe('output', () => {
  const args = [...PATTERNS_DAT, '--noise', '20', '--seed', '3'];
  // oxlint-disable-next-line no-control-regex
  const escape = /\u001b/;

  test('has colours when asked for, none with NO_COLOR or without a terminal', async () => {
    expect((await run(folder, args, { env: { FORCE_COLOR: '1' } })).stdout).toMatch(escape);
    expect(
      (await run(folder, args, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout,
    ).not.toMatch(escape);
    expect((await run(folder, args, { env: { CI: 'true' } })).stdout).not.toMatch(escape);
  });

  test('shows cue, result and stored pattern side by side, and the seed', async () => {
    const { stdout } = await hopfield(...args, '--pattern', '2');
    const bars = Array.from({ length: 4 }, () => '│▀▀▀▀▀▀▀▀  │   │▀▀▀▀▀▀▀▀  │');
    const lines = stdout.split('\n');
    expect(lines.filter((line) => / cue .* result .* stored /.test(line))).toHaveLength(1);
    const ends = lines.filter((line) => line.startsWith('│')).map((line) => line.slice(15));
    expect(ends.map((line) => line.replace(' = ', '   '))).toEqual(bars);
    expect(stdout).toContain('recalled exactly');
    expect(stdout).toContain('overlap 0.63 → 1.00   wrong 12 → 0');
    expect(stdout).toMatch(/1 of 1 recalled exactly, 1 of 1 converged; seed 3\n$/);
  });

  test('marks what is wrong in a result', async () => {
    // Stopped before the end, some neurons are still wrong.
    const stopped = ['--update', 'stochastic', '--temperature', '50', '--max-sweeps', '1'];
    const { stdout } = await hopfield(...PATTERNS_DAT, '--seed', '1', ...stopped);
    expect(stdout).toMatch(/│ ≠ │/);
    expect(stdout).toContain('+ on, should be off   - off, should be on');
  });

  test('is one line with --quiet, and has energies that never rise with --verbose', async () => {
    expect((await hopfield(...args, '--quiet')).stdout.split('\n')).toHaveLength(2);
    const [, energies] = /energy by sweep (.*)/.exec(
      (await hopfield(...args, '--verbose')).stdout,
    )!;
    const values = energies.split(' → ').map(Number);
    expect(values.length).toBeGreaterThan(1);
    for (let k = 1; k < values.length; k++) expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
  });

  test('of a wide picture goes below, and of one too wide away', async () => {
    const narrow = (await run(folder, [...args, '--pattern', '1'], { env: { COLUMNS: '30' } }))
      .stdout;
    expect(narrow).toMatch(/ cue [^\n]*\n(│[^\n]*\n){4}└[^\n]*\n[^\n]* result /);
    const slit = (await run(folder, [...args, '--pattern', '1'], { env: { COLUMNS: '9' } })).stdout;
    expect(slit).toContain('(pictures of 8 columns do not fit in 9)');
  });
});

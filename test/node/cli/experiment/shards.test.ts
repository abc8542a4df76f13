/** Four shards as four processes, one of them killed and gone on with: the bytes of a single run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DIST, spawned, workplace } from '../workplace.ts';

const { folder, path } = workplace();
const RUN = ['experiment', 'capacity', '--neurons', '400', '--loads', '0.1,0.14', '--seed', '3'];
const MANY = [...RUN, '--trials', '40'];

function shard(index: number) {
  const args = [...MANY, '--shard', `${index}/4`, '--output', `shard-${index}.jsonl`];
  return spawn(process.execPath, [join(DIST, 'cli.js'), ...args], { cwd: folder, stdio: 'ignore' });
}

const lines = (name: string) =>
  existsSync(path(name)) ? readFileSync(path(name), 'utf8').split('\n').length - 1 : 0;

test('a killed shard loses no trial and repeats none', async () => {
  const ended = [1, 2, 3].map((index) => once(shard(index), 'exit'));
  const victim = shard(4);
  const gone = once(victim, 'exit');
  while (lines('shard-4.jsonl') < 2) await setTimeout(1);
  victim.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  const before = readFileSync(path('shard-4.jsonl'), 'utf8');
  // What a full disk or a lost machine may leave.
  appendFileSync(path('shard-4.jsonl'), before.slice(0, 40));
  const kept = before.split('\n').length - 1;
  expect(kept).toBeLessThan(20);

  const again = shard(4);
  expect(await once(again, 'exit')).toEqual([0, null]);
  expect(await Promise.all(ended)).toEqual([1, 2, 3].map(() => [0, null]));
  expect([1, 2, 3, 4].map((index) => lines(`shard-${index}.jsonl`))).toEqual([20, 20, 20, 20]);
  const after = readFileSync(path('shard-4.jsonl'), 'utf8');
  for (const line of before.split('\n').slice(0, kept)) expect(after).toContain(`${line}\n`);

  const parts = [4, 2, 3, 1].map((index) => `shard-${index}.jsonl`);
  const merge = ['experiment', 'merge', ...parts, '--output', 'merged.jsonl'];
  expect(spawned(folder, merge).status).toBe(0);
  expect(spawned(folder, [...MANY, '--output', 'single.jsonl']).status).toBe(0);
  expect(readFileSync(path('merged.jsonl'))).toEqual(readFileSync(path('single.jsonl')));
});

test('workers make the same bytes', () => {
  const args = [...MANY, '--workers', '2', '--output', 'workers.jsonl'];
  expect(spawned(folder, args)).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(path('workers.jsonl'))).toEqual(readFileSync(path('single.jsonl')));
});

test('SIGINT ends a run; the same command goes on', async () => {
  const args = [...MANY, '--output', 'interrupted.jsonl'];
  const child = spawn(process.execPath, [join(DIST, 'cli.js'), ...args], { cwd: folder });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  while (lines('interrupted.jsonl') < 2) await setTimeout(1);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([2, null]);
  expect(said).toMatch(/interrupted: \d+ trials in interrupted.jsonl; the same command goes on/);
  expect(spawned(folder, args).status).toBe(0);
  expect(readFileSync(path('interrupted.jsonl'))).toEqual(readFileSync(path('single.jsonl')));
});

/** The examples run, and say what the README says they do. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const run = (...args: string[]) => execFileSync('node', args, { encoding: 'utf8' });

test('letters: the H comes back', () => {
  expect(run('examples/letters.mjs')).toContain('This is H, overlap 1.00.');
});

test('forgetting: a palimpsest keeps the last patterns, and only those', () => {
  const lines = run('examples/forgetting.mjs').trim().split('\n').slice(1);
  const kept = lines.map((line) => line.split('palimpsest ')[1].split('█').length - 1);
  expect(lines).toHaveLength(16);
  expect(kept[15]).toBe(20);
  expect(Math.max(...kept.slice(0, 12))).toBeLessThan(5);
});

test('digest: the number the README gives, from both backends', () => {
  expect(run('examples/digest.mjs')).toBe('wasm      c0d5b97c\nreference c0d5b97c\n');
});

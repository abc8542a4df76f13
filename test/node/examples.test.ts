/** The examples run, and say what the documents say they do. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

test('digest: the number that docs/numerics.md gives, from both backends', () => {
  expect(run('examples/digest.mjs')).toBe('wasm      c0d5b97c\nreference c0d5b97c\n');
});

/** The number printed behind a text, in a line of its own. */
function printed(output: string, text: string): number {
  const line = output.split('\n').find((one) => one.includes(`${text}: `));
  return Number(line?.split(`${text}: `)[1]);
}

test('digits: half-covered ones come back, look as they did, and new ones get their labels', () => {
  const output = run('examples/digits.mjs', '--small');
  expect(output).toContain('1800 digits stored, 200 others held out');
  expect(printed(output, 'the right one has the largest weight')).toBeGreaterThan(0.95);
  expect(printed(output, 'every pixel back, to its level of grey')).toBeGreaterThan(0.9);
  // One in ten would be chance.
  expect(printed(output, 'accuracy of their labels')).toBeGreaterThan(0.85);
  expect(printed(output, 'half-covered, every pixel back')).toBeGreaterThan(0.7);

  // Three pictures side by side: covered, recalled, stored.
  const lines = output.split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
  const covered = lines.filter((line) => line.includes('░'));
  expect(covered).toHaveLength(15);
  for (const line of covered) {
    const padded = line.padEnd(79);
    expect(padded.slice(27, 51)).toBe(padded.slice(53, 77));
  }
});

test('film: the damaged first frame calls for all others, and for itself, whole', () => {
  const output = run('examples/film.mjs');
  expect(output).toContain('frames that follow, every pixel right: 50 of 50');
  // Labels are read off the matches: the first one again at the end.
  const read = /As they read: (\d{51})\n/.exec(output)![1];
  expect(read[50]).toBe(read[0]);
});

test('nothing: the picture in docs/memories.md, and what it counts', () => {
  const { stdout, stderr } = spawnSync('node', ['examples/nothing.mjs'], { encoding: 'utf8' });
  expect(stdout).toBe(readFileSync('docs/nothing.svg', 'utf8'));
  const shares = [...stderr.matchAll(/: ([\d.]+) % of .* find a memory, ([\d.]+) % one alone/g)];
  const [found, alone] = [1, 2].map((which) => shares.map((share) => Number(share[which])));
  // Nothing at −½r² and the ball of radius r find the same.
  expect(found).toEqual([100, found[1], found[1]]);
  const docs = readFileSync('docs/memories.md', 'utf8').replace(/\s+/g, ' ');
  const spoken = ([a, b, c]: number[]) => `${a} %, ${b} % and ${c} %`;
  expect(docs).toContain(`${spoken(found)} find a memory, ${spoken(alone)} one alone`);
});

test('bags: a few epochs teach most of what a 9 is, from labels of bags alone', () => {
  const output = run('examples/bags.mjs', '--small');
  // Half of the bags have a 9: chance is 0.5, and 50 bags are within 0.14 of that in 19 cases of 20.
  expect(printed(output, 'accuracy on 50 held-out bags')).toBeGreaterThan(0.7);
  expect(printed(output, 'accuracy on 200 training bags')).toBeGreaterThan(0.75);
});

test('match3: attention to pairs learns what plain attention of the same size does not', () => {
  const lines = run('examples/match3.mjs', '--small').split('\n');
  const right = (name: string) =>
    Number(/ ([01]\.\d{3}) of 1000/.exec(lines.find((line) => line.startsWith(name))!)![1]);
  expect(right('pairs, 3 features')).toBeGreaterThanOrEqual(0.98);
  expect(right('plain, the same size')).toBeLessThanOrEqual(0.7);
});

test('latch: all three layers know what the first symbol was', () => {
  const output = run('examples/latch.mjs', '--epochs', '1');
  for (const name of ['Association', 'Pooling', 'Lookup']) {
    expect(Number(new RegExp(`${name} after 1 epochs: ([\\d.]+)`).exec(output)![1])).toBe(1);
  }
});

test('bit patterns: a run of one epoch', () => {
  const output = run('examples/bit-pattern.mjs', '--epochs', '1');
  expect(output.match(/: 0\.\d{3} after 1 epochs/g)).toHaveLength(3);
});

/** What the report of a recall says beside its verdicts: the heading, the numbers, the table, what is left out. */
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/index.ts';
import { gridText, PATTERNS, run, workplace } from '../workplace.ts';

const { folder, path, hopfield } = workplace();
const random = new Random(4);
/** Of 8 × 8 neurons each, too many for all of them to come back. */
const MANY = Array.from({ length: 12 }, () => random.signs(64));
writeFileSync(path('many.dat'), gridText(MANY));
writeFileSync(path('eight.dat'), gridText(MANY.slice(0, 8)));
writeFileSync(path('cues.dat'), gridText(PATTERNS.slice(0, 1)));

interface Entry {
  number: number;
  name: string;
  exact: boolean;
  converged: boolean;
  sweeps: number;
  flips: number;
  energies: number[];
  before: { overlap: number; distance: number };
  after: { overlap: number; distance: number };
}

describe('the heading', () => {
  const HOT = ['--update', 'stochastic', '--temperature'];
  test.each<[string, string[]]>([
    ['Cues: the patterns as they are; asynchronous recall', ['--noise', '0']],
    ['Cues: 6 neurons flipped (10 %); asynchronous recall', []],
    [
      'Cues: 25 % covered at the left (as −1); asynchronous recall',
      ['--occlude', 'left:25', '--noise', '0'],
    ],
    [
      'Cues: 25 % covered at the left (as −1, the rest held fixed); asynchronous recall',
      ['--occlude', 'left:25', '--noise', '0', '--clamp'],
    ],
    [
      'Cues: 50 % covered at the top (as −1), 12 neurons flipped (20 %); synchronous recall',
      ['--occlude', 'top:50', '--noise', '20', '--update', 'synchronous'],
    ],
    ['Cues: ready-made, from cues.dat; asynchronous recall', ['--cue', 'cues.dat']],
    ['6 neurons flipped (10 %); stochastic recall at temperature 0.5', [...HOT, '0.5']],
    ['stochastic recall at temperature 0.5', [...HOT, '0.5:0.5', '--max-sweeps', '3']],
    [
      'stochastic recall at temperature 0.6 falling to 0.1',
      [...HOT, '0.6:0.1', '--max-sweeps', '3'],
    ],
  ])('%s', async (line, args) => {
    const { stdout } = await hopfield('recall', 'patterns.dat', '--seed', '1', ...args);
    const [, second] = stdout.split('\n');
    expect(second.endsWith(line)).toBe(true);
  });
});

test('the numbers under each name, and the energies after each sweep', async () => {
  const args = ['recall', 'many.dat', '--seed', '3', '--noise', '25', '-v'];
  const { recalls } = JSON.parse((await hopfield(...args, '--json')).stdout);
  const all = [...args, '--pattern', '1,2,3,4,5,6,7,8,9,10,11,12'];
  const { stdout } = await run(folder, all, { columns: 60, env: { NO_COLOR: '1' } });
  const wide = stdout.replaceAll(/\n {2}(?=→|-?\d)/g, ' ').replaceAll(/\n {1,2}→/g, ' →');
  for (const { name, before, after, energies, sweeps, flips } of recalls as Entry[]) {
    const numbers = [
      `overlap ${before.overlap.toFixed(2)} → ${after.overlap.toFixed(2)}`,
      `wrong ${before.distance} → ${after.distance}`,
      `energy ${energies[0].toFixed(1)} → ${energies.at(-1)!.toFixed(1)}`,
      `${sweeps} sweep${sweeps === 1 ? '' : 's'}, ${flips} flip${flips === 1 ? '' : 's'}`,
    ].join('   ');
    const path = energies.map((energy) => energy.toFixed(2)).join(' → ');
    expect(wide).toMatch(new RegExp(`\\n${name} {2}[^\\n]+\\n`));
    expect(wide).toContain(`\n${numbers}\nenergy by sweep ${path}\n`);
  }
  const lines = stdout.split('\n').filter((line) => /^(energy by sweep| {2}→)/.test(line));
  expect(lines.length).toBeGreaterThan(11);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
});

test('a row of the table is what its runs come to', async () => {
  const args = ['recall', 'many.dat', '--seed', '3', '--noise', '25', '--repeat', '6'];
  const { recalls } = JSON.parse((await hopfield(...args, '--json')).stdout);
  const { stdout } = await hopfield(...args);
  const rows = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
  expect(rows).toContainEqual(['exact', 'converged', 'overlap', 'from … to', 'sweeps']);
  for (let number = 1; number <= 12; number++) {
    const runs = (recalls as Entry[]).filter((entry) => entry.number === number);
    expect(runs).toHaveLength(6);
    const count = (of: (entry: Entry) => boolean) => `${runs.filter(of).length} of 6`;
    const mean = (of: (entry: Entry) => number) =>
      runs.reduce((sum, entry) => sum + of(entry), 0) / 6;
    const overlaps = runs.map(({ after }) => after.overlap).sort((a, b) => a - b);
    expect(rows).toContainEqual([
      runs[0].name,
      count(({ exact }) => exact),
      count(({ converged }) => converged),
      mean(({ after }) => after.overlap).toFixed(3),
      `${overlaps[0].toFixed(2)} … ${overlaps[5].toFixed(2)}`,
      mean(({ sweeps }) => sweeps).toFixed(1),
    ]);
  }
});

test('pictures of eight are shown, of more where they are asked for, and marks are explained', async () => {
  const pictures = (stdout: string) => stdout.match(/┌─ *cue/g)?.length ?? 0;
  const left = /Pictures of the first 8 of 12 recalls; --pattern shows others\.\n/;
  const report = async (...args: string[]) =>
    (await hopfield('recall', ...args, '--seed', '1')).stdout;
  const many = await report('many.dat');
  expect([pictures(many), left.test(many), /from … to/.test(many)]).toEqual([8, true, true]);
  const eight = await report('eight.dat');
  expect([pictures(eight), eight.includes('shows others')]).toEqual([8, false]);
  expect(eight).not.toContain('from … to');
  const asked = await report('many.dat', '--pattern', '1,2,3,4,5,6,7,8,9');
  expect([pictures(asked), asked.includes('shows others')]).toEqual([9, false]);
  const legend = 'In results: + on, should be off   - off, should be on   ± one of each\n';
  expect(many).toContain(legend);
  const right = await report('patterns.dat');
  expect(right).toContain('4 of 4 recalled exactly');
  expect(right).not.toContain('In results');
});

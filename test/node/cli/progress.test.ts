/** Bars: they fit, they count what is done, they go away, and none is drawn where the cursor cannot be moved. */
import fc from 'fast-check';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { progressLine } from '../../../src/cli/progress.ts';
import { run, workplace } from './workplace.ts';

const { folder, path } = workplace();
copyFileSync(join('test', 'instances', 'gr17.tsp'), path('gr17.tsp'));

const word = fc.string({ unit: fc.constantFrom(...'abc 123') });

test('a line is shorter than the terminal; words come before the bar, and the bar is as full as the work', () => {
  fc.assert(
    fc.property(
      word,
      word,
      fc.integer({ min: 1, max: 200 }),
      fc.nat(100),
      (a, b, columns, percent) => {
        const line = progressLine(a, b, percent / 100, columns);
        expect(line.length).toBeLessThan(columns);
        const [bar = ''] = /[█░]+/.exec(line) ?? [];
        if (a.length + b.length + 2 <= columns) expect(line.replace(bar, '')).toContain(b);
        const full = bar.replaceAll('░', '').length;
        expect(Math.abs(full - (percent / 100) * bar.length)).toBeLessThanOrEqual(0.5);
        if (columns > 44 + a.length + b.length) expect(bar).toHaveLength(40);
      },
    ),
  );
});

/** The lines that were drawn on a terminal, one over the other. */
async function drawn(columns: number, args: string[], env: Record<string, string> = {}) {
  const { stderr } = await run(folder, args, { columns, env });
  // oxlint-disable-next-line no-control-regex
  const lines = stderr.split(/\u001b(?:\[\d*[A-Za-z]|[78])/).filter((line) => line !== '');
  return { stderr, lines };
}

/** The numbers before "of", checked to be as many as there are, and never to fall. */
function counts(lines: string[], of: number, unit: string): number[] {
  const found = lines.map((line) => new RegExp(` (\\d+) of ${of} ${unit}`).exec(line)?.[1]);
  expect(found).not.toContain(undefined);
  const numbers = found.map(Number);
  expect([...numbers].sort((a, b) => a - b)).toEqual(numbers);
  expect(numbers.at(-1)).toBeLessThanOrEqual(of);
  return numbers;
}

test.each([40, 80, 13])(
  'of a search fits in %i columns, counts runs, and is wiped away',
  async (columns) => {
    const args = ['solve', 'gr17.tsp', '--restarts', '4', '--seed', '1'];
    const { stderr, lines } = await drawn(columns, args);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line.length).toBeLessThan(columns);
    if (columns >= 40) {
      expect(counts(lines, 4, 'runs').at(-1)).toBe(4);
      expect(lines.slice(0, -1).join('\n')).toMatch(/runs, best \d+$/m);
    }
    expect(stderr.endsWith('\u001b[1G\u001b[2K')).toBe(true);
    expect(stderr).not.toContain('\u001b[?25l');
  },
);

test('of a search in time counts seconds', async () => {
  const { lines } = await drawn(80, ['solve', 'gr17.tsp', '--time', '1s', '--seed', '1']);
  const seconds = counts(lines, 1, 's');
  expect(seconds[0]).toBe(0);
  expect(seconds.at(-1)).toBe(1);
});

test('of dreams counts steps, then epochs, to the end', async () => {
  const dreams = ['--unlearn', '5', '--daydream', '3', '--seed', '1', '--quiet'];
  const loud = dreams.slice(0, -1);
  const { lines } = await drawn(40, ['recall', 'patterns.dat', ...loud]);
  const split = lines.findIndex((line) => line.startsWith('daydreaming'));
  expect(counts(lines.slice(0, split), 5, 'steps').at(-1)).toBe(5);
  expect(counts(lines.slice(split), 3, 'epochs').at(-1)).toBe(3);
  expect((await drawn(40, ['recall', 'patterns.dat', ...dreams])).stderr).toBe('');
});

test('needs a cursor that moves, and somebody who wants it', async () => {
  const search = ['solve', 'gr17.tsp', '--restarts', '2', '--seed', '1'];
  for (const args of [search, ['recall', 'patterns.dat', '--daydream', '2']]) {
    const { stdout, stderr } = await run(folder, args, { columns: 80, env: { TERM: 'dumb' } });
    expect(stderr).toBe('');
    expect(stdout).not.toContain('\u001b');
    for (const silent of ['--quiet', '--json']) {
      expect((await drawn(80, [...args, silent])).stderr).toBe('');
    }
  }
  const plain = await run(folder, search, { columns: 80, env: { NO_COLOR: '1' } });
  expect(plain.stdout).not.toContain('\u001b');
  // oxlint-disable-next-line no-control-regex
  expect(plain.stderr).not.toMatch(/\u001b\[\d+m/);
});

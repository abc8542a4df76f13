/** Files are refused before they are read when they are too large, and read no further when they have no size. */
import { existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readInput } from '../../../src/cli/input-file.ts';
import { workplace } from './workplace.ts';

const { path, hopfield } = workplace();

/** Files of holes: they take no room on the disk, and reading them would take minutes. */
const LARGE = 2 ** 40;

test.each([
  ['large.dat', ['recall']],
  ['large.npy', ['recall']],
  ['large.png', ['recall']],
  ['large.hop', ['info']],
  ['large.hop', ['recall', '--load']],
  ['large.dat', ['recall', 'patterns.dat', '--cue']],
  ['large.tsp', ['solve']],
  ['large', ['solve']],
])('%s of a terabyte: %j', async (name, args) => {
  writeFileSync(path(name), '');
  truncateSync(path(name), LARGE);
  const { status, stdout, stderr } = await hopfield(...args, name);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(
    new RegExp(`^hopfield: ${name}: ${LARGE} bytes, expected at most \\d+\\n$`),
  );
});

test('a picture in a folder of them', async () => {
  mkdirSync(path('pictures'));
  writeFileSync(path('pictures/1.png'), '');
  truncateSync(path('pictures/1.png'), LARGE);
  expect((await hopfield('recall', 'pictures')).stderr).toContain(`1.png: ${LARGE} bytes`);
});

test.runIf(existsSync('/dev/zero'))('a device without an end', async () => {
  symlinkSync('/dev/zero', path('zero.png'));
  symlinkSync('/dev/zero', path('zero'));
  const picture = await hopfield('recall', 'zero.png');
  expect(picture.stderr).toBe(
    'hopfield: zero.png: more than 67108864 bytes, expected at most 67108864\n',
  );
  expect((await hopfield('solve', 'zero')).stderr).toMatch(/^hopfield: zero: more than \d+ bytes/);
});

test('what fits is read as it is, and a folder is named as one', async () => {
  for (const size of [0, 1, 3_000_000]) {
    const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 7) % 256));
    writeFileSync(path('bytes'), bytes);
    expect(readInput(path('bytes'), 'array').equals(bytes)).toBe(true);
  }
  for (const args of [
    ['info', '.'],
    ['solve', '.'],
    ['recall', '--load', '.'],
  ]) {
    expect((await hopfield(...args)).stderr).toBe('hopfield: .: is a folder, expected a file\n');
  }
});

/** Files are replaced whole or not at all, keep what they are, and are never those that were read. */
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import { writeOutput } from '../../../src/cli/output-file.ts';
import { writePng } from '../../../src/io/index.ts';
import { gridText, PATTERNS, workplace } from './workplace.ts';

const { path, hopfield } = workplace();
const text = (name: string) => readFileSync(path(name), 'utf8');

function folder(name: string): string {
  mkdirSync(path(name));
  return name;
}

describe('writing', () => {
  test('makes a file, or replaces one, and leaves nothing beside it', () => {
    const here = folder('plain');
    for (const data of ['first', 'second', Uint8Array.of(116, 104)]) {
      writeOutput(path(`${here}/file`), data);
      expect(text(`${here}/file`)).toBe(typeof data === 'string' ? data : 'th');
    }
    expect(readdirSync(path(here))).toEqual(['file']);
  });

  test('that fails leaves the old file as it was, or none', () => {
    const here = folder('failing');
    writeFileSync(path(`${here}/old`), 'old');
    const unwritable = {} as string;
    for (const name of ['old', 'new']) {
      expect(() => writeOutput(path(`${here}/${name}`), unwritable)).toThrow(TypeError);
    }
    expect(() => writeOutput(path(`${here}/no/where`), 'x')).toThrow('no such file');
    expect(readdirSync(path(here))).toEqual(['old']);
    expect(text(`${here}/old`)).toBe('old');
  });

  test('is a new file, not the old one written over: who has that open reads on', () => {
    const here = folder('linked');
    writeFileSync(path(`${here}/file`), 'old');
    linkSync(path(`${here}/file`), path(`${here}/other`));
    writeOutput(path(`${here}/file`), 'new');
    expect([text(`${here}/file`), text(`${here}/other`)]).toEqual(['new', 'old']);
  });

  test.skipIf(process.platform === 'win32')('keeps permissions', () => {
    const here = folder('permissions');
    for (const mode of [0o600, 0o640, 0o755, 0o666]) {
      writeFileSync(path(`${here}/file`), 'old');
      chmodSync(path(`${here}/file`), mode);
      writeOutput(path(`${here}/file`), 'new');
      expect(statSync(path(`${here}/file`)).mode & 0o7777).toBe(mode);
    }
    writeFileSync(path(`${here}/usual`), '');
    writeOutput(path(`${here}/made`), '');
    expect(statSync(path(`${here}/made`)).mode).toBe(statSync(path(`${here}/usual`)).mode);
  });

  test.skipIf(process.platform === 'win32')('follows links, to files that are and are not', () => {
    const here = folder('links');
    mkdirSync(path(`${here}/deep`));
    writeFileSync(path(`${here}/deep/old`), 'old');
    symlinkSync('deep/old', path(`${here}/a`));
    symlinkSync('a', path(`${here}/b`));
    symlinkSync('deep/new', path(`${here}/c`));
    symlinkSync('no/where', path(`${here}/d`));
    writeOutput(path(`${here}/b`), 'B');
    writeOutput(path(`${here}/c`), 'C');
    expect(() => writeOutput(path(`${here}/d`), 'D')).toThrow('no such file');
    expect([text(`${here}/deep/old`), text(`${here}/deep/new`)]).toEqual(['B', 'C']);
    for (const name of ['a', 'b', 'c', 'd']) {
      expect(lstatSync(path(`${here}/${name}`)).isSymbolicLink()).toBe(true);
    }
    expect(readdirSync(path(`${here}/deep`)).sort()).toEqual(['new', 'old']);
  });
});

describe('what is read is not written over', () => {
  const BOW = '2 1\n1 2\n';
  writeFileSync(path('same.dat'), gridText(PATTERNS));
  writeFileSync(path('cues.dat'), gridText(PATTERNS));
  writeFileSync(path('bow.mc'), BOW);
  mkdirSync(path('pictures'));
  writeFileSync(path('pictures/1.png'), writePng(PATTERNS[0], [8, 8]));
  linkSync(path('same.dat'), path('twin.dat'));
  linkSync(path('bow.mc'), path('twin.txt'));

  test.each([
    [['recall', 'same.dat', '--output', 'same.dat'], 'FILE'],
    [['recall', 'same.dat', '--output', './pictures/../same.dat'], 'FILE'],
    [['recall', 'same.dat', '--output', 'twin.dat'], 'FILE'],
    [['recall', 'same.dat', '--save', 'twin.dat'], 'FILE'],
    [['recall', 'same.dat', '--cue', 'cues.dat', '--output', 'cues.dat'], '--cue'],
    [['recall', 'same.dat', '--cue', 'cues.dat', '--save', 'cues.dat'], '--cue'],
    [['recall', 'same.dat', '--save', 'new.dat', '--output', 'new.dat'], '--save'],
    [['recall', 'pictures', '--output', 'pictures/'], 'FILE'],
    [['recall', 'pictures/1.png', '--output', 'pictures'], 'FILE'],
    [['solve', 'bow.mc', '--output', 'bow.mc'], 'FILE'],
    [['solve', 'bow.mc', '--output', 'twin.txt'], 'FILE'],
  ])('%j', async (args, name) => {
    const before = ['same.dat', 'cues.dat', 'bow.mc', 'pictures/1.png'].map(text);
    const { status, stdout, stderr } = await hopfield(...args, '--seed', '1');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^hopfield: [^\n]*, expected another place to write to\n$/);
    expect(stderr).toContain(`: is ${name} itself`);
    expect(['same.dat', 'cues.dat', 'bow.mc', 'pictures/1.png'].map(text)).toEqual(before);
    expect(readdirSync(path('.'))).not.toContain('new.dat');
  });

  test('but a loaded network may be saved where it was, and not be lost to results', async () => {
    await hopfield('recall', 'same.dat', '--save', 'net.npy', '--quiet');
    const load = ['recall', '--load', 'net.npy', '--seed', '1'];
    const { stderr } = await hopfield(...load, '--output', 'net.npy');
    expect(stderr).toContain('is --load itself');
    expect((await hopfield(...load, '--daydream', '1', '--save', 'net.npy')).status).toBe(0);
    expect((await hopfield('info', 'net.npy')).status).toBe(0);
  });
});

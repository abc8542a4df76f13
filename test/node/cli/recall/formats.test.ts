/** Files of every kind through `hopfield recall`: told by content, brought to a size, written by their ending. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  readCsv,
  readNpz,
  readPatterns,
  readPicture,
  writeCsv,
  writeGrid,
  writeNpy,
  writeNpyPatterns,
  writeNpz,
  writePbm,
  writePgm,
  writePicture,
  writePng,
} from '../../../../src/io/index.ts';
import { asText, gridText, PATTERNS, spawned, workplace } from '../workplace.ts';

const { folder, path, hopfield } = workplace();
const recall = async (...args: string[]) =>
  JSON.parse((await hopfield('recall', ...args, '--seed', '1', '--json')).stdout);
const cuesOf = (document: { recalls: { cue: string }[] }) => document.recalls.map(({ cue }) => cue);

const TEXTS = PATTERNS.map(asText);
const set = { patterns: PATTERNS, shape: [8, 8] as [number, number] };
const [first] = PATTERNS;
/** As light: 0 and 200. */
const bytes = Uint8Array.from(PATTERNS.flatMap((p) => Array.from(p, (s) => (s > 0 ? 200 : 0))));
const idx = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0, 8, ...bytes]);

describe('a file is what its content says, whatever its name', () => {
  test.each<[string, string | Uint8Array, number, string[]]>([
    ['grid', writeGrid(set), 4, []],
    ['grid with a byte-order mark', `\ufeff${writeGrid(set)}`, 4, []],
    ['values', writeCsv(set), 4, []],
    ['values one a line', writeCsv(set).replaceAll(',', '\n'), 4, ['--shape', '8x8']],
    [
      'values of 0 and 1 and tabs',
      writeCsv(set).replaceAll(',', '\t').replaceAll('-1', '0'),
      4,
      [],
    ],
    ['npy', writeNpyPatterns(set), 4, []],
    ['npy of bytes', writeNpy(bytes, [4, 64]), 4, ['--luminance', '100']],
    ['npz', writeNpz({ patterns: { data: bytes, shape: [4, 8, 8] } }), 4, ['--luminance', 'otsu']],
    ['idx', idx, 4, []],
    ['idx in gzip', gzipSync(idx), 4, []],
    ['png', writePng(first, [8, 8]), 1, []],
    ['pbm', writePbm(set), 4, []],
    ['pgm', writePgm({ data: Float32Array.from(first, (s) => (s + 1) / 2), shape: [8, 8] }), 1, []],
  ])('%s', async (_, content, count, options) => {
    writeFileSync(path('file.dat'), content);
    const document = await recall('file.dat', '--noise', '0', ...options);
    expect(cuesOf(document)).toEqual(TEXTS.slice(0, count));
  });

  test('and one that is none is refused by its name, with what to do in words of the command', async () => {
    const files: [string, string | Uint8Array, string[], string][] = [
      [
        'u.npy',
        writeNpy(bytes, [4, 64]),
        [],
        'need --luminance: the least number that is +1, or otsu',
      ],
      [
        'u.npy',
        writeNpy(bytes, [4, 64]),
        ['--luminance', '201'],
        '--luminance 201 makes every value -1',
      ],
      ['c.csv', '1\n-1\n1\n1\n', [], '4 lines of one value, expected --shape, such as 8x8'],
      ['d.csv', '1 1\n1\n', [], 'lines of other lengths need --shape, such as 8x8'],
      ['e.csv', '1 -1 1 1\n', ['--scale', '2'], 'have no rows and columns: --scale needs --shape'],
      ['f.dat', gridText(PATTERNS), ['--shape', '4x16'], 'shape is [4,16], expected [8,8]'],
    ];
    for (const [name, content, options, complaint] of files) {
      writeFileSync(path(name), content);
      const { status, stdout, stderr } = await hopfield('recall', name, ...options);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^hopfield: [^\n]+\n$/);
      expect(stderr).toContain(`hopfield: ${name}: `);
      expect(stderr).toContain(complaint);
    }
  });
});

describe('pictures', () => {
  /** Black on the left, and so many columns of a light. */
  const half = (side: number, light: number) => ({
    data: Float32Array.from({ length: side * side }, (_, i) => (i % side < side / 2 ? 0 : light)),
    shape: [side, side] as [number, number],
  });

  test('of different sizes are named, and --scale brings them to one', async () => {
    mkdirSync(path('mixed'));
    for (const [name, side] of [
      ['10', 8],
      ['2', 8],
      ['3', 16],
      ['x', 4],
    ] as const) {
      writeFileSync(path(`mixed/${name}.png`), writePicture(half(side, 1)));
    }
    writeFileSync(path('mixed/notes.txt'), 'not a picture');
    writeFileSync(path('mixed/.hidden.png'), 'not a picture');
    const { status, stderr } = await hopfield('recall', 'mixed');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'hopfield: mixed: pictures of different sizes: 2 pictures of 8 × 8 pixels, ' +
        '3.png has 16 × 16, x.png has 4 × 4; --scale 8x8 brings all to one size\n',
    );
    const document = await recall('mixed', '--scale', '4x6', '--noise', '0');
    expect(document.shape).toEqual([4, 6]);
    expect(cuesOf(document)).toEqual(Array(4).fill('...***'.repeat(4)));
    expect(document.recalls.map(({ name }: { name: string }) => name)).toEqual([
      '2.png',
      '3.png',
      '10.png',
      'x.png',
    ]);
  });

  test('are found by content, too, and those that are not read are named', async () => {
    mkdirSync(path('kinds'));
    writeFileSync(path('kinds/a'), writePgm(half(4, 1)));
    writeFileSync(path('kinds/b.jpg'), writePbm({ patterns: PATTERNS.slice(0, 2), shape: [8, 8] }));
    const { recalls } = await recall('kinds', '--scale', '4');
    expect(recalls.map(({ name }: { name: string }) => name)).toEqual([
      'a',
      'b.jpg picture 1',
      'b.jpg picture 2',
    ]);
    writeFileSync(path('kinds/c'), 'GIF89a...');
    expect((await hopfield('recall', 'kinds')).stderr).toMatch(/^hopfield: kinds.c: a GIF picture/);
  });

  test('dark ones are cut at --luminance, or where Otsu would', async () => {
    writeFileSync(path('dark.png'), writePicture(half(8, 0.3)));
    const cue = async (...args: string[]) =>
      cuesOf(await recall('dark.png', '--noise', '0', ...args))[0];
    expect(await cue()).toBe('.'.repeat(64));
    for (const luminance of ['otsu', '50', '76.5']) {
      expect(await cue('--luminance', luminance)).toBe('....****'.repeat(8));
    }
  });

  test('cues are brought to the size of the patterns', async () => {
    writeFileSync(path('large.png'), writePicture(half(32, 1)));
    writeFileSync(path('small.png'), writePicture(half(8, 1)));
    const { recalls } = await recall('small.png', '--cue', 'large.png', '--scale', '8');
    expect(recalls[0]).toMatchObject({ cue: '....****'.repeat(8), exact: true });
  });

  test('too many pixels are told a size that would do', async () => {
    const bitmap = (side: number) =>
      Buffer.concat([
        Buffer.from(`P4\n${side} ${side}\n`),
        Buffer.alloc(Math.ceil(side / 8) * side),
      ]);
    writeFileSync(path('huge.pbm'), bitmap(2048));
    expect((await hopfield('recall', 'huge.pbm')).stderr).toBe(
      'hopfield: huge.pbm: 4194304 neurons, expected at most 2097151; ' +
        '--scale 1448x1448 makes the pictures small enough\n',
    );
    writeFileSync(path('wide.pbm'), bitmap(200));
    const { stderr } = await hopfield('recall', 'wide.pbm', '--rule', 'projection');
    expect(stderr).toMatch(
      /^hopfield: training: the rule 'projection' with 40000 neurons needs 19200000000 bytes.*; --scale 137x137 makes/,
    );
    const size = Number(/--scale (\d+)x/.exec(stderr)![1]);
    expect(12 * size ** 4).toBeLessThan(2 ** 32);
    expect(12 * (size + 1) ** 4).toBeGreaterThan(2 ** 32);
  });
});

describe('results', () => {
  test.each<[string, (content: Buffer) => unknown]>([
    ['out.csv', (content) => readCsv(content.toString(), { shape: [8, 8] })],
    ['out.npz', (content) => ({ patterns: npzPatterns(content), shape: [8, 8] })],
    ['out.pbm', readPatterns],
    ['out.npy', readPatterns],
    ['out.dat', readPatterns],
  ])('are what the ending of %s says', async (name, read) => {
    await hopfield('recall', 'patterns.dat', '--noise', '5', '--seed', '1', '--output', name);
    expect(read(readFileSync(path(name)))).toEqual(set);
  });

  function npzPatterns(content: Buffer): Int8Array[] {
    const { patterns } = readNpz(content);
    expect(patterns.shape).toEqual([4, 8, 8]);
    return PATTERNS.map((_, k) => Int8Array.from(patterns.data.slice(k * 64, (k + 1) * 64)));
  }

  test('of one pattern are a picture that shows it', async () => {
    await hopfield(
      'recall',
      'patterns.dat',
      '--pattern',
      '2',
      '--seed',
      '1',
      '--output',
      'two.png',
    );
    const { data } = readPicture(readFileSync(path('two.png')));
    expect(Int8Array.from(data, (light) => 2 * light - 1)).toEqual(PATTERNS[1]);
  });

  test('on standard output are grid text, with the report beside it', async () => {
    const args = ['recall', 'patterns.dat', '--noise', '5', '--seed', '1'];
    const { stdout, stderr, status } = await hopfield(...args, '--output', '-');
    expect(status).toBe(0);
    expect(stdout).toBe(writeGrid(set));
    expect(stderr).toBe((await hopfield(...args)).stdout);
    const quiet = await hopfield(...args, '--output', '-', '--quiet');
    expect(quiet).toMatchObject({ stdout, stderr: (await hopfield(...args, '--quiet')).stdout });
  });
});

describe('standard input', () => {
  const piped = (input: string | Uint8Array, ...args: string[]) =>
    spawned(folder, ['recall', ...args], {}, input);

  test.each([
    ['as FILE', ['-']],
    ['as cues', ['patterns.dat', '--cue', '-']],
  ])('is read %s, and named in the report', (_, args) => {
    for (const input of [gridText(PATTERNS), gzipSync(idx)]) {
      const { status, stdout, stderr } = piped(input, ...args, '--seed', '1');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('standard input');
      expect(stdout).toContain('4 of 4 recalled exactly');
    }
  });

  test('as a saved network', async () => {
    await hopfield('recall', 'patterns.dat', '--save', 'net.hop');
    const { status, stdout } = piped(
      readFileSync(path('net.hop')),
      '--load',
      '-',
      '--shape',
      '8x8',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('standard input: 4 patterns in 8 × 8 = 64 neurons');
  });

  test('without anything in it is said to be empty', () => {
    expect(piped('', '-')).toMatchObject({ status: 1, stdout: '' });
    expect(piped('', '-').stderr).toContain('hopfield: standard input: an empty file');
  });

  test('and output are for one thing each', async () => {
    for (const [args, complaint] of [
      [['-', '--cue', '-'], 'FILE and --cue cannot both be standard input'],
      [['-', '--load', '-'], 'FILE and --load cannot both be standard input'],
      [['patterns.dat', '--save', '-'], '--save -: a network is not for standard output'],
      [['patterns.dat', '--output', '-', '--json'], '--output - and --json cannot both be'],
      [['--load', 'net.hop', '--scale', '8'], '--scale is for patterns that are read'],
    ] as const) {
      const { status, stdout, stderr } = await hopfield('recall', ...args);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain(complaint);
    }
  });
});

describe('patterns that are no fixed points', () => {
  /** Four that differ in eight neurons of 64 from a fifth. */
  const alike = PATTERNS.map((_, k) => first.map((s, i) => (i % 8 === k ? -s : s)));

  test('are warned of with the reason and the cure, by recall and by info', async () => {
    writeFileSync(path('alike.dat'), gridText(alike));
    const warning =
      /^hopfield: warning: 4 of 4 patterns are not fixed points under hebbian: they overlap by 0\.50 on average; projection holds all four\n$/;
    const { stderr } = await hopfield('recall', 'alike.dat', '--save', 'alike.hop');
    expect(stderr).toMatch(warning);
    const info = await hopfield('info', 'alike.hop');
    expect(info.stdout).toMatch(/patterns +4, of which 0 are fixed points/);
    expect(info.stderr).toMatch(warning);
    const cured = await hopfield('recall', 'alike.dat', '--rule', 'projection', '--noise', '0');
    expect(cured.stderr).toBe('');
    expect(cured.stdout).toContain('4 of 4 recalled exactly');
  });

  test('can be dreamt into such, as long as it takes', async () => {
    writeFileSync(path('alike.dat'), gridText(alike));
    const document = await recall('alike.dat', '--daydream', 'stable', '--noise', '0');
    expect(document.network.learning).toMatchObject({ converged: true });
    expect(document).toMatchObject({ warnings: [], summary: { exact: 4 } });
    const twins = [first, first.map((s, i) => (i === 0 ? -s : s)), ...PATTERNS.slice(1)];
    writeFileSync(path('twins.dat'), gridText(twins));
    const { stderr } = await hopfield('recall', 'twins.dat', '--daydream', 'stable', '--seed', '1');
    expect(stderr).toMatch(
      /^hopfield: warning: daydreaming ended after \d+ epochs without any more gain\n/,
    );
  });
});

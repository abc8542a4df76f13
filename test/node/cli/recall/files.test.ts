/** Files that `hopfield` writes and reads, and those it refuses. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BoltzmannMachine, RestrictedBoltzmannMachine } from '../../../../src/boltzmann/index.ts';
import { readGrid, readNpyPatterns, writeNpyPatterns } from '../../../../src/io/index.ts';
import { asText, gridText, PATTERNS, workplace } from '../workplace.ts';

const { path, hopfield } = workplace();
const recall = async (...args: string[]) =>
  JSON.parse((await hopfield('recall', ...args, '--json')).stdout);

describe('a saved network', () => {
  test.each([
    [[]],
    [['--rule', 'storkey']],
    [['--rule', 'covariance']],
    [['--rule', 'perceptron', '--margin', '0.4']],
    [['--daydream', '1']],
  ])('recalls as the one that was saved: %j', async (learning) => {
    const cues = ['--noise', '40', '--seed', '6'];
    const trained = await recall('patterns.dat', ...learning, ...cues, '--save', 'network.hop');
    const loaded = await recall('--load', 'network.hop', ...cues, '--shape', '8x8');
    expect(loaded.recalls).toEqual(trained.recalls);
    expect(loaded.network).toEqual(trained.network);
    expect(loaded.source).toBe('network.hop');
    const withFile = await recall('patterns.dat', '--load', 'network.hop', ...cues);
    expect(withFile.recalls).toEqual(trained.recalls);
  });

  test('is described by info', async () => {
    await hopfield('recall', 'patterns.dat', '--rule', 'projection', '--save', 'network.hop');
    const { status, stdout } = await hopfield('info', 'network.hop', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'network.hop',
      neurons: 64,
      units: 'bipolar',
      rule: { name: 'projection' },
      patterns: 4,
      stable: 4,
      selfCoupling: false,
      thresholds: { least: 0, most: 0 },
      fileBytes: readFileSync(path('network.hop')).length,
    });
    expect((await hopfield('info', 'network.hop')).stdout).toMatch(
      /patterns +4, of which 4 are fixed points/,
    );
  });

  test('of a Boltzmann machine is described by info, and recalls nothing', async () => {
    const machine = RestrictedBoltzmannMachine.fromWeights([
      [1, -2.5, 0],
      [0, 0, 0.5],
    ]);
    writeFileSync(path('machine.hop'), machine.save());
    const { status, stdout } = await hopfield('info', 'machine.hop', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      file: 'machine.hop',
      model: 'RestrictedBoltzmannMachine',
      visible: 2,
      hidden: 3,
      units: 'binary',
      hiddenUnits: 'binary',
      largestWeight: 2.5,
      fileBytes: machine.save().length,
    });
    const text = (await hopfield('info', 'machine.hop')).stdout;
    expect(text).toMatch(/hidden units +3, binary \(0\/1\)\n +weights +6, up to 2.50 in size/);
    const refused = await hopfield('recall', '--load', 'machine.hop', '--noise', '1');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(
      "holds 'RestrictedBoltzmannMachine', expected 'HopfieldNetwork'",
    );
    writeFileSync(path('pairs.hop'), new BoltzmannMachine(4).save());
    const full = JSON.parse((await hopfield('info', 'pairs.hop', '--json')).stdout);
    expect(full).toMatchObject({ model: 'BoltzmannMachine', neurons: 4, largestCoupling: 0 });
    expect((await hopfield('info', 'pairs.hop')).stdout).toContain('nothing is learnt yet');
    writeFileSync(path('cut.hop'), machine.save().subarray(0, 60));
    expect((await hopfield('info', 'cut.hop')).stderr).toMatch(/cut\.hop: .*cut short/);
  });

  test('meets patterns that are not in it with a warning', async () => {
    await hopfield('recall', 'patterns.dat', '--save', 'network.hop');
    const strange = PATTERNS[0].map((value, i) => (i < 20 ? -value : value));
    writeFileSync(path('strange.dat'), gridText([PATTERNS[1], strange]));
    const { status, stderr } = await hopfield('recall', 'strange.dat', '--load', 'network.hop');
    expect(status).toBe(0);
    expect(stderr).toBe('hopfield: warning: 1 of 2 patterns is not stored in network.hop\n');
  });

  test('that is damaged, cut short or no network is refused', async () => {
    await hopfield('recall', 'patterns.dat', '--save', 'network.hop');
    const bytes = readFileSync(path('network.hop'));
    const altered = Buffer.from(bytes);
    altered[bytes.length - 3] ^= 16;
    writeFileSync(path('altered.hop'), altered);
    writeFileSync(path('short.hop'), bytes.subarray(0, bytes.length - 5));
    writeFileSync(path('empty.hop'), '');
    for (const file of [
      'altered.hop',
      'short.hop',
      'empty.hop',
      'patterns.dat',
      'missing.hop',
      '.',
    ]) {
      for (const args of [
        ['info', file],
        ['recall', '--load', file],
      ]) {
        const { status, stdout, stderr } = await hopfield(...args);
        expect(status).toBe(1);
        expect(stdout).toBe('');
        expect(stderr).toMatch(new RegExp(`^hopfield: ${file.replace('.', '\\.')}: [^\\n]+\\n$`));
      }
    }
  });

  test('that cannot be saved is a failure, and so are results', async () => {
    for (const option of ['--save', '--output']) {
      const { status, stdout, stderr } = await hopfield(
        'recall',
        'patterns.dat',
        option,
        'no/where.npy',
      );
      expect(status).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toBe('hopfield: no/where.npy: no such file or directory\n');
      const inFile = await hopfield('recall', 'patterns.dat', option, 'patterns.dat/x.npy');
      expect(inFile.stderr).toBe('hopfield: patterns.dat/x.npy: not a directory\n');
    }
  });
});

describe('patterns', () => {
  test('are read from .npy, flat or as pictures', async () => {
    writeFileSync(path('flat.npy'), writeNpyPatterns({ patterns: PATTERNS, shape: [64] }));
    writeFileSync(path('pictures.npy'), writeNpyPatterns({ patterns: PATTERNS, shape: [8, 8] }));
    const grid = await recall('patterns.dat', '--seed', '1');
    expect((await recall('flat.npy', '--seed', '1')).recalls).toEqual(grid.recalls);
    expect((await recall('flat.npy', '--seed', '1')).shape).toEqual([64]);
    expect((await recall('pictures.npy', '--seed', '1')).shape).toEqual([8, 8]);
  });

  test('recalled are written as they are read', async () => {
    const options = ['--noise', '5', '--seed', '1', '--quiet'];
    for (const file of ['out.dat', 'out.txt', 'out.npy', 'out/']) {
      expect((await hopfield('recall', 'patterns.dat', ...options, '--output', file)).status).toBe(
        0,
      );
    }
    const expected = { patterns: PATTERNS, shape: [8, 8] };
    expect(readGrid(readFileSync(path('out.dat'), 'utf8'))).toEqual(expected);
    expect(readGrid(readFileSync(path('out.txt'), 'utf8'))).toEqual(expected);
    expect(readNpyPatterns(readFileSync(path('out.npy')))).toEqual(expected);
    expect(readdirSync(path('out')).sort()).toEqual(['1.png', '2.png', '3.png', '4.png']);
    const pictures = await recall('out', '--noise', '0');
    expect(pictures.recalls.map(({ cue }: { cue: string }) => cue)).toEqual(PATTERNS.map(asText));
    expect(pictures.recalls[1].name).toBe('2.png');
    expect((await recall('out/2.png', '--noise', '0')).recalls[0].cue).toBe(asText(PATTERNS[1]));
  });

  test('are not written to a picture that cannot hold them, or in a format unknown', async () => {
    for (const file of ['many.png', 'some.doc', 'noextension']) {
      const { status, stderr } = await hopfield('recall', 'patterns.dat', '--output', file);
      expect(status).toBe(1);
      expect(stderr).toMatch(new RegExp(`^hopfield: ${file}: `));
    }
    expect(
      (await hopfield('recall', 'patterns.dat', '--pattern', '1', '--output', 'one.png')).status,
    ).toBe(0);
  });

  test('in bad files are refused with what is wrong', async () => {
    const text = gridText(PATTERNS);
    const npy = writeNpyPatterns({ patterns: PATTERNS, shape: [64] });
    mkdirSync(path('nothing'));
    const files: [string, string | Uint8Array, RegExp][] = [
      ['cut.dat', text.slice(0, -20), /line 35/],
      ['empty.dat', '', /an empty file/],
      ['letters.dat', text.replace('*', 'x'), /"x"/],
      ['cut.npy', npy.subarray(0, npy.length - 1), /truncated/],
      ['picture.gif', 'GIF89a', /a GIF picture, expected a picture \(PNG, /],
      ['words.csv', 'a,b\n1,0\n', /line 1: "a", expected a number/],
    ];
    for (const [name, content, complaint] of files) {
      writeFileSync(path(name), content);
      const { status, stderr } = await hopfield('recall', name);
      expect(status).toBe(1);
      expect(stderr).toMatch(new RegExp(`^hopfield: ${name.replace('.', '\\.')}: [^\\n]+\\n$`));
      expect(stderr).toMatch(complaint);
    }
    expect((await hopfield('recall', 'nothing')).stderr).toContain(
      'a folder without pictures (PNG, ',
    );
  });
});

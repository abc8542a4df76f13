/** Text from outside is shown, never obeyed: not by the terminal, wherever it comes from. */
import fc from 'fast-check';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeSafetensors, zeros } from '../../../src/layers/index.ts';
import { describe, expect, test } from 'vitest';
import { jsonText, visible } from '../../../src/cli/visible.ts';
import { writePng } from '../../../src/io/index.ts';
import { readTsplibTour } from '../../../src/optimise/index.ts';
import { gridText, PATTERNS, run, workplace, type Around } from './workplace.ts';

/** By their numbers, so that nothing here depends on how the code under test finds them. */
function acts(c: string): boolean {
  const code = c.codePointAt(0)!;
  if (code < 32 || (code >= 127 && code < 160)) return true;
  if (code === 0x61c || code === 0x200e || code === 0x200f) return true;
  return (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) }),
  fc.string({ unit: fc.integer({ min: 0x2020, max: 0x206f }).map((n) => String.fromCharCode(n)) }),
);

test('what acts becomes its code, and the rest stays as it is', () => {
  fc.assert(
    fc.property(text, (text) => {
      const shown = Array.from(text, (c) =>
        acts(c) ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c,
      );
      expect(visible(text)).toBe(shown.join(''));
    }),
  );
});

test('JSON stays the document it was, in lines', () => {
  fc.assert(
    fc.property(fc.dictionary(text, fc.oneof(text, fc.integer())), (document) => {
      const json = jsonText(document);
      expect(Array.from(json).filter((c) => acts(c) && c !== '\n')).toEqual([]);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(document)));
    }),
  );
});

describe('whatever the command prints', () => {
  const { folder, path } = workplace();
  /** Clears the screen, sets the title, colours by C1, turns the line, rings, deletes. */
  const EVIL = '\u001b[2J\u001b]0;pwned\u0007\u009b31m\u202eabc\u007f';
  const SHOWN = '\\u001b[2J\\u001b]0;pwned\\u0007\\u009b31m\\u202eabc\\u007f';

  const tsp = `NAME: n${EVIL}\nCOMMENT: c${EVIL}\nDIMENSION: 4\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 0 9\n3 9 9\n4 9 0\n`;
  const graph = '2 1\n1 2\n';
  writeFileSync(path('evil.tsp'), tsp);
  writeFileSync(path(`${EVIL}.mc`), graph);
  writeFileSync(path(`${EVIL}\n.txt`), graph);
  writeFileSync(path(`${EVIL}.dat`), gridText(PATTERNS));
  writeFileSync(path('evil.dat'), `${EVIL}\n${gridText(PATTERNS)}`);
  writeFileSync(path(`bad${EVIL}.tsp`), `${EVIL} : ${EVIL}\n`);
  writeFileSync(path(`${EVIL}.hop`), EVIL);
  mkdirSync(path(`pictures${EVIL}`));
  writeFileSync(path(`pictures${EVIL}/${EVIL}.png`), writePng(PATTERNS[0], [8, 8]));
  /** A saved network of somebody else's making: its checksum is right. */
  const saved = {
    model: 'HopfieldNetwork',
    neurons: 3,
    rule: { name: 'hebbian' },
    units: 'bipolar',
    selfCoupling: false,
    representation: 'auto',
    patterns: 0,
    couplings: null,
    dreamt: false,
    symmetric: true,
    selfActing: false,
    learning: null,
    sections: [0, 0, 0],
  };
  const crafted: Record<string, unknown>[] = [
    { model: EVIL, sections: [] },
    { ...saved, rule: { name: EVIL } },
    { ...saved, rule: { name: 'perceptron', margin: EVIL, [EVIL]: EVIL } },
    { ...saved, learning: { converged: EVIL, epochs: EVIL } },
    { ...saved, neurons: EVIL },
    { ...saved, units: EVIL },
    { ...saved, representation: EVIL },
  ];
  crafted.forEach((description, k) => writeFileSync(path(`${k}.hop`), hopFile(description)));
  const tensors = { [EVIL]: zeros([1]), ['x'.repeat(58) + EVIL]: zeros([2, 0]) };
  const texts = { [EVIL]: EVIL, long: EVIL.repeat(1000) };
  writeFileSync(path(`evil${EVIL}.safetensors`), writeSafetensors(tensors, texts));
  const misfit = writeSafetensors({ [EVIL]: zeros([1]) });
  writeFileSync(path('misfit.safetensors'), misfit.subarray(0, misfit.length - 1));

  const good = ['--seed', '1', '--restarts', '1'];
  const commands: [string, string[]][] = [
    ['a tour', ['solve', 'evil.tsp', ...good]],
    ['a tour, in a line', ['solve', 'evil.tsp', ...good, '--quiet']],
    ['a tour as JSON', ['solve', 'evil.tsp', ...good, '--json']],
    ["a file's name", ['solve', `${EVIL}.mc`, ...good]],
    ["a file's name, in a line", ['solve', `${EVIL}.mc`, ...good, '--quiet']],
    ["a file's name with a line end", ['solve', `${EVIL}\n.txt`, ...good]],
    ["a file's name as JSON", ['solve', `${EVIL}.mc`, ...good, '--json']],
    ['patterns', ['recall', `${EVIL}.dat`, '--seed', '1', '--verbose']],
    ['patterns and cues', ['recall', 'patterns.dat', '--cue', `${EVIL}.dat`]],
    ['patterns as JSON', ['recall', `${EVIL}.dat`, '--json']],
    ['pictures', ['recall', `pictures${EVIL}`, '--noise', '0', '--repeat', '2']],
    ['a picture that became another', ['recall', `pictures${EVIL}`, '--noise', '70']],
    ['a bad header', ['recall', 'evil.dat']],
    ['a bad file', ['solve', `bad${EVIL}.tsp`]],
    ['no file', ['recall', `none${EVIL}`]],
    ['no network', ['info', `${EVIL}.hop`]],
    ['an unknown command', [EVIL]],
    ['an unknown option', ['recall', `--${EVIL}`]],
    ['an argument', ['recall', 'patterns.dat', '--rule', EVIL]],
    ['a number', ['recall', 'patterns.dat', '--noise', EVIL]],
    ['a side', ['recall', 'patterns.dat', '--occlude', EVIL]],
    ['an output', ['recall', 'patterns.dat', '--output', `x.${EVIL}`]],
    ['an output that cannot be', ['solve', `${EVIL}.mc`, ...good, '--output', `no/${EVIL}`]],
    ['one argument more', ['info', 'a', EVIL]],
    ['tensors', ['info', `evil${EVIL}.safetensors`]],
    ['tensors as JSON', ['info', `evil${EVIL}.safetensors`, '--json']],
    ['tensors that are cut short', ['info', 'misfit.safetensors']],
    ...crafted.flatMap((_, k): [string, string[]][] => [
      [`crafted network ${k}`, ['info', `${k}.hop`]],
      [`crafted network ${k} as JSON`, ['info', `${k}.hop`, '--json']],
      [`crafted network ${k}, loaded`, ['recall', 'patterns.dat', '--load', `${k}.hop`]],
    ]),
  ];

  test.each(commands)('of %s', async (_, args) => {
    for (const around of [{}, { env: { FORCE_COLOR: '1' } }] satisfies Around[]) {
      const { stdout, stderr } = await run(folder, args, around);
      // The command's own colours; there are none in the text.
      // oxlint-disable-next-line no-control-regex
      const all = (stdout + stderr).replaceAll(around.env ? /\u001b\[\d+m/g : '', '');
      expect(all).not.toBe('');
      expect(Array.from(all).filter((c) => acts(c) && c !== '\n')).toEqual([]);
    }
  });

  test.each([[[]], [['--json']]])('of a good network with a bad name %j', async (json) => {
    const name = `good${EVIL}.hop`;
    await run(folder, ['recall', 'patterns.dat', '--save', name]);
    const { status, stdout } = await run(folder, ['info', name, ...json]);
    expect(status).toBe(0);
    expect(stdout).toContain(`good${SHOWN}.hop`);
    expect(Array.from(stdout).filter((c) => acts(c) && c !== '\n')).toEqual([]);
  });

  test('is the text itself, in codes, and the document is that of the text', async () => {
    const { stdout } = await run(folder, ['solve', 'evil.tsp', ...good]);
    expect(stdout).toContain(`n${SHOWN}: travelling salesman, 4 cities\nc${SHOWN}\n`);
    const json = await run(folder, ['solve', 'evil.tsp', ...good, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ name: `n${EVIL}`, comment: `c${EVIL}` });
    const { stderr } = await run(folder, ['recall', `none${EVIL}`]);
    expect(stderr).toBe(`hopfield: none${SHOWN}: no such file or directory\n`);
  });

  test('goes into a tour file in codes, too', async () => {
    await run(folder, ['solve', 'evil.tsp', ...good, '--output', 'evil.tour']);
    const tour = readFileSync(path('evil.tour'), 'utf8');
    expect(tour).toContain(`NAME : n${SHOWN}\n`);
    expect(readTsplibTour(tour)).toHaveLength(4);
  });
});

/** The file of a saved model, by its format alone: magic, version 1, length, CRC-32, JSON. */
function hopFile(description: Record<string, unknown>): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(description));
  const file = new Uint8Array(20 + json.length);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode('HOPFIELD'));
  view.setUint32(8, 1, true);
  view.setUint32(12, json.length, true);
  file.set(json, 20);
  let crc = ~0;
  for (const byte of [...file.subarray(0, 16), ...json]) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  view.setInt32(16, ~crc, true);
  return file;
}

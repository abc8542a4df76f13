/** `hopfield recall --json`: what it stores, what it does to patterns, and what it measures. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork } from '../../../../src/index.ts';
import { asText, differences, gridText, PATTERNS, workplace } from '../workplace.ts';

const { folder, hopfield } = workplace();
const recall = async (...args: string[]) =>
  JSON.parse((await hopfield('recall', ...args, '--json')).stdout);
const texts = PATTERNS.map(asText);

interface Entry {
  cue: string;
  state: string;
  number: number;
  seed: number;
  before: { overlap: number; distance: number; energy: number };
  after: { overlap: number; distance: number; energy: number };
}

describe('the document', () => {
  test('has these members', async () => {
    const document = await recall('patterns.dat', '--seed', '5', '--noise', '10', '--verbose');
    expect(document).toMatchObject({
      source: 'patterns.dat',
      shape: [8, 8],
      network: {
        neurons: 64,
        patterns: 4,
        rule: { name: 'hebbian' },
        units: 'bipolar',
        representation: 'couplings',
        backend: 'wasm',
        capacity: expect.closeTo(8.832),
        learning: null,
      },
      cues: { source: 'patterns.dat', ready: false, noise: 10, occlude: null, clamp: false },
      update: 'asynchronous',
      temperature: null,
      seed: 5,
      repeat: 1,
      summary: { recalls: 4, exact: 4, converged: 4 },
      warnings: [],
      exitCode: 0,
    });
    expect(document.recalls).toHaveLength(4);
    expect(document.statistics).toHaveLength(4);
    expect(document.recalls[2]).toEqual({
      run: 1,
      seed: 5,
      number: 3,
      name: 'pattern 3',
      target: 3,
      before: { overlap: 1 - 12 / 64, distance: 6, energy: expect.any(Number) },
      after: { overlap: 1, distance: 0, energy: expect.any(Number) },
      exact: true,
      converged: true,
      period: 1,
      sweeps: 2,
      flips: 6,
      match: { pattern: 3, overlap: 1 },
      energies: expect.any(Array),
      cue: expect.stringMatching(/^[.*]{64}$/),
      state: texts[2],
    });
    const { energies, before, after } = document.recalls[2];
    expect(energies[0]).toBe(before.energy);
    expect(energies.at(-1)).toBe(after.energy);
  });

  test('is that of the library for the same seed', async () => {
    const network = new HopfieldNetwork(64).store(PATTERNS);
    for (const entry of (await recall('patterns.dat', '--seed', '9', '--noise', '40')).recalls) {
      const cue = Int8Array.from(entry.cue as string, (c) => (c === '*' ? 1 : -1));
      const result = network.recall(cue, { seed: 9 });
      expect(entry.state).toBe(asText(result.state));
      expect(entry.after.energy).toBe(result.energy);
      expect([entry.sweeps, entry.flips]).toEqual([result.sweeps, result.flips]);
      expect(entry.before.energy).toBe(network.energy(cue));
    }
  });
});

describe('seeds', () => {
  test('repeat a run to the last byte; without one, the seed drawn is given', async () => {
    const args = ['recall', 'patterns.dat', '--noise', '45', '--repeat', '3', '--json'];
    const first = (await hopfield(...args)).stdout;
    const { seed } = JSON.parse(first);
    expect((await hopfield(...args, '--seed', String(seed))).stdout).toBe(first);
    expect(JSON.parse((await hopfield(...args)).stdout).seed).not.toBe(seed);
  });

  test('count up from run to run, past the last', async () => {
    const last = 4294967295;
    const both = await recall(
      'patterns.dat',
      '--noise',
      '45',
      '--seed',
      String(last),
      '--repeat',
      '2',
    );
    expect(both.recalls.map((entry: Entry) => entry.seed)).toEqual([
      ...Array(4).fill(last),
      ...Array(4).fill(0),
    ]);
    const second = await recall('patterns.dat', '--noise', '45', '--seed', '0');
    expect(second.recalls).toEqual(
      both.recalls.slice(4).map((entry: Entry) => ({ ...entry, run: 1 })),
    );
  });

  test('give a pattern the same cue whichever others are chosen, on both backends', async () => {
    const all = (await recall('patterns.dat', '--noise', '30', '--seed', '2')).recalls;
    const some = await recall('patterns.dat', '--noise', '30', '--seed', '2', '--pattern', '4,2,4');
    expect(some.recalls).toEqual([all[3], all[1]]);
    const twin = await recall(
      'patterns.dat',
      '--noise',
      '30',
      '--seed',
      '2',
      '--backend',
      'reference',
    );
    expect(twin.network.backend).toBe('reference');
    expect(twin.recalls).toEqual(all);
  });
});

describe('cues', () => {
  test.each([0, 1, 1.5, 1.6, 10, 29, 50, 99.9, 100])(
    '%f %% noise flips ⌊N·p/100⌋',
    async (percent) => {
      const { recalls } = await recall('patterns.dat', '--noise', String(percent), '--seed', '1');
      const flips = Math.floor((64 * percent) / 100);
      for (const { cue, number, before } of recalls as Entry[]) {
        expect(differences(cue, texts[number - 1])).toBe(flips);
        expect(before.distance).toBe(flips);
      }
    },
  );

  test('are flipped in 10 % of neurons when nobody says how many', async () => {
    expect((await recall('patterns.dat', '--seed', '1')).cues.noise).toBe(10);
  });

  test.each([
    ['top', (i: number) => i < 32],
    ['bottom', (i: number) => i >= 32],
    ['left', (i: number) => i % 8 < 4],
    ['right', (i: number) => i % 8 >= 4],
    ['bottom:30', (i: number) => i >= 48],
    ['right:100', () => true],
  ])('are covered at the %s', async (side, hidden) => {
    const { recalls, cues } = await recall('patterns.dat', '--occlude', side, '--seed', '1');
    expect(cues.noise).toBe(0);
    for (const { cue, number } of recalls as Entry[]) {
      const expected = Array.from(texts[number - 1], (c, i) => (hidden(i) ? '.' : c)).join('');
      expect(cue).toBe(expected);
    }
  });

  test('keep what is not covered with --clamp', async () => {
    const args = ['--occlude', 'top', '--noise', '30', '--seed', '1'];
    const held = await recall('patterns.dat', ...args, '--clamp');
    for (const { cue, state } of held.recalls as Entry[]) {
      expect(state.slice(32)).toBe(cue.slice(32));
    }
    const free = await recall('patterns.dat', ...args);
    expect(
      (free.recalls as Entry[]).some(({ cue, state }) => state.slice(32) !== cue.slice(32)),
    ).toBe(true);
  });

  test('from a file are measured by the nearest stored pattern', async () => {
    // Pattern 3 with one wrong neuron, then pattern 2 with five.
    const cues = [PATTERNS[2].slice(), PATTERNS[1].slice()];
    cues[0][10] *= -1;
    for (let i = 0; i < 5; i++) cues[1][i * 7] *= -1;
    writeFileSync(join(folder, 'cues.dat'), gridText(cues));
    const { recalls, ...rest } = await recall('patterns.dat', '--cue', 'cues.dat', '--seed', '1');
    expect(rest.cues).toMatchObject({ source: 'cues.dat', ready: true, noise: 0 });
    expect(recalls[0]).toMatchObject({ name: 'cue 1', target: 3, exact: true });
    expect(recalls[0].before.distance).toBe(1);
    expect(recalls[1]).toMatchObject({ name: 'cue 2', target: 2, exact: true });
    expect(recalls[1].before.distance).toBe(5);
    const second = await recall(
      'patterns.dat',
      '--cue',
      'cues.dat',
      '--seed',
      '1',
      '--pattern',
      '2',
    );
    expect(second.recalls).toEqual([recalls[1]]);
  });

  test('of another size are refused', async () => {
    writeFileSync(join(folder, 'small.dat'), gridText([PATTERNS[0].slice(0, 16)], 4));
    const { status, stderr } = await hopfield('recall', 'patterns.dat', '--cue', 'small.dat');
    expect(status).toBe(1);
    expect(stderr).toContain('small.dat has patterns of 16 neurons, expected 64');
  });
});

describe('learning', () => {
  test.each([
    'hebbian',
    'storkey',
    'projection',
    'perceptron',
    'diederich-opper',
    'covariance',
    'palimpsest',
  ])('by %s keeps four orthogonal patterns', async (rule) => {
    const { recalls, network } = await recall(
      'patterns.dat',
      '--rule',
      rule,
      '--noise',
      '3',
      '--seed',
      '1',
    );
    expect(network.rule.name).toBe(rule);
    expect((recalls as Entry[]).map(({ after }) => after.distance)).toEqual([0, 0, 0, 0]);
  });

  test('takes the parameters of a rule', async () => {
    const margin = await recall('patterns.dat', '--rule', 'perceptron', '--margin', '0.4');
    expect(margin.network.rule).toMatchObject({ name: 'perceptron', margin: 0.4 });
    expect(margin.network.learning.converged).toBe(true);
    const sparse = await recall('patterns.dat', '--rule', 'covariance');
    expect(sparse.network).toMatchObject({ units: 'binary', rule: { activity: 0.5 } });
    const bound = await recall('patterns.dat', '--rule', 'palimpsest', '--bound', '2');
    expect(bound.network.rule.bound).toBe(2);
  });

  test('goes on in dreams', async () => {
    const dreamt = await recall('patterns.dat', '--daydream', '2', '--unlearn', '3', '--seed', '1');
    const awake = await recall('patterns.dat', '--seed', '1');
    expect(dreamt.network.capacity).toBeNull();
    expect(dreamt.recalls[0].cue).toBe(awake.recalls[0].cue);
    expect(dreamt.recalls[0].after.energy).not.toBe(awake.recalls[0].after.energy);
    expect(
      await recall('patterns.dat', '--daydream', '2', '--unlearn', '3', '--seed', '1'),
    ).toEqual(dreamt);
  });

  test('of too many patterns brings a warning', async () => {
    const ten = Array.from({ length: 10 }, (_, k) =>
      Int8Array.from({ length: 64 }, (_, i) => ((i * (k + 3)) % 7 > 2 ? 1 : -1)),
    );
    writeFileSync(join(folder, 'ten.dat'), gridText(ten));
    const { stderr, status, stdout } = await hopfield(
      'recall',
      'ten.dat',
      '--noise',
      '0',
      '--json',
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^hopfield: warning: \d+ of 10 patterns are not fixed points under hebbian: .* about 8 random patterns; projection holds all ten\n$/,
    );
    expect(JSON.parse(stdout).warnings).toHaveLength(1);
  });
});

describe('digits', () => {
  test('are real ones, chosen by class and count', async () => {
    const args = ['--dataset', 'mnist', '--digits', '3,8', '--count', '3', '--noise', '30'];
    const { network, shape, recalls } = await recall(
      ...args,
      '--rule',
      'projection',
      '--seed',
      '1',
    );
    expect(network).toMatchObject({ neurons: 784, patterns: 3 });
    expect(shape).toEqual([28, 28]);
    expect(recalls.map(({ name }: { name: string }) => name)).toEqual([
      'digit 3',
      'digit 8',
      'digit 3',
    ]);
    expect(recalls.every(({ exact }: { exact: boolean }) => exact)).toBe(true);
  });
});

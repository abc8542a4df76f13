/** Every sentence that says what became of a recall, and the numbers in it. */
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recallSummary } from '../../../../src/cli/recall/report.ts';
import { hammingDistance, nearest, overlapOf } from '../../../../src/cli/score.ts';
import type { RecallOutcome } from '../../../../src/cli/recall/outcome.ts';
import type { Trial } from '../../../../src/cli/recall/trial.ts';
import { verdict } from '../../../../src/cli/recall/verdict.ts';
import { coloursFor } from '../../../../src/cli/terminal.ts';
import { gridText, paper, PATTERNS, workplace } from '../workplace.ts';

const { path, hopfield } = workplace();
const patterns = PATTERNS.slice(0, 2);
const library = {
  patterns,
  shape: [8, 8],
  source: 'x',
  names: ['A', 'B'],
} satisfies RecallOutcome['stored'];

/** A recall that ended in `state`; `original` is what it should have brought back. */
function trial(state: Int8Array, original?: Int8Array, more: Partial<Trial> = {}): Trial {
  const standing = (pattern: Int8Array) => {
    const different = hammingDistance(state, pattern);
    return { distance: different, overlap: overlapOf(different, 64) };
  };
  const nearestIndex = nearest(state, patterns);
  const target = original ?? patterns[nearestIndex];
  const overlaps = patterns.map((pattern) => standing(pattern).overlap);
  const index = Math.abs(overlaps[0]) >= Math.abs(overlaps[1]) ? 0 : 1;
  return {
    run: 1,
    seed: 1,
    task: { number: 1, name: 'task', original, cue: () => state },
    cue: state,
    state,
    target,
    targetIndex: original ? -1 : nearestIndex,
    before: standing(target),
    after: standing(target),
    nearestIndex,
    match: { index, overlap: overlaps[index], correlation: overlaps[index] },
    energies: [0],
    converged: true,
    period: 1,
    sweeps: 1,
    flips: 0,
    ...more,
  };
}

const reverse = (pattern: Int8Array) => pattern.map((value) => -value);
const mixed = Int8Array.from({ length: 64 }, (_, i) => (i < 5 ? -patterns[1][i] : patterns[1][i]));

/** The first pattern with so many neurons turned over. */
const torn = (count: number) => patterns[0].map((value, i) => (i < count ? -value : value));

describe('the verdict', () => {
  test.each<[string, Trial]>([
    ['recalled exactly', trial(patterns[0], patterns[0])],
    ['became B', trial(patterns[1], patterns[0])],
    ['is B', trial(patterns[1])],
    ['became the reverse of A', trial(reverse(patterns[0]), patterns[0])],
    ['is no stored pattern; the nearest is B', trial(mixed, patterns[0])],
    ['is no stored pattern; the nearest is B', trial(mixed)],
    // Nearer to a reverse than to anything stored, by overlaps of −0.4, and one neuron from it.
    ['is no stored pattern; the nearest is B', trial(torn(45), patterns[0])],
    ['is no stored pattern; the nearest is B', trial(torn(63), patterns[0])],
    ['became the reverse of A', trial(torn(64), patterns[0])],
    ['did not converge', trial(patterns[0], patterns[0], { converged: false, period: undefined })],
    ['ended in a cycle of 2 states', trial(mixed, mixed, { converged: false, period: 2 })],
    ['ended in a cycle of 1 state', trial(mixed, mixed, { converged: false, period: 1 })],
    [
      'converged; nothing is stored to compare it with',
      trial(mixed, undefined, {
        match: undefined,
        nearestIndex: -1,
        target: undefined,
        before: undefined,
        after: undefined,
      }),
    ],
  ])('%s', (sentence, trial) => {
    expect(verdict(trial, library)).toBe(sentence);
  });
});

describe('the last line', () => {
  const bad = trial(mixed, patterns[0], { converged: false });
  const good = trial(patterns[0], patterns[0]);
  const last = (trials: Trial[], repeat: number) =>
    recallSummary({ trials, repeat, seed: 7 } as RecallOutcome, coloursFor(paper(), {}));

  test('counts what came back and what converged, and gives the seed', () => {
    expect(last([good, good, bad], 1)).toBe('2 of 3 recalled exactly, 2 of 3 converged; seed 7');
    expect(last([bad], 1)).toBe('0 of 1 recalled exactly, 0 of 1 converged; seed 7');
    expect(last([good, good], 2)).toBe(
      '2 of 2 recalled exactly, 2 of 2 converged; 2 runs from seed 7',
    );
  });
});

describe('numbers and their nouns', () => {
  const one = PATTERNS.slice(0, 1);
  writeFileSync(path('one.dat'), gridText(one));
  writeFileSync(path('dot.dat'), '1 1 1\n\n*\n');
  writeFileSync(
    path('three.dat'),
    gridText(
      [1, 2, 3].map(() => PATTERNS[0].slice(0, 3)),
      3,
    ),
  );

  test('of one pattern, one neuron, one random one', async () => {
    const { stdout } = await hopfield('recall', 'one.dat', '--noise', '1.6', '--seed', '1');
    expect(stdout).toContain('one.dat: 1 pattern in 8 × 8 = 64 neurons');
    expect(stdout).toContain('Cues: 1 neuron flipped (1.6 %)');
    expect(stdout).toMatch(/ 1 flip\n/);
    const dot = await hopfield(
      'recall',
      'dot.dat',
      '--noise',
      '0',
      '--seed',
      '1',
      '--rule',
      'storkey',
    );
    expect(dot.stdout).toContain(
      'dot.dat: 1 pattern in 1 × 1 = 1 neuron, storkey rule, which holds about 1 random one\n',
    );
    expect(dot.stdout).toMatch(/ 1 sweep, 0 flips\n/);
  });

  test('of more', async () => {
    const { stdout } = await hopfield('recall', 'patterns.dat', '--noise', '3.2', '--seed', '1');
    expect(stdout).toContain(
      '4 patterns in 8 × 8 = 64 neurons, hebbian rule, which holds about 8 random ones',
    );
    expect(stdout).toContain('Cues: 2 neurons flipped');
  });

  test('in warnings', async () => {
    const dot = await hopfield('recall', 'dot.dat', '--seed', '1');
    expect(dot.stderr).toBe(
      'hopfield: warning: 1 pattern is stored; the hebbian rule holds about 0 random ones\n',
    );
    await hopfield('recall', 'one.dat', '--save', 'one.hop');
    const strange = await hopfield('recall', 'patterns.dat', '--load', 'one.hop');
    expect(strange.stderr).toBe('hopfield: warning: 3 of 4 patterns are not stored in one.hop\n');
  });

  test('in what info says', async () => {
    await hopfield('recall', 'one.dat', '--rule', 'perceptron', '--save', 'one.hop');
    const { stdout } = await hopfield('info', 'one.hop');
    expect(stdout).toMatch(/neurons +64, bipolar/);
    expect(stdout).toMatch(/learning +converged after \d+ epochs?\n/);
    expect(stdout).not.toMatch(/\b1 epochs/);
    expect(stdout).toMatch(/patterns +1, of which 1 is a fixed point\n/);
    expect(stdout).toMatch(/capacity +about 128 random patterns\n/);
    expect(stdout).toMatch(/file +[\d,]+ bytes\n$/);
  });
});

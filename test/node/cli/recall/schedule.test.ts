/** `--temperature A:B` is the straight line of the library, at every sweep between its ends; `--noise` flips what it says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HopfieldNetwork } from '../../../../src/index.ts';
import { percentOf } from '../../../../src/cli/disturb.ts';
import { asText, differences, PATTERNS, workplace } from '../workplace.ts';

const { hopfield } = workplace();

test.each([
  ['3:0', 3, 0, 7],
  ['0.5:2.5', 0.5, 2.5, 5],
  ['2:0.1', 2, 0.1, 2],
  ['2:0.1', 2, 0.1, 1],
  ['1.25', 1.25, 1.25, 6],
])('%s over %d … %d, %i sweeps', async (text, from, to, sweeps) => {
  const args = ['--update', 'stochastic', '--temperature', text, '--max-sweeps', String(sweeps)];
  const { stdout } = await hopfield('recall', 'patterns.dat', '--seed', '4', '--json', ...args);
  const { recalls } = JSON.parse(stdout);
  const network = new HopfieldNetwork(64).store(PATTERNS);
  // The last sweep is at the end of the line; one alone too.
  const line = Array.from({ length: sweeps }, (_, k) =>
    k === sweeps - 1 ? to : from + ((to - from) * k) / (sweeps - 1),
  );
  for (const { cue, state, seed } of recalls) {
    const expected = network.recall(
      Array.from(cue as string, (c) => (c === '*' ? 1 : -1)),
      { update: 'stochastic', temperature: (k) => line[k], maxSweeps: sweeps, seed },
    );
    expect(state).toBe(asText(expected.state));
  }
});

test('a percentage is the decimal number that was typed: 0.57 % of 10,000 are 57', () => {
  expect(percentOf(10_000, 0.57)).toBe(57);
  expect(percentOf(10_000, 0.58)).toBe(58);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.nat(10_000), (neurons, hundredths) => {
      // In whole numbers: ⌊N·h/10,000⌋.
      const expected = Math.floor((neurons * hundredths) / 10_000);
      const exactly = (BigInt(neurons) * BigInt(hundredths)) / 10_000n;
      expect(expected).toBe(Number(exactly));
      expect(percentOf(neurons, Number((hundredths / 100).toFixed(2)))).toBe(expected);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test.each([
  ['0', 0],
  ['1.5', 0],
  ['1.57', 1],
  ['99.9', 63],
  ['100', 64],
])('--noise %s flips %i of 64', async (noise, flips) => {
  const { stdout } = await hopfield(
    'recall',
    'patterns.dat',
    '--seed',
    '4',
    '--json',
    '--noise',
    noise,
  );
  const { recalls } = JSON.parse(stdout);
  expect(recalls).toHaveLength(4);
  for (const { cue, before, number } of recalls) {
    expect(differences(cue, asText(PATTERNS[number - 1]))).toBe(flips);
    expect(before.distance).toBe(flips);
  }
});

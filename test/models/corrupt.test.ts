/** Damage: how many neurons it turns over, which it covers, and that it can be repeated. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { corrupt, HopfieldNetwork, Random, type State } from '../../src/index.ts';

test('exactly ⌊N·noise⌋ neurons are turned over; the same seed, the same ones', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 100 }),
      fc.nat(),
      fc.boolean(),
      (neurons, percent, seed, binary) => {
        const signs = new Random(seed).signs(neurons);
        const given = binary ? signs.map((sign) => (sign > 0 ? 1 : 0)) : signs;
        const before = given.slice();
        const noise = percent / 100;
        const cue = corrupt(given, { noise, seed });
        expect(given).toEqual(before);
        expect(cue.filter((value, i) => value !== given[i]).length).toBe(
          Math.floor((neurons * percent) / 100),
        );
        // All +1 is taken for ±1.
        const low = binary && given.includes(0) ? 0 : -1;
        expect(cue.every((value) => value === 1 || value === low)).toBe(true);
        expect(corrupt(Array.from(given), { noise, seed })).toEqual(cue);
        expect(corrupt(given, { noise: 1, seed })).toEqual(
          signs.map((sign) => (sign > 0 ? low : 1)),
        );
      },
    ),
    { seed: 5, numRuns: 200 },
  );
});

test('streams and seeds differ, and without a seed so do calls', () => {
  const pattern = new Int8Array(200).fill(1);
  const noise = 0.5;
  const found = [
    corrupt(pattern, { noise, seed: 1 }),
    corrupt(pattern, { noise, seed: 2 }),
    corrupt(pattern, { noise, seed: 1, stream: 1 }),
    corrupt(pattern, { noise }),
    corrupt(pattern, { noise }),
  ];
  expect(new Set(found.map(String)).size).toBe(5);
});

test('covers: whole rows or columns next to a side, of flat patterns and of grids', () => {
  const ones = (text: string) => Array.from(text.replace(/\s/g, ''), (c) => (c === '#' ? 1 : -1));
  const full = new Int8Array(12).fill(1);
  const rows = [0, 1, 2].map(() => [1, 1, 1, 1]);
  const cases = [
    ['top', 0.34, '.... #### ####'],
    ['bottom', 0.9, '#### .... ....'],
    ['left', 0.5, '..## ..## ..##'],
    ['right', 0.25, '###. ###. ###.'],
    ['right', 0, '#### #### ####'],
    ['left', 1, '.... .... ....'],
  ] as const;
  for (const [side, share, picture] of cases) {
    const expected = Int8Array.from(ones(picture));
    expect(corrupt(full, { occlude: { side, share, columns: 4 } })).toEqual(expected);
    expect(corrupt(rows, { occlude: { side, share } })).toEqual(expected);
  }
  // A square by itself; half by default; noise comes on top.
  expect(corrupt(new Int8Array(4).fill(1), { occlude: { side: 'top' } })).toEqual(
    Int8Array.of(-1, -1, 1, 1),
  );
  expect(corrupt([true, true, true, false], { occlude: { side: 'left' }, noise: 1 })).toEqual(
    Int8Array.of(1, 0, 1, 1),
  );
});

test('a damaged pattern is a cue', () => {
  const patterns = new Random(3).signs(400);
  const network = new HopfieldNetwork(100).store(patterns);
  const cue = corrupt(patterns.subarray(0, 100), { noise: 0.1, seed: 1 });
  expect(network.recall(cue, { seed: 1 }).state).toEqual(patterns.slice(0, 100));
});

test.each([
  ['a text', {}, "pattern is 'a text', expected an array"],
  [[1, 2], {}, 'pattern[1] is 2, expected −1 or 1'],
  [[1, 1], { noise: 20 }, 'noise is 20, expected a number from 0 to 1'],
  [[1, 1], { noises: 1 }, 'corrupt options have no noises'],
  [[1, 1], { occlude: { side: 'top' } }, 'columns is missing: 2 values are no square'],
  [
    [1, 1],
    { occlude: { side: 'up', columns: 1 } },
    "side is 'up', expected one of 'bottom', 'top'",
  ],
  [[1, 1], { occlude: { side: 'top', columns: 1, share: 2 } }, 'share is 2, expected'],
  [[[1, 1], [1]], {}, 'row 1 of pattern has length 1, expected 2 values as row 0 has'],
  [[1, 1], { seed: -1 }, 'seed is -1, expected an integer'],
])('%o, %o is refused', (pattern, options, message) => {
  expect(() => corrupt(pattern as unknown as State, options as object)).toThrow(message);
});

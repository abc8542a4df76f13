/** Laws of grid text: what is written is read back, and nothing else is taken for it. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGrid, writeGrid, type PatternSet } from '../src/io/index.ts';

const sets = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.record({
      patterns: fc.array(
        fc
          .array(fc.constantFrom(-1, 1), { minLength: rows * columns, maxLength: rows * columns })
          .map((values) => Int8Array.from(values)),
        { minLength: 1, maxLength: 4 },
      ),
      shape: fc.constant<PatternSet['shape']>([rows, columns]),
    }),
  );

/** The text with the character at `at` replaced. */
const replaced = (text: string, at: number, character: string) =>
  text.slice(0, at) + character + text.slice(at + 1);

/** What reading gives, or the string 'rejected'. */
const outcome = (text: string) => {
  try {
    return readGrid(text);
  } catch {
    return 'rejected';
  }
};

const differences = (a: PatternSet, b: PatternSet) =>
  a.patterns.reduce(
    (sum, pattern, k) => sum + pattern.filter((value, i) => value !== b.patterns[k][i]).length,
    0,
  );

const PAIR = '2 3 2\n\n*.*\n.*.\n\n...\n***\n';
const PAIR_SET: PatternSet = {
  patterns: [Int8Array.of(1, -1, 1, -1, 1, -1), Int8Array.of(-1, -1, -1, 1, 1, 1)],
  shape: [2, 3],
};

describe('grid text', () => {
  test('looks as documented, both ways', () => {
    expect(writeGrid(PAIR_SET)).toBe(PAIR);
    expect(readGrid(PAIR)).toEqual(PAIR_SET);
  });

  test('written then read is identity', () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(readGrid(writeGrid(set))).toEqual(set);
      }),
    );
  });

  test('line endings, spaces at ends, further blank lines and the last newline do not matter', () => {
    const spaces = fc.constantFrom('', ' ', '\t ', '\r', ' \r');
    fc.assert(
      fc.property(sets, fc.infiniteStream(spaces), fc.boolean(), (set, ends, last) => {
        const lines = writeGrid(set).trimEnd().replaceAll('\n\n', '\n\n\n').split('\n');
        const text = lines.map((line) => line + ends.next().value).join('\n') + (last ? '\n' : '');
        expect(readGrid(text)).toEqual(set);
      }),
    );
  });

  test('a byte-order mark is no part of it', () => {
    expect(readGrid(`\ufeff${PAIR}`)).toEqual(PAIR_SET);
  });

  test('no blank line after the header, tabs in it', () => {
    expect(readGrid('1\t2 1\n*.')).toEqual({ patterns: [Int8Array.of(1, -1)], shape: [1, 2] });
  });

  test('a pattern without a picture is a grid of one row', () => {
    const text = writeGrid({ patterns: [Int8Array.of(1, -1, 1)], shape: [3] });
    expect(text).toBe('1 3 1\n\n*.*\n');
  });

  test('every shortening by a value or more is rejected', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const text = writeGrid(set);
        expect(readGrid(text.slice(0, -1))).toEqual(set);
        for (let end = 0; end < text.length - 1; end++) {
          expect(outcome(text.slice(0, end))).toBe('rejected');
        }
      }),
    );
  });

  test('another character for a value changes that value alone, or is rejected', () => {
    const characters = fc.constantFrom(
      '*',
      '.',
      ' ',
      '\n',
      '\r',
      '\t',
      'x',
      '0',
      '\u00a0',
      '\ufeff',
    );
    fc.assert(
      fc.property(sets, characters, (set, character) => {
        const text = writeGrid(set);
        for (let at = text.indexOf('\n'); at < text.length; at++) {
          if (text[at] === '\n' || text[at] === character) continue;
          const read = outcome(replaced(text, at, character));
          if (character === '*' || character === '.') {
            expect(differences(read as PatternSet, set)).toBe(1);
          } else {
            expect(read).toBe('rejected');
          }
        }
      }),
    );
  });

  test('another character for a line end inside the grids is rejected', () => {
    fc.assert(
      fc.property(sets, fc.constantFrom('*', '.', ' ', '\r', 'x'), (set, character) => {
        const text = writeGrid(set);
        for (let at = text.indexOf('\n') + 2; at < text.length - 1; at++) {
          if (text[at] !== '\n') continue;
          expect(outcome(replaced(text, at, character))).toBe('rejected');
        }
      }),
    );
  });

  test.each([
    ['', TypeError, 'line 1: header "", expected three positive integers'],
    ['2 3\n', TypeError, 'line 1: header "2 3", expected three'],
    ['2 3 1 1\n', TypeError, 'line 1: header "2 3 1 1"'],
    ['2 0 1\n', TypeError, 'line 1: header "2 0 1"'],
    ['2 -3 1\n', TypeError, 'line 1: header "2 -3 1"'],
    ['2 3. 1\n', TypeError, 'line 1: header "2 3. 1"'],
    ['\ufeff\ufeff2 3 1\n', TypeError, String.raw`line 1: header "\u{feff}2 3 1"`],
    [
      '1 4294967296 1\n*',
      RangeError,
      'line 1: "4294967296" in the header, expected at most 2147483647',
    ],
    [
      '2147483647 2147483647 1\n*',
      RangeError,
      'line 2: a row of 1 characters, expected 2147483647',
    ],
    ['2 3 1\n\n*.*\n.*\n', RangeError, 'line 4: a row of 2 characters, expected 3'],
    ['2 3 1\n\n*.*.\n.*.\n', RangeError, 'line 3: a row of 4 characters, expected 3'],
    ['2 3 1\n\n*.*\n.o.\n', TypeError, 'line 4, column 2: "o", expected "*" or "."'],
    ['2 3 1\n\n*.*\n.*\u{1f600}\n', TypeError, String.raw`line 4, column 3: "\u{1f600}"`],
    ['2 3 1\n\n *.*\n', TypeError, 'line 3, column 1: " "'],
    ['2 3 2\n\n*.*\n\n.*.\n', RangeError, 'line 4: grid 1 ends after 1 rows, expected 2'],
    ['2 3 1\n\n*.*\n', RangeError, 'line 4: grid 1 ends after 1 rows, expected 2'],
    ['2 3 1\n\n*.*\n.*.\n...\n', RangeError, 'line 5: grid 1 goes on after row 2, expected 2 rows'],
    ['2 3 2\n\n*.*\n.*.\n', RangeError, 'line 5: the text ends after 1 grids, expected 2'],
    ['2 3 1\n\n*.*\n.*.\n\n...', RangeError, 'line 6: text after grid 1, expected 1 grids'],
  ])('%j is a %o', (text, kind, message) => {
    expect(() => readGrid(text)).toThrow(kind);
    expect(() => readGrid(text)).toThrow(message);
  });

  test('what is not a text or not a set of patterns is refused', () => {
    expect(() => readGrid(new Uint8Array(3) as unknown as string)).toThrow(TypeError);
    const one = Int8Array.of(1);
    expect(() => writeGrid({ patterns: [], shape: [1] })).toThrow(
      '0 patterns, expected at least 1',
    );
    expect(() => writeGrid({ patterns: [one], shape: [0] })).toThrow('shape is [0], expected');
    expect(() => writeGrid({ patterns: [one, Int8Array.of(1, 1)], shape: [1, 1] })).toThrow(
      'pattern 1 has 2 values, expected 1',
    );
    expect(() => writeGrid({ patterns: [Int8Array.of(1, 0)], shape: [2] })).toThrow(
      'pattern 0 has 0 at 1, expected 1 or -1',
    );
    const numbers = [1] as unknown as Int8Array;
    expect(() => writeGrid({ patterns: [numbers], shape: [1] })).toThrow('pattern 0 is Array');
  });
});

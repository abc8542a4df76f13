/** Patterns as numbers in text: whatever parts them, they are read; what is wrong is named by its line. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv, writeCsv, type PatternSet } from '../src/io/index.ts';

const sets = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 4 }))
  .chain(([neurons, count]) => {
    const pattern = fc
      .array(fc.constantFrom(-1, 1), { minLength: neurons, maxLength: neurons })
      .map((values) => Int8Array.from(values));
    return fc.record({
      patterns: fc.array(pattern, { minLength: count, maxLength: count }),
      shape: fc.constant<PatternSet['shape']>([neurons]),
    });
  });

describe('numbers as text', () => {
  test('written then read are the same', () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(readCsv(writeCsv(set))).toEqual(set);
      }),
    );
    expect(writeCsv({ patterns: [Int8Array.of(1, -1), Int8Array.of(-1, -1)], shape: [2] })).toBe(
      '1,-1\n-1,-1\n',
    );
  });

  test('may be parted by commas, semicolons, tabs or spaces, and be 0 and 1', () => {
    const separators = fc.constantFrom(',', ', ', ' , ', ';', '; ', '\t', ' ', '   ');
    const ends = fc.constantFrom('\n', '\r\n', '\r', ' \n', '\n\n', '\n# words, 7\n');
    const low = fc.constantFrom('0', '-1', '0.0', '-1.000e+00');
    const high = fc.constantFrom('1', '+1', '1.0', '1.000000000000000000e+00', '1.');
    fc.assert(
      fc.property(
        sets,
        separators,
        ends,
        low,
        high,
        fc.boolean(),
        (set, part, end, no, yes, bom) => {
          const lines = set.patterns.map((p) =>
            Array.from(p, (s) => (s > 0 ? yes : no)).join(part),
          );
          const text = (bom ? '\ufeff' : '') + lines.join(end) + end;
          expect(readCsv(text)).toEqual(set);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('with a shape may stand on lines of any length', () => {
    const shape: [number, number] = [2, 3];
    const set = { patterns: [Int8Array.of(1, -1, 1, 1, 1, -1)], shape };
    for (const text of ['1\n0\n1\n1\n1\n0\n', '1 0 1\n1 1 0\n', '1 0 1 1 1 0', '1 0\n1 1 1 0']) {
      expect(readCsv(text, { shape })).toEqual(set);
    }
    expect(readCsv('1 0 1\n1 1 0\n', { shape: [3] }).patterns).toHaveLength(2);
  });

  test('of grey are patterns by a threshold', () => {
    const options = { threshold: 0.5, shape: [1, 3] as [number, number] };
    expect(readCsv('0.25 .5 75e-2', options).patterns[0]).toEqual(Int8Array.of(-1, 1, 1));
  });

  test.each<[string, object, ErrorConstructor, string]>([
    ['', {}, RangeError, 'text without a value'],
    ['# nothing\n\n', {}, RangeError, 'text without a value'],
    ['a,b\n1,0\n', {}, TypeError, 'line 1: "a", expected a number'],
    ['1,0\n1,,0\n', {}, TypeError, 'line 2: "", expected a number'],
    ['1,0x1\n', {}, TypeError, 'line 1: "0x1", expected a number'],
    ['1,NaN\n', {}, TypeError, 'line 1: "NaN", expected a number'],
    ['1,\u001b[2J\n', {}, TypeError, String.raw`line 1: "\u001b[2J", expected a number`],
    ['1,0\n\n1,0,1\n', {}, RangeError, 'line 3: 3 values, expected 2 as in line 1; lines of'],
    ['1\n0\n1\n', {}, RangeError, '3 lines of one value, expected a shape such as [8, 8]'],
    ['1,0\n1,2\n', {}, RangeError, 'value 2 at line 2, value 2, expected 1 or 0'],
    [
      '1,1e999\n',
      { threshold: 1 },
      RangeError,
      'value Infinity at line 1, value 2, expected a finite',
    ],
    ['1,0,1', { shape: [2] }, RangeError, '3 values, expected a multiple of 2'],
    ['1,0', { shape: [0] }, RangeError, 'shape is [0], expected one or two positive integers'],
    ['1,0', { threshold: 'x' }, TypeError, "threshold is x, expected a number or 'otsu'"],
  ])('%j with %j is a %o', (text, options, kind, message) => {
    expect(() => readCsv(text, options)).toThrow(kind);
    expect(() => readCsv(text, options)).toThrow(message);
  });

  test('are a string', () => {
    expect(() => readCsv(new Uint8Array(1) as never)).toThrow('text is an Uint8Array');
  });
});

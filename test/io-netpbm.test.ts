/** PBM, PGM and PPM, as text and as bytes: read as their samples say, and written by the book. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPatterns, readPicture, writePbm, writePgm, type PatternSet } from '../src/io/index.ts';

const latin = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

const pictures = fc
  .record({
    kind: fc.integer({ min: 1, max: 6 }),
    columns: fc.integer({ min: 1, max: 19 }),
    rows: fc.integer({ min: 1, max: 5 }),
    most: fc.constantFrom(1, 7, 255, 256, 65535),
  })
  .chain((fixed) => {
    const each = fixed.kind % 3 === 0 ? 3 : 1;
    const most = fixed.kind % 3 === 1 ? 1 : fixed.most;
    const count = fixed.rows * fixed.columns * each;
    return fc.record({
      fixed: fc.constant({ ...fixed, most, each }),
      samples: fc.array(fc.nat(most), { minLength: count, maxLength: count }),
      space: fc.constantFrom(' ', '\n', '\r\n', '\t \n', ' # words\n', '\n#\n# 1 2\n '),
    });
  });

type Drawn = typeof pictures extends fc.Arbitrary<infer T> ? T : never;

/** The file, after the manuals pbm(5), pgm(5) and ppm(5); in PBM a sample of 1 is black. */
function fileOf({ fixed, samples, space }: Drawn): Uint8Array {
  const { kind, columns, rows, most, each } = fixed;
  const fields = [`P${kind}`, columns, rows, ...(kind % 3 === 1 ? [] : [most])];
  if (kind <= 3) return latin([...fields, ...samples].join(space) + '\n');
  const head = fields.join(space) + '\n';
  let body = '';
  for (let row = 0; row < rows; row++) {
    const line = samples.slice(row * columns * each, (row + 1) * columns * each);
    if (kind === 4) {
      const bits = line.join('').match(/.{1,8}/g)!;
      body += bits.map((b) => String.fromCharCode(parseInt(b.padEnd(8, '0'), 2))).join('');
    } else {
      const bytes = line.flatMap((v) => (most > 255 ? [v >> 8, v & 255] : [v]));
      body += String.fromCharCode(...bytes);
    }
  }
  return latin(head + body);
}

describe('netpbm', () => {
  test('of every kind is read as its samples say', () => {
    fc.assert(
      fc.property(pictures, (drawn) => {
        const { kind, columns, rows, most, each } = drawn.fixed;
        const { data, shape } = readPicture(fileOf(drawn), { colour: each === 3 });
        expect(shape).toEqual(each === 3 ? [rows, columns, 3] : [rows, columns]);
        drawn.samples.forEach((sample, i) => {
          expect(data[i]).toBeCloseTo(kind % 3 === 1 ? 1 - sample : sample / most, 6);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('cut short is refused, but for white space at the end', () => {
    fc.assert(
      fc.property(pictures, (drawn) => {
        const bytes = fileOf(drawn);
        const end = bytes.length - (drawn.fixed.kind <= 3 ? 2 : 1);
        for (let length = 3; length <= end; length++) {
          // Digits may be lost from the last sample of a text.
          if (drawn.fixed.kind <= 3 && length > end - 4) break;
          expect(() => readPicture(bytes.subarray(0, length)), `${length}`).toThrow(/netpbm/);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('of bytes may hold several pictures, patterns of one size', () => {
    const two = latin('P5 2 1 9\n\x09\x00P4 2 1\n\x40');
    expect(readPatterns(two)).toEqual({
      patterns: [Int8Array.of(1, -1), Int8Array.of(1, -1)],
      shape: [1, 2],
    });
    expect(() => readPicture(two)).toThrow('file with 2 pictures, expected one');
    expect(() => readPatterns(latin('P5 2 1 9\n\x09\x00P4 1 1\n\x40'))).toThrow(
      'picture 2 of 1 × 1 pixels, expected 2 × 1 as before',
    );
    expect(() => readPicture(latin('P5 1 1 9\n\x09xy'))).toThrow(
      'netpbm file with 2 bytes after picture 1, expected another',
    );
  });

  test.each([
    ['P5 0 1 255\n', RangeError, 'netpbm picture of 0 × 1 pixels'],
    [
      'P5 99999 99999 255\n',
      RangeError,
      '99999 × 99999 pixels, expected at least 1 × 1 and at most',
    ],
    ['P5 5000 5000 255\n', RangeError, '0 bytes of samples, expected 25000000 or more'],
    ['P2 5000 5000 255\n1 1', RangeError, '3 bytes of samples, expected 49999999 or more'],
    ['P5 1 1 0\n\0', RangeError, '0 for white, expected 1 to 65535'],
    ['P5 1 1 65536\n\0', RangeError, '65536 for white'],
    ['P5 1 1 7\n\x08', RangeError, 'netpbm sample 8, expected at most 7'],
    ['P2 1 1 7\n8', RangeError, 'netpbm sample 8, expected at most 7'],
    ['P2 1 1 7\n-1', TypeError, 'netpbm file with byte 45 at 9, expected a number for a sample'],
    ['P1 2 1\n12', TypeError, 'byte 50 at 8, expected 0 or 1'],
    ['P5 x 1 255\n', TypeError, 'byte 120 at 3, expected a number for columns'],
    ['P5 1 1', RangeError, 'truncated netpbm file: expected a number for the sample that is white'],
  ])('%j is a %o', (text, kind, message) => {
    expect(() => readPicture(latin(text))).toThrow(kind);
    expect(() => readPicture(latin(text))).toThrow(message);
  });
});

describe('written', () => {
  const sets = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 19 }))
    .chain(([rows, columns]) => {
      const size = { minLength: rows * columns, maxLength: rows * columns };
      const pattern = fc.array(fc.constantFrom(-1, 1), size).map((v) => Int8Array.from(v));
      return fc.record({
        patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
        shape: fc.constant<PatternSet['shape']>([rows, columns]),
      });
    });

  test('PBM is read as the same patterns', () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(readPatterns(writePbm(set))).toEqual(set);
      }),
    );
  });

  test('PBM and PGM are the bytes of the manuals', () => {
    const pattern = Int8Array.of(1, -1, -1, 1, 1, 1, 1, 1, -1, 1);
    expect(writePbm({ patterns: [pattern], shape: [1, 10] })).toEqual(latin('P4\n10 1\n\x60\x80'));
    expect(writePbm({ patterns: [pattern], shape: [10] })).toEqual(latin('P4\n10 1\n\x60\x80'));
    const data = Float32Array.of(0, 0.5, 1, 2);
    expect(writePgm({ data, shape: [2, 2] })).toEqual(latin('P5\n2 2\n255\n\x00\x80\xff\xff'));
    expect(() => writePgm({ data: new Float32Array(3), shape: [1, 1, 3] })).toThrow(
      'picture with colours, expected shape [rows, columns]',
    );
  });

  test('PGM is read as the same grey', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (samples) => {
        const data = Float32Array.from(samples, (sample) => sample / 255);
        expect(readPicture(writePgm({ data, shape: [2, 3] }))).toEqual({ data, shape: [2, 3] });
      }),
    );
  });
});

/** One entry for all formats: told by content, and everything else named as what it is. */

import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import {
  readPatterns,
  readPicture,
  writeCsv,
  writeGrid,
  writeNpy,
  writeNpyPatterns,
  writeNpz,
  writePbm,
  writePicture,
  writePng,
  type PatternSet,
} from '../src/io/index.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

const sets = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 5 }))
  .chain(([rows, columns]) => {
    const size = { minLength: rows * columns, maxLength: rows * columns };
    const pattern = fc.array(fc.constantFrom(-1, 1), size).map((v) => Int8Array.from(v));
    return fc.record({
      patterns: fc.array(pattern, { minLength: 1, maxLength: 4 }),
      shape: fc.constant<PatternSet['shape']>([rows, columns]),
    });
  });

const flat = ({ patterns }: PatternSet) => Int8Array.from(patterns.flatMap((p) => [...p]));

/** The set in every format that holds several patterns; CSV does not hold the shape. */
const WRITERS: Record<string, (set: PatternSet) => Uint8Array> = {
  grid: (set) => utf8(writeGrid(set)),
  npy: writeNpyPatterns,
  npz: (set) => writeNpz({ x: { data: flat(set), shape: [set.patterns.length, ...set.shape] } }),
  pbm: writePbm,
  csv: (set) => utf8(writeCsv(set)),
};

describe('patterns', () => {
  test.each(Object.keys(WRITERS))('in %s are known by content, also compressed', (format) => {
    fc.assert(
      fc.property(sets, (set) => {
        const bytes = WRITERS[format](set);
        const options = format === 'csv' ? { shape: set.shape } : {};
        expect(readPatterns(bytes, options)).toEqual(set);
        expect(readPatterns(gzipSync(bytes), options)).toEqual(set);
        // The shape may be said again, but no other.
        expect(readPatterns(bytes, { shape: set.shape })).toEqual(set);
        if (format !== 'csv') {
          expect(() => readPatterns(bytes, { shape: [1] })).toThrow('as the file says');
        }
      }),
    );
  });

  test('in a picture are one, light being +1', () => {
    fc.assert(
      fc.property(sets, ({ patterns: [pattern], shape }) => {
        const bytes = writePng(pattern, shape as [number, number]);
        expect(readPatterns(bytes)).toEqual({ patterns: [pattern], shape });
      }),
    );
  });

  test('of every format are resized by area average, half of the way between -1 and 1 being light', () => {
    fc.assert(
      fc.property(sets, fc.constantFrom(1, 2, 3), (set, factor) => {
        const [rows, columns] = set.shape as [number, number];
        const size: [number, number] = [rows * factor, columns * factor];
        for (const format of ['grid', 'npy', 'npz', 'pbm']) {
          const large = readPatterns(WRITERS[format](set), { size });
          expect(large.shape).toEqual(size);
          // Enlarged by a whole factor and made small again they are what they were.
          expect(readPatterns(WRITERS[format](large), { size: [rows, columns] })).toEqual(set);
        }
      }),
    );
    expect(() => readPatterns(utf8('1,0'), { size: [1, 1] })).toThrow(
      'patterns of shape [2] are no pictures, expected rows and columns',
    );
    expect(() => readPatterns(utf8('1,0'), { size: [1, 0], shape: [1, 2] })).toThrow(
      'size is [1, 0], expected [rows, columns]',
    );
  });

  test('of a picture take thresholds of luminance', () => {
    const bytes = writePicture({ data: Float32Array.of(0.1, 0.2, 0.3), shape: [1, 3] });
    const read = (threshold: number | 'otsu') => [
      ...readPatterns(bytes, { threshold }).patterns[0],
    ];
    expect([...readPatterns(bytes).patterns[0]]).toEqual([-1, -1, -1]);
    expect(read(51)).toEqual([-1, 1, 1]);
    expect(read(52)).toEqual([-1, -1, 1]);
    expect(read('otsu').filter((sign) => sign > 0).length).toBeGreaterThan(0);
    expect(() => read(0)).toThrow(
      "threshold is 0, expected a number above 0 and up to 255, or 'otsu'",
    );
    expect(() => read('outsu' as never)).toThrow('threshold is "outsu"');
  });

  test('of bytes in idx files are light from 128 on, unless they are 0 and 1', () => {
    const idx = (...bytes: number[]) =>
      Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, ...bytes);
    const read = (bytes: Uint8Array, options = {}) => [...readPatterns(bytes, options).patterns[0]];
    expect(read(idx(127, 128, 255))).toEqual([-1, 1, 1]);
    expect(read(idx(127, 128, 255), { threshold: 200 })).toEqual([-1, -1, 1]);
    expect(read(idx(0, 1, 1))).toEqual([-1, 1, 1]);
    expect(readPatterns(idx(0, 200, 255)).shape).toEqual([1, 3]);
  });

  test('in text of UTF-16, with marks, and of one line', () => {
    const text = '\ufeff1 2 1\n*.\n';
    const wide = Uint8Array.from(
      text.split('').flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
    );
    const expected = { patterns: [Int8Array.of(1, -1)], shape: [1, 2] };
    expect(readPatterns(wide)).toEqual(expected);
    expect(readPatterns(utf8(text))).toEqual(expected);
    // Three whole numbers are a header only when a grid follows.
    expect(readPatterns(utf8('1 1 1\n1 0 1\n')).patterns).toHaveLength(2);
    expect(() => readPatterns(utf8('2 3 1\n'))).toThrow('the text ends after 0 grids, expected 1');
    expect(() => readPatterns(utf8('*.*\n'))).toThrow('line 1: header "*.*", expected three');
  });

  test('in an archive are its only array, or that of the name patterns', () => {
    const array = (...signs: number[]) => ({
      data: Int8Array.from(signs),
      shape: [1, signs.length],
    });
    const named = { w: array(1, 1), patterns: array(1, -1) };
    expect(readPatterns(writeNpz(named)).patterns).toEqual([Int8Array.of(1, -1)]);
    expect(() => readPatterns(writeNpz({ a: array(1), b: array(1) }))).toThrow(
      '.npz file with the arrays a, b, expected one, or one named patterns',
    );
  });
});

test.each<[string, Uint8Array, string]>([
  ['GIF', latin('GIF89a\x01\x00\x01\x00'), 'a GIF picture'],
  ['BMP', latin('BM\x46\0\0\0\0\0\0\0\x36\0\0\0'), 'a BMP picture'],
  ['WebP', latin('RIFF\x1a\0\0\0WEBPVP8L'), 'a WebP picture'],
  ['TIFF', latin('II*\0\x08\0\0\0'), 'a TIFF picture'],
  ['TIFF, big-endian', latin('MM\0*\0\0\0\x08'), 'a TIFF picture'],
  ['PDF', latin('%PDF-1.7\n'), 'a PDF document'],
  ['HDF5', latin('\x89HDF\r\n\x1a\n'), 'an HDF5 file'],
  ['MATLAB', latin('MATLAB 5.0 MAT-file'), 'a MATLAB file'],
  ['nothing', new Uint8Array(0), 'an empty file'],
  ['noise', Uint8Array.of(200, 1, 2, 3, 4), 'a file that starts with the bytes 200 1 2 3'],
])('%s is named as what it is', (_, bytes, name) => {
  expect(() => readPatterns(bytes)).toThrow(TypeError);
  expect(() => readPatterns(bytes)).toThrow(
    `${name}, expected a picture (PNG, JPEG, PBM, PGM, PPM)`,
  );
});

test('options that do not exist, or are of the wrong kind, are refused', () => {
  const bytes = utf8('1,0,1,0');
  const read = (options: object) => () => readPatterns(bytes, options);
  expect(read({ treshold: 1 })).toThrow(
    'options have no treshold; known are threshold, shape, size',
  );
  expect(read({ shape: 4 })).toThrow('shape is [4], expected one or two positive integers');
  expect(read({ shape: [2, 2], size: 64 })).toThrow('size is 64, expected [rows, columns]');
  expect(() => readPicture(bytes, { color: true } as object)).toThrow('options have no color');
});

test('gzip within gzip is not unpacked further', () => {
  expect(() => readPatterns(gzipSync(gzipSync(utf8('1,0'))))).toThrow(
    'a gzip file, expected a picture',
  );
});

test('patterns that are numbers of another kind say what they need', () => {
  const grey = writeNpy(Uint8Array.of(0, 255), [1, 2]);
  expect(() => readPatterns(grey)).toThrow('value 255 at index [0, 1], expected 1 or 0');
  expect(() => readPatterns(grey)).toThrow('values of other kinds need a threshold');
  expect(() => readPatterns('x' as never)).toThrow(
    'bytes are String, expected a Uint8Array: what is in the file, not its path',
  );
});

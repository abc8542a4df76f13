/** PNG files that are damaged, or claim more than they hold, are refused; the message says why. */

import { describe, expect, test } from 'vitest';
import { readPng } from '../src/io/index.ts';
import { chunk, file, header, stored } from './png-file.ts';

describe('refused with what is wrong:', () => {
  const ROW = stored([200]);
  const END = chunk('IEND');

  test('nothing, in the file that the others differ from', () => {
    expect(readPng(file(header({}), ROW, END))).toEqual({
      pattern: Int8Array.of(1),
      shape: [1, 1],
    });
  });

  test.each<[string, Uint8Array, ErrorConstructor, string]>([
    [
      'another kind of file',
      Uint8Array.of(255, 216, 255, 224),
      TypeError,
      'not a PNG file but a JPEG picture: byte 0 is 255, expected 137',
    ],
    ['no header', file(ROW, END), TypeError, 'PNG file with IDAT first, expected IHDR'],
    ['two headers', file(header({}), header({}), ROW, END), TypeError, 'IHDR twice, expected one'],
    ['a short header', file(chunk('IHDR', [0, 0, 0, 1]), ROW, END), TypeError, 'IHDR of 4 bytes'],
    ['no image data', file(header({}), END), TypeError, 'without image data, expected IDAT'],
    ['no end', file(header({}), ROW), RangeError, 'truncated PNG file'],
    ['3 bits', file(header({ depth: 3 }), ROW, END), TypeError, 'colour type 0 with 3 bits'],
    [
      'RGB of 4 bits',
      file(header({ depth: 4, type: 2 }), ROW, END),
      TypeError,
      'type 2 with 4 bits',
    ],
    [
      '16 bits of palette',
      file(header({ depth: 16, type: 3 }), ROW, END),
      TypeError,
      'with 16 bits',
    ],
    ['colour type 5', file(header({ type: 5 }), ROW, END), TypeError, 'colour type 5 with 8 bits'],
    ['no width', file(header({ width: 0 }), ROW, END), RangeError, 'PNG of 0 × 1 pixels'],
    ['no height', file(header({ height: 0 }), ROW, END), RangeError, 'PNG of 1 × 0 pixels'],
    [
      'more pixels than any file of its size can hold',
      file(header({ width: 8192, height: 8192 }), ROW, END),
      RangeError,
      'PNG of 8192 × 8192 pixels, expected no more than fit into',
    ],
    [
      'more pixels than are read',
      file(header({ width: 2 ** 31 - 1, height: 2 ** 31 - 1 }), ROW, END),
      RangeError,
      'PNG of 2147483647 × 2147483647 pixels, expected at least 1 × 1 and at most 67108864',
    ],
    [
      'fewer rows than announced',
      file(header({ height: 2 }), ROW, END),
      RangeError,
      'PNG image data unpacked: 2 bytes, expected 4',
    ],
    [
      'more rows than announced',
      file(header({}), stored([200, 0, 200]), END),
      RangeError,
      'PNG image data unpacked: more than 2 bytes, expected 2',
    ],
    [
      'image data that is none',
      file(header({}), chunk('IDAT', [1, 2, 3, 4, 5, 6, 7]), END),
      TypeError,
      'PNG image data cannot be unpacked: invalid zlib data',
    ],
    [
      'a filter that is none',
      file(header({}), chunk('IDAT', [0x78, 1, 1, 2, 0, 253, 255, 5, 200, 0, 0, 0, 0]), END),
      TypeError,
      'PNG image data with filter 5, expected 0 to 4',
    ],
    [
      'another compression',
      file(chunk('IHDR', [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 1, 0, 0]), ROW, END),
      TypeError,
      'PNG of compression 1, filters 0 and interlacing 0, expected 0, 0 and 0 or 1',
    ],
    [
      'a critical chunk that is unknown',
      file(header({}), chunk('ABCD'), ROW, END),
      TypeError,
      'PNG file with a chunk ABCD',
    ],
    [
      'a palette of 4 bytes',
      file(header({ type: 3 }), chunk('PLTE', [1, 2, 3, 4]), ROW, END),
      TypeError,
      'PNG palette of 4 bytes',
    ],
    [
      'a palette picture without palette',
      file(header({ type: 3 }), ROW, END),
      TypeError,
      'without a palette, expected PLTE',
    ],
    [
      'a colour after the last of the palette',
      file(header({ type: 3 }), chunk('PLTE', [1, 2, 3, 4, 5, 6]), stored([2]), END),
      RangeError,
      'colour 2 at row 0, column 0, expected below 2',
    ],
  ])('%s', (_, bytes, kind, message) => {
    expect(() => readPng(bytes)).toThrow(kind);
    expect(() => readPng(bytes)).toThrow(message);
  });

  test.each([0, -1, 255.5, NaN])('threshold %s', (threshold) => {
    const read = () => readPng(file(header({}), ROW, END), { threshold });
    expect(read).toThrow(RangeError);
    expect(read).toThrow(`threshold is ${threshold}, expected a number above 0 and up to 255, or`);
  });

  test('what is not bytes', () => {
    expect(() => readPng('x' as unknown as Uint8Array)).toThrow('bytes are String');
  });
});

/** PNG pictures: light is +1, whatever encoder and kind of picture; damaged files are refused. */

import { encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPng, writePng } from '../src/io/index.ts';

const decoded = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

/** The picture in all files of libpng below, '*' for light. */
const PICTURE = ['*.....*', '.**....', '...*..*', '*......', '..*.***'];

/**
 * Written by libpng 1.6.39 with all of its filters. Dark pixels have luminances up to 117; the light
 * ones are light by colour, or (all but the first) by turns dark and transparent.
 */
const LIBPNG = {
  'grey, 1 bit':
    'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFAQAAAACh4ct1AAAAEklEQVQImWNoYpZnEGLKY34HAAgtAhhzHCA1AAAAAElFTkSuQmCC',
  'grey, 2 bits, with a transparent value':
    'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFAgAAAADmQbGlAAAAAnRSTlMAAQGU/a4AAAAXSURBVAiZYzjAw2DCwMjIzeDAwMBzBwAP+QI28ruBvwAAAABJRU5ErkJggg==',
  'palette, 4 bits':
    'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFBAMAAAB7tOvrAAAACVBMVEUKFMj//wAAAAA/7uEjAAAAA3RSTlP//wDXyg1BAAAAHklEQVQImQXBAQ0AAAgDIDTBI7x/SCcIMYUVxcjeAwhdAYXugJm1AAAAAElFTkSuQmCC',
  'RGB, 8 bits, with a transparent colour':
    'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAIAAAAG+GGPAAAABnRSTlMAAQACAAPJS6v1AAAAOklEQVQImU2KQQoAIAgEXROs/v9WUS91EKM5LAszyEydmz7CDWAJN52LCE8ALP1PiWrHXxX8fO8JtwtRERamzs6l4gAAAABJRU5ErkJggg==',
  'RGBA, 8 bits, interlaced':
    'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAYAAAH+ncZOAAAAQElEQVQImV3JsQ3AMBDDwPtMY2/g/avfIOMoRWLACAuBoIhoe3JIiUC1V2DlFy5YTNDke0c1WUGZze2gMP5x8wAJbBy/JoTPpAAAAABJRU5ErkJggg==',
  'grey and alpha, 16 bits':
    'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFEAQAAABzA+IQAAAAT0lEQVQImWNsePH//1cPBgzAvYOBgemrB4TRfYHlJbLkVw8GBiYYo9TgjziyAu4dDAyMDAzML0oN/ohjGszAwAST4N6B0NF9geUl9w4GBgDOPhngczjurgAAAABJRU5ErkJggg==',
  'grey and alpha, 16 bits, interlaced':
    'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFEAQAAAEEBNKGAAAAUElEQVQImV2MsQ3AIAwED+KOAZIxvBw9PQsxBmPADpGcBqwkV71Op6cMM7KahaxmqYGPmBrAMiw82SIC1C7zk9Yu05/KJTPrffIiwDH+cvMAOcckJrKAEaEAAAAASUVORK5CYII=',
};

const INTERLACED_BITS =
  'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFAQAAAAHW5vvjAAAAHklEQVQImWNoYGBgcGBwYDjAIMDAwODAzMCQwKQAACAcApYaPRFYAAAAAElFTkSuQmCC';

/** CRC-32 as in the PNG specification, bit by bit. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

function chunk(type: string, data: ArrayLike<number> = []): number[] {
  const body = Uint8Array.of(...Array.from(type, (c) => c.charCodeAt(0)), ...Array.from(data));
  const bytes = new Uint8Array(body.length + 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(body, 4);
  view.setInt32(4 + body.length, crc32(body));
  return [...bytes];
}

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

function header({ width = 1, height = 1, depth = 8, type = 0, interlace = 0 }): number[] {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([depth, type, 0, 0, interlace], 8);
  return chunk('IHDR', data);
}

/** Image data of one row, stored without compression; the checksum at its end is left 0. */
const stored = (row: number[]) => {
  const size = row.length + 1;
  return chunk('IDAT', [0x78, 1, 1, size, 0, 255 - size, 255, 0, ...row, 0, 0, 0, 0]);
};

const file = (...chunks: number[][]) => Uint8Array.from([SIGNATURE, ...chunks].flat());

/** What `readPng` says about bytes that it refuses. */
function complaintAbout(bytes: Uint8Array): string | undefined {
  try {
    readPng(bytes);
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the files of libpng', () => {
  const expected = {
    pattern: Int8Array.from(PICTURE.join(''), (c) => (c === '*' ? 1 : -1)),
    shape: [5, 7],
  };

  test.each(Object.entries(LIBPNG))('%s', (_, base64) => {
    expect(readPng(decoded(base64))).toEqual(expected);
  });

  test.each(Object.entries(LIBPNG))(
    '%s: what is cut, changed or appended is refused',
    (_, base64) => {
      const bytes = decoded(base64);
      // One comparison at the end: thousands of them cost far more than the reading.
      const wrong: string[] = [];
      for (let at = 0; at < bytes.length; at++) {
        const cut = complaintAbout(bytes.subarray(0, at));
        if (!cut?.includes('truncated PNG file')) wrong.push(`${at} bytes: ${cut}`);
        for (let bit = 1; bit < 256; bit *= 2) {
          const changed = bytes.slice();
          changed[at] ^= bit;
          const complaint = complaintAbout(changed);
          if (!complaint?.includes('PNG')) wrong.push(`byte ${at}, bit ${bit}: ${complaint}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(complaintAbout(Uint8Array.of(...bytes, 0))).toContain('overlong PNG file');
    },
  );

  test('interlaced with 1 bit a sample is refused, not misread', () => {
    expect(() => readPng(decoded(INTERLACED_BITS))).toThrow('interlaced PNG of 1 bits a sample');
  });

  test('a view into a larger buffer is read as itself', () => {
    const bytes = decoded(LIBPNG['palette, 4 bits']);
    const shifted = new Uint8Array(bytes.length + 6).fill(170);
    shifted.set(bytes, 3);
    expect(readPng(shifted.subarray(3, 3 + bytes.length))).toEqual(expected);
  });
});

describe('luminance', () => {
  const pixel = (channels: number, depth: 8 | 16, ...data: number[]) =>
    encode({
      width: 1,
      height: 1,
      channels,
      depth,
      data: depth === 8 ? Uint8Array.from(data) : Uint16Array.from(data),
    });
  /** The largest threshold at which the only pixel of the picture is light, to 1/1024. */
  const lightUpTo = (png: Uint8Array) => {
    let [light, dark] = [0, 255 * 1024 + 1];
    while (dark - light > 1) {
      const middle = (light + dark) >> 1;
      if (readPng(png, { threshold: middle / 1024 }).pattern[0] > 0) light = middle;
      else dark = middle;
    }
    return light / 1024;
  };

  test.each<[string, number, 8 | 16, (grey: number) => number[]]>([
    ['grey', 1, 8, (grey) => [grey]],
    ['grey and alpha', 2, 8, (grey) => [grey, 255]],
    ['RGB', 3, 8, (grey) => [grey, grey, grey]],
    ['RGBA of 16 bits', 4, 16, (grey) => [257 * grey, 257 * grey, 257 * grey, 65535]],
  ])('of grey is the sample itself: %s', (_, channels, depth, samples) => {
    const greys = Array.from({ length: 256 }, (_, grey) => grey);
    const values = greys.flatMap(samples);
    const data = depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
    const png = encode({ width: 256, height: 1, channels, depth, data });
    /** The first light grey, if all after it are light. */
    const firstLight = (threshold: number) => {
      const { pattern } = readPng(png, { threshold });
      const first = pattern.indexOf(1);
      return pattern.lastIndexOf(-1) < first ? first : NaN;
    };
    // A grey is light up to the threshold that is itself, and no further.
    const found = greys.slice(1).map((grey) => [firstLight(grey - 1023 / 1024), firstLight(grey)]);
    expect(found).toEqual(greys.slice(1).map((grey) => [grey, grey]));
  });

  test('of the primary colours has the weights of BT.709', () => {
    expect(lightUpTo(pixel(3, 8, 255, 0, 0))).toBeCloseTo(255 * 0.2126, 2);
    expect(lightUpTo(pixel(3, 8, 0, 255, 0))).toBeCloseTo(255 * 0.7152, 2);
    expect(lightUpTo(pixel(3, 8, 0, 0, 255))).toBeCloseTo(255 * 0.0722, 2);
    expect(lightUpTo(pixel(3, 16, 65535, 0, 0))).toBeCloseTo(255 * 0.2126, 2);
    expect(lightUpTo(pixel(3, 16, 0, 65535, 0))).toBeCloseTo(255 * 0.7152, 2);
    expect(lightUpTo(pixel(3, 16, 0, 0, 65535))).toBeCloseTo(255 * 0.0722, 2);
  });

  test('of what is transparent is that of white behind it', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), (grey, alpha) => {
        const behind = (grey * alpha + 255 * (255 - alpha)) / 255;
        expect(lightUpTo(pixel(2, 8, grey, alpha))).toBeCloseTo(behind, 2);
        expect(lightUpTo(pixel(4, 8, grey, grey, grey, alpha))).toBeCloseTo(behind, 2);
      }),
    );
    expect(lightUpTo(pixel(4, 8, 0, 0, 0, 0))).toBe(255);
    expect(lightUpTo(pixel(4, 8, 255, 255, 255, 77))).toBe(255);
  });

  test('of palette entries is that of their colours on white', () => {
    const palette = chunk('PLTE', [0, 0, 0, 5, 5, 5, 9, 9, 9, 255, 0, 0]);
    const alphas = chunk('tRNS', [255, 102, 255]);
    const at = (index: number, ...chunks: number[][]) =>
      lightUpTo(file(header({ type: 3 }), ...chunks, stored([index]), chunk('IEND')));
    expect([0, 1, 2].map((index) => at(index, palette))).toEqual([0, 5, 9]);
    expect([0, 1, 2].map((index) => at(index, palette, alphas))).toEqual([0, 155, 9]);
    expect(at(3, palette, alphas)).toBe(at(3, palette));
    expect(at(3, palette)).toBeCloseTo(255 * 0.2126, 2);
  });

  test('of the transparent colour is that of white, of colours one sample away their own', () => {
    const near = [10, 20, 30, 11, 20, 30, 10, 21, 30, 10, 20, 31];
    const key = chunk('tRNS', [0, 10, 0, 20, 0, 30]);
    const png = file(header({ width: 4, type: 2 }), key, stored(near), chunk('IEND'));
    expect(readPng(png).pattern).toEqual(Int8Array.of(1, -1, -1, -1));
  });

  test('of grey below 8 bits is spread over 0 to 255, rows starting at a byte', () => {
    const depths = fc.constantFrom<(1 | 2 | 4)[]>(1, 2, 4);
    const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(
        depths,
        sizes,
        fc.infiniteStream(fc.nat(15)),
        (depth, [width, height], stream) => {
          const most = 2 ** depth - 1;
          const samples = Array.from({ length: width * height }, () => stream.next().value! & most);
          const rowBytes = Math.ceil((width * depth) / 8);
          const data = new Uint8Array(rowBytes * height);
          samples.forEach((sample, i) => {
            const bits = (i % width) * depth;
            data[Math.floor(i / width) * rowBytes + (bits >> 3)] |=
              sample << (8 - depth - (bits % 8));
          });
          const png = encode({ width, height, channels: 1, depth, data });
          for (let level = 1; level <= most; level++) {
            const { pattern } = readPng(png, { threshold: (255 * level) / most });
            expect(Array.from(pattern)).toEqual(
              samples.map((sample) => (sample >= level ? 1 : -1)),
            );
          }
        },
      ),
    );
  });
});

describe('a written picture', () => {
  const pictures = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .chain(([rows, columns]) =>
      fc.record({
        shape: fc.constant<[number, number]>([rows, columns]),
        pattern: fc
          .array(fc.constantFrom(-1, 1), { minLength: rows * columns, maxLength: rows * columns })
          .map((values) => Int8Array.from(values)),
      }),
    );

  test('is read as the same at every threshold', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 1, max: 255 }), (picture, threshold) => {
        expect(readPng(writePng(picture.pattern, picture.shape), { threshold })).toEqual(picture);
      }),
    );
  });

  test('enlarged has a square for every neuron', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 1, max: 4 }), ({ pattern, shape }, scale) => {
        const [rows, columns] = shape;
        const large = readPng(writePng(pattern, shape, { scale }));
        expect(large.shape).toEqual([rows * scale, columns * scale]);
        large.pattern.forEach((value, i) => {
          const row = Math.floor(i / (columns * scale) / scale);
          const column = Math.floor((i % (columns * scale)) / scale);
          expect(value).toBe(pattern[row * columns + column]);
        });
      }),
    );
  });

  test.each([
    [[2, 2], 1, 'pattern has 3 values, expected 4'],
    [[0, 3], 1, 'rows is 0, expected a positive integer'],
    [[1, 1.5], 1, 'columns is 1.5, expected'],
    [[1, 3], 0, 'scale is 0, expected'],
    [[1, 3], 0.5, 'scale is 0.5, expected'],
    [[1, 3], 50000, '150000 × 50000 pixels, expected at most 2147483647'],
  ])('of shape %j and scale %d is refused', (shape, scale, message) => {
    const write = () => writePng(Int8Array.of(1, 1, -1), shape as [number, number], { scale });
    expect(write).toThrow(RangeError);
    expect(write).toThrow(message);
  });

  test('has values ±1', () => {
    expect(() => writePng(Int8Array.of(1, 0), [1, 2])).toThrow(
      'pattern has 0 at 1, expected 1 or -1',
    );
    expect(() => writePng([1] as unknown as Int8Array, [1, 1])).toThrow('pattern is Array');
  });
});

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
    ['another kind of file', Uint8Array.of(71, 73, 70), TypeError, 'byte 0 is 71, expected 137'],
    ['no header', file(ROW, END), TypeError, 'PNG chunks IDAT IEND, expected one IHDR'],
    ['two headers', file(header({}), header({}), ROW, END), TypeError, 'IHDR IHDR IDAT IEND'],
    ['a short header', file(chunk('IHDR', [0, 0, 0, 1]), ROW, END), TypeError, 'of 13 bytes first'],
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
      file(header({ width: 2 ** 31 - 1, height: 2 ** 31 - 1 }), ROW, END),
      RangeError,
      'PNG of 2147483647 × 2147483647 pixels, expected no more than fit into',
    ],
    [
      'fewer rows than announced',
      file(header({ height: 2 }), ROW, END),
      TypeError,
      'cannot be read',
    ],
    [
      'image data that is none',
      file(header({}), chunk('IDAT', [1, 2, 3, 4, 5, 6, 7]), END),
      TypeError,
      'cannot be read',
    ],
    [
      'a palette picture without palette',
      file(header({ type: 3 }), ROW, END),
      RangeError,
      'colour 200 at row 0, column 0, expected below 0',
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
    expect(read).toThrow(`threshold is ${threshold}, expected a number above 0 and up to 255`);
  });

  test('what is not bytes', () => {
    expect(() => readPng('x' as unknown as Uint8Array)).toThrow('bytes are String');
  });
});

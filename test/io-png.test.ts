/** PNG pictures: light is +1, whatever encoder and kind of picture; what is not needed is not looked at. */

import { encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPng } from '../src/io/index.ts';
import { chunk, decoded, file, header, stored } from './png-file.ts';

/** What reading gives, or the message. */
function outcome(bytes: Uint8Array): ReturnType<typeof readPng> | string {
  try {
    return readPng(bytes);
  } catch (error) {
    return String(error);
  }
}

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

describe('the files of libpng', () => {
  const expected = {
    pattern: Int8Array.from(PICTURE.join(''), (c) => (c === '*' ? 1 : -1)),
    shape: [5, 7],
  };

  test.each(Object.entries(LIBPNG))('%s', (_, base64) => {
    expect(readPng(decoded(base64))).toEqual(expected);
  });

  test('every truncation is refused; what follows the end is ignored', () => {
    for (const base64 of Object.values(LIBPNG)) {
      const bytes = decoded(base64);
      for (let at = 0; at < bytes.length; at++) {
        expect(outcome(bytes.subarray(0, at))).toMatch(/^RangeError: truncated PNG file/);
      }
      expect(readPng(Uint8Array.of(...bytes, 0, 255))).toEqual(expected);
    }
  });

  test('every changed bit is refused, or in a chunk that is not needed', () => {
    for (const base64 of Object.values(LIBPNG)) {
      const bytes = decoded(base64);
      const text = String.fromCharCode(...bytes);
      const transparency = text.indexOf('tRNS');
      let ignored = 0;
      for (let at = 0; at < bytes.length; at++) {
        for (let bit = 1; bit < 256; bit *= 2) {
          const changed = bytes.slice();
          changed[at] ^= bit;
          if (typeof outcome(changed) === 'string') {
            expect(outcome(changed)).toMatch(/^(Type|Range)Error: .*PNG/);
          } else {
            // Of tRNS the type, the data and the checksum, 4 + up to 6 + 4 bytes.
            if (at < transparency || at >= transparency + 14) expect([at, bit]).toBe('refused');
            ignored++;
          }
        }
      }
      expect(ignored > 0).toBe(transparency > 0);
    }
  });

  test('interlaced with 1 bit a sample is read', () => {
    expect(readPng(decoded(INTERLACED_BITS))).toEqual(expected);
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

  test('of grey is the sample itself, whatever the kind of picture', () => {
    for (let grey = 0; grey < 256; grey += 3) {
      expect(lightUpTo(pixel(1, 8, grey))).toBe(grey);
      expect(lightUpTo(pixel(2, 8, grey, 255))).toBe(grey);
      expect(lightUpTo(pixel(3, 8, grey, grey, grey))).toBe(grey);
      expect(lightUpTo(pixel(4, 16, 257 * grey, 257 * grey, 257 * grey, 65535))).toBe(grey);
    }
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

describe('not needed, and not looked at:', () => {
  const ROW = stored([200]);
  const END = chunk('IEND');
  const damaged = (bytes: number[]) => [...bytes.slice(0, -1), bytes.at(-1)! ^ 1];
  const expected = { pattern: Int8Array.of(1), shape: [1, 1] };

  test.each<[string, number[]]>([
    ['a colour profile that cannot be unpacked', chunk('iCCP', [65, 0, 0, 1, 2, 3])],
    ['a text without keyword', chunk('tEXt', [0, 65])],
    ['a text with a keyword of 100 bytes', chunk('tEXt', [...Array(100).fill(65), 0, 66])],
    ['a text with a wrong checksum', damaged(chunk('tEXt', [65, 0, 66]))],
    ['a chunk nobody knows', chunk('abCd', [1, 2, 3])],
    ['a transparent grey of one byte', chunk('tRNS', [0])],
    ['a transparent grey with a wrong checksum', damaged(chunk('tRNS', [0, 100]))],
    ['transparency for 300 greys', chunk('tRNS', Array(600).fill(0))],
    ['a palette for a grey picture', chunk('PLTE', [1, 2, 3])],
  ])('%s', (_, extra) => {
    expect(readPng(file(header({}), extra, ROW, END))).toEqual(expected);
    expect(readPng(file(header({}), ROW, END, extra))).toEqual(expected);
  });

  test('alphas after the last colour of the palette', () => {
    const chunks = [chunk('PLTE', [0, 0, 0, 9, 9, 9]), chunk('tRNS', [255, 0, 255, 255])];
    const read = (index: number) =>
      readPng(file(header({ type: 3 }), ...chunks, stored([index]), END)).pattern[0];
    expect([read(0), read(1)]).toEqual([-1, 1]);
  });

  test('image data in many pieces are one stream', () => {
    const [, , , , ...rest] = ROW;
    const data = rest.slice(4, -4);
    const pieces = data.map((byte) => chunk('IDAT', [byte]));
    expect(readPng(file(header({}), ...pieces, chunk('IDAT'), END))).toEqual(expected);
  });
});

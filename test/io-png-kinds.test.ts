/**
 * Every kind of PNG there is: random samples of every colour type and depth, each row with a filter of its
 * own, interlaced or not, are read as the samples say. The files are made here, after sections 7 to 9 of the
 * specification; those without interlacing are also compared with another decoder.
 */

import { zlibSync } from 'fflate';
import { decode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPicture, readPng } from '../src/io/index.ts';
import { chunk, file, header } from './png-file.ts';

const KINDS = [
  ...[1, 2, 4, 8, 16].map((depth) => ({ type: 0, each: 1, depth })),
  ...[1, 2, 4, 8].map((depth) => ({ type: 3, each: 1, depth })),
  ...[8, 16].flatMap((depth) => [
    { type: 2, each: 3, depth },
    { type: 4, each: 2, depth },
    { type: 6, each: 4, depth },
  ]),
];

const picture = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    width: fc.integer({ min: 1, max: 20 }),
    height: fc.integer({ min: 1, max: 20 }),
    interlace: fc.constantFrom(0, 1),
  })
  .chain((fixed) => {
    const { kind, width, height } = fixed;
    const count = width * height * kind.each;
    return fc.record({
      fixed: fc.constant(fixed),
      samples: fc.uint16Array({ minLength: count, maxLength: count, max: 2 ** kind.depth - 1 }),
      filters: fc.infiniteStream(fc.nat(4)),
      palette: fc.uint8Array({ minLength: 3 * 256, maxLength: 3 * 256 }),
    });
  });

type Drawn = typeof picture extends fc.Arbitrary<infer T> ? T : never;

/** The file: rows packed and filtered, pass after pass. */
function pngOf({ fixed, samples, filters, palette }: Drawn): Uint8Array {
  const { kind, width, height, interlace } = fixed;
  const { depth, each, type } = kind;
  const passes = interlace
    ? ['0 0 8 8', '4 0 8 8', '0 4 4 8', '2 0 4 4', '0 2 2 4', '1 0 2 2', '0 1 1 2']
    : ['0 0 1 1'];
  const data: number[] = [];
  for (const [x0, y0, dx, dy] of passes.map((pass) => pass.split(' ').map(Number))) {
    let above: number[] = [];
    for (let y = y0; y < height; y += dy) {
      if (x0 >= width) break;
      let bits = '';
      for (let x = x0; x < width; x += dx) {
        for (let k = 0; k < each; k++) {
          bits += samples[(y * width + x) * each + k].toString(2).padStart(depth, '0');
        }
      }
      const row = bits.match(/.{1,8}/g)!.map((byte) => parseInt(byte.padEnd(8, '0'), 2));
      const filter = filters.next().value!;
      const step = Math.max(1, (each * depth) / 8);
      data.push(filter);
      row.forEach((byte, i) => {
        const [a, b, c] = [row[i - step] ?? 0, above[i] ?? 0, above[i - step] ?? 0];
        data.push((byte - [0, a, b, (a + b) >> 1, paeth(a, b, c)][filter]) & 255);
      });
      above = row;
    }
  }
  return file(
    header({ width, height, depth, type, interlace }),
    ...(type === 3 ? [chunk('PLTE', palette.subarray(0, 3 * 2 ** depth))] : []),
    chunk('IDAT', zlibSync(Uint8Array.from(data))),
    chunk('IEND'),
  );
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const [pa, pb, pc] = [a, b, c].map((value) => Math.abs(p - value));
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** Red, green and blue of each pixel from 0 to 1, on white. */
function coloursOf({ fixed, samples, palette }: Drawn): number[] {
  const { depth, each, type } = fixed.kind;
  const most = 2 ** depth - 1;
  const colours: number[] = [];
  for (let i = 0; i < samples.length; i += each) {
    const pixel = Array.from(samples.subarray(i, i + each), (sample) => sample / most);
    const alpha = each % 2 === 0 ? pixel[each - 1] : 1;
    let rgb = each < 3 ? [pixel[0], pixel[0], pixel[0]] : pixel.slice(0, 3);
    if (type === 3) {
      rgb = Array.from(palette.subarray(3 * samples[i], 3 * samples[i] + 3), (v) => v / 255);
    }
    colours.push(...rgb.map((value) => 1 - alpha * (1 - value)));
  }
  return colours;
}

function expectClose(found: ArrayLike<number>, expected: number[]): void {
  expect(found.length).toBe(expected.length);
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - found[i])));
  expect(worst).toBeLessThan(1e-6);
}

describe('every kind of PNG', () => {
  test('is read in colour as its samples say', () => {
    fc.assert(
      fc.property(picture, (drawn) => {
        const { data, shape } = readPicture(pngOf(drawn), { colour: true });
        expect(shape).toEqual([drawn.fixed.height, drawn.fixed.width, 3]);
        expectClose(data, coloursOf(drawn));
      }),
      { numRuns: 300 },
    );
  });

  test('is read in grey as the luminance of its colours, and as the signs of that', () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 1, max: 255 }), (drawn, threshold) => {
        const bytes = pngOf(drawn);
        const colours = coloursOf(drawn);
        const grey = colours
          .filter((_, i) => i % 3 === 0)
          .map(
            (red, i) => 0.2126 * red + 0.7152 * colours[3 * i + 1] + 0.0722 * colours[3 * i + 2],
          );
        const { data } = readPicture(bytes);
        // The weights in 65536ths differ from four decimals by up to 4e-6.
        const worst = Math.max(...grey.map((value, i) => Math.abs(value - data[i])));
        expect(worst).toBeLessThan(1e-5);
        readPng(bytes, { threshold }).pattern.forEach((sign, i) => {
          const above = grey[i] * 255 - threshold;
          if (Math.abs(above) > 0.01) expect(sign).toBe(above > 0 ? 1 : -1);
        });
      }),
      { numRuns: 200 },
    );
  });

  test('of 8 bits is decoded as by fast-png', () => {
    const eight = picture.filter(({ fixed }) => fixed.kind.depth === 8 && fixed.kind.type !== 3);
    fc.assert(
      fc.property(eight, (drawn) => {
        const { data } = decode(pngOf(drawn), { checkCrc: true });
        expect(Array.from(data)).toEqual(Array.from(drawn.samples));
        expectClose(readPicture(pngOf(drawn), { colour: true }).data, coloursOf(drawn));
      }),
    );
  });
});

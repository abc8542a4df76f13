/** Written pictures are read back, by this package and by a decoder that is not of it. */

import { decode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPicture, readPng, writePicture, writePng } from '../src/io/index.ts';

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

  test('is decoded by fast-png, its checksums verified', () => {
    fc.assert(
      fc.property(pictures, ({ pattern, shape }) => {
        const { width, height, depth, channels, data } = decode(writePng(pattern, shape), {
          checkCrc: true,
        });
        expect([height, width, depth, channels]).toEqual([...shape, 8, 1]);
        expect(Array.from(data)).toEqual(Array.from(pattern, (sign) => (sign > 0 ? 255 : 0)));
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

describe('a written grey or colour picture', () => {
  const pictures = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.constantFrom(1, 3))
    .chain(([rows, columns, channels]) => {
      const length = rows * columns * channels;
      return fc.record({
        shape: fc.constant(
          channels === 3
            ? ([rows, columns, 3] as [number, number, 3])
            : ([rows, columns] as [number, number]),
        ),
        data: fc
          .array(fc.nat(255), { minLength: length, maxLength: length })
          .map((samples) => Float32Array.from(samples, (sample) => sample / 255)),
      });
    });

  test('is read as the same, by readPicture and by fast-png', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const bytes = writePicture(picture);
        expect(readPicture(bytes, { colour: picture.shape.length === 3 })).toEqual(picture);
        const { data } = decode(bytes, { checkCrc: true });
        expect(Float32Array.from(data, (sample) => sample / 255)).toEqual(picture.data);
      }),
    );
  });

  test('is cut at black and white', () => {
    const data = Float32Array.of(-3, -0.001, 0.5, 1.001, 7);
    const { data: read } = readPicture(writePicture({ data, shape: [1, 5] }));
    expect(Array.from(read, (value) => Math.round(value * 255))).toEqual([0, 0, 128, 255, 255]);
  });

  test.each([
    [[1, 2], 'picture has 3 values, expected 2 for [1,2]'],
    [[3], 'shape is [3], expected [rows, columns] or [rows, columns, 3]'],
    [[1, 1, 4], 'shape is [1,1,4], expected'],
    [[0, 3], 'shape is [0,3], expected'],
  ])('of shape %j is refused', (shape, message) => {
    const write = () => writePicture({ data: new Float32Array(3), shape: shape as never });
    expect(write).toThrow(RangeError);
    expect(write).toThrow(message);
  });

  test('has finite values of single precision', () => {
    const shape: [number, number] = [1, 1];
    expect(() => writePicture({ data: Float32Array.of(NaN), shape })).toThrow(
      'picture has NaN at 0, expected 0 to 1',
    );
    expect(() => writePicture({ data: [0] as never, shape })).toThrow(
      'picture has data of Array, expected a Float32Array',
    );
  });
});

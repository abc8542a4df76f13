/** What a canvas gives is read as a PNG file of the same pixels is, and as the definition of luminance says. */

import { encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readImageData, readPatterns, readPicture, type ImageDataLike } from '../src/io/index.ts';

const images = fc
  .record({ width: fc.integer({ min: 1, max: 6 }), height: fc.integer({ min: 1, max: 6 }) })
  .chain(({ width, height }) => {
    const length = width * height * 4;
    const sample = fc.oneof(fc.nat(255), fc.constantFrom(0, 127, 128, 255));
    return fc
      .array(sample, { minLength: length, maxLength: length })
      .map((data): ImageDataLike => ({ width, height, data: Uint8ClampedArray.from(data) }));
  });

const pngOf = ({ width, height, data }: ImageDataLike) =>
  encode({ width, height, data: Uint8Array.from(data), channels: 4, depth: 8 });

/** The luminance of pixel i on white, from 0 to 255. */
function luminance({ data }: ImageDataLike, i: number): number {
  const [red, green, blue, alpha] = data.subarray(4 * i, 4 * i + 4);
  const light = (13933 * red + 46871 * green + 4732 * blue) / 65536;
  return (alpha * light + (255 - alpha) * 255) / 255;
}

test('light is +1, by the luminance of each pixel on white', () => {
  fc.assert(
    fc.property(images, fc.integer({ min: 1, max: 255 }), (image, threshold) => {
      const { pattern, shape } = readImageData(image, { threshold });
      expect(shape).toEqual([image.height, image.width]);
      for (const [i, sign] of pattern.entries()) {
        const above = luminance(image, i) - threshold;
        if (Math.abs(above) > 1e-4) expect([i, sign]).toEqual([i, Math.sign(above)]);
      }
    }),
  );
});

test('pattern and picture are those of a PNG file of the same pixels', () => {
  const thresholds = fc.constantFrom(undefined, 40, 'otsu' as const);
  const sizes = fc.option(
    fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
    {
      nil: undefined,
    },
  );
  const read = (work: () => { pattern: Int8Array; shape: number[] }) => {
    try {
      return work();
    } catch (error) {
      return String(error);
    }
  };
  fc.assert(
    fc.property(images, thresholds, sizes, (image, threshold, size) => {
      const bytes = pngOf(image);
      expect(read(() => readImageData(image, { threshold, size }))).toEqual(
        read(() => {
          const { patterns, shape } = readPatterns(bytes, { threshold, size });
          return { pattern: patterns[0], shape };
        }),
      );
      for (const colour of [false, true]) {
        expect(readPicture(image, { colour })).toEqual(readPicture(bytes, { colour }));
      }
    }),
  );
});

test('takes bytes of any kind, and leaves them as they are', () => {
  const data = [0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 0];
  const image = { width: 3, height: 1, data: Uint8Array.from(data) };
  expect(readImageData(image)).toEqual({ pattern: Int8Array.of(-1, 1, 1), shape: [1, 3] });
  expect([...image.data]).toEqual(data);
});

test.runIf(typeof OffscreenCanvas !== 'undefined')('takes what a canvas gives', () => {
  const context = new OffscreenCanvas(3, 2).getContext('2d')!;
  context.fillStyle = 'black';
  context.fillRect(0, 0, 2, 1);
  context.fillStyle = 'yellow';
  context.fillRect(1, 0, 1, 2);
  const { pattern, shape } = readImageData(context.getImageData(0, 0, 3, 2));
  expect(shape).toEqual([2, 3]);
  expect([...pattern]).toEqual([-1, 1, 1, 1, 1, 1]);
});

describe('says what is wrong', () => {
  const data = new Uint8ClampedArray(4);
  const wrong: [unknown, typeof TypeError | typeof RangeError, string][] = [
    [undefined, TypeError, 'image is undefined, expected ImageData: width, height and data'],
    [{ width: 1, height: 1 }, TypeError, 'image is Object, expected ImageData'],
    [{ width: 1, height: 1, data: [0, 0, 0, 0] }, TypeError, 'image has data of Array, expected'],
    [
      { width: 1, height: 1, data: new Float32Array(4) },
      TypeError,
      'image has data of Float32Array',
    ],
    [{ width: 1, data }, TypeError, 'image has height undefined, expected a positive integer'],
    [{ width: 0, height: 1, data }, RangeError, 'image of 0 × 1 pixels, expected at least 1 × 1'],
    [{ width: 1, height: 2, data }, RangeError, 'image has 4 bytes of data, expected 8 for 1 × 2'],
  ];
  test.each(wrong)('%o', (image, type, message) => {
    const read = () => readImageData(image as ImageDataLike);
    expect(read).toThrow(type);
    expect(read).toThrow(message);
  });

  test('of options', () => {
    const image = { width: 1, height: 1, data };
    expect(() => readImageData(image, { threshold: 0 })).toThrow('threshold is 0, expected');
    expect(() => readImageData(image, { size: [0, 1] })).toThrow(
      'size is [0, 1], expected [rows, columns]',
    );
    expect(() => readImageData(image, { colour: true } as object)).toThrow(
      'options have no colour',
    );
  });
});

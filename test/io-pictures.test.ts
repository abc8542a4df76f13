/** Laws of what is done to pictures: thresholds, Otsu's among them, and resizing by area average. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binarise, otsuThreshold, resize, type Picture } from '../src/io/index.ts';

describe("Otsu's threshold", () => {
  const values = fc
    .array(fc.oneof(fc.nat(9), fc.integer({ min: -500, max: 500 })), {
      minLength: 2,
      maxLength: 30,
    })
    .filter((list) => new Set(list).size > 1);

  const within = (list: number[]) => {
    if (list.length === 0) return 0;
    const mean = list.reduce((sum, v) => sum + v, 0) / list.length;
    return list.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  };
  const cost = (list: number[], threshold: number) =>
    within(list.filter((v) => v < threshold)) + within(list.filter((v) => v >= threshold));

  test('has the least variance within the classes of all thresholds, and both classes', () => {
    fc.assert(
      fc.property(values, (list) => {
        const threshold = otsuThreshold(list);
        expect(list).toContain(threshold);
        expect(list.some((v) => v < threshold)).toBe(true);
        const best = Math.min(
          ...list.filter((v) => v > Math.min(...list)).map((t) => cost(list, t)),
        );
        expect(cost(list, threshold)).toBeLessThanOrEqual(best + 1e-6 * (1 + best));
      }),
    );
  });

  test('parts the same values whatever their order, number of copies, unit and origin', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), fc.integer(), (list, unit, origin) => {
        const signs = binarise(list, 'otsu');
        expect(otsuThreshold([...list].reverse())).toBe(otsuThreshold(list));
        expect(otsuThreshold([...list, ...list])).toBe(otsuThreshold(list));
        const moved = list.map((v) => v * 2 ** unit + (origin % 1000));
        expect(binarise(moved, 'otsu')).toEqual(signs);
      }),
    );
  });

  test('parts two well parted groups between them, however unlike in number', () => {
    const few = [200, 201, 204];
    const many = Array.from({ length: 100 }, (_, i) => 20 + (i % 7));
    expect(otsuThreshold([...many, ...few])).toBe(200);
  });

  test('needs two finite values that differ', () => {
    expect(() => otsuThreshold([7, 7, 7])).toThrow("3 values, all 7: Otsu's threshold needs two");
    expect(() => otsuThreshold([])).toThrow("no values: Otsu's threshold needs two");
    expect(() => otsuThreshold([1, NaN])).toThrow('value NaN at 1, expected a finite number');
  });
});

test('a threshold is the least value that is +1', () => {
  expect(binarise([1, 2, 3], 2)).toEqual(Int8Array.of(-1, 1, 1));
  expect(() => binarise([1], Infinity)).toThrow('threshold is Infinity, expected a finite number');
  expect(() => binarise([1], '2' as never)).toThrow("threshold is 2, expected a number or 'otsu'");
});

describe('resizing', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }));
  const pictures = fc.tuple(sizes, fc.constantFrom(1, 3)).chain(([[rows, columns], channels]) => {
    const length = rows * columns * channels;
    return fc
      .array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: length, maxLength: length })
      .map((values): Picture => {
        const data = Float32Array.from(values);
        return { data, shape: channels === 3 ? [rows, columns, 3] : [rows, columns] };
      });
  });
  const each = ({ shape }: Picture) => shape[2] ?? 1;

  test('is the mean of what a pixel covers', () => {
    fc.assert(
      fc.property(pictures, sizes, (picture, [rows, columns]) => {
        const [oldRows, oldColumns] = picture.shape;
        const resized = resize(picture, [rows, columns]);
        expect(resized.shape).toEqual([rows, columns, ...picture.shape.slice(2)]);
        // Both pictures on a grid so fine that every pixel is a whole block of it.
        const channels = each(picture);
        for (let i = 0; i < resized.data.length; i++) {
          const k = i % channels;
          const column = Math.floor(i / channels) % columns;
          const row = Math.floor(i / channels / columns);
          let sum = 0;
          for (let y = row * oldRows; y < (row + 1) * oldRows; y++) {
            for (let x = column * oldColumns; x < (column + 1) * oldColumns; x++) {
              const at = Math.floor(y / rows) * oldColumns + Math.floor(x / columns);
              sum += picture.data[at * channels + k];
            }
          }
          expect(resized.data[i]).toBeCloseTo(sum / (oldRows * oldColumns), 5);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('to the same size changes nothing, to one pixel gives the mean', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const [rows, columns] = picture.shape;
        expect(resize(picture, [rows, columns])).toEqual(picture);
        const channels = each(picture);
        const mean = Array(channels).fill(0);
        picture.data.forEach((value, i) => {
          mean[i % channels] += value / (rows * columns);
        });
        const one = Array.from(resize(picture, [1, 1]).data);
        one.forEach((value, k) => expect(value).toBeCloseTo(mean[k], 5));
      }),
    );
  });

  test('keeps a plain picture plain to one unit in the last place, and the size within limits', () => {
    fc.assert(
      fc.property(sizes, sizes, ([rows, columns], size) => {
        const data = new Float32Array(rows * columns).fill(0.3);
        const resized = resize({ data, shape: [rows, columns] }, size);
        resized.data.forEach((value) => expect(Math.abs(value - data[0])).toBeLessThan(4e-8));
      }),
    );
    const picture: Picture = { data: Float32Array.of(1), shape: [1, 1] };
    for (const size of [[0, 1], [1.5, 1], [1], [10000, 10000]]) {
      expect(() => resize(picture, size as never)).toThrow(
        `size is [${size.join(', ')}], expected [rows, columns]`,
      );
    }
  });
});

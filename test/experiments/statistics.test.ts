/** Intervals against tables, closed forms, and how often they hold the truth. */
import { describe, expect, test } from 'vitest';
import { crossing, extrapolate, jackknife, meanOf, shareOf } from '../../src/experiments/index.ts';
import { studentT } from '../../src/experiments/statistics.ts';
import { Random } from '../../src/index.ts';

test('quantiles of Student are those of the tables', () => {
  const table = { 1: 12.706, 2: 4.303, 5: 2.571, 6: 2.447, 8: 2.306, 10: 2.228, 20: 2.086, 60: 2 };
  for (const [degrees, t] of Object.entries(table)) {
    expect(Math.abs(studentT(Number(degrees)) - t)).toBeLessThan(0.001);
  }
  expect(studentT(1e6)).toBeCloseTo(1.95996, 4);
});

test('a mean has the error of its scatter; one network has none', () => {
  const { value, error, low, high } = meanOf([1, 2, 3, 4]);
  expect([value, error]).toEqual([2.5, Math.sqrt(5 / 3 / 4)]);
  expect(high! - low!).toBeCloseTo(2 * 3.18245 * Math.sqrt(5 / 12), 4);
  expect(meanOf([7])).toEqual({ value: 7 });
});

test("a share of single attempts has Wilson's interval", () => {
  // 8 of 10: 0.490 to 0.943 (Newcombe 1998, method 3); 0 of 20: 0 to 0.161.
  const { low, high } = shareOf([1, 1, 1, 1, 1, 1, 1, 1, 0, 0], 1);
  expect([low, high].map((x) => x!.toFixed(3))).toEqual(['0.490', '0.943']);
  const none = shareOf(
    Array.from({ length: 20 }, () => 0),
    1,
  );
  expect([none.low, none.high!.toFixed(3)]).toEqual([0, '0.161']);
});

describe('attempts of one network', () => {
  test('that agree with each other count as one', () => {
    const wide = shareOf([100, 0, 100, 0, 100, 0, 100, 0, 100, 100], 100);
    const single = shareOf([1, 0, 1, 0, 1, 0, 1, 0, 1, 1], 1);
    expect(wide.value).toBe(single.value);
    expect(wide.high! - wide.low!).toBeGreaterThan(single.high! - single.low!);
  });

  test('are no more than they are, and one a network where none scatters', () => {
    const even = shareOf([50, 50, 50, 51], 100);
    expect(even.error).toBeCloseTo(Math.sqrt((0.5025 * 0.4975) / 400), 10);
    expect(shareOf([10, 10, 10], 10)).toMatchObject({ value: 1, high: 1 });
    expect(shareOf([10, 10, 10], 10).low).toBeCloseTo(shareOf([1, 1, 1], 1).low!, 12);
  });

  test('give intervals that hold the truth about 95 times in 100, where networks scatter', () => {
    const random = new Random(1);
    let held = 0;
    for (let k = 0; k < 1000; k++) {
      const successes = Array.from({ length: 10 }, () => {
        // Every network has a share of its own, around 0.7.
        const own = random.real() < 0.5 ? 0.55 : 0.85;
        return Array.from({ length: 20 }, () => random.real()).filter((x) => x < own).length;
      });
      const { low, high } = shareOf(successes, 20);
      if (low! <= 0.7 && 0.7 <= high!) held++;
    }
    expect(held).toBeGreaterThan(920);
    expect(held).toBeLessThan(985);
  });
});

test('the jackknife of a mean is its standard error; of a function, about its slope times that', () => {
  const random = new Random(2);
  const values = Array.from({ length: 200 }, () => 1 + random.real());
  const mean = (some: readonly number[]) => some.reduce((sum, x) => sum + x, 0) / some.length;
  const { error } = meanOf(values);
  expect(jackknife(values, mean).error).toBeCloseTo(error!, 12);
  const square = jackknife(values, (some) => mean(some) ** 2);
  expect(square.error! / (2 * mean(values) * error!)).toBeCloseTo(1, 2);
});

test('a straight line is extrapolated exactly, with the error of its points', () => {
  const line = [4, 2, 1].map((x) => ({ x, value: 0.14 + 0.01 * x, error: 0.001 * x }));
  const { value, slope, error } = extrapolate(line);
  expect(value).toBeCloseTo(0.14, 12);
  expect(slope).toBeCloseTo(0.01, 12);
  // Two points of equal error e at x and 2x: e √5.
  const two = [1, 2].map((x) => ({ x, value: x, error: 1 }));
  expect(extrapolate(two).error).toBeCloseTo(Math.sqrt(5), 12);
  expect(error).toBeLessThan(0.002);
  expect(() => extrapolate(line.slice(1, 2))).toThrow(RangeError);
  expect(() => extrapolate([{ x: 1, value: 1, error: 0 }, ...line])).toThrow(RangeError);
});

test('a curve passes a level between its points, with their errors', () => {
  const at = (x: number, value: number, error = 0.1) => ({ x, y: { value, error } });
  expect(crossing([at(0, 1), at(1, 0.75), at(2, 0.25)], 0.5)).toEqual({
    value: 1.5,
    error: 2 * Math.hypot(0.05, 0.05),
  });
  expect(crossing([at(0, 1), at(1, 0.75)], 0.5)).toBeUndefined();
  expect(crossing([{ x: 0, y: { value: 1 } }, at(1, 0)], 0.5)).toBeUndefined();
});

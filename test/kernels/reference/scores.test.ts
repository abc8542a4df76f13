import { expect, test } from 'vitest';
import { list, range } from '../cases.ts';
import { vectors } from '../vectors.ts';
import { onDesk, dot, read } from './on-desk.ts';

type Vector = readonly number[];

function squaredDistance(a: Vector, b: Vector): number {
  return a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0);
}

/** `count` vectors at an address. */
function rowsAt(f32: Float32Array, address: number, count: number, width: number): number[][] {
  return list(count, (i) => i).map((i) => read(f32, address + 4 * i * width, width));
}

test.each([0, 1])('scoresF32 with metric %i: whole numbers, exact', (metric) => {
  for (const [patterns, width, batch] of [
    [1, 8, 1],
    [3, 8, 2],
    [5, 24, 3],
    [9, 520, 2],
  ]) {
    for (const withFactors of [false, true]) {
      const { desk, kernels, views } = onDesk(width);
      const whole = () => desk.integer(-30, 30);
      const queries = vectors(desk, batch, width, whole);
      const rows = vectors(desk, patterns, width, whole);
      const factors = list(patterns, (p) => (withFactors ? 2 ** -(p % 4) : 1));
      const at = withFactors ? desk.f32(factors) : 0;
      const out = desk.take(patterns * batch, 4);
      kernels.scoresF32(out, queries, rows, at, -0.25, metric, patterns, width, batch);
      const similarity = metric === 0 ? dot : squaredDistance;
      const x = rowsAt(views.f32, rows, patterns, width);
      const q = rowsAt(views.f32, queries, batch, width);
      expect(read(views.f32, out, patterns * batch)).toEqual(
        q.flatMap((query) => x.map((row, p) => similarity(row, query) * factors[p] * -0.25)),
      );
    }
  }
});

test('scoresF32 rounds the scale to single, and the product with it', () => {
  const { desk, kernels, views } = onDesk(1);
  const row = desk.f32([3, 0, 0, 0, 0, 0, 0, 0]);
  const query = desk.f32([1, 0, 0, 0, 0, 0, 0, 0]);
  const out = desk.take(1, 4);
  kernels.scoresF32(out, query, row, 0, 0.1, 0, 1, 8, 1);
  expect(views.f32[out / 4]).toBe(Math.fround(3 * Math.fround(0.1)));
});

test('scoresF32 adds in eight lanes, upwards, a stretch of 512 at a time', () => {
  const score = (width: number, entries: Record<number, number>) => {
    const { desk, kernels, views } = onDesk(1);
    const row = desk.f32(list(width, (k) => entries[k] ?? 0));
    const ones = desk.f32(list(width, () => 1));
    const out = desk.take(1, 4);
    kernels.scoresF32(out, ones, row, 0, 1, 0, 1, width, 1);
    return views.f32[out / 4];
  };
  const big = 2 ** 24;
  // 2²⁴ + 1 is 2²⁴ in singles.
  expect(score(32, { 0: big, 8: 1, 16: -big, 24: 3 })).toBe(3);
  expect(score(32, { 0: big, 8: -big, 16: 1, 24: 3 })).toBe(4);
  // l₀ + l₂ comes before l₁ + l₃, and both before lanes 4 to 7.
  expect(score(8, { 0: big, 2: -big, 1: 1 })).toBe(1);
  expect(score(8, { 0: big, 1: -big, 2: 1 })).toBe(0);
  expect(score(8, { 0: big, 1: -big, 4: 1 })).toBe(1);
  expect(score(8, { 0: big, 4: -big, 1: 1 })).toBe(0);
  expect(score(8, { 4: big, 6: -big, 5: 1, 0: 1 })).toBe(2);
  // Lane 0 begins anew at 512.
  expect(score(528, { 0: big, 512: 1, 520: 1 })).toBe(big + 2);
  expect(score(528, { 0: big, 504: 1, 512: 1 })).toBe(big);
});

test('scoresF32 is near the scores in doubles, for long rows too', () => {
  for (const width of [8, 384, 4096]) {
    for (const metric of [0, 1]) {
      const { desk, kernels, views } = onDesk(width);
      const value = () => Math.fround(desk.double());
      const queries = vectors(desk, 1, width, value);
      const rows = vectors(desk, 20, width, value);
      const out = desk.take(20, 4);
      kernels.scoresF32(out, queries, rows, 0, 1, metric, 20, width, 1);
      const [q] = rowsAt(views.f32, queries, 1, width);
      const x = rowsAt(views.f32, rows, 20, width);
      read(views.f32, out, 20).forEach((score, p) => {
        const exact = metric === 0 ? dot(x[p], q) : squaredDistance(x[p], q);
        const scale = metric === 0 ? Math.sqrt(dot(x[p], x[p]) * dot(q, q)) : exact;
        expect(Math.abs(score - exact)).toBeLessThan(4e-7 * scale);
      });
    }
  }
});

test('largestF32 is the first of the largest', () => {
  const { desk, kernels } = onDesk(1);
  const largest = (values: number[]) => kernels.largestF32(desk.f32(values), values.length);
  expect(largest([-5])).toBe(0);
  expect(largest([1, 3, 2, 3])).toBe(1);
  expect(largest([-3, -2, -2, -7, -2, -9])).toBe(1);
  expect(largest([-0, 0, -1])).toBe(0);
  expect(largest([...range(1, 99), 99, 5])).toBe(98);
});

test('selectF32 lists the scores that reach a threshold, which may lie between two singles', () => {
  const { desk, kernels, views } = onDesk(1);
  const third = Math.fround(1 / 3);
  const values = [1, third, -2, 0.5, third, -0, 7, 0];
  const select = (threshold: number) => {
    const out = desk.take(values.length, 4);
    const count = kernels.selectF32(out, desk.f32(values), threshold, values.length);
    return read(views.u32, out, count);
  };
  expect(select(third)).toEqual([0, 1, 3, 4, 6]);
  expect(select(third + 1e-12)).toEqual([0, 3, 6]);
  expect(select(third - 1e-12)).toEqual([0, 1, 3, 4, 6]);
  expect(select(0)).toEqual([0, 1, 3, 4, 5, 6, 7]);
  expect(select(7.5)).toEqual([]);
  expect(select(-2)).toEqual(range(0, 7));
});

test('squaresF32 is Σ x², exact where the squares are', () => {
  const { desk, kernels, views } = onDesk(1);
  for (const width of [8, 16, 40]) {
    const rows = vectors(desk, 7, width, () => desk.integer(-4096, 4096));
    const out = desk.take(7, 8);
    kernels.squaresF32(out, rows, 7, width);
    expect(read(views.f64, out, 7)).toEqual(
      rowsAt(views.f32, rows, 7, width).map((row) => dot(row, row)),
    );
  }
});

test('squaresF32 adds in eight lanes, upwards', () => {
  const squares = (entries: Record<number, number>) => {
    const { desk, kernels, views } = onDesk(1);
    const out = desk.take(1, 8);
    const row = desk.f32(list(24, (k) => entries[k] ?? 0));
    kernels.squaresF32(out, row, 1, 24);
    return views.f64[out / 8];
  };
  const big = 2 ** 27;
  const one = 2 ** 0.5;
  const two = Math.fround(one) ** 2;
  // 2⁵⁴ + 2 is 2⁵⁴ in doubles, 2⁵⁴ + 4 is not.
  expect(squares({ 0: big, 8: one, 16: one })).toBe(2 ** 54);
  expect(squares({ 0: big, 1: one, 9: one })).toBe(2 ** 54 + 2 * two);
  expect(squares({ 0: big, 4: one, 1: one, 5: one })).toBe(2 ** 54 + 2 * two);
  expect(squares({ 0: big, 2: one, 6: one })).toBe(2 ** 54 + 2 * two);
  expect(squares({ 0: big, 4: one, 2: one })).toBe(2 ** 54);
  expect(squares({ 0: big, 3: one, 7: one })).toBe(2 ** 54 + 2 * two);
});

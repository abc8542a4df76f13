import { expect, test } from 'vitest';
import { list } from '../cases.ts';
import { vectors } from '../vectors.ts';
import { onDesk, dot, read } from './on-desk.ts';

test('encodeI8: codes to the nearest, scales, and what is left of rows', () => {
  const { desk, kernels, views } = onDesk(1);
  const rows = desk.f32([254, 1, 3, -5, -254, 0, 100, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
  const codes = desk.take(4, 16);
  kernels.encodeI8(codes, rows, 2, 8, 16);
  expect(views.f32[codes / 4]).toBe(2);
  expect(read(views.i8, codes + 16, 16)).toEqual([
    127,
    0,
    2,
    -2,
    -127,
    0,
    50,
    1,
    ...list(8, () => 0),
  ]);
  expect(views.f64[codes / 8 + 1]).toBe(1 + 1 + 1);
  // A row of zeros.
  expect(read(views.f32, codes + 32, 4)).toEqual([0, 0, 0, 0]);
  expect(read(views.i8, codes + 48, 16)).toEqual(list(16, () => 0));
});

test('encodeI8: no number is off by more than half a scale, at any size that has codes', () => {
  for (const size of [2 ** -96, 1e-20, 1, 1e15]) {
    const { desk, kernels, views } = onDesk(2);
    const value = () =>
      Math.fround((1 + desk.random.real()) * size * (desk.random.below(2) * 2 - 1));
    const rows = vectors(desk, 1, 40, value);
    const codes = desk.take(4, 16);
    kernels.encodeI8(codes, rows, 1, 40, 48);
    const scale = views.f32[codes / 4];
    const x = read(views.f32, rows, 40);
    const c = read(views.i8, codes + 16, 48);
    const left = x.map((number, k) => number - scale * c[k]);
    for (const rest of left) expect(Math.abs(rest)).toBeLessThanOrEqual(0.5001 * scale);
    expect(views.f64[codes / 8 + 1] / dot(left, left)).toBeCloseTo(1, 10);
    expect(Math.max(...c.map(Math.abs))).toBe(127);
  }
  const { desk, kernels, views } = onDesk(2);
  const codes = desk.take(2, 16);
  kernels.encodeI8(codes, desk.f32(list(8, () => 2 ** -97)), 1, 8, 16);
  expect(views.f32[codes / 4]).toBe(0);
  expect(views.f64[codes / 8 + 1]).toBe(8 * 2 ** -194);
});

test('scanI8 is the formula, and knows the best row', () => {
  const { desk, kernels, views } = onDesk(3);
  const codes = desk.take(3 * 2, 16);
  const put = (r: number, head: number[], code: number[]) => {
    views.f32.set(head, codes / 4 + r * 8);
    views.i8.fill(0, codes + r * 32 + 16, codes + r * 32 + 32).set(code, codes + r * 32 + 16);
  };
  put(0, [2, 0.5, 4], [1, 2, 3]);
  put(1, [1, 1, 8], [-1, 0, 5]);
  put(2, [2, 0.5, 4], [1, 2, 3]);
  const queries = desk.take(16, 2);
  views.i16.fill(0, queries / 2, queries / 2 + 16).set([10, 20, 30], queries / 2);
  const terms = desk.f32([0.5, -1, 3, 0.25, 2, 0.125, 0, 0]);
  const [uppers, stats, scratch] = [desk.take(4, 4), desk.take(2, 8), desk.take(64, 2)];
  kernels.scanI8(uppers, stats, codes, queries, terms, 0, scratch, 4, 3, 16, 1);
  // i = 140, 140·2·0.5 − 4 + 3 and 2·0.5 + 0.125·4 + 0.25; i = 140, 140·1·0.5 − 8 + 3 and 2 + 1 + 0.25.
  expect(read(views.f32, uppers, 4)).toEqual([140.75, 68.25, 140.75, -Infinity]);
  expect(read(views.f64, stats, 2)).toEqual([137.25, 0]);
  const mask = desk.i8([0, 1, 0]);
  kernels.scanI8(uppers, stats, codes, queries, terms, mask, scratch, 4, 3, 16, 1);
  expect(read(views.f32, uppers, 3)).toEqual([-Infinity, 68.25, -Infinity]);
  expect(read(views.f64, stats, 2)).toEqual([61.75, 1]);
  const none = desk.i8([0, 0, 0]);
  kernels.scanI8(uppers, stats, codes, queries, terms, none, scratch, 4, 3, 16, 1);
  expect(read(views.f64, stats, 2)).toEqual([-Infinity, 0]);
});

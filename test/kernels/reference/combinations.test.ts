import { expect, test } from 'vitest';
import { list } from '../cases.ts';
import { onDesk, read } from './on-desk.ts';

function combine(rows: number[][], indices: number[], weights: number[]): number[] {
  const { desk, kernels, views } = onDesk(1);
  const out = desk.take(8, 4);
  const flat = rows.flatMap((row) => list(8, (k) => row[k] ?? 0));
  const at = [desk.f32(flat), desk.u32(indices), desk.f64(weights)] as const;
  kernels.combineF32(out, ...at, indices.length, 8);
  return read(views.f32, out, rows[0].length);
}

test('combineF32 is Σ_k weights_k·row[indices_k], rounded once', () => {
  const { desk } = onDesk(4);
  const rows = list(30, () => 0).map(() => list(8, () => Math.fround(desk.double())));
  const indices = list(50, (k) => (k * 7) % 30);
  const weights = list(50, (k) => Math.sin(k));
  const expected = list(8, (c) => indices.reduce((sum, i, k) => sum + weights[k] * rows[i][c], 0));
  expect(combine(rows, indices, weights)).toEqual(expected.map((x) => Math.fround(x)));
});

test('combineF32 adds upwards in doubles', () => {
  const rows = [[1, 2 ** 27]];
  expect(combine(rows, [0, 0, 0], [2 ** 53, 1, -(2 ** 53)])[0]).toBe(0);
  expect(combine(rows, [0, 0, 0], [2 ** 53, -(2 ** 53), 1])[0]).toBe(1);
  expect(combine(rows, [0, 0, 0], [1, 2 ** -27, -1])[1]).toBe(1);
});

test('one row of weight 1 comes out bit for bit', () => {
  const row = [0, -0, 1e-45, -3e38, 0.1, -0.1, 1, -1].map((x) => Math.fround(x));
  expect(combine([[5, 5, 5, 5, 5, 5, 5, 5], row], [1], [1])).toEqual(row);
});

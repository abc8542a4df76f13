import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GENERATED, list, range, seeds } from '../cases.ts';
import { onDesk, read } from './on-desk.ts';

const size = fc.integer({ min: 0, max: 9 });

test('productF32 is a·b with either factor transposed, put in place of out or added to it', () => {
  const way = fc.record({ a: fc.boolean(), b: fc.boolean(), add: fc.boolean() });
  const check = (
    rows: number,
    columns: number,
    inner: number,
    turned: { a: boolean; b: boolean; add: boolean },
    seed: number,
  ) => {
    const { desk, kernels, views } = onDesk(seed);
    // Whole numbers this small add up without rounding.
    const whole = () => desk.integer(-1000, 1000);
    const left = list(rows, () => list(inner, whole));
    const right = list(inner, () => list(columns, whole));
    const before = list(rows, () => list(columns, whole));
    const gap = desk.integer(0, 2);
    const lay = (matrix: number[][], height: number, width: number, turn: boolean) => {
      const [outer, inside] = turn ? [width, height] : [height, width];
      const step = inside + gap;
      const data = list(outer * step, (k) => {
        const [i, j] = [Math.floor(k / step), k % step];
        if (j >= inside) return NaN;
        return turn ? matrix[j][i] : matrix[i][j];
      });
      return { at: desk.f32(data), row: turn ? 1 : step, column: turn ? step : 1, step };
    };
    const a = lay(left, rows, inner, turned.a);
    const b = lay(right, inner, columns, turned.b);
    const out = lay(before, rows, columns, false);
    const work = desk.take(8 * inner, 4);
    kernels.productF32(
      out.at,
      a.at,
      b.at,
      work,
      rows,
      columns,
      inner,
      out.step,
      a.row,
      a.column,
      b.row,
      b.column,
      Number(turned.add),
    );
    const expected = before.map((row, i) =>
      row.flatMap((value, j) => {
        const sum = left[i].reduce((s, x, k) => s + x * right[k][j], turned.add ? value : 0);
        return j === columns - 1 ? [sum, ...list(gap, () => NaN)] : [sum];
      }),
    );
    // Zeros have a sign where they are products, not where they are sums.
    expect(read(views.f32, out.at, rows * out.step).map((x) => x + 0)).toEqual(
      columns === 0 ? list(rows * gap, () => NaN) : expected.flat(),
    );
  };
  fc.assert(fc.property(size, size, size, way, seeds, check), GENERATED);
});

test('productF32 adds upwards in single precision, from what out holds', () => {
  const product = (before: number, factors: number[], add: number) => {
    const { desk, kernels, views } = onDesk(1);
    const out = desk.f32([before]);
    const ones = desk.f32(factors.map(() => 1));
    const b = desk.f32(factors);
    const work = desk.take(8 * factors.length, 4);
    kernels.productF32(out, ones, b, work, 1, 1, factors.length, 1, 1, 1, 1, 1, add);
    return views.f32[out / 4];
  };
  // 2²⁴ + 1 is 2²⁴ in singles.
  expect(product(7, [2 ** 24, 1, -(2 ** 24), 3], 0)).toBe(3);
  expect(product(7, [2 ** 24, -(2 ** 24), 1, 3], 0)).toBe(4);
  expect(product(2 ** 24, [1, 1], 1)).toBe(2 ** 24);
  expect(product(2 ** 24, [1, 2], 1)).toBe(2 ** 24 + 2);
});

test('productF32 rounds each product before it is added', () => {
  const { desk, kernels, views } = onDesk(1);
  const x = 1 + 2 ** -12;
  const out = desk.f32([-(1 + 2 ** -11)]);
  const factor = desk.f32([x]);
  kernels.productF32(out, factor, factor, desk.take(8, 4), 1, 1, 1, 1, 1, 1, 1, 1, 1);
  // x² = 1 + 2⁻¹¹ + 2⁻²⁴, which is 1 + 2⁻¹¹ in singles.
  expect(views.f32[out / 4]).toBe(0);
});

test('addRowF32 and sumRowsF32', () => {
  for (const [rows, columns] of [
    [0, 3],
    [1, 1],
    [2, 5],
    [7, 16],
    [4, 33],
  ]) {
    const { desk, kernels, views } = onDesk(rows);
    const whole = () => desk.integer(-1000, 1000);
    const x = list(rows * columns, whole);
    const row = list(columns, whole);
    const at = desk.f32(x);
    const rowAt = desk.f32(row);
    kernels.addRowF32(at, rowAt, rows, columns);
    expect(read(views.f32, at, rows * columns)).toEqual(x.map((v, k) => v + row[k % columns]));
    kernels.sumRowsF32(rowAt, at, rows, columns);
    expect(read(views.f32, rowAt, columns)).toEqual(
      row.map((v, j) => range(0, rows - 1).reduce((s, i) => s + x[i * columns + j] + v, v)),
    );
  }
});

test('sumRowsF32 completes a sum before it is added', () => {
  const { desk, kernels, views } = onDesk(1);
  const sums = desk.f32([2 ** 24]);
  kernels.sumRowsF32(sums, desk.f32([1, 1]), 2, 1);
  expect(views.f32[sums / 4]).toBe(2 ** 24 + 2);
});

test('squaredDistanceF32 is Σ (a − b)², in four lanes', () => {
  for (const count of range(0, 20)) {
    const { desk, kernels } = onDesk(count);
    const a = list(count, () => desk.integer(-50, 50));
    const b = list(count, () => desk.integer(-50, 50));
    const expected = a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0);
    expect(kernels.squaredDistanceF32(desk.f32(a), desk.f32(b), count)).toBe(expected);
  }
  const { desk, kernels } = onDesk(1);
  // 4096² = 2²⁴ swallows a single 1 of its own lane and of the lane it is added to.
  const distance = (a: number[]) =>
    kernels.squaredDistanceF32(desk.f32(a), desk.f32(a.map(() => 0)), a.length);
  expect(distance([4096, 0, 0, 0, 1, 0, 0, 0, 1])).toBe(2 ** 24);
  expect(distance([4096, 1, 0, 1])).toBe(2 ** 24 + 2);
  expect(distance([4096, 1, 1, 0])).toBe(2 ** 24);
});

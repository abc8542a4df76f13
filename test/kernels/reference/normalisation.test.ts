import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Desk } from '../desk.ts';
import { GENERATED, list, seeds } from '../cases.ts';
import { onDesk, dot, read } from './on-desk.ts';

const rowsOf = fc.integer({ min: 1, max: 5 });
const columnsOf = fc.integer({ min: 1, max: 40 });

/** Doubles that are singles. */
function singles(desk: Desk, count: number, bound = 1): number[] {
  return list(count, () => Math.fround(desk.double(bound)));
}

function rowsIn(values: ArrayLike<number>, columns: number): number[][] {
  const all = Array.from(values);
  return list(columns === 0 ? 0 : all.length / columns, (i) =>
    all.slice(i * columns, (i + 1) * columns),
  );
}

/** Fails unless ‖a − b‖ ≤ bound·(‖b‖ + 1). */
function expectNear(a: readonly number[], b: readonly number[], bound: number): void {
  const error = Math.hypot(...a.map((x, k) => x - b[k]));
  expect(a.length).toBe(b.length);
  expect(error).toBeLessThanOrEqual(bound * (Math.hypot(...b) + 1));
}

/** The slope of f at x along each axis, by central differences. */
function slopes(f: (x: number[]) => number, x: readonly number[]): number[] {
  const h = 1e-5;
  const moved = (k: number, by: number) => x.map((value, j) => (j === k ? value + by : value));
  return x.map((_, k) => (f(moved(k, h)) - f(moved(k, -h))) / (2 * h));
}

/** Softmax as it is written down, in doubles. */
function softmax(t: readonly number[]): number[] {
  const largest = Math.max(...t);
  if (largest === -Infinity) return t.map(() => 0);
  const e = t.map((x) => Math.exp(x - largest));
  const sum = e.reduce((s, x) => s + x, 0);
  return e.map((x) => x / sum);
}

describe('softmaxF32', () => {
  test('is exp(t)/Σ exp(t) with t = scale·scores + mask, with no mask, one row of it, or a row each', () => {
    const check = (rows: number, columns: number, kind: number, seed: number) => {
      const { desk, kernels, views } = onDesk(seed);
      const scores = singles(desk, rows * columns, 30);
      const maskStep = [0, 0, columns, columns + 2][kind];
      const mask = list(rows * maskStep + columns, () =>
        desk.random.real() < 0.4 ? -Infinity : Math.fround(desk.double(3)),
      );
      const scale = [1, 0.25, -1][desk.random.below(3)];
      const out = desk.take(rows * columns, 4);
      const at = kind === 0 ? 0 : desk.f32(mask);
      kernels.softmaxF32(out, desk.f32(scores), at, scale, rows, columns, maskStep);
      rowsIn(read(views.f32, out, rows * columns), columns).forEach((row, i) => {
        const t = scores
          .slice(i * columns, (i + 1) * columns)
          .map((s, j) => scale * s + (kind === 0 ? 0 : mask[i * maskStep + j]));
        const expected = softmax(t);
        // t is off by half an ulp of 32 twice, which is a relative error of 4·10⁻⁶.
        row.forEach((w, j) =>
          expect(Math.abs(w - expected[j])).toBeLessThan(1e-5 * expected[j] + 1e-37),
        );
        const sum = row.reduce((s, w) => s + w, 0);
        expect(sum === 0 ? 0 : Math.abs(sum - 1)).toBeLessThan(1e-5);
        expect(sum === 0).toBe(t.every((x) => x === -Infinity));
      });
    };
    fc.assert(fc.property(rowsOf, columnsOf, fc.nat({ max: 3 }), seeds, check), GENERATED);
  });

  test('exact where it can be: ties, one element, one element left, large scores', () => {
    const { desk, kernels, views } = onDesk(1);
    const one = (scores: number[], mask?: number[]) => {
      const out = desk.f32(scores);
      kernels.softmaxF32(out, out, mask ? desk.f32(mask) : 0, 1, 1, scores.length, 0);
      return read(views.f32, out, scores.length);
    };
    expect(one([5])).toEqual([1]);
    expect(one([3, 3, 3, 3])).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(one([1, 2, 3], [-Infinity, 0, -Infinity])).toEqual([0, 1, 0]);
    expect(one([3e38, 3e38])).toEqual([0.5, 0.5]);
    expect(one([-3e38, -3e38])).toEqual([0.5, 0.5]);
    expect(one([0, 1000, 0, 0, 0])).toEqual([0, 1, 0, 0, 0]);
    expect(one([1, 2], [-Infinity, -Infinity])).toEqual([0, 0]);
    expect(one([1, NaN, 2])).toEqual([NaN, NaN, NaN]);
    expect(one([1, Infinity, 2])).toEqual([NaN, NaN, NaN]);
  });

  test('in place gives the same, and no row depends on another', () => {
    const { desk, kernels, views } = onDesk(2);
    const scores = singles(desk, 35, 10);
    const out = desk.take(35, 4);
    const inPlace = desk.f32(scores);
    const third = desk.f32(scores.slice(14, 21));
    kernels.softmaxF32(out, desk.f32(scores), 0, 0.5, 5, 7, 0);
    kernels.softmaxF32(inPlace, inPlace, 0, 0.5, 5, 7, 0);
    kernels.softmaxF32(third, third, 0, 0.5, 1, 7, 0);
    expect(read(views.f32, inPlace, 35)).toEqual(read(views.f32, out, 35));
    expect(read(views.f32, third, 7)).toEqual(read(views.f32, out, 35).slice(14, 21));
  });
});

test('softmaxBackwardF32 is the slope of Σ gradient·softmax(scale·scores)', () => {
  const check = (rows: number, columns: number, seed: number) => {
    const { desk, kernels, views } = onDesk(seed);
    const scores = singles(desk, rows * columns, 2);
    const gradient = singles(desk, rows * columns);
    const scale = 0.7;
    const scaled = (row: readonly number[]) => softmax(row.map((s) => scale * s));
    const weights = rowsIn(scores, columns).flatMap(scaled);
    const out = desk.take(rows * columns, 4);
    const g = desk.f32(gradient);
    kernels.softmaxBackwardF32(out, desk.f32(weights), g, scale, rows, columns);
    const expected = rowsIn(scores, columns).flatMap((row, i) => {
      const along = gradient.slice(i * columns, (i + 1) * columns);
      return slopes((x) => dot(along, scaled(x)), row);
    });
    expectNear(read(views.f32, out, rows * columns), expected, 1e-6);
  };
  fc.assert(fc.property(rowsOf, columnsOf, seeds, check), GENERATED);
});

/** Layer normalisation as it is written down, in doubles. */
function layerNorm(
  x: readonly number[],
  gain: readonly number[] | undefined,
  bias: readonly number[] | undefined,
  epsilon: number,
): number[] {
  const mean = x.reduce((s, v) => s + v, 0) / x.length;
  const variance = x.reduce((s, v) => s + (v - mean) ** 2, 0) / x.length;
  const inverse = 1 / Math.sqrt(variance + epsilon);
  return x.map((v, j) => (v - mean) * inverse * (gain?.[j] ?? 1) + (bias?.[j] ?? 0));
}

describe('layer normalisation', () => {
  const EPSILON = 0.01;

  test('forward, and backward along x, gain and bias', () => {
    const check = (
      rows: number,
      columns: number,
      withGain: boolean,
      withBias: boolean,
      seed: number,
    ) => {
      const { desk, kernels, views } = onDesk(seed);
      const x = singles(desk, rows * columns, 3).map((v) => v + 2);
      const gain = withGain ? singles(desk, columns, 2) : undefined;
      const bias = withBias ? singles(desk, columns, 2) : undefined;
      const gradient = singles(desk, rows * columns);
      const out = desk.take(rows * columns, 4);
      const moments = desk.take(2 * rows, 4);
      const xAt = desk.f32(x);
      const gainAt = gain ? desk.f32(gain) : 0;
      const biasAt = bias ? desk.f32(bias) : 0;
      kernels.layerNormF32(out, moments, xAt, gainAt, biasAt, EPSILON, rows, columns);
      const expected = rowsIn(x, columns).flatMap((row) => layerNorm(row, gain, bias, EPSILON));
      expectNear(read(views.f32, out, rows * columns), expected, 1e-5);

      const g = desk.f32(gradient);
      kernels.layerNormBackwardF32(out, xAt, moments, gainAt, g, rows, columns);
      const along = (row: number) => gradient.slice(row * columns, (row + 1) * columns);
      const ofX = rowsIn(x, columns).flatMap((row, i) =>
        slopes((v) => dot(along(i), layerNorm(v, gain, bias, EPSILON)), row),
      );
      expectNear(read(views.f32, out, rows * columns), ofX, 1e-4);

      const before = singles(desk, columns);
      const sums = desk.f32(before);
      kernels.layerNormGainF32(sums, xAt, moments, g, rows, columns);
      const ofGain = slopes(
        (v) =>
          dot(
            gradient,
            rowsIn(x, columns).flatMap((row) => layerNorm(row, v, bias, EPSILON)),
          ),
        gain ?? list(columns, () => 1),
      );
      const gained = ofGain.map((slope, j) => before[j] + slope);
      expectNear(read(views.f32, sums, columns), gained, 1e-5);
    };
    const inputs = [rowsOf, columnsOf, fc.boolean(), fc.boolean(), seeds] as const;
    fc.assert(fc.property(...inputs, check), GENERATED);
  });

  test('moments are the mean and one over the deviation; a constant row becomes the bias', () => {
    const { desk, kernels, views } = onDesk(1);
    const out = desk.take(8, 4);
    const moments = desk.take(4, 4);
    const bias = desk.f32([1, 2, 3, 4]);
    const x = desk.f32([1, 3, 1, 3, 5, 5, 5, 5]);
    kernels.layerNormF32(out, moments, x, 0, bias, 3, 2, 4);
    expect(read(views.f32, moments, 4)).toEqual([
      2,
      0.5,
      5,
      Math.fround(1 / Math.fround(Math.sqrt(3))),
    ]);
    expect(read(views.f32, out, 8)).toEqual([0.5, 2.5, 2.5, 4.5, 1, 2, 3, 4]);
  });

  test('layerNormGainF32 completes a sum before it is added', () => {
    const { desk, kernels, views } = onDesk(1);
    const sums = desk.f32([2 ** 24]);
    const moments = desk.f32([0, 1, 0, 1]);
    kernels.layerNormGainF32(sums, desk.f32([1, 1]), moments, desk.f32([1, 1]), 2, 1);
    expect(views.f32[sums / 4]).toBe(2 ** 24 + 2);
  });
});

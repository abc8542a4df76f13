import { describe, expect, test } from 'vitest';
import { list, range } from '../cases.ts';
import { onDesk, dot, read } from './on-desk.ts';

interface Attention {
  state: number[];
  readout: number[];
  largest: number;
  first: number;
  z: number;
  u: number;
}

/** What the kernel makes of plain arrays; rows and values are padded with zeros here. */
function attend(
  rows: number[][],
  query: number[],
  scale: number,
  { metric = 0, values = [] as number[][], factors = [] as number[] } = {},
): Attention {
  const { desk, kernels, views } = onDesk(rows.length);
  const padded = (n: number) => 8 * Math.ceil(n / 8);
  const flat = (vectors: number[][], width: number) =>
    desk.f32(vectors.flatMap((vector) => list(width, (k) => vector[k] ?? 0)));
  const width = padded(query.length);
  const valueWidth = values.length === 0 ? 0 : padded(values[0].length);
  const [states, readouts, stats] = [
    desk.take(width, 4),
    desk.take(valueWidth, 4),
    desk.take(4, 8),
  ];
  kernels.attendF32(
    states,
    readouts,
    stats,
    flat([query], width),
    flat(rows, width),
    values.length === 0 ? 0 : flat(values, valueWidth),
    factors.length === 0 ? 0 : desk.f32(factors),
    desk.take(width + valueWidth + 296, 8),
    scale,
    metric,
    rows.length,
    width,
    valueWidth,
    1,
  );
  const [largest, first, z, u] = read(views.f64, stats, 4);
  const state = read(views.f32, states, width);
  expect(state.slice(query.length).every((x) => x === 0)).toBe(true);
  return {
    state: state.slice(0, query.length),
    readout: values.length === 0 ? [] : read(views.f32, readouts, values[0].length),
    largest,
    first,
    z,
    u,
  };
}

/** Softmax in doubles, all rows at once. */
function softmax(scores: number[]): number[] {
  const largest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - largest));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

function average(rows: number[][], weights: number[]): number[] {
  return rows[0].map((_, k) => rows.reduce((sum, row, i) => sum + weights[i] * row[k], 0));
}

function entropy(weights: number[]): number {
  return -weights.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);
}

function expectNear(actual: number[], expected: number[], tolerance: number): void {
  actual.forEach((x, k) => expect(Math.abs(x - expected[k])).toBeLessThanOrEqual(tolerance));
}

function randomRows(seed: number, count: number, dimension: number): number[][] {
  const { desk } = onDesk(seed);
  return list(count, () => 0).map(() => list(dimension, () => Math.fround(desk.double())));
}

describe('attendF32', () => {
  test('is the softmax average in doubles, from flat to peaked', () => {
    for (const count of [1, 2, 63, 64, 65, 200, 1000]) {
      for (const scale of [0, 1e-3, 0.1, 1, 10, 1000]) {
        for (const metric of [0, 1]) {
          const rows = randomRows(count, count, 12);
          const values = randomRows(count + 1, count, 3);
          const query = randomRows(count + 2, 1, 12)[0];
          const signed = metric === 0 ? scale : -scale;
          const similarity = (row: number[]) =>
            metric === 0 ? dot(row, query) : row.reduce((s, x, k) => s + (x - query[k]) ** 2, 0);
          const weights = softmax(rows.map((row) => Math.fround(signed) * similarity(row)));
          const { state, readout, z, u } = attend(rows, query, signed, { metric, values });
          const tolerance = 2e-6 + 1e-6 * scale * 12;
          expectNear(state, average(rows, weights), tolerance);
          expectNear(readout, average(values, weights), tolerance);
          const range = 1 + Math.log(count);
          expectNear([Math.log(z) - u / z], [entropy(weights)], range * tolerance);
        }
      }
    }
  });

  test('factors multiply the similarities', () => {
    const rows = randomRows(1, 150, 5);
    const query = randomRows(2, 1, 5)[0];
    const factors = randomRows(3, 1, 150)[0];
    const weights = softmax(rows.map((row, p) => 3 * factors[p] * dot(row, query)));
    expectNear(attend(rows, query, 3, { factors }).state, average(rows, weights), 1e-5);
  });

  test('tells the largest score and the first row that has it', () => {
    const at = (scores: number[]) => {
      const rows = scores.map((score) => [score]);
      const { largest, first } = attend(rows, [1], 1);
      return [largest, first];
    };
    expect(at([-7])).toEqual([-7, 0]);
    expect(at([1, 4, 4, 2])).toEqual([4, 1]);
    expect(at(list(200, (i) => (i === 70 || i === 130 ? 9 : i % 5)))).toEqual([9, 70]);
    expect(at(list(200, (i) => i))).toEqual([199, 199]);
    expect(at(list(200, (i) => -i))).toEqual([0, 0]);
    expect(at(list(200, () => 5))).toEqual([5, 0]);
  });

  test('one row, or one far above the others, comes out exactly', () => {
    const rows = randomRows(5, 300, 9);
    const query = rows[123];
    expect(attend([query], query, 1)).toMatchObject({ state: query, z: 1, u: 0, first: 0 });
    expect(attend(rows, query, 300)).toMatchObject({ state: query, z: 1, u: 0, first: 123 });
  });

  test('leaves rows out below −32 and no others, wherever the largest score stands', () => {
    const e32 = Math.exp(-32);
    for (const peak of [0, 5, 63, 64, 190, 199]) {
      const z = (low: number) =>
        attend(
          list(200, (i) => i).map((i) => [i === peak ? 1000 : 1000 + low]),
          [1],
          1,
        ).z;
      expect(z(-32 - 2 ** -10)).toBe(1);
      expect(z(-40)).toBe(1);
      expect(Math.abs((z(-32) - 1) / (199 * e32) - 1)).toBeLessThan(0.02);
    }
  });

  test('what was summed shrinks when a larger score turns up, tile after tile', () => {
    for (const step of [0.5, 7, 31.5, 32.5]) {
      const scores = list(640, (i) => Math.floor(i / 64) * step + (i % 64) / 64);
      const rows = scores.map((score, i) => [score, (i * 37) % 101]);
      const weights = softmax(scores);
      const { state, z, u, largest } = attend(rows, [1, 0], 1);
      const scale = Math.max(...scores);
      expectNear(state, average(rows, weights), 1e-5 * (100 + scale));
      expect(largest).toBe(scale);
      expectNear([z], [1 / Math.max(...weights)], 1e-5 * z);
      expectNear([Math.log(z) - u / z], [entropy(weights)], 1e-5);
    }
  });

  test('equal weights give the mean, of very many rows too', () => {
    const rows = range(0, 9999).map((i) => [i % 7, 1]);
    const { state, z, u } = attend(rows, [0, 0], 1);
    expectNear(state, [rows.reduce((sum, [x]) => sum + x, 0) / 10_000, 1], 1e-6);
    expect([z, u]).toEqual([10_000, 0]);
  });

  test('scores of 10⁴ and −10⁴', () => {
    for (const sign of [1, -1]) {
      const rows = randomRows(9, 500, 4).map(([x, ...rest]) => [
        Math.fround(1 + x * 1e-4),
        ...rest,
      ]);
      const query = [sign, 0, 0, 0];
      const weights = softmax(rows.map((row) => 1e4 * dot(row, query)));
      const { state, largest } = attend(rows, query, 1e4);
      expect(Math.abs(largest - sign * 1e4)).toBeLessThan(2);
      expectNear(state, average(rows, weights), 1e-3);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { ATTEND_SCRATCH } from '../../../src/kernels/layout.ts';
import { list, range } from '../cases.ts';
import { onDesk, dot, read } from './on-desk.ts';

interface Attention {
  state: number[];
  readout: number[];
  largest: number;
  first: number;
  z: number;
  u: number;
  least: number;
  scores: number[];
}

/** What the kernel makes of plain arrays, divided by Z; rows and values are padded with zeros here. */
function attend(
  rows: number[][],
  query: number[],
  scale: number,
  {
    metric = 0,
    values = [] as number[][],
    factors = [] as number[],
    mask = [] as number[],
    floor = -Infinity,
  } = {},
): Attention {
  const { desk, kernels, views } = onDesk(rows.length);
  const padded = (n: number) => 8 * Math.ceil(n / 8);
  const flat = (vectors: number[][], width: number) =>
    desk.f32(vectors.flatMap((vector) => list(width, (k) => vector[k] ?? 0)));
  const width = padded(query.length);
  const valueWidth = values.length === 0 ? 0 : padded(values[0].length);
  const [sums, readouts] = [desk.take(width, 8), desk.take(valueWidth, 8)];
  const stats = desk.f64([floor, 0, 0, 0, 0, 0]);
  const scores = desk.take(64 * Math.ceil(rows.length / 64), 4);
  kernels.attendF32(
    sums,
    readouts,
    stats,
    scores,
    flat([query], width),
    flat(rows, width),
    values.length === 0 ? 0 : flat(values, valueWidth),
    factors.length === 0 ? 0 : desk.f32(factors),
    mask.length === 0 ? 0 : desk.i8(mask),
    desk.take(ATTEND_SCRATCH / 8, 8),
    scale,
    metric,
    rows.length,
    width,
    valueWidth,
    1,
  );
  const [, largest, first, z, u, least] = read(views.f64, stats, 6);
  const state = read(views.f64, sums, width);
  expect(state.slice(query.length).every((x) => x === 0)).toBe(true);
  return {
    state: state.slice(0, query.length).map((sum) => sum / z),
    readout:
      values.length === 0 ? [] : read(views.f64, readouts, values[0].length).map((x) => x / z),
    largest,
    first,
    z,
    u,
    least,
    scores: read(views.f32, scores, rows.length),
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

  test('leaves rows out more than 40 below the largest score so far and no others', () => {
    const e40 = Math.exp(-40);
    const at = (peak: number, low: number) => {
      const scores = list(200, (i) => (i === peak ? 1000 : 1000 + low));
      return attend(
        scores.map((score) => [score]),
        [1],
        1,
      );
    };
    for (const peak of [0, 5, 63, 64, 190, 199]) {
      expect(at(peak, -40 - 2 ** -10)).toMatchObject({ z: 1, least: 1000 });
      expect(at(peak, -100)).toMatchObject({ z: 1, least: 1000 });
      const { u, least } = at(peak, -40);
      expect(least).toBe(960);
      // Z does not show e⁻⁴⁰ beside 1; U does.
      expect(Math.abs(u / (199 * -40 * e40) - 1)).toBeLessThan(0.02);
    }
  });

  test('no row counts below the floor that is given; knowing the final one changes no other bit', () => {
    for (const scale of [1, 5, 20, 100]) {
      const rows = randomRows(7, 700, 6);
      const query = randomRows(8, 1, 6)[0];
      const blind = attend(rows, query, scale);
      const floor = Math.fround(blind.largest - 40);
      const known = attend(rows, query, scale, { floor });
      expect(known.least).toBeGreaterThanOrEqual(floor);
      if (blind.least >= floor) expect(known).toEqual(blind);
      const kept = blind.scores.map((score) => (score >= floor ? 1 : 0));
      expect(attend(rows, query, scale, { mask: kept }).state).toEqual(known.state);
      const beyond = attend(rows, query, scale, { floor: blind.largest + 1 });
      expect(beyond).toMatchObject({ largest: blind.largest, z: 0, u: 0, least: Infinity });
    }
  });

  test('rows outside the mask are as if they weighed nothing, wherever they are', () => {
    const rows = randomRows(11, 300, 5);
    const query = randomRows(12, 1, 5)[0];
    for (const every of [1, 2, 65, 130]) {
      const mask = list(300, (i) => Number(i % every === every - 1));
      const among = rows.filter((_, i) => mask[i] === 1);
      const { state, scores } = attend(rows, query, 2, { mask });
      expectNear(state, average(among, softmax(among.map((row) => 2 * dot(row, query)))), 1e-6);
      expect(scores.filter((score) => score < -3e38).length).toBe(300 - among.length);
    }
    expect(attend(rows, query, 2, { mask: list(300, () => 0) })).toMatchObject({ z: 0, first: 0 });
  });

  test('what was summed shrinks when a larger score turns up, tile after tile', () => {
    for (const step of [0.5, 7, 39.5, 40.5]) {
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

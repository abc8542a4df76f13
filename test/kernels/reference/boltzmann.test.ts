import { expect, test } from 'vitest';
import { exp, ln } from '../../../src/elementary.ts';
import { Random, seedGenerator } from '../../../src/random.ts';
import { list, range } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { onDesk, read } from './on-desk.ts';

/** Generators of rows, lane l of row r seeded with r and l; and what unit k of row r draws. */
function seeded(desk: Desk, rows: number) {
  const words: number[] = [];
  for (const r of range(0, rows - 1)) {
    const lanes = range(0, 3).map((lane) => {
      const generator = new Uint32Array(4);
      seedGenerator(generator, 0, 1000 + r, lane);
      return generator;
    });
    for (const w of range(0, 3)) for (const lane of range(0, 3)) words.push(lanes[lane][w]);
  }
  const draw = (r: number, k: number) => {
    const generator = new Random(1000 + r, k % 4);
    for (const _ of range(1, Math.floor(k / 4))) generator.next();
    return generator.next();
  };
  return { address: desk.u32(words), draw };
}

test('binaryMeansF32: the logistic function, or the hyperbolic tangent', () => {
  const { desk, kernels, views } = onDesk(1);
  const x = [-100, -88, -20, -3, -0.5, -0, 0, 1e-4, 0.7, 4, 30, 88, 100];
  const at = desk.f32(x);
  const means = desk.f32([...x, 7]);
  for (const [bipolar, formula] of [
    [0, (v: number) => 1 / (1 + Math.exp(-v))],
    [1, (v: number) => Math.tanh(v)],
  ] as const) {
    kernels.binaryMeansF32(means, at, x.length, bipolar);
    for (const [k, mean] of read(views.f32, means, x.length).entries()) {
      expect(mean).toBeCloseTo(formula(Math.fround(x[k])), 6);
    }
    expect(views.f32[means / 4 + x.length]).toBe(7);
  }
});

test('draws come from the generators of a row, in lanes, wherever the rows are cut', () => {
  const [rows, units] = [3, 7];
  const { desk, kernels, views } = onDesk(2);
  const means = desk.f32(list(rows * units, () => desk.random.real()));
  const states = desk.f32(list(rows * units, () => 9));
  for (const bipolar of [0, 1]) {
    const { address, draw } = seeded(desk, rows);
    kernels.drawBinaryF32(states, means, address, 1, units, bipolar);
    kernels.drawBinaryF32(
      states + 4 * units,
      means + 4 * units,
      address + 64,
      rows - 1,
      units,
      bipolar,
    );
    const expected = list(rows * units, (k) => {
      const m = views.f32[means / 4 + k];
      const real = Math.floor(draw(Math.floor(k / units), k % units) / 256) / 2 ** 24;
      return real < (bipolar ? (m + 1) / 2 : m) ? 1 : bipolar ? -1 : 0;
    });
    expect(read(views.f32, states, rows * units)).toEqual(expected);
  }
});

test('drawGaussianF32: normal numbers around their means', () => {
  const [rows, units] = [1, 40_000];
  const { desk, kernels, views } = onDesk(3);
  const means = desk.f32(list(units, () => 5));
  const { address } = seeded(desk, rows);
  kernels.drawGaussianF32(means, means, address, rows, units);
  const z = read(views.f32, means, units).map((x) => x - 5);
  const moment = (k: number) => z.reduce((sum, x) => sum + x ** k, 0) / units;
  // Five standard errors: the variances of z, z², z³, z⁴ are 1, 2, 15, 96.
  for (const [k, mean, variance] of [
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ]) {
    expect(Math.abs(moment(k) - mean)).toBeLessThan(5 * Math.sqrt(variance / units));
  }
});

test('scaleF32 and ascendF32', () => {
  const { desk, kernels, views } = onDesk(4);
  const w = desk.f32([1, -2, 4, 0, 8]);
  const v = desk.f32([0, 1, 2, 3, 4]);
  const g = desk.f32([1, 1, 0, -1, 2, 7]);
  kernels.scaleF32(g, g, 2, 5);
  expect(read(views.f32, g, 6)).toEqual([2, 2, 0, -2, 4, 7]);
  kernels.ascendF32(w, v, g, 0.5, 0.25, 0.125, 5);
  const velocities = [
    0.5 * (2 - 0.125),
    0.25 + 0.5 * (2 + 0.25),
    0.5 + 0.5 * -0.5,
    0.75 - 1,
    1 + 0.5 * (4 - 1),
  ];
  expect(read(views.f32, v, 5)).toEqual(velocities);
  expect(read(views.f32, w, 5)).toEqual([1, -2, 4, 0, 8].map((x, k) => x + velocities[k]));
});

test('inputsF64: products of singles, added in doubles', () => {
  const { desk, kernels, views } = onDesk(5);
  const [rows, units, inner] = [2, 3, 4];
  const x = list(rows * inner, () => desk.integer(-9, 9) * 2 ** -12);
  const weights = list(inner * units, () => desk.integer(-9, 9) * 2 ** 12);
  const out = desk.f64(list(rows * units, () => 7));
  kernels.inputsF64(out, desk.f32(x), desk.f32(weights), rows, units, inner);
  const expected = list(rows * units, (k) =>
    range(0, inner - 1).reduce(
      (sum, i) => sum + x[Math.floor(k / units) * inner + i] * weights[i * units + (k % units)],
      0,
    ),
  );
  expect(read(views.f64, out, rows * units)).toEqual(expected);
});

test('softplusSumsF64: Σ ln(1 + eᵗ), to 13 digits', () => {
  for (const units of [1, 2, 5, 5000]) {
    const { desk, kernels, views } = onDesk(units);
    const offset = list(units, () => desk.double(2));
    const x = list(2 * units, () => desk.double(40));
    const sums = desk.f64([0, 0]);
    kernels.softplusSumsF64(sums, desk.f64(offset), desk.f64(x), 0.7, 2, units);
    for (const r of [0, 1]) {
      const expected = offset.reduce((sum, o, j) => {
        const t = 0.7 * (o + x[r * units + j]);
        return sum + Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
      }, 0);
      expect(Math.abs(views.f64[sums / 8 + r] / expected - 1)).toBeLessThan(1e-13);
    }
  }
});

test('softplusSumsF64 takes one logarithm of many factors', () => {
  const { desk, kernels, views } = onDesk(1);
  const zeros = desk.f64(list(1100, () => 0));
  const x = desk.f64(list(1100, () => -1));
  const sums = desk.f64([0]);
  const product = (count: number) => list(count, () => 1 + exp(-1)).reduce((a, b) => a * b);
  for (const [units, factors] of [
    [22, [11]],
    [1100, [512, 38]],
  ] as const) {
    kernels.softplusSumsF64(sums, zeros, x, 1, 1, units);
    // Of even and odd units.
    const lane = factors.reduce((sum, count) => sum + ln(product(count)), 0);
    expect(views.f64[sums / 8]).toBe(2 * lane);
    const oneByOne = list(units / 2, () => ln(product(1))).reduce((a, b) => a + b);
    expect(lane).not.toBe(oneByOne);
  }
});

test('sweepUnitsF32 keeps the fields up to date, and asks them in turn', () => {
  const [rows, units] = [2, 6];
  const { desk, kernels, views } = onDesk(7);
  const coupling = list(units * units, () => 0);
  for (const i of range(0, units - 1)) {
    for (const j of range(0, i - 1)) {
      coupling[i * units + j] = coupling[j * units + i] = desk.integer(-4, 4) / 8;
    }
  }
  const start = list(rows * units, () => desk.random.sign());
  const fieldOf = (states: number[], r: number, i: number) =>
    range(0, units - 1).reduce(
      (sum, j) => sum + coupling[i * units + j] * states[r * units + j],
      0,
    );
  const states = desk.f32(start);
  const fields = desk.f32(start.map((_, k) => fieldOf(start, Math.floor(k / units), k % units)));
  const { address, draw } = seeded(desk, rows);
  kernels.sweepUnitsF32(states, fields, desk.f32(coupling), address, rows, units);
  const expected = [...start];
  for (const r of range(0, rows - 1)) {
    for (const i of range(0, units - 1)) {
      const p = 1 / (1 + Math.exp(-2 * fieldOf(expected, r, i)));
      expected[r * units + i] = draw(r, i) / 2 ** 32 < p ? 1 : -1;
    }
  }
  expect(read(views.f32, states, rows * units)).toEqual(expected);
  // Eighths: exact.
  expect(read(views.f32, fields, rows * units)).toEqual(
    expected.map((_, k) => fieldOf(expected, Math.floor(k / units), k % units)),
  );
});

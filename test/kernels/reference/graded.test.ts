import { expect, test } from 'vitest';
import { list } from '../cases.ts';
import { onDesk, dot, read } from './on-desk.ts';

const { desk, kernels, views } = onDesk(5);

const reals = (count: number, bound: number) => list(count, () => desk.double(bound));

test('outputs are tanh of gain times u, or its half between 0 and 1', () => {
  const u = reals(200, 4);
  const [from, out] = [desk.f64(u), desk.take(200, 8)];
  for (const gain of [0.3, 1, 20]) {
    kernels.gradedOutputs(out, from, gain, -1, 200);
    read(views.f64, out, 200).forEach((v, i) => expect(v).toBeCloseTo(Math.tanh(gain * u[i]), 14));
    kernels.gradedOutputs(out, from, gain, 0, 200);
    read(views.f64, out, 200).forEach((v, i) => {
      expect(v).toBeCloseTo(1 / (1 + Math.exp(-2 * gain * u[i])), 14);
    });
  }
});

test('fields are rows times outputs, and inputs', () => {
  for (const n of [1, 2, 3, 7, 22]) {
    const [matrix, v, inputs] = [reals(n * n, 9), reals(n, 1), reals(n, 2)];
    const out = desk.take(n, 8);
    kernels.gradedFields(out, desk.f64(v), desk.f64(matrix), desk.f64(inputs), n);
    read(views.f64, out, n).forEach((h, i) => {
      expect(h).toBeCloseTo(dot(matrix.slice(i * n, i * n + n), v) + inputs[i], 12);
    });
  }
});

test('a prediction goes the given part of the way to τ·h', () => {
  const [u, h] = [reals(9, 3), reals(9, 3)];
  const out = desk.take(9, 8);
  kernels.gradedPredict(out, desk.f64(u), desk.f64(h), 0.25, 2, 9);
  read(views.f64, out, 9).forEach((x, i) => expect(x).toBeCloseTo(0.75 * u[i] + 0.5 * h[i], 14));
});

test('a correction adds the weighted change of the fields and tells the largest', () => {
  const ahead = desk.f64([1, -2, 0]);
  const largest = kernels.gradedCorrect(ahead, desk.f64([3, 1, 4]), desk.f64([1, 1, 5]), 0.5, 2, 3);
  expect(read(views.f64, ahead, 3)).toEqual([2, -2, -0.5]);
  // Changes of 1, 0 and −½ with gain 2, at 2, −2 and −½.
  expect(largest).toBe(Math.max(2 / 5, 1 / 2));
});

test('the slope is the largest |h − rate·u|', () => {
  expect(kernels.gradedSlope(desk.f64([1, 2]), desk.f64([3, -4]), 0.5, 2)).toBe(5);
  expect(kernels.gradedSlope(desk.f64([]), desk.f64([]), 0.5, 0)).toBe(0);
});

/** ∫₀^V artanh(v)/gain dv by Simpson's rule over u: dv = (1 − tanh²) gain du. */
function integral(u: number, gain: number): number {
  const steps = 2000;
  const f = (x: number) => x * gain * (1 - Math.tanh(gain * x) ** 2);
  let sum = f(0) + f(u);
  for (let k = 1; k < steps; k++) sum += f((u * k) / steps) * (k % 2 ? 4 : 2);
  return (sum * u) / steps / 3;
}

test('the energy holds the integral of the inverse of g', () => {
  for (const gain of [0.2, 1, 5]) {
    for (const u of [0, 1e-3, 0.1, -0.5, 0.549 / gain, 0.551 / gain, 2, -7]) {
      const out = desk.take(2, 8);
      const zero = desk.f64([0]);
      kernels.gradedEnergy(out, desk.f64([u]), zero, zero, zero, gain, 1 / gain, 1);
      expect(views.f64[out / 8] / (integral(u, gain) || 1)).toBeCloseTo(u === 0 ? 0 : 1, 8);
    }
  }
});

test('the energy of outputs in fields', () => {
  const n = 7;
  const [v, h, inputs] = [reals(n, 1), reals(n, 5), reals(n, 5)];
  const out = desk.take(2, 8);
  const u = desk.f64(new Float64Array(n));
  kernels.gradedEnergy(out, u, desk.f64(v), desk.f64(h), desk.f64(inputs), 1, 1, n);
  const terms = v.map((_, i) => -0.5 * v[i] * (h[i] + inputs[i]));
  expect(views.f64[out / 8]).toBeCloseTo(dot(terms, new Float64Array(n).fill(1)), 12);
  expect(views.f64[out / 8 + 1]).toBeCloseTo(
    terms.reduce((s, t) => s + Math.abs(t), 0),
    12,
  );
});

test('far out the integral is ln 2 over the gain', () => {
  for (const u of [50, 1e300, -1e300]) {
    const out = desk.take(2, 8);
    const zero = desk.f64([0]);
    kernels.gradedEnergy(out, desk.f64([u]), zero, zero, zero, 8, 1 / 8, 1);
    expect(views.f64[out / 8]).toBeCloseTo(Math.LN2 / 8, 15);
  }
});

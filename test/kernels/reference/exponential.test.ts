import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GENERATED, list, range } from '../cases.ts';
import { onDesk } from './on-desk.ts';

const { desk, kernels, views } = onDesk(1);
const exponential = kernels.exponential;

const inRange = fc.double({ min: -708, max: 709, noNaN: true });

/** A finite double as m·2^e with an integer m of 53 bits (or fewer, if subnormal). */
function parts(x: number): { m: bigint; e: number } {
  const bits = new BigUint64Array(Float64Array.of(x).buffer)[0];
  const field = Number((bits >> 52n) & 2047n);
  const fraction = bits & ((1n << 52n) - 1n);
  const m = field === 0 ? fraction : fraction | (1n << 52n);
  return { m: x < 0 ? -m : m, e: Math.max(field, 1) - 1075 };
}

function shifted(m: bigint, by: number): bigint {
  return by >= 0 ? m << BigInt(by) : m >> BigInt(-by);
}

/** Bits after the binary point of exact values. */
const POINT = 1400;

/** eˣ·2^POINT, right to more than 200 bits: a Taylor series of x/4096, squared twelve times. */
function exact(x: number): bigint {
  const { m, e } = parts(Math.abs(x));
  const one = 1n << BigInt(POINT);
  const y = shifted(m, e + POINT - 12);
  let term = one;
  let sum = one;
  for (let k = 1n; term > 0n && k < 80n; k++) {
    term = (term * y) / (k * one);
    sum += term;
  }
  for (let k = 0; k < 12; k++) sum = (sum * sum) >> BigInt(POINT);
  return x < 0 ? (one * one) / sum : sum;
}

function ulpsFromExact(x: number): number {
  const { m, e } = parts(exponential(x));
  const error = shifted(m, e + POINT) - exact(x);
  const thousandths = (error * 1000n) / (1n << BigInt(e + POINT));
  return Math.abs(Number(thousandths)) / 1000;
}

test('within 1.2 ulp of eˣ', () => {
  const inputs = [-708, 709, 0, 1, -1, ...list(800, () => -708 + desk.random.real() * 1417)];
  const ties = range(-60, 60).map((k) => (k + 0.5) * Math.LN2);
  const small = list(100, (k) => (k % 2 ? 1 : -1) * 2 ** (-k / 2));
  let worst = 0;
  for (const x of [...inputs, ...ties, ...small]) worst = Math.max(worst, ulpsFromExact(x));
  expect(worst).toBeLessThan(1.2);
});

test('the exact oracle knows e', () => {
  const digits = (exact(1) * 10n ** 40n) >> BigInt(POINT);
  expect(digits).toBe(27182818284590452353602874713526624977572n);
});

test('within 2 ulp of Math.exp', () => {
  fc.assert(
    fc.property(inRange, (x) => {
      const ulp = 2 ** parts(Math.exp(x)).e;
      return Math.abs(exponential(x) - Math.exp(x)) <= 2 * ulp;
    }),
    { ...GENERATED, numRuns: 5000 },
  );
});

test('limits', () => {
  expect(exponential(0)).toBe(1);
  expect(exponential(-0)).toBe(1);
  expect(exponential(NaN)).toBeNaN();
  expect(exponential(Infinity)).toBe(Infinity);
  expect(exponential(-Infinity)).toBe(0);
  expect(exponential(709.0000000000001)).toBe(Infinity);
  expect(exponential(-708.0000000000001)).toBe(0);
  expect(exponential(709)).toBeLessThan(Infinity);
  expect(exponential(-708)).toBeGreaterThan(0);
});

/** ln x to about 100 decimals by Newton's method on the exact exponential, as an error of y in units of 2⁻⁵² of ln x. */
function logarithmError(x: number): number {
  // e^(y + δ) = x, so δ = x·e^(−y) − 1 to first order.
  const y = kernels.logarithm(x);
  const { m, e } = parts(x);
  const ratio = (shifted(m, e + POINT) * exact(-y)) >> BigInt(POINT);
  const delta = Number(((ratio - (1n << BigInt(POINT))) * 2n ** 120n) >> BigInt(POINT)) / 2 ** 120;
  const ulp = 2 ** parts(Math.log(x)).e;
  return Math.abs(delta) / ulp;
}

test('logarithm within 1.5 ulp of ln x', () => {
  const inputs = [
    ...list(300, () => 2 ** (desk.random.real() * 400 - 200)),
    ...list(300, () => 0.5 + 1.5 * desk.random.real()),
    ...list(50, (k) => 1 + 2 ** -k / 3),
    ...list(50, (k) => 1 - 2 ** -(k + 1) / 3),
  ].filter((x) => x !== 1);
  let worst = 0;
  for (const x of inputs) worst = Math.max(worst, logarithmError(x));
  expect(worst).toBeLessThan(1.5);
  expect(kernels.logarithm(1)).toBe(0);
  expect(kernels.logarithm(2 ** -1074)).toBeCloseTo(-1074 * Math.LN2, 10);
});

test('logarithm at its limits', () => {
  expect(kernels.logarithm(0)).toBe(-Infinity);
  expect(kernels.logarithm(-0)).toBe(-Infinity);
  expect(kernels.logarithm(-1)).toBeNaN();
  expect(kernels.logarithm(NaN)).toBeNaN();
  expect(kernels.logarithm(Infinity)).toBe(Infinity);
});

/** The error of tanh x in units of its last place, from exact e²ˣ: (E − 1)/(E + 1). */
function tangentError(x: number): number {
  const one = 1n << BigInt(POINT);
  const e = exact(2 * x);
  const { m, e: place } = parts(kernels.hyperbolicTangent(x));
  const error = shifted(m, place + POINT) - ((e - one) * one) / (e + one);
  return Math.abs(Number((error * 1000n) / (1n << BigInt(place + POINT)))) / 1000;
}

test('tanh within 2.5 ulp, and odd', () => {
  const inputs = [
    ...list(600, () => desk.random.real() * 22),
    ...list(600, () => 0.4 + 0.4 * desk.random.real()),
    ...list(200, (k) => 2 ** (-k / 4)),
    0.55,
    0.55 * (1 - 2 ** -53),
  ];
  let worst = 0;
  for (const x of inputs) {
    worst = Math.max(worst, tangentError(x));
    expect(kernels.hyperbolicTangent(-x)).toBe(-kernels.hyperbolicTangent(x));
  }
  expect(worst).toBeLessThan(2.5);
});

test('tanh at its limits', () => {
  const tanh = kernels.hyperbolicTangent;
  expect(tanh(0)).toBe(0);
  expect(tanh(-0)).toBe(-0);
  expect(tanh(5e-324)).toBe(5e-324);
  expect(tanh(NaN)).toBeNaN();
  for (const x of [19.1, 20, 354, 355, 1e308, Infinity]) {
    expect(tanh(x)).toBe(1);
    expect(tanh(-x)).toBe(-1);
  }
  expect(tanh(18)).toBeLessThan(1);
});

test('exponential in single precision within 2 ulp of the double', () => {
  const values = new Float32Array(list(20_000, () => -87 + desk.random.real() * 175));
  const x = desk.f32(values);
  kernels.exponentialF32(x, x, values.length);
  let worst = 0;
  values.forEach((value, k) => {
    const expected = exponential(value);
    const ulp = 2 ** (Math.floor(Math.log2(expected)) - 23);
    worst = Math.max(worst, Math.abs(views.f32[x / 4 + k] - expected) / ulp);
  });
  expect(worst).toBeLessThan(2);
});

test('exponential in single precision at its limits', () => {
  const given = [
    0,
    -0,
    -87,
    Math.fround(-87.00001),
    88,
    Math.fround(88.00001),
    Infinity,
    -Infinity,
  ];
  const x = desk.f32(given);
  kernels.exponentialF32(x, x, given.length);
  const [one, alsoOne, least, none, most, infinite, above, below] = views.f32.subarray(x / 4);
  expect([one, alsoOne, none, infinite, above, below]).toEqual([1, 1, 0, Infinity, Infinity, 0]);
  expect(least).toBeGreaterThan(0);
  expect(most).toBeLessThan(Infinity);
});

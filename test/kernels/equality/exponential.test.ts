import fc from 'fast-check';
import { test } from 'vitest';
import * as family from '../../../src/kernels/reference/exponential.ts';
import { Random } from '../../../src/random.ts';
import { GENERATED, list, range } from '../cases.ts';
import { expectAllCompared, same } from '../twins.ts';

function exponential(x: number): void {
  same('exponential', 1, () => ({ args: [x], writes: [] }));
}

test('special values and both ends', () => {
  const ends = [-708, 709, -708.0000000000001, 709.0000000000001, -708.9, 709.1, 1e308, -1e308];
  for (const x of [0, -0, 5e-324, -5e-324, 1, -1, NaN, Infinity, -Infinity, ...ends])
    exponential(x);
});

test('every multiple of ½ ln 2 in range and its neighbours', () => {
  for (const k of range(-2042, 2045)) {
    const x = (k * Math.LN2) / 2;
    for (const y of [x, x * (1 + 2 ** -52), x * (1 - 2 ** -52)]) exponential(y);
  }
});

test('generated doubles', () => {
  fc.assert(fc.property(fc.double(), exponential), { ...GENERATED, numRuns: 1500 });
  const inRange = fc.double({ min: -710, max: 710, noNaN: true });
  fc.assert(fc.property(inRange, exponential), { ...GENERATED, numRuns: 4000 });
});

function logarithm(x: number): void {
  same('logarithm', 1, () => ({ args: [x], writes: [] }));
}

test('logarithms: special values, powers of two, generated doubles', () => {
  for (const x of [0, -0, 1, -1, NaN, Infinity, -Infinity, 5e-324, 2 ** -1022, 1.7e308]) {
    logarithm(x);
  }
  for (const k of range(-1074, 1023)) {
    const x = 2 ** k;
    for (const y of [x, x * Math.SQRT2, x * (1 + 2 ** -52), x * (1 - 2 ** -53)]) logarithm(y);
  }
  fc.assert(fc.property(fc.double(), logarithm), { ...GENERATED, numRuns: 2500 });
  const near = fc.double({ min: 0.5, max: 2, noNaN: true });
  fc.assert(fc.property(near, logarithm), { ...GENERATED, numRuns: 2500 });
});

function exponentialF32(seed: number, values: ArrayLike<number>, inPlace: boolean): void {
  same('exponentialF32', seed, (desk) => {
    const x = desk.f32(values);
    const out = inPlace ? x : desk.take(values.length, 4);
    return { args: [out, x, values.length], writes: [out] };
  });
}

test('exponentials in single precision: every count up to 40', () => {
  const random = new Random(3);
  for (const count of range(0, 40)) {
    const values = list(count, () => (random.real() - 0.5) * 200);
    exponentialF32(count, values, count % 2 === 1);
  }
});

test('exponentials in single precision: special values, both ends and every 100,003rd bit pattern', () => {
  const ends = [-87, 88, -87.00001, 88.00001, -87.5, 88.8, 1e38, -1e38, 1e-45, -1e-45];
  exponentialF32(1, [0, -0, NaN, Infinity, -Infinity, 1, -1, ...ends], false);
  const words = Uint32Array.from({ length: 42_948 }, (_, k) => k * 100_003);
  const all = new Float32Array(words.buffer);
  for (let k = 0; k < all.length; k += 4000) {
    exponentialF32(
      k,
      Array.from(all.subarray(k, k + 4000)).filter((x) => !Number.isNaN(x)),
      false,
    );
  }
});

function hyperbolicTangent(x: number): void {
  same('hyperbolicTangent', 1, () => ({ args: [x], writes: [] }));
}

test('tanh: special values, the change of formula, generated doubles', () => {
  const ends = [0, -0, 5e-324, NaN, Infinity, -Infinity, 0.55, 20, 354.4, 354.6, 1.7e308];
  for (const x of ends) {
    for (const y of [x, x * (1 + 2 ** -52), x * (1 - 2 ** -53)]) {
      hyperbolicTangent(y);
      hyperbolicTangent(-y);
    }
  }
  fc.assert(fc.property(fc.double(), hyperbolicTangent), { ...GENERATED, numRuns: 1500 });
  const near = fc.double({ min: -22, max: 22, noNaN: true });
  fc.assert(fc.property(near, hyperbolicTangent), { ...GENERATED, numRuns: 4000 });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

import fc from 'fast-check';
import { test } from 'vitest';
import * as family from '../../../src/kernels/reference/exponential.ts';
import { GENERATED, range } from '../cases.ts';
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
  fc.assert(fc.property(fc.double(), exponential), { ...GENERATED, numRuns: 3000 });
  const inRange = fc.double({ min: -710, max: 710, noNaN: true });
  fc.assert(fc.property(inRange, exponential), { ...GENERATED, numRuns: 10_000 });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

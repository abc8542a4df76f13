import { expect, test } from 'vitest';
import * as family from '../../../src/kernels/reference/graded.ts';
import type { Desk } from '../desk.ts';
import { EDGES, list, range } from '../cases.ts';
import { expectAllCompared, same } from '../twins.ts';

const SIZES = [...range(0, 40), ...EDGES];

/** Doubles of all sizes, and some zeros of either sign. */
function reals(desk: Desk, count: number, bound: number): number {
  return desk.f64(
    list(count, (i) =>
      i % 9 === 4 ? [0, -0][i & 1] : desk.double(bound) * 2 ** -desk.integer(0, 9),
    ),
  );
}

test('outputs', () => {
  for (const n of SIZES) {
    for (const low of [-1, 0]) {
      for (const gain of [0.01, 1, 50, 1e30]) {
        same('gradedOutputs', n, (desk) => {
          const u = reals(desk, n, 30);
          const out = desk.take(n, 8);
          return { args: [out, u, gain, low, n], writes: [out] };
        });
      }
    }
  }
});

test('outputs in place', () => {
  for (const n of range(0, 9)) {
    same('gradedOutputs', n, (desk) => {
      const u = reals(desk, n, 3);
      return { args: [u, u, 1.5, -1, n], writes: [u] };
    });
  }
});

test('fields', () => {
  for (const n of [...range(0, 40), 127, 128, 129, 130]) {
    same('gradedFields', n, (desk) => {
      const matrix = reals(desk, n * n, 500);
      const v = reals(desk, n, 1);
      const inputs = reals(desk, n, 10);
      const out = desk.take(n, 8);
      return { args: [out, v, matrix, inputs, n], writes: [out] };
    });
  }
});

test('steps and slopes', () => {
  for (const n of SIZES) {
    same('gradedPredict', n, (desk) => {
      const [u, h] = [reals(desk, n, 4), reals(desk, n, 9)];
      const out = desk.take(n, 8);
      return { args: [out, u, h, 0.37, 1.9, n], writes: [out] };
    });
    same('gradedCorrect', n, (desk) => {
      const [ahead, one, two] = [reals(desk, n, 4), reals(desk, n, 9), reals(desk, n, 9)];
      return { args: [ahead, one, two, 0.21, 50, n], writes: [ahead] };
    });
    same('gradedSlope', n, (desk) => {
      return { args: [reals(desk, n, 4), reals(desk, n, 9), 0.7, n], writes: [] };
    });
  }
});

test('energies', () => {
  for (const n of SIZES) {
    for (const [gain, scale] of [
      [0.01, 100],
      [1, 0.5],
      [40, 1 / 40],
      [1e30, 1e-30],
    ]) {
      same('gradedEnergy', n, (desk) => {
        const [u, v, h, more] = list(4, () => reals(desk, n, 3));
        const out = desk.take(2, 8);
        return { args: [out, u, v, h, more, gain, scale, n], writes: [out] };
      });
    }
  }
});

test('every kernel of the family was compared', () => {
  expectAllCompared(family);
  expect(Object.keys(family).length).toBe(6);
});

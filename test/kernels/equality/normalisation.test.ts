import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/normalisation.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { someSingle } from '../singles.ts';
import { expectAllCompared, same } from '../twins.ts';

const rowsOf = fc.integer({ min: 1, max: 6 });
const columnsOf = fc.integer({ min: 1, max: 150 });

function singles(desk: Desk, count: number): number {
  return desk.f32(list(count, () => someSingle(desk)));
}

/** Mean and inverse of each row: what layerNormF32 leaves, but for any numbers. */
function moments(desk: Desk, rows: number): number {
  return desk.f32(
    list(2 * rows, (k) => (k % 2 === 0 ? desk.double(3) : 0.01 + desk.random.real())),
  );
}

function atEverySize(
  run: (rows: number, columns: number, way: number, seed: number) => void,
): void {
  test('every small size', () => {
    for (const rows of range(0, 3)) {
      for (const columns of range(1, 37)) {
        for (const way of range(0, 7)) run(rows, columns, way, rows + way);
      }
    }
  });

  test('generated sizes', () => {
    fc.assert(fc.property(rowsOf, columnsOf, fc.nat({ max: 7 }), seeds, run), GENERATED);
  });
}

describe('softmaxF32', () => {
  /** Way: bit 0 in place, bits 1 and 2 no mask, a row, a row each, a row each with a gap. */
  function softmax(rows: number, columns: number, way: number, seed: number): void {
    same('softmaxF32', seed, (desk) => {
      const bound = [1, 20, 200][desk.random.below(3)];
      const scores = desk.f32(list(rows * columns, () => desk.double(bound)));
      const out = way & 1 ? scores : desk.take(rows * columns, 4);
      const kind = way >> 1;
      const maskStep = [0, 0, columns, columns + 3][kind];
      // Half of the masks leave out nearly everything, so that whole rows go.
      const much = desk.random.below(2) === 0 ? 0.3 : 0.95;
      const one = () => (desk.random.real() < much ? -Infinity : desk.double(2));
      const mask = kind === 0 ? 0 : desk.f32(list(rows * maskStep + columns, one));
      const scale = [1, 0.125, -2, 0, 0.1][desk.random.below(5)];
      return { args: [out, scores, mask, scale, rows, columns, maskStep], writes: [out] };
    });
  }

  atEverySize(softmax);

  test('a row of nothing, the largest score last, ties, scores of −infinity without a mask', () => {
    const rows = [
      list(7, () => -Infinity),
      [0, 0, 0, 0, 0, 0, 500],
      [-0, 0, -0, 0, 0, 0, -0],
      [-Infinity, 3, -Infinity, -Infinity, -Infinity, -Infinity, -80],
      list(7, () => 3e38),
    ];
    for (const count of range(1, 7)) {
      same('softmaxF32', count, (desk) => {
        const scores = desk.f32(rows.flatMap((row) => row.slice(7 - count)));
        const out = desk.take(rows.length * count, 4);
        return { args: [out, scores, 0, 1, rows.length, count, 0], writes: [out] };
      });
    }
  });
});

describe('softmaxBackwardF32', () => {
  atEverySize((rows, columns, way, seed) => {
    same('softmaxBackwardF32', seed, (desk) => {
      const weights = desk.f32(list(rows * columns, () => desk.random.real()));
      const gradient = singles(desk, rows * columns);
      const out = [weights, gradient, desk.take(rows * columns, 4)][way % 3];
      const scale = [1, 0.1, -3][desk.random.below(3)];
      return { args: [out, weights, gradient, scale, rows, columns], writes: [out] };
    });
  });
});

describe('layerNormF32', () => {
  atEverySize((rows, columns, way, seed) => {
    same('layerNormF32', seed, (desk) => {
      const x = singles(desk, rows * columns);
      const out = way & 1 ? x : desk.take(rows * columns, 4);
      const gain = way & 2 ? singles(desk, columns) : 0;
      const bias = way & 4 ? singles(desk, columns) : 0;
      const kept = desk.take(2 * rows, 4);
      const epsilon = [1e-5, 0.1, 1][desk.random.below(3)];
      return { args: [out, kept, x, gain, bias, epsilon, rows, columns], writes: [out, kept] };
    });
  });
});

describe('layerNormBackwardF32', () => {
  atEverySize((rows, columns, way, seed) => {
    same('layerNormBackwardF32', seed, (desk) => {
      const x = singles(desk, rows * columns);
      const gradient = singles(desk, rows * columns);
      const out = [x, gradient, desk.take(rows * columns, 4)][way % 3];
      const gain = way & 1 ? singles(desk, columns) : 0;
      const kept = moments(desk, rows);
      return { args: [out, x, kept, gain, gradient, rows, columns], writes: [out] };
    });
  });
});

describe('layerNormGainF32', () => {
  atEverySize((rows, columns, _way, seed) => {
    same('layerNormGainF32', seed, (desk) => {
      const sums = singles(desk, columns);
      const x = singles(desk, rows * columns);
      const gradient = singles(desk, rows * columns);
      return { args: [sums, x, moments(desk, rows), gradient, rows, columns], writes: [sums] };
    });
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

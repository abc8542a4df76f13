import { productScratch } from '../../../src/kernels/layout.ts';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/tensors.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { someSingle } from '../singles.ts';
import { expectAllCompared, same } from '../twins.ts';

function singles(desk: Desk, count: number): number {
  return desk.f32(list(count, () => someSingle(desk)));
}

describe('productF32', () => {
  /** Steps of a matrix with `rows` of `columns`, some of them with a gap, and the elements it spans. */
  function steps(desk: Desk, rows: number, columns: number, turned: boolean) {
    const gap = desk.integer(0, 3);
    const [row, column] = turned ? [1, rows + gap] : [columns + gap, 1];
    return { row, column, span: rows && columns && (rows - 1) * row + (columns - 1) * column + 1 };
  }

  function product(
    rows: number,
    columns: number,
    inner: number,
    aTurned: boolean,
    bTurned: boolean,
    add: boolean,
    seed: number,
  ): void {
    same('productF32', seed, (desk) => {
      const left = steps(desk, rows, inner, aTurned);
      const right = steps(desk, inner, columns, bTurned);
      const { row: outStep, span } = steps(desk, rows, columns, false);
      const out = singles(desk, span);
      const a = singles(desk, left.span);
      const b = singles(desk, right.span);
      const work = desk.take(productScratch(inner) / 4, 4);
      return {
        args: [
          out,
          a,
          b,
          work,
          rows,
          columns,
          inner,
          outStep,
          left.row,
          left.column,
          right.row,
          right.column,
          Number(add),
        ],
        writes: [out],
        scratch: [work],
      };
    });
  }

  test('every small size', () => {
    for (const rows of range(0, 9)) {
      for (const columns of range(0, 17)) {
        for (const inner of [0, 1, 2, 3, 4, 5, 8, 9]) {
          const size = [rows, columns, inner] as const;
          for (const way of range(0, 3)) {
            product(...size, way > 1, way % 2 === 1, (rows + inner) % 2 === 1, 1 + rows);
          }
        }
      }
    }
  });

  test('generated sizes', () => {
    const size = fc.integer({ min: 1, max: 70 });
    const { boolean } = fc;
    const inputs = [size, size, size, boolean(), boolean(), boolean(), seeds] as const;
    fc.assert(fc.property(...inputs, product), GENERATED);
  });

  test('a matrix b too large for the innermost cache, both ways round', () => {
    for (const turned of [false, true]) product(13, 129, 66, false, turned, false, 1);
  });

  test('sums longer than the scratch', () => {
    for (const inner of [511, 512, 513, 1030]) {
      for (const way of range(0, 3)) product(5, 11, inner, way > 1, way % 2 === 1, way === 1, way);
    }
  });

  test('steps of which none is 1, and gaps in out that keep what they held', () => {
    for (const [rows, columns, inner] of [
      [5, 11, 6],
      [1, 8, 4],
      [4, 3, 9],
    ]) {
      same('productF32', 1, (desk) => {
        const out = singles(desk, rows * (columns + 5));
        const a = singles(desk, 3 * rows * inner * 2);
        const b = singles(desk, 2 * columns * inner * 3);
        const work = desk.take(productScratch(inner) / 4, 4);
        const size = [rows, columns, inner] as const;
        const aSteps = [2 * inner, 2] as const;
        const bSteps = [2 * columns, 2] as const;
        return {
          args: [out, a, b, work, ...size, columns + 5, ...aSteps, ...bSteps, 1],
          writes: [out],
          scratch: [work],
        };
      });
    }
  });
});

describe.each(['addRowF32', 'sumRowsF32'] as const)('%s', (kernel) => {
  function rowwise(rows: number, columns: number, seed: number): void {
    same(kernel, seed, (desk) => {
      const x = singles(desk, rows * columns);
      const row = singles(desk, columns);
      const [into, from] = kernel === 'addRowF32' ? [x, row] : [row, x];
      return { args: [into, from, rows, columns], writes: [into] };
    });
  }

  test('every small size', () => {
    for (const rows of range(0, 6)) for (const columns of range(0, 40)) rowwise(rows, columns, 1);
  });

  test('generated sizes', () => {
    const size = fc.integer({ min: 1, max: 90 });
    fc.assert(fc.property(size, size, seeds, rowwise), GENERATED);
  });
});

describe('squaredDistanceF32', () => {
  test('every small count, some large ones', () => {
    for (const count of [...range(0, 70), 1000, 5001]) {
      for (const seed of [1, 2, 3]) {
        same('squaredDistanceF32', seed, (desk) => {
          const a = singles(desk, count);
          return { args: [a, singles(desk, count), count], writes: [] };
        });
      }
    }
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/matrices.ts';
import { EDGES, GENERATED, SMALL, list, range, seeds, square, symmetric } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { leading } from '../desk.ts';
import { expectAllCompared, same } from '../twins.ts';

const GENERATED_NEURONS = fc.integer({ min: 1, max: 200 });

/** Doubles of very different sizes, so that another order of addition would show; some are ±0. */
function someDouble(desk: Desk): number {
  const kind = desk.random.below(8);
  if (kind === 0) return desk.random.below(2) === 0 ? 0 : -0;
  if (kind === 1) return desk.integer(-3, 3);
  return desk.double(10 ** desk.integer(-6, 6));
}

describe('addProductF64', () => {
  function addProduct(
    rows: number,
    columns: number,
    inner: number,
    transposed: boolean,
    seed: number,
  ): void {
    same('addProductF64', seed, (desk) => {
      const value = () => someDouble(desk);
      const out = desk.matrix(rows, columns, value);
      const extra = desk.integer(0, 3);
      const rowStep = transposed ? 1 : inner + extra;
      const innerStep = transposed ? rows + extra : 1;
      const a = desk.f64(list(transposed ? inner * innerStep : rows * rowStep, value));
      const b = desk.matrix(inner, columns, value);
      return { args: [out, a, b, rows, columns, inner, rowStep, innerStep], writes: [out] };
    });
  }

  test('every small size', () => {
    for (const rows of range(0, 9)) {
      for (const columns of range(0, 18)) {
        for (const inner of [0, 1, 2, 3, 4, 5, 8, 9]) {
          for (const transposed of [false, true]) addProduct(rows, columns, inner, transposed, 1);
        }
      }
    }
  });

  test('generated sizes', () => {
    const size = fc.integer({ min: 1, max: 80 });
    fc.assert(fc.property(size, size, size, fc.boolean(), seeds, addProduct), GENERATED);
  });
});

describe('signsToF64', () => {
  test('every small count', () => {
    for (const count of [...range(0, 140), 5000]) {
      same('signsToF64', count, (desk) => {
        const out = desk.take(count, 8);
        return { args: [out, desk.i8(desk.random.signs(count)), count], writes: [out] };
      });
    }
  });
});

describe.each(['I8', 'I16', 'I32'] as const)('couplingsToF64%s', (width) => {
  const kernel = `couplingsToF64${width}` as const;
  const largest = { I8: 127, I16: 32_767, I32: 2 ** 30 }[width];

  function toF64(neurons: number, seed: number): void {
    same(kernel, seed, (desk) => {
      const out = desk.take(neurons * neurons, 8);
      const entry = (width === 'I32' ? square : symmetric)(desk, neurons, largest);
      const couplings = desk[`couplings${width}`](neurons, entry);
      const unit = [1, -1, 1 / neurons, 2 ** -20, someDouble(desk)][desk.random.below(5)];
      return { args: [out, couplings, unit, neurons], writes: [out] };
    });
  }

  test('every small size', () => {
    for (const neurons of SMALL) for (const seed of [1, 2, 3]) toF64(neurons, seed);
    for (const neurons of EDGES) toF64(neurons, neurons);
  });

  test('generated sizes', () => {
    fc.assert(fc.property(GENERATED_NEURONS, seeds, toF64), GENERATED);
  });
});

describe('largestRowSumF64', () => {
  function largestRowSum(neurons: number, withExtra: boolean, seed: number): void {
    same('largestRowSumF64', seed, (desk) => {
      const matrix = desk.matrix(neurons, neurons, () => someDouble(desk));
      const extra = withExtra ? desk.f64(list(neurons, () => someDouble(desk))) : 0;
      return { args: [matrix, extra, neurons], writes: [] };
    });
  }

  test('every small size', () => {
    for (const neurons of [0, ...SMALL, ...EDGES]) {
      for (const withExtra of [false, true]) largestRowSum(neurons, withExtra, neurons);
    }
  });

  test('generated sizes', () => {
    fc.assert(fc.property(GENERATED_NEURONS, fc.boolean(), seeds, largestRowSum), GENERATED);
  });
});

describe('roundToI32', () => {
  /** Values that land on integers, halves, next to halves, and up to 2³⁰. */
  function nearTie(desk: Desk): number {
    const half = desk.integer(-20, 20) / 2;
    const next = [0, 2 ** -50, -(2 ** -50), 2 ** -40, desk.double(0.5)][desk.random.below(5)];
    return [half + next, desk.double(2 ** 30 - 1), desk.integer(-1e9, 1e9) + 0.5, -0][
      desk.random.below(4)
    ];
  }

  function roundToI32(neurons: number, exponent: number, seed: number): void {
    same('roundToI32', seed, (desk) => {
      const scale = 2 ** exponent;
      const matrix = desk.matrix(neurons, neurons, () => nearTie(desk) / scale);
      const couplings = desk.take(neurons * leading(neurons), 4);
      return { args: [couplings, matrix, scale, neurons], writes: [couplings] };
    });
  }

  test('every small size', () => {
    for (const neurons of [...SMALL, ...EDGES]) {
      for (const exponent of [0, 10, -7]) roundToI32(neurons, exponent, neurons);
    }
  });

  test('generated sizes', () => {
    const exponents = fc.integer({ min: -30, max: 60 });
    fc.assert(fc.property(GENERATED_NEURONS, exponents, seeds, roundToI32), GENERATED);
  });

  test('a scale that is no power of two', () => {
    same('roundToI32', 1, (desk) => {
      const matrix = desk.matrix(60, 60, () => desk.double());
      const couplings = desk.take(60 * 64, 4);
      return { args: [couplings, matrix, 123_456.789, 60], writes: [couplings] };
    });
  });
});

describe('applyI32', () => {
  function applyI32(neurons: number, seed: number): void {
    same('applyI32', seed, (desk) => {
      const x = desk.f64(list(neurons, () => someDouble(desk)));
      const couplings = desk.couplingsI32(neurons, square(desk, neurons, 2 ** 30));
      const out = desk.take(neurons, 8);
      return { args: [out, x, couplings, neurons], writes: [out] };
    });
  }

  test('every small size', () => {
    for (const neurons of SMALL) for (const seed of [1, 2, 3]) applyI32(neurons, seed);
    for (const neurons of [...EDGES, 1021]) applyI32(neurons, neurons);
  });

  test('generated sizes', () => {
    fc.assert(fc.property(GENERATED_NEURONS, seeds, applyI32), GENERATED);
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

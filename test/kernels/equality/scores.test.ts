import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/scores.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import { expectAllCompared, same } from '../twins.ts';
import { WIDTHS, someSingle, vectors } from '../vectors.ts';

describe('scoresF32', () => {
  function scores(
    patterns: number,
    width: number,
    batch: number,
    metric: number,
    factors: boolean,
    seed: number,
  ): void {
    same('scoresF32', seed, (desk) => {
      const queries = vectors(desk, batch, width);
      const rows = vectors(desk, patterns, width);
      const factor = factors ? desk.f32(list(patterns, () => someSingle(desk))) : 0;
      const scale = [1, -0.5, 0.1, 1e-3, 1e4][desk.random.below(5)];
      const out = desk.take(patterns * batch, 4);
      return {
        args: [out, queries, rows, factor, scale, metric, patterns, width, batch],
        writes: [out],
      };
    });
  }

  test('every small size', () => {
    for (const patterns of range(0, 21)) {
      for (const batch of range(0, 5)) {
        for (const width of [8, 16, 24, 40]) {
          for (const metric of [0, 1]) {
            scores(patterns, width, batch, metric, (patterns + batch) % 2 === 0, width);
          }
        }
      }
    }
  });

  test('rows of more than one stretch', () => {
    for (const width of [504, 512, 520, 1024, 1032, 1600, 2048]) {
      for (const batch of [1, 2, 3]) {
        for (const metric of [0, 1]) scores(9, width, batch, metric, true, width);
      }
    }
  });

  test('generated sizes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 80 }).map((n) => 8 * n),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(0, 1),
        fc.boolean(),
        seeds,
        scores,
      ),
      GENERATED,
    );
  });
});

describe('largestF32', () => {
  function largest(values: number[]): void {
    same('largestF32', values.length, (desk) => ({
      args: [desk.f32(values), values.length],
      writes: [],
    }));
  }

  test('every small count, every place of the largest and of a second one', () => {
    for (const count of range(1, 21)) {
      for (const first of range(0, count - 1)) {
        for (const second of range(first, count - 1)) {
          largest(list(count, (i) => (i === first || i === second ? 3 : -(i % 4))));
        }
      }
    }
  });

  test('generated scores, few different ones, 0 and −0 among them', () => {
    const score = fc.constantFrom(-3e38, -2, -1, -0, 0, 1e-40, 5);
    fc.assert(fc.property(fc.array(score, { minLength: 1, maxLength: 300 }), largest), GENERATED);
    const low = fc.constantFrom(-3e38, -1, -0, 0);
    fc.assert(fc.property(fc.array(low, { minLength: 1, maxLength: 30 }), largest), GENERATED);
  });
});

describe('selectF32', () => {
  function select(values: number[], threshold: number): void {
    same('selectF32', values.length, (desk) => {
      const out = desk.take(values.length, 4);
      return { args: [out, desk.f32(values), threshold, values.length], writes: [out] };
    });
  }

  test('every small count', () => {
    for (const count of range(0, 40)) {
      for (const threshold of [-Infinity, -1, -0, 0, 1.5, 2, Infinity]) {
        select(
          list(count, (i) => (i % 7) - 3),
          threshold,
        );
      }
    }
  });

  test('thresholds next to a score', () => {
    const score = Math.fround(1 / 3);
    const up = score + 2 ** -25;
    const neighbours = [score, up, score - 2 ** -25, score + 2 ** -40, score - 2 ** -40];
    for (const threshold of neighbours) {
      for (const count of range(1, 9)) {
        select(
          list(count, (i) => [score, score + 2 ** -25, score - 2 ** -25][i % 3]),
          threshold,
        );
      }
    }
  });

  test('generated scores', () => {
    const score = fc.float({ noNaN: true });
    fc.assert(
      fc.property(fc.array(score, { maxLength: 300 }), fc.double({ noNaN: true }), select),
      GENERATED,
    );
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 100 }), (values) =>
        select(values, values[0]),
      ),
      GENERATED,
    );
  });
});

describe('squaresF32', () => {
  test('every small size', () => {
    for (const count of range(0, 9)) {
      for (const width of [...WIDTHS, 504, 1000]) {
        same('squaresF32', width, (desk) => {
          const rows = vectors(desk, count, width);
          const out = desk.take(count, 8);
          return { args: [out, rows, count, width], writes: [out] };
        });
      }
    }
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

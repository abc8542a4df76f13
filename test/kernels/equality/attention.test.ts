import { attendScratch } from '../../../src/kernels/layout.ts';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/attention.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { expectAllCompared, same } from '../twins.ts';
import { WIDTHS, someSingle, vectors } from '../vectors.ts';

describe('attendF32', () => {
  /** From flat to peaked: with the largest, most rows are left out and the largest score rises often. */
  const SCALES = [1e-6, 1e-3, 0.02, 0.3, 1, 30];

  function attend(
    patterns: number,
    width: number,
    valueWidth: number,
    batch: number,
    metric: number,
    factors: boolean,
    scale: number,
    seed: number,
    value: (desk: Desk) => number = (desk) => Math.fround(desk.double()),
  ): void {
    same('attendF32', seed, (desk) => {
      const states = desk.take(batch * width, 4);
      const readouts = desk.take(batch * valueWidth, 4);
      const stats = desk.take(batch * 4, 8);
      const queries = vectors(desk, batch, width, value);
      const rows = vectors(desk, patterns, width, value);
      const values = valueWidth === 0 ? 0 : vectors(desk, patterns, valueWidth, value);
      const factor = factors ? desk.f32(list(patterns, () => desk.double(2))) : 0;
      const scratch = desk.take(attendScratch(batch, width, valueWidth) / 8, 8);
      const signed = metric === 0 ? scale : -scale;
      return {
        args: [
          ...([states, readouts, stats, queries, rows, values, factor, scratch] as const),
          ...([signed, metric, patterns, width, valueWidth, batch] as const),
        ],
        writes: [states, readouts, stats],
        scratch: [scratch],
      };
    });
  }

  test('every small number of rows', () => {
    for (const patterns of [...range(1, 40), ...range(60, 70), 127, 128, 129, 192, 200]) {
      for (const batch of [1, 4, 5]) {
        const scale = SCALES[(patterns + batch) % SCALES.length];
        attend(patterns, 16, patterns % 3 === 0 ? 8 : 0, batch, patterns % 2, false, scale, batch);
      }
    }
  });

  test('every small width and batch', () => {
    for (const width of WIDTHS) {
      for (const batch of range(0, 9)) {
        const valueWidth = (batch * 8) % 48;
        attend(70, width, valueWidth, batch, batch % 2, batch % 3 === 0, 0.3, width);
      }
    }
  });

  test('generated sizes and scales', () => {
    const width = fc.integer({ min: 1, max: 14 }).map((n) => 8 * n);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        width,
        fc.oneof(fc.constant(0), width),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(0, 1),
        fc.boolean(),
        fc.constantFrom(...SCALES),
        seeds,
        (...args) => attend(...args),
      ),
      GENERATED,
    );
  });

  test('values of very different sizes, and many rows exactly alike', () => {
    for (const seed of range(1, 60)) {
      const scale = SCALES[seed % SCALES.length];
      attend(150, 24, 8, 1 + (seed % 6), seed % 2, false, scale, seed, someSingle);
      attend(
        150,
        8,
        8,
        1 + (seed % 6),
        seed % 2,
        true,
        scale,
        seed,
        (desk) => [0, -0, 1, -1][desk.random.below(4)],
      );
    }
  });

  test('scores that rise and fall across −32, tile by tile', () => {
    for (const seed of range(1, 30)) {
      same('attendF32', seed, (desk) => {
        const patterns = desk.integer(100, 700);
        const steps = list(Math.ceil(patterns / 32), () => desk.integer(-70, 70));
        const near = () => [0, 0, 2 ** -18, -(2 ** -18), desk.double(3)][desk.random.below(5)];
        const rows = desk.f32(
          list(patterns * 8, (i) => (i % 8 === 0 ? steps[(i / 8) >> 5] + near() : desk.double())),
        );
        const batch = desk.integer(1, 6);
        const queries = desk.f32(list(batch * 8, (i) => (i % 8 === 0 ? desk.integer(0, 2) : 0)));
        const [states, stats] = [desk.take(batch * 8, 4), desk.take(batch * 4, 8)];
        const scratch = desk.take(attendScratch(batch, 8, 0) / 8, 8);
        return {
          args: [states, 0, stats, queries, rows, 0, 0, scratch, 1, 0, patterns, 8, 0, batch],
          writes: [states, stats],
          scratch: [scratch],
        };
      });
    }
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

import { ATTEND_SCRATCH } from '../../../src/kernels/layout.ts';
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
    for (const given of [false, true]) {
      same('attendF32', seed, (desk) => {
        const sums = desk.take(batch * width, 8);
        const readouts = desk.take(batch * valueWidth, 8);
        const queries = vectors(desk, batch, width, value);
        const rows = vectors(desk, patterns, width, value);
        const values = valueWidth === 0 ? 0 : vectors(desk, patterns, valueWidth, value);
        const factor = factors ? desk.f32(list(patterns, () => desk.double(2))) : 0;
        // One row in eight takes part, so that there are tiles of which none does; or seven in eight.
        const few = desk.integer(0, 1);
        const mask =
          desk.integer(0, 2) > 0
            ? 0
            : desk.i8(list(patterns, () => Number(desk.integer(0, 7) === 0) ^ few));
        const floors = [-Infinity, 0, -1, -20, 3].map(Math.fround);
        const stats = desk.f64(
          list(batch * 6, (i) => (i % 6 === 0 ? floors[desk.integer(0, 4)] : desk.double())),
        );
        const tiles = Math.ceil(patterns / 64);
        const scores = desk.f32(list(64 * tiles * batch, () => Math.fround(30 * desk.double())));
        const scratch = desk.take(ATTEND_SCRATCH / 8, 8);
        const signed = metric === 0 ? scale : -scale;
        return {
          args: [
            ...([sums, readouts, stats, scores, given ? 0 : queries, rows, values] as const),
            ...([factor, mask, scratch, signed, metric, patterns, width] as const),
            ...([valueWidth, batch] as const),
          ],
          writes: given ? [sums, readouts, stats] : [sums, readouts, stats, scores],
          scratch: [scratch],
        };
      });
    }
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

  test('scores that rise and fall across −40, tile by tile', () => {
    for (const seed of range(1, 30)) {
      same('attendF32', seed, (desk) => {
        const patterns = desk.integer(100, 700);
        const steps = list(Math.ceil(patterns / 32), () => desk.integer(-80, 80));
        const near = () => [0, 0, 2 ** -18, -(2 ** -18), desk.double(3)][desk.random.below(5)];
        const rows = desk.f32(
          list(patterns * 8, (i) => (i % 8 === 0 ? steps[(i / 8) >> 5] + near() : desk.double())),
        );
        const batch = desk.integer(1, 6);
        const queries = desk.f32(list(batch * 8, (i) => (i % 8 === 0 ? desk.integer(0, 2) : 0)));
        const sums = desk.take(batch * 8, 8);
        const stats = desk.f64(list(batch * 6, (i) => (i % 6 === 0 ? -Infinity : 0)));
        const scores = desk.take(64 * Math.ceil(patterns / 64) * batch, 4);
        const scratch = desk.take(ATTEND_SCRATCH / 8, 8);
        return {
          args: [
            ...([sums, 0, stats, scores, queries, rows, 0, 0, 0, scratch] as const),
            ...([1, 0, patterns, 8, 0, batch] as const),
          ],
          writes: [sums, stats, scores],
          scratch: [scratch],
        };
      });
    }
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

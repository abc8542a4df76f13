import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/codes.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { expectAllCompared, same } from '../twins.ts';
import { someSingle, vectors } from '../vectors.ts';

describe('encodeI8', () => {
  function encode(count: number, rowWidth: number, more: number, seed: number): void {
    same('encodeI8', seed, (desk) => {
      const size = [1, 1, 1e-29, 1e-42, 1e15, 0][desk.random.below(6)];
      const rows = vectors(desk, count, rowWidth, () => someSingle(desk) * size);
      const width = 16 * Math.ceil(rowWidth / 16) + more;
      const codes = desk.take((count * (16 + width)) / 16, 16);
      return { args: [codes, rows, count, rowWidth, width], writes: [codes] };
    });
  }

  test('every small size', () => {
    for (const count of range(0, 5)) {
      for (const rowWidth of [8, 16, 24, 40]) {
        for (const more of [0, 16])
          for (const seed of range(1, 4)) encode(count, rowWidth, more, seed);
      }
    }
  });

  test('halves, which go to the even one', () => {
    same('encodeI8', 1, (desk) => {
      const rows = desk.f32(
        list(16, (k) => [127, 0.5, 1.5, -0.5, -2.5, 126.5, -126.5, -127][k % 8]),
      );
      const codes = desk.take(2, 16);
      return { args: [codes, rows, 1, 16, 16], writes: [codes] };
    });
  });
});

/** Rows of codes as `scanI8` takes them. */
function codesOf(desk: Desk, count: number, width: number): number {
  const address = desk.take((count * (16 + width)) / 16, 16);
  const { i8, f32 } = desk.views;
  for (let r = 0; r < count; r++) {
    const at = address + r * (16 + width);
    f32.set([Math.abs(someSingle(desk)), Math.abs(someSingle(desk)), someSingle(desk)], at / 4);
    const codes = list(width, () => desk.integer(-127, 127));
    i8.set(codes, at + 16);
  }
  return address;
}

describe('scanI8', () => {
  function scan(count: number, width: number, batch: number, kind: number, seed: number): void {
    same('scanI8', seed, (desk) => {
      const codes = codesOf(desk, count, width);
      const queries = desk.take(batch * width, 2);
      // As large as sums of 32 bits allow.
      const most = Math.min(32767, Math.floor(2 ** 24 / width));
      for (let k = 0; k < batch * width; k++) {
        desk.views.i16[queries / 2 + k] = kind === 1 ? most : desk.integer(-most, most);
      }
      const terms = desk.f32(list(batch * 8, () => Math.abs(someSingle(desk))));
      const taking = [() => 1, () => 0, () => desk.random.below(2)][desk.random.below(3)];
      const mask = kind === 2 ? desk.i8(list(count, taking)) : 0;
      const scratch = desk.take(4 * width, 2);
      const step = Math.ceil(count / 4) * 4 + desk.random.below(3);
      const uppers = desk.take(batch * step, 4);
      const stats = desk.take(batch * 2, 8);
      return {
        args: [uppers, stats, codes, queries, terms, mask, scratch, step, count, width, batch],
        writes: [uppers, stats, scratch],
        scratch: [scratch],
      };
    });
  }

  test('every small size', () => {
    for (const count of range(0, 9)) {
      for (const batch of range(1, 5)) {
        for (const width of [16, 32, 48])
          for (const kind of range(0, 2)) scan(count, width, batch, kind, width);
      }
    }
  });

  test('generated sizes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(16, 80, 384, 784, 4096),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(0, 1, 2),
        seeds,
        scan,
      ),
      { ...GENERATED, numRuns: 30 },
    );
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

import fc from 'fast-check';
import { test } from 'vitest';
import * as family from '../../../src/kernels/reference/combinations.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import { expectAllCompared, same } from '../twins.ts';
import { WIDTHS, vectors } from '../vectors.ts';

function combine(count: number, width: number, seed: number): void {
  same('combineF32', seed, (desk) => {
    const rows = vectors(desk, 20, width);
    const indices = desk.u32(list(count, () => desk.random.below(20)));
    const weights = desk.f64(list(count, () => desk.double(10 ** desk.integer(-8, 1))));
    const out = desk.take(width, 4);
    return { args: [out, rows, indices, weights, count, width], writes: [out] };
  });
}

test('every small size', () => {
  for (const count of range(1, 20)) for (const width of WIDTHS) combine(count, width, count);
});

test('generated sizes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 40 }).map((n) => 8 * n),
      seeds,
      combine,
    ),
    GENERATED,
  );
});

test('every kernel of the family was compared', () => expectAllCompared(family));

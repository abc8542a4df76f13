import { simplicesScratch } from '../../../src/kernels/layout.ts';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/simplices.ts';
import { GENERATED, list, randomPatterns, range, seeds } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { fieldsOf, laySimplices, someSimplices } from '../simplices.ts';
import { expectAllCompared, same } from '../twins.ts';

function situation(desk: Desk, neurons: number) {
  const bound = [1, 3, 1000, 1_000_000][desk.random.below(4)];
  const simplices = someSimplices(desk, neurons, bound);
  const state = desk.random.signs(neurons);
  const { fields, total } = fieldsOf(simplices, state);
  const { records, starts } = laySimplices(desk, neurons, simplices);
  return {
    signs: desk.signs(state),
    fields: desk.i32(fields),
    total: desk.f64([total]),
    records,
    starts,
  };
}

function visits(desk: Desk, neurons: number): { order: number; cursor: number; count: number } {
  const count = desk.random.below(4) === 0 ? desk.integer(0, neurons) : neurons;
  const start = desk.random.below(3) === 0 ? desk.integer(0, count + 1) : 0;
  const order = desk.u32(desk.random.sample(neurons, neurons));
  return { order, cursor: desk.u32([start]), count };
}

function someLimit(desk: Desk): number {
  return [0, 1, 3, 4_294_967_295][desk.random.below(4)];
}

const CASES = {
  addSimplices: (neurons: number, patterns: number, seed: number) =>
    same('addSimplices', seed, (desk) => {
      const stored = randomPatterns(desk, patterns, neurons);
      const stride = Math.ceil(patterns / 8) + desk.integer(0, 2);
      const blocks = desk.blocks(stored, neurons, stride);
      const { records, starts } = laySimplices(desk, neurons, someSimplices(desk, neurons, 1000));
      const columns = desk.take(simplicesScratch(neurons) / 8, 8);
      const from = desk.random.below(2) === 0 ? 0 : desk.integer(0, patterns);
      const to = desk.random.below(2) === 0 ? patterns : desk.integer(from, patterns);
      const sign = desk.random.sign();
      return {
        args: [records, starts, blocks, columns, stride, from, to, sign, neurons],
        writes: [records],
        scratch: [columns],
      };
    }),
  fieldsSimplices: (neurons: number, _: number, seed: number) =>
    same('fieldsSimplices', seed, (desk) => {
      const { signs, fields, total, records, starts } = situation(desk, neurons);
      return { args: [fields, total, signs, records, starts, neurons], writes: [fields, total] };
    }),
  sweepSimplices: (neurons: number, _: number, seed: number) =>
    same('sweepSimplices', seed, (desk) => {
      const { signs, fields, total, records, starts } = situation(desk, neurons);
      const { order, cursor, count } = visits(desk, neurons);
      const state = [signs, fields, total, records, starts, order, cursor] as const;
      return {
        args: [...state, count, someLimit(desk), desk.random.below(2), neurons],
        writes: [signs, fields, total, cursor],
      };
    }),
  glauberSimplices: (neurons: number, _: number, seed: number) =>
    same('glauberSimplices', seed, (desk) => {
      const { signs, fields, total, records, starts } = situation(desk, neurons);
      const { order, cursor, count } = visits(desk, neurons);
      const generator = desk.u32(list(4, () => desk.random.next()));
      const gain = [0, 1e-3, 1, 1e6, Number.MAX_VALUE][desk.random.below(5)];
      const state = [signs, fields, total, records, starts, order, cursor, generator] as const;
      return {
        args: [...state, count, someLimit(desk), gain, neurons],
        writes: [signs, fields, total, cursor, generator],
      };
    }),
};

describe.each(Object.entries(CASES))('%s', (_, compare) => {
  test('every small size', () => {
    for (const neurons of range(1, 40)) {
      for (const seed of range(1, 4)) compare(neurons, (neurons * seed) % 23, 100 * neurons + seed);
    }
    for (const patterns of [...range(0, 20), ...range(56, 74), ...range(120, 137)]) {
      compare(17, patterns, patterns);
    }
  });

  test('generated sizes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 130 }),
        fc.integer({ min: 0, max: 200 }),
        seeds,
        compare,
      ),
      GENERATED,
    );
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

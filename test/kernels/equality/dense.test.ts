import { denseScratch } from '../../../src/kernels/layout.ts';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/dense.ts';
import { COUNTS, GENERATED, list, randomPatterns, range, seeds } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { expectAllCompared, same } from '../twins.ts';

/** Separation functions of every temper: F at −N−2, −N, …, N+2, and whether it is given as a logarithm. */
function someSeparation(desk: Desk, neurons: number): { table: number[]; levels: number } {
  const of = (f: (m: number) => number) => list(neurons + 3, (k) => f(2 * k - neurons - 2));
  const beta = [0.001, 0.1, 1, 7, 400][desk.random.below(5)];
  switch (desk.random.below(9)) {
    case 0:
      return { table: of((m) => m ** 2), levels: 0 };
    case 1:
      return { table: of((m) => m ** 3), levels: 0 };
    case 2:
      return { table: of((m) => (m < 0 ? 0 : m ** 6)), levels: 0 };
    case 3:
      // Few values, so that costs are often zero.
      return { table: of(() => desk.integer(-2, 2)), levels: 0 };
    case 4:
      return { table: of(() => desk.double(1e200) * desk.random.below(2)), levels: 0 };
    case 5:
      return { table: of((m) => beta * m), levels: 1 };
    case 6:
      return { table: of((m) => (beta * (m ** 2 - neurons)) / 2), levels: 1 };
    case 7:
      // Largest in the middle.
      return {
        table: of((m) => beta * (m ** 4 - 6 * neurons * m ** 2 + 3 * neurons ** 2)),
        levels: 1,
      };
    default:
      return { table: of(() => desk.double(200 * beta)), levels: 1 };
  }
}

interface Situation {
  signs: number;
  overlaps: number;
  blocks: number;
  table: number;
  scratch: number;
  levels: number;
  stride: number;
}

function situation(desk: Desk, neurons: number, patterns: number): Situation {
  const stored = randomPatterns(desk, patterns, neurons);
  const state = desk.random.signs(neurons);
  // Often near a stored pattern.
  if (patterns > 0 && desk.random.below(2) === 0) {
    stored[0].forEach((value, i) => {
      if (desk.random.below(5) > 0) state[i] = value;
    });
  }
  const m = stored.map((pattern) => pattern.reduce((sum, value, i) => sum + value * state[i], 0));
  const { table, levels } = someSeparation(desk, neurons);
  const stride = Math.ceil(patterns / 8) + desk.integer(0, 2);
  return {
    signs: desk.signs(state),
    overlaps: desk.overlaps(m),
    blocks: desk.blocks(stored, neurons, stride),
    table: desk.f64(table),
    scratch: desk.take(denseScratch(neurons, patterns), 1),
    levels,
    stride,
  };
}

function someMask(desk: Desk, neurons: number): number {
  return desk.signs(list(neurons, () => (desk.random.below(4) === 0 ? 0 : 1)));
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

function movable(kernel: 'countMovableDense' | 'flipMovableDense') {
  return (neurons: number, patterns: number, seed: number) =>
    same(kernel, seed, (desk) => {
      const { signs, overlaps, blocks, table, scratch, levels, stride } = situation(
        desk,
        neurons,
        patterns,
      );
      const mobile = someMask(desk, neurons);
      const state = [signs, overlaps, blocks, table, mobile, scratch] as const;
      return {
        args: [...state, levels, desk.random.below(2), stride, patterns, neurons],
        writes: kernel === 'flipMovableDense' ? [signs] : [],
        scratch: [scratch],
      };
    });
}

const CASES = {
  countMovableDense: movable('countMovableDense'),
  flipMovableDense: movable('flipMovableDense'),
  changesDense: (neurons: number, patterns: number, seed: number) =>
    same('changesDense', seed, (desk) => {
      const { signs, overlaps, blocks, table, scratch, levels, stride } = situation(
        desk,
        neurons,
        patterns,
      );
      const changes = desk.take(neurons, 8);
      const state = [changes, signs, overlaps, blocks, table, scratch] as const;
      return {
        args: [...state, levels, stride, patterns, neurons],
        writes: [changes],
        scratch: [scratch],
      };
    }),
  sweepDense: (neurons: number, patterns: number, seed: number) =>
    same('sweepDense', seed, (desk) => {
      const { signs, overlaps, blocks, table, scratch, levels, stride } = situation(
        desk,
        neurons,
        patterns,
      );
      const { order, cursor, count } = visits(desk, neurons);
      const state = [signs, overlaps, blocks, table, order, cursor, scratch] as const;
      const sizes = [stride, patterns, neurons] as const;
      return {
        args: [...state, count, someLimit(desk), levels, desk.random.below(2), ...sizes],
        writes: [signs, overlaps, cursor],
        scratch: [scratch],
      };
    }),
  glauberDense: (neurons: number, patterns: number, seed: number) =>
    same('glauberDense', seed, (desk) => {
      const { signs, overlaps, blocks, table, scratch, levels, stride } = situation(
        desk,
        neurons,
        patterns,
      );
      const { order, cursor, count } = visits(desk, neurons);
      const generator = desk.u32(list(4, () => desk.random.next()));
      const gain = [0, 1e-3, 1, 1e6, Number.MAX_VALUE][desk.random.below(5)];
      const state = [signs, overlaps, blocks, table, order, cursor, generator, scratch] as const;
      const sizes = [stride, patterns, neurons] as const;
      return {
        args: [...state, count, someLimit(desk), levels, gain, ...sizes],
        writes: [signs, overlaps, cursor, generator],
        scratch: [scratch],
      };
    }),
};

describe.each(Object.entries(CASES))('%s', (_, compare) => {
  test('every small size', () => {
    for (const neurons of range(1, 40)) compare(neurons, neurons % 23, neurons);
    for (const patterns of COUNTS) compare(17, patterns, patterns);
  });

  test('generated sizes, past the few groups that are summed at once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 130 }),
        fc.integer({ min: 0, max: 200 }),
        seeds,
        compare,
      ),
      { ...GENERATED, numRuns: 400 },
    );
  });
});

test('thousands of patterns that are all alike: integers would overflow', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 3000, max: 8000 }),
      seeds,
      (neurons, patterns, seed) => {
        const alike = (desk: Desk) => {
          const first = desk.random.signs(neurons);
          const stored = Array.from({ length: patterns }, () => {
            const pattern = first.slice();
            if (desk.random.below(4) === 0) pattern[desk.random.below(neurons)] *= -1;
            return pattern;
          });
          const m = stored.map((p) => p.reduce((sum, value, i) => sum + value * first[i], 0));
          const stride = Math.ceil(patterns / 8);
          return {
            signs: desk.signs(first),
            overlaps: desk.overlaps(m),
            blocks: desk.blocks(stored, neurons, stride),
            table: desk.f64(list(neurons + 3, () => desk.random.sign() * (1 + desk.random.real()))),
            scratch: desk.take(denseScratch(neurons, 8 * stride), 1),
            stride,
          };
        };
        same('sweepDense', seed, (desk) => {
          const { signs, overlaps, blocks, table, scratch, stride } = alike(desk);
          const order = desk.u32(desk.random.sample(neurons, neurons));
          const cursor = desk.u32([0]);
          const state = [signs, overlaps, blocks, table, order, cursor, scratch] as const;
          return {
            args: [...state, neurons, neurons, 0, 0, stride, patterns, neurons],
            writes: [signs, overlaps, cursor],
            scratch: [scratch],
          };
        });
        same('flipMovableDense', seed, (desk) => {
          const { signs, overlaps, blocks, table, scratch, stride } = alike(desk);
          const mobile = desk.signs(list(neurons, () => 1));
          return {
            args: [
              signs,
              overlaps,
              blocks,
              table,
              mobile,
              scratch,
              0,
              0,
              stride,
              patterns,
              neurons,
            ],
            writes: [signs],
            scratch: [scratch],
          };
        });
      },
    ),
    { ...GENERATED, numRuns: 40 },
  );
});

test('every kernel of the family was compared', () => expectAllCompared(family));

import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { Kernels } from '../../../src/kernels/abi/index.ts';
import { sweepI8Scratch } from '../../../src/kernels/layout.ts';
import * as family from '../../../src/kernels/reference/dynamics.ts';
import {
  COUNTS,
  EDGES,
  GENERATED,
  SMALL,
  list,
  range,
  seeds,
  square,
  symmetric,
} from '../cases.ts';
import type { Desk } from '../desk.ts';
import { type Case, expectAllCompared, same } from '../twins.ts';
import {
  someField,
  visits,
  someLimit,
  someThresholds,
  largestCoupling,
  stored,
} from '../visits.ts';

describe.each(['countMovable', 'flipMovable'] as const)('%s', (kernel) => {
  function movable(neurons: number, tie: number, seed: number): void {
    same(kernel, seed, (desk) => {
      const signs = desk.signs(desk.random.signs(neurons));
      const fields = desk.fields(list(neurons, () => someField(desk, 2 ** 30 - 1)));
      const mobile = desk.signs(
        list(neurons, () => (desk.random.below(3) === 0 ? 0 : desk.integer(-128, 127))),
      );
      return {
        args: [signs, fields, mobile, tie, neurons],
        writes: kernel === 'flipMovable' ? [signs] : [],
      };
    });
  }

  test('every small size, both ties', () => {
    for (const neurons of [...SMALL, ...EDGES]) {
      for (const tie of [0, 1]) for (const k of [1, 2, 3]) movable(neurons, tie, neurons * 10 + k);
    }
  });

  test('generated sizes', () => {
    const sizes = fc.integer({ min: 1, max: 5000 });
    fc.assert(fc.property(sizes, fc.constantFrom(0, 1), seeds, movable), GENERATED);
  });
});

/** A size of couplings: very small ones, which give many zero fields, up to the largest. */
function someBound(desk: Desk, neurons: number, shift: number): number {
  const large = largestCoupling(neurons, shift);
  return Math.min(large, [1, 2, 100, 4095, 8191, 8192, 32_767, large][desk.random.below(7)]);
}

describe.each(['I8', 'I16'] as const)('sweep%s', (width) => {
  const kernel = `sweep${width}` as const;
  const couplingsOf = `couplings${width}` as const;
  const most = width === 'I8' ? 127 : 32_767;

  /** Addresses and numbers in the order of the kernel's parameters, with room for copies of the fields if it makes some. */
  function laid(
    desk: Desk,
    addresses: [signs: number, fields: number, couplings: number, order: number, cursor: number],
    steps: [count: number, limit: number, shift: number, tie: number, bound: number, n: number],
  ): Case<typeof kernel> {
    const scratch = width === 'I8' ? [desk.take(sweepI8Scratch(steps[5]) / 2, 2)] : [];
    const [signs, fields, , , cursor] = addresses;
    return {
      args: [...addresses, ...scratch, ...steps] as Parameters<Kernels[typeof kernel]>,
      writes: [signs, fields, cursor],
      scratch,
    };
  }

  function sweep(neurons: number, shift: number, tie: number, alike: boolean, seed: number): void {
    same(kernel, seed, (desk) => {
      const largest = Math.min(most, someBound(desk, neurons, shift));
      const entry = symmetric(desk, neurons, largest);
      const couplings = desk[couplingsOf](
        neurons,
        alike ? (i, j) => (entry(i, j) < 0 ? -largest : largest) : entry,
      );
      const signs = desk.signs(desk.random.signs(neurons));
      // A few flips in a row turn fields of up to that many times 2·bound.
      const reach = desk.integer(1, 10) * largest;
      const fields = desk.fields(list(neurons, () => someField(desk, reach << shift)));
      const { order, cursor, count } = visits(desk, neurons);
      const limit = someLimit(desk, neurons);
      const bound = desk.random.below(2) === 0 ? largest : desk.integer(largest, most);
      return laid(
        desk,
        [signs, fields, couplings, order, cursor],
        [count, limit, shift, tie, bound, neurons],
      );
    });
  }

  test('every small size, shift 0 to 5, both ties', () => {
    for (const neurons of SMALL) {
      for (const shift of range(0, 5)) {
        for (const tie of [0, 1]) {
          for (const k of range(0, 3)) {
            sweep(neurons, shift, tie, k > 1, neurons * 100 + shift * 10 + tie * 4 + k);
          }
        }
      }
    }
  });

  test('every limit, so that any number of flips is left over at the end', () => {
    for (const limit of [...range(0, 22), 40, 200]) {
      for (const bound of width === 'I8' ? [3, 63, 64, 126, 127] : [3, 8191, 8192]) {
        same(kernel, limit, (desk) => {
          const entry = symmetric(desk, 70, bound);
          const couplings = desk[couplingsOf](70, (i, j) => (entry(i, j) < 0 ? -bound : bound));
          const signs = desk.signs(desk.random.signs(70));
          const fields = desk.fields(list(70, () => someField(desk, 4 * bound)));
          const order = desk.u32(list(200, () => desk.random.below(70)));
          const cursor = desk.u32([0]);
          return laid(
            desk,
            [signs, fields, couplings, order, cursor],
            [200, limit, 0, 0, bound, 70],
          );
        });
      }
    }
  });

  test('sizes around the lengths of rows', () => {
    for (const neurons of EDGES) {
      for (const tie of [0, 1])
        for (const shift of [0, 1]) sweep(neurons, shift, tie, false, neurons);
    }
    sweep(1021, 0, 0, false, 1);
  });

  test('generated sizes', () => {
    const sizes = fc.integer({ min: 1, max: 300 });
    const shifts = fc.constantFrom(0, 0, 0, 1, 2, 5);
    const ties = fc.constantFrom(0, 1);
    fc.assert(fc.property(sizes, shifts, ties, fc.boolean(), seeds, sweep), GENERATED);
  });

  test('fields around the largest that i16 holds, which flips carry beyond', () => {
    for (const edge of [32_767, 32_768, -32_768, -32_769, 30_000, 2 ** 20]) {
      for (const neurons of [1, 5, 64, 70, 200]) {
        for (const seed of range(1, 4)) {
          same(kernel, seed, (desk) => {
            const entry = symmetric(desk, neurons, 127);
            // All flips pull the same way.
            const couplings = desk[couplingsOf](neurons, (i, j) => (entry(i, j) < 0 ? -127 : 127));
            const signs = desk.signs(desk.random.signs(neurons));
            const fields = desk.fields(
              list(neurons, () => (desk.random.below(9) ? someField(desk, 2000) : edge)),
            );
            const order = desk.u32(list(300, () => desk.random.below(neurons)));
            const cursor = desk.u32([0]);
            const limit = [300, 16, 17, 1000][desk.random.below(4)];
            return laid(
              desk,
              [signs, fields, couplings, order, cursor],
              [300, limit, 0, 0, 127, neurons],
            );
          });
        }
      }
    }
  });
});

describe('sweepUnorderedI8', () => {
  /** `slack`: how far from zero most fields are, in couplings. */
  function unordered(
    neurons: number,
    shift: number,
    tie: number,
    slack: number,
    seed: number,
  ): void {
    same('sweepUnorderedI8', seed, (desk) => {
      const largest = [1, 3, 127][desk.random.below(3)];
      const entry = symmetric(desk, neurons, largest);
      const couplings = desk.couplingsI8(neurons, (i, j) =>
        i === j && desk.random.below(8) > 0 ? 0 : entry(i, j),
      );
      const state = desk.random.signs(neurons);
      const signs = desk.signs(state);
      const movers = desk.random.below(11);
      const fields = desk.fields(
        list(neurons, (i) => {
          const h = desk.random.below(40) === 0 ? someField(desk, 2) : (slack * largest) << shift;
          return (desk.random.below(neurons) < movers ? -state[i] : state[i]) * h;
        }),
      );
      const mobile = desk.signs(
        list(neurons, () => (desk.random.below(9) === 0 ? 0 : desk.integer(-128, 127))),
      );
      const scratch = desk.take(8, 4);
      return {
        args: [signs, fields, couplings, mobile, scratch, shift, tie, neurons],
        writes: [signs, fields],
        scratch: [scratch],
      };
    });
  }

  test('every small size, both ties', () => {
    for (const neurons of [...SMALL, ...EDGES]) {
      for (const tie of [0, 1]) {
        for (const slack of [2, 17]) unordered(neurons, slack & 1, tie, slack, neurons);
      }
    }
  });

  test('generated sizes', () => {
    const sizes = fc.integer({ min: 1, max: 400 });
    const shifts = fc.integer({ min: 0, max: 5 });
    const slacks = fc.integer({ min: 0, max: 20 });
    const ties = fc.constantFrom(0, 1);
    fc.assert(fc.property(sizes, shifts, ties, slacks, seeds, unordered), GENERATED);
  });
});

describe('sweepI32', () => {
  function sweep(neurons: number, shift: number, tie: number, seed: number): void {
    same('sweepI32', seed, (desk) => {
      const bound = someBound(desk, neurons, shift);
      const couplings = desk.couplingsI32(neurons, square(desk, neurons, bound));
      const signs = desk.signs(desk.random.signs(neurons));
      const fields = desk.fields(list(neurons, () => someField(desk, bound << shift)));
      const { order, cursor, count } = visits(desk, neurons);
      const limit = someLimit(desk, neurons);
      return {
        args: [signs, fields, couplings, order, cursor, count, limit, shift, tie, neurons],
        writes: [signs, fields, cursor],
      };
    });
  }

  test('every small size, shift 0 to 5, both ties', () => {
    for (const neurons of SMALL) {
      for (const shift of range(0, 5)) {
        for (const tie of [0, 1]) {
          for (const k of [1, 2, 3]) sweep(neurons, shift, tie, neurons * 100 + shift * 10 + k);
        }
      }
    }
  });

  test('sizes around the lengths of rows', () => {
    for (const neurons of EDGES) for (const tie of [0, 1]) sweep(neurons, 1, tie, neurons);
    sweep(1021, 0, 0, 1);
  });

  test('generated sizes', () => {
    const sizes = fc.integer({ min: 1, max: 300 });
    const shifts = fc.integer({ min: 0, max: 5 });
    fc.assert(fc.property(sizes, shifts, fc.constantFrom(0, 1), seeds, sweep), GENERATED);
  });
});

describe('sweepBlocks', () => {
  function sweepBlocks(neurons: number, count: number, tie: number, seed: number): void {
    same('sweepBlocks', seed, (desk) => {
      const { signs, overlaps, blocks, stride } = stored(desk, neurons, count);
      const thresholds = someThresholds(desk, neurons);
      const { order, cursor, count: visited } = visits(desk, neurons);
      const limit = someLimit(desk, neurons);
      const self = [0, count, desk.integer(0, 100)][desk.random.below(3)];
      const shift = desk.random.below(6);
      return {
        args: [
          signs,
          overlaps,
          blocks,
          thresholds,
          order,
          cursor,
          visited,
          limit,
          self,
          shift,
          tie,
          stride,
          count,
        ],
        writes: [signs, overlaps, cursor],
      };
    });
  }

  test('every small size', () => {
    for (const neurons of SMALL) {
      for (const count of COUNTS) sweepBlocks(neurons, count, count & 1, neurons + count);
    }
  });

  test('generated sizes', () => {
    const sizes = fc.integer({ min: 1, max: 300 });
    const counts = fc.nat({ max: 330 });
    fc.assert(fc.property(sizes, counts, fc.constantFrom(0, 1), seeds, sweepBlocks), GENERATED);
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

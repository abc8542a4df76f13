import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/heat-bath.ts';
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
import { expectAllCompared, same } from '../twins.ts';
import {
  someField,
  visits,
  someLimit,
  someThresholds,
  largestCoupling,
  stored,
} from '../visits.ts';

describe.each(['I8', 'I16', 'I32'] as const)('glauber%s', (width) => {
  const kernel = `glauber${width}` as const;
  const largest = { I8: 127, I16: 32_767, I32: 2 ** 30 }[width];

  function glauber(neurons: number, shift: number, gain: number, seed: number): void {
    same(kernel, seed, (desk) => {
      const large = largestCoupling(neurons, shift);
      const bound = desk.random.below(2) === 0 ? 2 : large;
      const entries = width === 'I32' ? square : symmetric;
      const entry = entries(desk, neurons, Math.min(bound, largest));
      const couplings = desk[`couplings${width}`](neurons, entry);
      const signs = desk.signs(desk.random.signs(neurons));
      const fields = desk.fields(list(neurons, () => someField(desk, bound << shift)));
      const { order, cursor, count } = visits(desk, neurons);
      const generator = desk.u32(list(4, () => desk.random.next()));
      const limit = someLimit(desk, neurons);
      return {
        args: [
          signs,
          fields,
          couplings,
          order,
          cursor,
          generator,
          count,
          limit,
          shift,
          gain / (bound * 2 ** shift),
          neurons,
        ],
        writes: [signs, fields, cursor, generator],
      };
    });
  }

  test('every small size, shift 0 to 5', () => {
    for (const neurons of SMALL) {
      for (const shift of range(0, 5)) {
        for (const gain of [0, 0.3, 5, 1e6]) glauber(neurons, shift, gain, neurons);
      }
    }
  });

  test('sizes around the lengths of rows', () => {
    for (const neurons of EDGES) glauber(neurons, 1, 1, neurons);
    glauber(1021, 0, 1, 1);
  });

  test('generated sizes', () => {
    const sizes = fc.integer({ min: 1, max: 300 });
    const shifts = fc.integer({ min: 0, max: 5 });
    const gains = fc.double({ min: 0, max: 1000, noNaN: true });
    fc.assert(fc.property(sizes, shifts, gains, seeds, glauber), GENERATED);
  });
});

/** Signs, overlaps that belong to them, and blocks. */
describe('glauberBlocks', () => {
  function glauberBlocks(neurons: number, count: number, gain: number, seed: number): void {
    same('glauberBlocks', seed, (desk) => {
      const { signs, overlaps, blocks, stride } = stored(desk, neurons, count);
      const thresholds = someThresholds(desk, neurons);
      const { order, cursor, count: visited } = visits(desk, neurons);
      const generator = desk.u32(list(4, () => desk.random.next()));
      const limit = someLimit(desk, neurons);
      const shift = desk.random.below(6);
      return {
        args: [
          signs,
          overlaps,
          blocks,
          thresholds,
          order,
          cursor,
          generator,
          visited,
          limit,
          shift,
          gain / neurons,
          stride,
          count,
        ],
        writes: [signs, overlaps, cursor, generator],
      };
    });
  }

  test('every small size', () => {
    for (const neurons of SMALL) {
      for (const count of COUNTS) {
        glauberBlocks(neurons, count, [0, 0.1, 1, 1e6][count & 3], neurons + count);
      }
    }
  });

  test('generated sizes', () => {
    const sizes = fc.integer({ min: 1, max: 300 });
    const counts = fc.nat({ max: 330 });
    const gains = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(fc.property(sizes, counts, gains, seeds, glauberBlocks), GENERATED);
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

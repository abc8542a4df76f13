import { fieldsBlocksScratch } from '../../../src/kernels/layout.ts';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/fields.ts';
import {
  COUNTS,
  EDGES,
  GENERATED,
  SMALL,
  list,
  randomPatterns,
  range,
  seeds,
  square,
  symmetric,
} from '../cases.ts';
import type { Desk } from '../desk.ts';
import { leading } from '../desk.ts';
import { expectAllCompared, same } from '../twins.ts';

const GENERATED_NEURONS = fc.integer({ min: 1, max: 400 });

describe('fieldsBlocks', () => {
  interface Shape {
    neurons: number;
    count: number;
    /** All bits set, so that every term adds up. */
    full?: boolean;
  }

  function fieldsBlocks(
    { neurons, count, full }: Shape,
    seed: number,
    value: (desk: Desk, pattern: number) => number,
  ): void {
    same('fieldsBlocks', seed, (desk) => {
      const groups = Math.ceil(count / 8);
      const stride = groups + desk.integer(0, 2);
      const patterns = randomPatterns(desk, count, neurons);
      if (full) for (const pattern of patterns) pattern.fill(1);
      const blocks = desk.blocks(patterns, neurons, stride);
      const overlaps = desk.overlaps(list(count, (p) => value(desk, p)));
      const fields = desk.take(leading(neurons), 4);
      const tables = desk.take(fieldsBlocksScratch(8 * groups), 1);
      return {
        args: [fields, overlaps, blocks, tables, stride, count, neurons],
        writes: [fields],
        scratch: [tables],
      };
    });
  }

  /** ±limit, and less: some digits zero, some at their ends. */
  function mixed(limit: number): (desk: Desk) => number {
    const ends = [0, 1, 499, 500, 501, 1000, 1499, 1500, 1501, 2500, 500_500, 1_000_000, 2_097_151];
    return (desk) => {
      const kind = desk.random.below(3);
      const value = kind === 0 ? desk.integer(0, limit) : ends[desk.random.below(ends.length)];
      return desk.random.sign() * (kind === 1 ? limit : Math.min(value, limit));
    };
  }

  test('every small size, overlaps up to N', () => {
    for (const neurons of SMALL) {
      for (const count of COUNTS) {
        fieldsBlocks({ neurons, count }, count, (desk) => desk.integer(-neurons, neurons));
      }
    }
  });

  test('every small size, overlaps up to 2,097,151', () => {
    for (const neurons of [1, 2, 15, 16, 17, 32, 33, 70]) {
      for (const count of COUNTS) fieldsBlocks({ neurons, count }, count, mixed(2_097_151));
    }
  });

  test('digits at their ends', () => {
    for (const k of range(-3, 3)) {
      for (const off of [-502, -501, -500, -499, -1, 0, 1, 499, 500, 501, 502]) {
        for (const scale of [1, 1000]) {
          const value = 1000 * k * scale + off * scale;
          if (Math.abs(value) > 2_097_151) continue;
          fieldsBlocks({ neurons: 20, count: 11 }, 1, () => value);
          fieldsBlocks({ neurons: 20, count: 11, full: true }, 1, () => value);
        }
      }
    }
  });

  test('groups as large as are done whole, and beyond', () => {
    for (const sum of [3935, 3936, 3937, 4008, 4090, 4100, 4200]) {
      // One overlap alone, two that meet in one table or in two, eight alike; every second group, or all.
      for (const apart of [0, 3, 7, 8]) {
        for (const full of [false, true]) {
          for (const sign of [-1, 1]) {
            for (const every of [1, 2]) {
              fieldsBlocks({ neurons: 40, count: 33, full }, apart, (_, p) => {
                if ((p >> 3) % every !== 0) return sign * 490;
                if (apart === 8) return sign * (Math.floor(sum / 8) + ((p & 7) < sum % 8 ? 1 : 0));
                if ((p & 7) === 0) return sign * (apart === 0 ? sum : 2000);
                return (p & 7) === apart ? sign * (sum - 2000) : 0;
              });
            }
          }
        }
      }
    }
  });

  test('every overlap to 4000 and random ones, one at a time', () => {
    for (const start of range(0, 500)) {
      fieldsBlocks({ neurons: 16, count: 8 }, start, (_, p) => 8 * start + p);
      fieldsBlocks({ neurons: 16, count: 8 }, start, (desk) => desk.integer(-2_097_151, 2_097_151));
    }
  });

  test('all overlaps ±N', () => {
    for (const neurons of [1, 17, 64, 129, 1000]) {
      for (const count of [1, 8, 9, 33]) {
        fieldsBlocks({ neurons, count }, 1, () => neurons);
        fieldsBlocks({ neurons, count }, 2, () => -neurons);
        fieldsBlocks({ neurons, count }, 3, (desk) => desk.random.sign() * neurons);
      }
    }
  });

  test('one group in many', () => {
    for (const group of range(0, 12)) {
      for (const value of [3, 1000, 1_000_000]) {
        fieldsBlocks({ neurons: 40, count: 100 }, group, (_, p) => (p >> 3 === group ? value : 0));
        fieldsBlocks({ neurons: 40, count: 100 }, group, (_, p) => (p >> 3 === group ? value : 7));
      }
    }
  });

  test('no overlap at all', () => {
    for (const count of [0, 1, 8, 30]) fieldsBlocks({ neurons: 70, count }, count, () => 0);
  });

  test('more patterns than 16-bit sums can take', () => {
    // 496 + 496 + 496 + 495 + 2048 = 63·64 − 1: the lower table's bytes are the largest there are.
    const largest = (_: Desk, p: number): number => ((p & 3) === 3 ? 495 : 496);
    for (const count of [3199, 3200, 3201, 3208, 3209, 4999, 6401]) {
      fieldsBlocks({ neurons: 20, count, full: true }, count, largest);
      fieldsBlocks({ neurons: 20, count, full: true }, count, () => 500);
      fieldsBlocks({ neurons: 20, count, full: true }, count, () => -500);
      fieldsBlocks({ neurons: 37, count }, count, mixed(Math.floor((2 ** 31 - 1) / count)));
    }
  });

  test('generated sizes', () => {
    fc.assert(
      fc.property(
        GENERATED_NEURONS,
        fc.nat({ max: 400 }),
        fc.integer({ min: 0, max: 2_097_151 }),
        seeds,
        (neurons, count, limit, seed) => fieldsBlocks({ neurons, count }, seed, mixed(limit)),
      ),
      GENERATED,
    );
  });
});

describe.each(['I8', 'I16'] as const)('fields%s', (width) => {
  const kernel = `fields${width}` as const;
  const couplingsOf = `couplings${width}` as const;
  const largest = width === 'I8' ? 127 : 32_767;

  function fields(neurons: number, bound: number, seed: number): void {
    same(kernel, seed, (desk) => {
      const couplings = desk[couplingsOf](neurons, symmetric(desk, neurons, bound));
      const signs = desk.signs(desk.random.signs(neurons));
      const fields = desk.take(leading(neurons), 4);
      return { args: [fields, signs, couplings, neurons], writes: [fields] };
    });
  }

  test('every small size', () => {
    for (const neurons of [...SMALL, ...EDGES]) {
      for (const bound of [1, largest]) fields(neurons, bound, neurons);
    }
  });

  test('the lowest couplings of all and a large network', () => {
    same(kernel, 1, (desk) => {
      const couplings = desk[couplingsOf](130, () => -largest - 1);
      const signs = desk.signs(list(130, () => 1));
      const fields = desk.take(leading(130), 4);
      return { args: [fields, signs, couplings, 130], writes: [fields] };
    });
    fields(1021, largest, 1);
  });

  test('generated sizes', () => {
    const bounds = fc.nat({ max: largest });
    fc.assert(fc.property(GENERATED_NEURONS, bounds, seeds, fields), GENERATED);
  });
});

describe('fieldsI32', () => {
  function fieldsI32(neurons: number, seed: number, alike = false): void {
    same('fieldsI32', seed, (desk) => {
      const bound = Math.floor((2 ** 30 - 1) / neurons);
      const entry = alike ? () => bound : square(desk, neurons, bound);
      const couplings = desk.couplingsI32(neurons, entry);
      const signs = desk.signs(alike ? list(neurons, () => -1) : desk.random.signs(neurons));
      const fields = desk.take(leading(neurons), 4);
      return { args: [fields, signs, couplings, neurons], writes: [fields] };
    });
  }

  test('every small size, couplings not symmetric', () => {
    for (const neurons of [...SMALL, ...EDGES, 1021]) fieldsI32(neurons, neurons);
  });

  test('the largest fields there are', () => {
    for (const neurons of [1, 2, 3, 64, 65, 300]) fieldsI32(neurons, neurons, true);
  });

  test('generated sizes', () => {
    fc.assert(
      fc.property(GENERATED_NEURONS, seeds, (neurons, seed) => fieldsI32(neurons, seed)),
      GENERATED,
    );
  });
});

describe('finishFields', () => {
  function finishFields(neurons: number, shift: number, theta: boolean, seed: number): void {
    same('finishFields', seed, (desk) => {
      const bound = 2 ** (28 - shift);
      const fields = desk.fields(list(neurons, () => desk.integer(-bound, bound)));
      const signs = desk.signs(desk.random.signs(neurons));
      const thresholds = theta
        ? desk.i32(list(neurons, () => desk.integer(-(2 ** 28), 2 ** 28)))
        : 0;
      const self = desk.random.below(3) === 0 ? 0 : desk.integer(-bound, bound);
      return { args: [fields, signs, thresholds, self, shift, neurons], writes: [fields] };
    });
  }

  test('every small size, shift 0 to 5, with and without thresholds', () => {
    for (const neurons of [...SMALL, ...EDGES]) {
      for (const shift of range(0, 5)) {
        for (const theta of [false, true]) finishFields(neurons, shift, theta, neurons);
      }
    }
  });

  test('generated sizes', () => {
    const shifts = fc.integer({ min: 0, max: 16 });
    const neurons = fc.integer({ min: 1, max: 5000 });
    fc.assert(fc.property(neurons, shifts, fc.boolean(), seeds, finishFields), GENERATED);
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

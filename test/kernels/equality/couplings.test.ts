import { HEBBIAN_SCRATCH, outerScratch } from '../../../src/kernels/layout.ts';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/couplings.ts';
import {
  COUNTS,
  EDGES,
  GENERATED,
  SMALL,
  randomPatterns,
  range,
  seeds,
  square,
  symmetric,
} from '../cases.ts';
import { leading } from '../desk.ts';
import { expectAllCompared, same } from '../twins.ts';

const GENERATED_NEURONS = fc.integer({ min: 1, max: 260 });

/** What the two widths of small couplings hold. */
const LARGEST = { I8: 127, I16: 32_767 };

describe.each(['I8', 'I16'] as const)('addHebbian%s', (width) => {
  const kernel = `addHebbian${width}` as const;

  function addHebbian(
    neurons: number,
    count: number,
    seed: number,
    part?: { from: number; to: number; sign: number; equal?: boolean; fresh?: number },
  ): void {
    same(kernel, seed, (desk) => {
      const from = part ? part.from : desk.integer(0, count);
      const to = part ? part.to : desk.integer(from, count);
      const sign = part ? part.sign : desk.random.sign();
      const stride = Math.ceil(count / 8) + desk.integer(0, 2);
      const patterns = randomPatterns(desk, count, neurons);
      if (part?.equal) for (const pattern of patterns) pattern.set(patterns[0]);
      const blocks = desk.blocks(patterns, neurons, stride);
      const fresh = part ? (part.fresh ?? 0) : desk.random.below(2);
      const self = desk.random.below(2);
      const most = width === 'I8' ? [0, 20, 120, 127][desk.random.below(4)] : 20_000;
      const couplings = fresh
        ? desk.take(neurons * leading(neurons), width === 'I8' ? 1 : 2)
        : desk[`couplings${width}`](neurons, symmetric(desk, neurons, most));
      const tables = desk.take(HEBBIAN_SCRATCH, 1);
      return {
        args: [couplings, blocks, tables, stride, from, to, sign, fresh, self, neurons],
        writes: [couplings],
        scratch: [tables],
        worthless: (result) => (result > LARGEST[width] ? [couplings] : []),
      };
    });
  }

  test('every small size, some of the patterns', () => {
    for (const neurons of SMALL) for (const count of COUNTS) addHebbian(neurons, count, count);
  });

  test('every small size, all of the patterns', () => {
    for (const neurons of SMALL) {
      for (const count of [1, 2, 7, 8, 9, 16, 17, 40]) {
        addHebbian(neurons, count, neurons, { from: 0, to: count, sign: 1 });
      }
    }
  });

  test('every part of 25 patterns', () => {
    for (const from of range(0, 25)) {
      for (const to of range(from, 25)) {
        for (const fresh of [0, 1]) {
          addHebbian(66, 25, from, { from, to, sign: to % 2 === 0 ? 1 : -1, fresh });
        }
      }
    }
  });

  test('sizes around the width of a tile', () => {
    for (const neurons of EDGES) addHebbian(neurons, 21, neurons);
  });

  test('more patterns than a byte can count, all alike', () => {
    for (const count of [119, 120, 121, 127, 128, 129, 240, 241, 300]) {
      for (const sign of [1, -1]) {
        // Of 1 and −1 to 127 and −128: the last that fit a byte, and the first that do not.
        for (const from of [0, 1, 2, 7, 8, 100]) {
          addHebbian(80, count, count, { from, to: count, sign, equal: true });
          addHebbian(80, count, count, { from, to: count, sign, fresh: from & 1 });
        }
      }
    }
  });

  test('a large one', () => {
    addHebbian(1030, 131, 1, { from: 3, to: 131, sign: 1 });
  });

  test('generated sizes', () => {
    const patterns = fc.nat({ max: 150 });
    fc.assert(
      fc.property(GENERATED_NEURONS, patterns, seeds, (neurons, count, seed) =>
        addHebbian(neurons, count, seed),
      ),
      { ...GENERATED, numRuns: 60 },
    );
  });
});

describe.each(['I8', 'I16'] as const)('addBounded%s', (width) => {
  const kernel = `addBounded${width}` as const;
  const largest = LARGEST[width];

  function addBounded(neurons: number, bound: number, seed: number): void {
    same(kernel, seed, (desk) => {
      const entry = symmetric(desk, neurons, Math.min(bound, 3));
      const couplings = desk[`couplings${width}`](neurons, entry);
      const signs = desk.signs(desk.random.signs(neurons));
      return { args: [couplings, signs, bound, neurons], writes: [couplings] };
    });
  }

  test('every small size', () => {
    for (const neurons of SMALL) for (const bound of [0, 1, 2, 100]) addBounded(neurons, bound, 1);
    for (const neurons of EDGES) addBounded(neurons, 3, 1);
  });

  test('couplings at the largest bounds', () => {
    for (const bound of [largest - 1, largest]) {
      same(kernel, bound, (desk) => {
        const sign = symmetric(desk, 50, 1);
        const couplings = desk[`couplings${width}`](50, (i, j) => sign(i, j) * bound);
        const signs = desk.signs(desk.random.signs(50));
        return { args: [couplings, signs, bound, 50], writes: [couplings] };
      });
    }
  });

  test('generated sizes', () => {
    const bounds = fc.integer({ min: 0, max: largest });
    fc.assert(fc.property(GENERATED_NEURONS, bounds, seeds, addBounded), GENERATED);
  });
});

describe('addOuterI32', () => {
  function addOuter(neurons: number, bound: number, seed: number): void {
    same('addOuterI32', seed, (desk) => {
      const couplings = desk.couplingsI32(neurons, square(desk, neurons, bound));
      const nothing = desk.random.below(4) === 0;
      const x = desk.signs(nothing ? new Int8Array(neurons) : desk.random.signs(neurons));
      const y = desk.signs(desk.random.signs(neurons));
      const work = desk.take(outerScratch(neurons) / 4, 4);
      const amount = desk.integer(-bound, bound);
      return {
        args: [couplings, x, y, work, amount, neurons],
        writes: [couplings],
        scratch: [work],
      };
    });
  }

  test('every small size', () => {
    for (const neurons of [...SMALL, ...EDGES]) {
      for (const bound of [1, 2 ** 28]) {
        for (const seed of [1, 2, 3]) addOuter(neurons, bound, seed * neurons);
      }
    }
  });

  test('generated sizes', () => {
    const bounds = fc.nat({ max: 2 ** 28 });
    fc.assert(fc.property(GENERATED_NEURONS, bounds, seeds, addOuter), GENERATED);
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/learning.ts';
import {
  COUNTS,
  EDGES,
  GENERATED,
  SMALL,
  list,
  randomPatterns,
  range,
  seeds,
  symmetric,
} from '../cases.ts';
import type { Desk } from '../desk.ts';
import { expectAllCompared, same } from '../twins.ts';

const GENERATED_NEURONS = fc.integer({ min: 1, max: 200 });
const GENERATED_PATTERNS = fc.nat({ max: 90 });

/** Random patterns, some of them repeated or turned over. */
function somePatterns(desk: Desk, count: number, neurons: number): Int8Array[] {
  const patterns = randomPatterns(desk, count, neurons);
  for (const pattern of patterns) {
    if (desk.random.below(4) > 0) continue;
    const sign = desk.random.sign();
    pattern.set(patterns[desk.random.below(count)].map((x) => sign * x));
  }
  return patterns;
}

describe('storkeyF64', () => {
  function storkey(neurons: number, diagonal: number, seed: number): void {
    same('storkeyF64', seed, (desk) => {
      const matrix = desk.matrix(neurons, neurons, (i, j) => (i === j ? diagonal : desk.double()));
      const signs = desk.signs(desk.random.signs(neurons));
      const fields = desk.take(neurons, 8);
      return {
        args: [matrix, signs, fields, neurons],
        writes: [matrix],
        scratch: [fields],
      };
    });
  }

  test('every small size', () => {
    for (const neurons of [...SMALL, ...EDGES]) {
      for (const diagonal of [0, 0.7]) storkey(neurons, diagonal, neurons);
    }
  });

  test('generated sizes', () => {
    const diagonals = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(fc.property(GENERATED_NEURONS, diagonals, seeds, storkey), GENERATED);
  });
});

describe('addCovarianceF64', () => {
  function addCovariance(neurons: number, count: number, seed: number): void {
    same('addCovarianceF64', seed, (desk) => {
      const matrix = desk.matrix(neurons, neurons, () => desk.double());
      const couplings = desk.couplingsI16(neurons, symmetric(desk, neurons, count));
      const sums = desk.i32(list(neurons, () => desk.integer(-count, count)));
      return {
        args: [matrix, couplings, sums, desk.double(), count, desk.double(), neurons],
        writes: [matrix],
      };
    });
  }

  test('every small size', () => {
    for (const neurons of [...SMALL, ...EDGES]) {
      for (const count of [0, 1, 10, 32_767]) addCovariance(neurons, count, neurons);
    }
  });

  test('generated sizes', () => {
    const counts = fc.nat({ max: 32_767 });
    fc.assert(fc.property(GENERATED_NEURONS, counts, seeds, addCovariance), GENERATED);
  });
});

describe('factorGram', () => {
  function factorGram(neurons: number, count: number, seed: number, tolerance = 1e-6): void {
    same('factorGram', seed, (desk) => {
      const gram = desk.gram(somePatterns(desk, count, neurons), neurons);
      const factor = desk.take(count * count, 8);
      const pivots = desk.take(count, 4);
      const residuals = desk.take(count, 8);
      return {
        args: [factor, pivots, residuals, gram, tolerance, count],
        writes: [factor, pivots],
        scratch: [residuals],
      };
    });
  }

  test('every small size, dependent patterns among them', () => {
    for (const count of COUNTS) {
      for (const neurons of [1, 2, 3, 5, 8, 16, 33, 70]) factorGram(neurons, count, count);
    }
  });

  test('tolerances that stop at once, and never', () => {
    for (const tolerance of [0, 1e9, -1e-9, 5]) factorGram(20, 12, 1, tolerance);
  });

  test('generated sizes', () => {
    fc.assert(
      fc.property(GENERATED_NEURONS, GENERATED_PATTERNS, seeds, (neurons, count, seed) =>
        factorGram(neurons, count, seed),
      ),
      GENERATED,
    );
  });
});

describe('solveLower', () => {
  function solveLower(rank: number, columns: number, more: number, seed: number): void {
    same('solveLower', seed, (desk) => {
      const patterns = rank + more;
      const b = desk.matrix(rank, columns, () => desk.double(100));
      const factor = desk.matrix(rank, patterns, () => desk.double() + desk.random.sign() * 2);
      const pivots = desk.u32(desk.random.sample(patterns, rank));
      return { args: [b, factor, pivots, rank, columns, patterns], writes: [b] };
    });
  }

  test('every small size', () => {
    for (const rank of range(0, 12)) {
      for (const columns of range(0, 20))
        for (const more of [0, 3]) solveLower(rank, columns, more, 1);
    }
  });

  test('generated sizes', () => {
    const size = fc.nat({ max: 60 });
    fc.assert(fc.property(size, size, size, seeds, solveLower), GENERATED);
  });
});

/** What the iterative rules share, for one neuron: its signs and how stable each pattern is. */
function oneNeuron(desk: Desk, neurons: number, count: number) {
  const patterns = somePatterns(desk, count, neurons);
  const fresh = desk.random.below(2) === 0;
  const zero = () => (desk.random.below(2) === 0 ? 0 : -0);
  return {
    gram: desk.gram(patterns, neurons),
    column: desk.i8(patterns.map((pattern) => pattern[0])),
    strengths: desk.f64(list(count, () => (fresh ? 0 : desk.integer(-5, 5)))),
    stabilities: desk.f64(list(count, () => (fresh ? zero() : desk.double(neurons)))),
  };
}

describe.each(['perceptron', 'minimalOverlap'] as const)('%s', (kernel) => {
  function perceptron(neurons: number, count: number, margin: number, seed: number): void {
    same(kernel, seed, (desk) => {
      const { gram, column, strengths, stabilities } = oneNeuron(desk, neurons, count);
      const norm2 = desk.f64([desk.random.below(2) === 0 ? 0 : desk.integer(0, 1000)]);
      const maxEpochs = desk.integer(0, 40);
      return {
        args: [strengths, stabilities, norm2, gram, column, margin, maxEpochs, count, neurons],
        writes: [strengths, stabilities, norm2],
      };
    });
  }

  test('every small size', () => {
    for (const count of COUNTS) {
      for (const neurons of [1, 2, 3, 10, 40, 70]) {
        for (const margin of [0, 0.5]) perceptron(neurons, count, margin, count);
      }
    }
  });

  test('generated sizes', () => {
    const margins = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(GENERATED_NEURONS, GENERATED_PATTERNS, margins, seeds, perceptron),
      GENERATED,
    );
  });
});

describe('diederichOpper', () => {
  function diederichOpper(neurons: number, count: number, self: number, seed: number): void {
    same('diederichOpper', seed, (desk) => {
      const { gram, column, strengths, stabilities } = oneNeuron(desk, neurons, count);
      const tolerance = 10 ** -desk.integer(0, 9);
      const maxEpochs = desk.integer(0, 40);
      return {
        args: [strengths, stabilities, gram, column, tolerance, self, maxEpochs, count, neurons],
        writes: [strengths, stabilities],
      };
    });
  }

  test('every small size', () => {
    for (const count of COUNTS) {
      for (const neurons of [1, 2, 3, 10, 40, 70]) {
        for (const self of [0, 1]) diederichOpper(neurons, count, self, count);
      }
    }
  });

  test('generated sizes', () => {
    fc.assert(
      fc.property(
        GENERATED_NEURONS,
        GENERATED_PATTERNS,
        fc.constantFrom(0, 1),
        seeds,
        diederichOpper,
      ),
      GENERATED,
    );
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));

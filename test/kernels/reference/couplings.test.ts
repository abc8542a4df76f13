import { HEBBIAN_SCRATCH } from '../../../src/kernels/layout.ts';
import { describe, expect, test } from 'vitest';
import { list, randomPatterns, square, symmetric } from '../cases.ts';
import { leading } from '../desk.ts';
import { onDesk, readSquare, table } from './on-desk.ts';

const SIZES = [1, 2, 5, 16, 63, 64, 65];

/** Of the two widths: what memory is read through, bytes an element, and the largest |J_ij|. */
const WIDTHS = [
  { width: 'I8', view: 'i8', bytes: 1, largest: 127 },
  { width: 'I16', view: 'i16', bytes: 2, largest: 32_767 },
] as const;

describe.each(WIDTHS)('$width', ({ width, view, bytes, largest }) => {
  const couplingsOf = `couplings${width}` as const;
  const addHebbian = `addHebbian${width}` as const;
  const addBounded = `addBounded${width}` as const;

  test('addHebbian adds sign·Σ ξ_i ξ_j over the patterns from … to − 1, or puts it there', () => {
    for (const neurons of SIZES) {
      for (const [count, from, to] of [
        [1, 0, 1],
        [20, 0, 20],
        [20, 3, 9],
        [20, 8, 16],
        [20, 19, 20],
        [20, 7, 7],
      ]) {
        for (const sign of [1, -1]) {
          for (const [fresh, self] of [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
          ]) {
            const { desk, kernels, views } = onDesk(neurons);
            const patterns = randomPatterns(desk, count, neurons);
            const before = symmetric(desk, neurons, 100);
            const lda = leading(neurons);
            const couplings = fresh
              ? desk.take(neurons * lda, bytes)
              : desk[couplingsOf](neurons, before);
            const blocks = desk.blocks(patterns, neurons, 3);
            const tables = desk.take(HEBBIAN_SCRATCH, 1);
            const flags = [sign, fresh, self] as const;
            const result = kernels[addHebbian](
              couplings,
              blocks,
              tables,
              3,
              from,
              to,
              ...flags,
              neurons,
            );
            const part = patterns.slice(from, to);
            const expected = table(neurons, (i, j) =>
              part.reduce(
                (sum, xi) => sum + (i === j && !self ? 0 : sign * xi[i] * xi[j]),
                fresh ? 0 : before(i, j),
              ),
            );
            expect(readSquare(views[view], couplings, neurons, lda)).toEqual(expected);
            expect(result).toBe(Math.max(...expected.flat().map(Math.abs)));
          }
        }
      }
    }
  });

  test('addBounded adds ξ_i ξ_j and cuts at ±bound, J_ii is 0', () => {
    for (const neurons of SIZES) {
      for (const bound of [0, 1, 3, largest]) {
        const { desk, kernels, views } = onDesk(neurons);
        const signs = desk.random.signs(neurons);
        const sign = symmetric(desk, neurons, 1);
        const before = (i: number, j: number) => sign(i, j) * bound;
        const couplings = desk[couplingsOf](neurons, before);
        kernels[addBounded](couplings, desk.signs(signs), bound, neurons);
        expect(readSquare(views[view], couplings, neurons, leading(neurons))).toEqual(
          table(neurons, (i, j) => {
            if (i === j) return 0;
            const sum = before(i, j) + signs[i] * signs[j];
            if (sum > bound) return bound;
            return sum < -bound ? 0 - bound : sum;
          }),
        );
      }
    }
  });
});

test('addHebbianI8 says 128 as soon as some |J_ij| is above 127, i ≠ j or not as wanted', () => {
  const neurons = 70;
  for (const turned of [0, 1, 69]) {
    for (const [count, self, expected] of [
      [127, 0, 127],
      [127, 1, 127],
      [128, 0, 128],
      [300, 0, 128],
    ]) {
      const { desk, kernels, views } = onDesk(count);
      const pattern = desk.random.signs(neurons);
      // One neuron is turned over: its couplings are negative.
      pattern[turned] *= -1;
      const patterns = list(count, () => pattern);
      const couplings = desk.take(neurons * 128, 1);
      const blocks = desk.blocks(patterns, neurons, 38);
      const tables = desk.take(30_720, 1);
      const add = (from: number, to: number, sign: number, fresh: number) =>
        kernels.addHebbianI8(couplings, blocks, tables, 38, from, to, sign, fresh, self, neurons);
      expect(add(0, count, 1, 1)).toBe(expected);
      if (expected === 128) continue;
      expect(add(0, 0, 1, 0)).toBe(127);
      expect(add(0, 120, -1, 0)).toBe(7);
      expect(readSquare(views.i8, couplings, neurons, 128)).toEqual(
        table(neurons, (i, j) => (i === j && !self ? 0 : 7 * pattern[i] * pattern[j])),
      );
    }
  }
  // Patterns that differ in all pairs but not in the neurons themselves: only J_ii is large.
  const { desk, kernels } = onDesk(1);
  const patterns = list(200, (k) => Int8Array.of(1, k % 2 ? 1 : -1));
  const couplings = desk.take(2 * 64, 1);
  const blocks = desk.blocks(patterns, 2, 25);
  const tables = desk.take(30_720, 1);
  const add = (self: number) =>
    kernels.addHebbianI8(couplings, blocks, tables, 25, 0, 200, 1, 1, self, 2);
  expect(add(0)).toBe(0);
  expect(add(1)).toBe(128);
});

test('addOuterI32 adds amount·(x_i x_j − y_i y_j) off the diagonal', () => {
  for (const neurons of SIZES) {
    for (const hasX of [1, 0]) {
      const { desk, kernels, views } = onDesk(neurons);
      const x = desk.random.signs(neurons).map((s) => hasX * s);
      const y = desk.random.signs(neurons);
      const before = square(desk, neurons, 2 ** 28);
      const couplings = desk.couplingsI32(neurons, before);
      const amount = 123_456_789;
      const work = desk.take(2 * leading(neurons), 4);
      kernels.addOuterI32(couplings, desk.signs(x), desk.signs(y), work, amount, neurons);
      expect(readSquare(views.i32, couplings, neurons, leading(neurons))).toEqual(
        table(neurons, (i, j) =>
          i === j ? before(i, i) : before(i, j) + amount * (x[i] * x[j] - y[i] * y[j]),
        ),
      );
    }
  }
});

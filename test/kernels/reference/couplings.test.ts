import { HEBBIAN_SCRATCH } from '../../../src/kernels/layout.ts';
import { expect, test } from 'vitest';
import { randomPatterns, range, square, symmetric } from '../cases.ts';
import { leading } from '../desk.ts';
import { bench, readSquare, table } from './bench.ts';

const SIZES = [1, 2, 5, 16, 63, 64, 65];

test('addHebbianI16 adds sign·Σ ξ_i ξ_j over the patterns from … to − 1, or puts it there', () => {
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
        for (const fresh of [0, 1]) {
          const { desk, kernels, views } = bench(neurons);
          const patterns = randomPatterns(desk, count, neurons);
          const before = symmetric(desk, neurons, 100);
          const lda = leading(neurons);
          const couplings = fresh
            ? desk.take(neurons * lda, 2)
            : desk.couplingsI16(neurons, before);
          const blocks = desk.blocks(patterns, neurons, 3);
          const tables = desk.take(HEBBIAN_SCRATCH, 1);
          kernels.addHebbianI16(couplings, blocks, tables, 3, from, to, sign, fresh, neurons);
          const part = patterns.slice(from, to);
          expect(readSquare(views.i16, couplings, neurons, lda)).toEqual(
            table(neurons, (i, j) =>
              part.reduce((sum, xi) => sum + sign * xi[i] * xi[j], fresh ? 0 : before(i, j)),
            ),
          );
        }
      }
    }
  }
});

test('addBoundedI16 adds ξ_i ξ_j and cuts at ±bound', () => {
  for (const neurons of SIZES) {
    for (const bound of [0, 1, 3, 32_767]) {
      const { desk, kernels, views } = bench(neurons);
      const signs = desk.random.signs(neurons);
      const sign = symmetric(desk, neurons, 1);
      const before = (i: number, j: number) => sign(i, j) * bound;
      const couplings = desk.couplingsI16(neurons, before);
      kernels.addBoundedI16(couplings, desk.signs(signs), bound, neurons);
      expect(readSquare(views.i16, couplings, neurons, leading(neurons))).toEqual(
        table(neurons, (i, j) => {
          const sum = before(i, j) + signs[i] * signs[j];
          if (sum > bound) return bound;
          return sum < -bound ? 0 - bound : sum;
        }),
      );
    }
  }
});

test('setDiagonalI16 sets the diagonal only', () => {
  for (const neurons of range(1, 70)) {
    const { desk, kernels, views } = bench(neurons);
    const before = symmetric(desk, neurons, 100);
    const couplings = desk.couplingsI16(neurons, before);
    kernels.setDiagonalI16(couplings, -7, neurons);
    expect(readSquare(views.i16, couplings, neurons, leading(neurons))).toEqual(
      table(neurons, (i, j) => (i === j ? -7 : before(i, j))),
    );
  }
});

test('addOuterI32 adds amount·(x_i x_j − y_i y_j) off the diagonal', () => {
  for (const neurons of SIZES) {
    for (const hasX of [1, 0]) {
      const { desk, kernels, views } = bench(neurons);
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

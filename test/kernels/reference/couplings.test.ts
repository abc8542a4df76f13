import { expect, test } from 'vitest';
import { randomPatterns, range, square, symmetric } from '../cases.ts';
import { leading } from '../desk.ts';
import { bench, readSquare, table } from './bench.ts';

const SIZES = [1, 2, 5, 16, 63, 64, 65];

test('addHebbianI16 adds sign·Σ ξ_i ξ_j over the patterns from … to − 1', () => {
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
        const { desk, kernels, views } = bench(neurons);
        const patterns = randomPatterns(desk, count, neurons);
        const before = symmetric(desk, neurons, 100);
        const couplings = desk.couplingsI16(neurons, before);
        const blocks = desk.blocks(patterns, neurons, 3);
        const tables = desk.take(30_720, 1);
        kernels.addHebbianI16(couplings, blocks, tables, 3, from, to, sign, neurons);
        const part = patterns.slice(from, to);
        expect(readSquare(views.i16, couplings, neurons, leading(neurons))).toEqual(
          table(
            neurons,
            (i, j) => before(i, j) + sign * part.reduce((sum, xi) => sum + xi[i] * xi[j], 0),
          ),
        );
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

test('addOuterI32 adds a·x_i x_j − b·y_i y_j off the diagonal', () => {
  for (const neurons of SIZES) {
    const { desk, kernels, views } = bench(neurons);
    const x = desk.random.signs(neurons);
    const y = desk.random.signs(neurons);
    const before = square(desk, neurons, 2 ** 28);
    const couplings = desk.couplingsI32(neurons, before);
    const [a, b] = [123_456_789, -54_321];
    kernels.addOuterI32(couplings, desk.signs(x), a, desk.signs(y), b, neurons);
    expect(readSquare(views.i32, couplings, neurons, leading(neurons))).toEqual(
      table(neurons, (i, j) =>
        i === j ? before(i, i) : before(i, j) + a * x[i] * x[j] - b * y[i] * y[j],
      ),
    );
  }
});

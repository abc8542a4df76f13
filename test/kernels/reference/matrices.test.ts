import { expect, test } from 'vitest';
import { list, range, square } from '../cases.ts';
import { leading } from '../desk.ts';
import { onDesk, read, readSquare, table } from './on-desk.ts';

test('addProductF64 is out + a·b, and with exchanged steps out + aᵀ·b', () => {
  for (const [rows, columns, inner] of [
    [1, 1, 1],
    [2, 3, 4],
    [5, 9, 7],
    [8, 17, 1],
    [3, 2, 0],
  ]) {
    for (const transposed of [false, true]) {
      const { desk, kernels, views } = onDesk(rows);
      const whole = () => desk.integer(-1000, 1000);
      const before = list(rows * columns, whole);
      const a = list(rows * inner, whole);
      const b = list(inner * columns, whole);
      const out = desk.f64(before);
      const [rowStep, innerStep] = transposed ? [1, rows] : [inner, 1];
      const addresses = [out, desk.f64(a), desk.f64(b)] as const;
      kernels.addProductF64(...addresses, rows, columns, inner, rowStep, innerStep);
      const left = (i: number, k: number) => (transposed ? a[k * rows + i] : a[i * inner + k]);
      expect(read(views.f64, out, rows * columns)).toEqual(
        before.map((value, at) => {
          const [i, j] = [Math.floor(at / columns), at % columns];
          return range(0, inner - 1).reduce((s, k) => s + left(i, k) * b[k * columns + j], value);
        }),
      );
    }
  }
});

test('addProductF64 adds upwards and completes each sum first', () => {
  const product = (before: number, factors: number[]) => {
    const { desk, kernels, views } = onDesk(1);
    const out = desk.f64([before]);
    const ones = desk.f64(factors.map(() => 1));
    kernels.addProductF64(out, ones, desk.f64(factors), 1, 1, factors.length, factors.length, 1);
    return views.f64[out / 8];
  };
  // 2⁵³ + 1 is 2⁵³ in doubles.
  expect(product(0, [2 ** 53, 1, -(2 ** 53), 3])).toBe(3);
  expect(product(0, [1, 2 ** 53, -(2 ** 53), 3])).toBe(3);
  expect(product(0, [2 ** 53, -(2 ** 53), 1, 3])).toBe(4);
  expect(product(2 ** 53, [1, 1])).toBe(2 ** 53 + 2);
});

test('signsToF64', () => {
  const { desk, kernels, views } = onDesk(1);
  const signs = desk.random.signs(77);
  const out = desk.take(77, 8);
  kernels.signsToF64(out, desk.i8(signs), 77);
  expect(read(views.f64, out, 77)).toEqual([...signs]);
});

test.each(['I8', 'I16', 'I32'] as const)('couplingsToF64%s is W_ij = J_ji·unit', (width) => {
  for (const neurons of [1, 2, 63, 64, 65]) {
    const { desk, kernels, views } = onDesk(neurons);
    const entry = square(desk, neurons, width === 'I8' ? 127 : 30_000);
    const couplings = desk[`couplings${width}`](neurons, entry);
    const out = desk.take(neurons * neurons, 8);
    kernels[`couplingsToF64${width}`](out, couplings, 0.1, neurons);
    expect(readSquare(views.f64, out, neurons, neurons)).toEqual(
      table(neurons, (i, j) => entry(j, i) * 0.1),
    );
  }
});

test('largestRowSumF64 is max_i (|extra_i| + Σ_j |W_ij|)', () => {
  for (const neurons of [1, 2, 9, 40]) {
    const { desk, kernels } = onDesk(neurons);
    const entry = square(desk, neurons, 1000);
    const extra = list(neurons, () => desk.integer(-5000, 5000));
    const sums = table(neurons, entry).map((row) => row.reduce((s, w) => s + Math.abs(w), 0));
    const matrix = desk.matrix(neurons, neurons, entry);
    expect(kernels.largestRowSumF64(matrix, 0, neurons)).toBe(Math.max(...sums));
    expect(kernels.largestRowSumF64(matrix, desk.f64(extra), neurons)).toBe(
      Math.max(...sums.map((sum, i) => sum + Math.abs(extra[i]))),
    );
  }
});

test('roundToI32 is J_ij = W_ji·scale to nearest, ties to even, with zeros in the padding', () => {
  const cases = [
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [3.5, 4],
    [-0.5, 0],
    [-1.5, -2],
    [-2.5, -2],
    [0.49999999999999994, 0],
    [0.5000000000000001, 1],
    [-0.5000000000000001, -1],
    [1e9 + 0.5, 1e9],
    [1e9 + 1.5, 1e9 + 2],
    [-1073741823.5, -1073741824],
    [12345.678, 12346],
    [0, 0],
    [-0, 0],
  ];
  const { desk, kernels, views } = onDesk(1);
  for (const scale of [1, 2 ** 20, 2 ** -3]) {
    const matrix = desk.matrix(4, 4, (i, j) => cases[4 * j + i][0] / scale);
    const couplings = desk.take(4 * 64, 4);
    kernels.roundToI32(couplings, matrix, scale, 4);
    expect(readSquare(views.i32, couplings, 4, 64).flat()).toEqual(cases.map(([, j]) => j));
  }
});

test('applyI32 is Σ_i x_i J_ij', () => {
  for (const neurons of [1, 2, 3, 4, 5, 64, 65]) {
    const { desk, kernels, views } = onDesk(neurons);
    const x = list(neurons, () => desk.integer(-1000, 1000));
    const entry = square(desk, neurons, 2 ** 30);
    const out = desk.take(neurons, 8);
    const couplings = desk.couplingsI32(neurons, entry);
    expect(desk.size(couplings)).toBe(4 * neurons * leading(neurons));
    kernels.applyI32(out, desk.f64(x), couplings, neurons);
    expect(read(views.f64, out, neurons)).toEqual(
      list(neurons, (j) => x.reduce((sum, xi, i) => sum + xi * entry(i, j), 0)),
    );
  }
});

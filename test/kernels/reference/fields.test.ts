import { fieldsBlocksScratch } from '../../../src/kernels/layout.ts';
import { expect, test } from 'vitest';
import { list, randomPatterns, range, square, symmetric } from '../cases.ts';
import { leading, roundUp } from '../desk.ts';
import { onDesk, read } from './on-desk.ts';

const SIZES = [1, 2, 5, 15, 16, 17, 63, 64, 65];

test('fieldsBlocks is Σ_μ ξ_i^μ m_μ, whatever the overlaps', () => {
  for (const neurons of SIZES) {
    for (const count of [0, 1, 7, 8, 9, 20]) {
      for (const bound of [1, 1000, 2_097_151]) {
        const { desk, kernels, views } = onDesk(neurons + count);
        const patterns = randomPatterns(desk, count, neurons);
        const overlaps = list(count, () => desk.integer(-bound, bound));
        const fields = desk.take(leading(neurons), 4);
        const blocks = desk.blocks(patterns, neurons, 4);
        const tables = desk.take(fieldsBlocksScratch(count), 1);
        kernels.fieldsBlocks(fields, desk.overlaps(overlaps), blocks, tables, 4, count, neurons);
        expect(read(views.i32, fields, neurons)).toEqual(
          list(neurons, (i) => overlaps.reduce((sum, m, p) => sum + patterns[p][i] * m, 0)),
        );
      }
    }
  }
});

test('fieldsBlocks, fieldsI16 and fieldsI32 agree on Hebbian couplings', () => {
  for (const neurons of SIZES) {
    const { desk, kernels, views } = onDesk(neurons);
    const patterns = randomPatterns(desk, 13, neurons);
    const state = desk.random.signs(neurons);
    const coupling = (i: number, j: number) => patterns.reduce((sum, x) => sum + x[i] * x[j], 0);
    const overlaps = patterns.map((x) => x.reduce((sum, xi, i) => sum + xi * state[i], 0));
    const signs = desk.signs(state);
    const a = desk.take(roundUp(leading(neurons), 16), 4);
    const b = desk.take(leading(neurons), 4);
    const c = desk.take(leading(neurons), 4);
    const tables = desk.take(fieldsBlocksScratch(16), 1);
    const blocks = desk.blocks(patterns, neurons, 2);
    kernels.fieldsBlocks(a, desk.overlaps(overlaps), blocks, tables, 2, 13, neurons);
    kernels.fieldsI16(b, signs, desk.couplingsI16(neurons, coupling), neurons);
    kernels.fieldsI32(c, signs, desk.couplingsI32(neurons, coupling), neurons);
    const expected = list(neurons, (i) => state.reduce((sum, s, j) => sum + coupling(i, j) * s, 0));
    for (const fields of [a, b, c]) {
      expect(read(views.i32, fields, neurons)).toEqual(expected);
    }
  }
});

test.each(['I8', 'I16'] as const)('fields%s is Σ_j J_ij s_j', (width) => {
  for (const neurons of range(1, 70)) {
    const { desk, kernels, views } = onDesk(neurons);
    const coupling = symmetric(desk, neurons, width === 'I8' ? 127 : 32_767);
    const signs = desk.random.signs(neurons);
    const fields = desk.take(leading(neurons), 4);
    const couplings = desk[`couplings${width}`](neurons, coupling);
    kernels[`fields${width}`](fields, desk.signs(signs), couplings, neurons);
    expect(read(views.i32, fields, neurons)).toEqual(
      list(neurons, (i) => signs.reduce((sum, s, j) => sum + coupling(i, j) * s, 0)),
    );
  }
});

test('fieldsI32 is Σ_i s_i J_ij: rows act, columns feel', () => {
  for (const neurons of range(1, 70)) {
    const { desk, kernels, views } = onDesk(neurons);
    const coupling = square(desk, neurons, Math.floor((2 ** 30 - 1) / neurons));
    const signs = desk.random.signs(neurons);
    const fields = desk.take(leading(neurons), 4);
    kernels.fieldsI32(fields, desk.signs(signs), desk.couplingsI32(neurons, coupling), neurons);
    expect(read(views.i32, fields, neurons)).toEqual(
      list(neurons, (j) => signs.reduce((sum, s, i) => sum + s * coupling(i, j), 0)),
    );
  }
});

test('finishFields is (H_i − self·s_i)·2^shift − θ_i', () => {
  for (const neurons of [1, 3, 4, 5, 70]) {
    for (const shift of range(0, 5)) {
      for (const theta of [false, true]) {
        const { desk, kernels, views } = onDesk(neurons);
        const before = list(neurons, () => desk.integer(-1e6, 1e6));
        const signs = desk.random.signs(neurons);
        const thresholds = list(neurons, () => desk.integer(-1e6, 1e6));
        const fields = desk.fields(before);
        const address = theta ? desk.i32(thresholds) : 0;
        kernels.finishFields(fields, desk.signs(signs), address, 11, shift, neurons);
        expect(read(views.i32, fields, neurons)).toEqual(
          before.map((h, i) => (h - 11 * signs[i]) * 2 ** shift - (theta ? thresholds[i] : 0)),
        );
      }
    }
  }
});

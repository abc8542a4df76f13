import { expect, test } from 'vitest';
import { randomPatterns, range } from '../cases.ts';
import { roundUp } from '../desk.ts';
import { onDesk, dot, read } from './on-desk.ts';

const SIZES = [1, 2, 7, 15, 16, 17, 63, 64, 65, 130];

/** The byte of blocks that holds patterns 8g … 8g + 7 of neuron i, from the layout's formula. */
function byteAt(stride: number, i: number, g: number): number {
  return (Math.floor(i / 16) * stride + g) * 16 + (i % 16);
}

test('blocksFromRows puts pattern 8g + k of neuron i in bit k of its byte', () => {
  for (const neurons of SIZES) {
    for (const count of range(0, 18)) {
      const { desk, kernels, views } = onDesk(neurons + count);
      const patterns = randomPatterns(desk, count, neurons);
      const groups = Math.ceil(count / 8);
      const stride = groups + 2;
      const blocks = desk.take(roundUp(neurons, 16) * stride, 1);
      const before = read(views.u8, blocks, desk.size(blocks));
      const fromGroup = count % 3 === 2 ? 1 : 0;
      const rows = desk.rows(patterns, neurons);
      kernels.blocksFromRows(blocks, rows, fromGroup, stride, count, neurons);
      const expected = [...before];
      for (const i of range(0, roundUp(neurons, 16) - 1)) {
        for (const g of range(fromGroup, groups - 1)) {
          expected[byteAt(stride, i, g)] = range(0, 7).reduce(
            (byte, k) => byte + (patterns[8 * g + k]?.[i] === 1 ? 2 ** k : 0),
            0,
          );
        }
      }
      expect(read(views.u8, blocks, before.length)).toEqual(expected);
    }
  }
});

test('widenBlocks keeps every byte and clears the new ones', () => {
  for (const neurons of SIZES) {
    const { desk, kernels, views } = onDesk(neurons);
    const bytes = roundUp(neurons, 16) * 2;
    const blocks = desk.i8(range(1, bytes).map(() => desk.random.below(256)));
    const out = desk.take(roundUp(neurons, 16) * 5, 1);
    kernels.widenBlocks(out, blocks, 5, 2, neurons);
    for (const i of range(0, roundUp(neurons, 16) - 1)) {
      for (const g of range(0, 4)) {
        const expected = g < 2 ? views.u8[blocks + byteAt(2, i, g)] : 0;
        expect(views.u8[out + byteAt(5, i, g)]).toBe(expected);
      }
    }
  }
});

test('overlaps are Σ ξ_i s_i, and zero in the padding', () => {
  for (const neurons of [...SIZES, 1000]) {
    for (const count of range(0, 18)) {
      const { desk, kernels, views } = onDesk(neurons + count);
      const state = desk.random.signs(neurons);
      const patterns = randomPatterns(desk, count, neurons);
      const out = desk.take(roundUp(count, 8), 4);
      const bits = desk.rows([state], neurons);
      kernels.overlaps(out, bits, desk.rows(patterns, neurons), count, neurons);
      expect(read(views.i32, out, roundUp(count, 8))).toEqual(
        range(0, roundUp(count, 8) - 1).map((p) => (p < count ? dot(patterns[p], state) : 0)),
      );
    }
  }
});

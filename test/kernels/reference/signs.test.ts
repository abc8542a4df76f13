import { describe, expect, test } from 'vitest';
import { range } from '../cases.ts';
import { rowBytes } from '../desk.ts';
import { onDesk, read } from './on-desk.ts';

describe('readSigns', () => {
  test.each([
    [
      [1, -1, -1, 1],
      [1, -1, -1, 1],
    ],
    [
      [1, 0, 0, 1],
      [1, -1, -1, 1],
    ],
    [
      [0, 0],
      [-1, -1],
    ],
    [[-1], [-1]],
    [
      [1, 1, 1],
      [1, 1, 1],
    ],
    [[], []],
  ])('%j is %j', (values, signs) => {
    const { desk, kernels, views } = onDesk(1);
    const address = desk.i8(values);
    expect(kernels.readSigns(address, address, values.length)).toBe(1);
    expect(read(views.i8, address, signs.length)).toEqual(signs);
  });

  test.each([[[1, 0, -1]], [[2]], [[1, 1, -2]], [[0, 0, 127]], [[-128, 1]]])(
    '%j is refused',
    (values) => {
      const { desk, kernels, views } = onDesk(1);
      const address = desk.i8(values);
      expect(kernels.readSigns(address, address, values.length)).toBe(0);
      expect(read(views.i8, address, values.length)).toEqual(values);
    },
  );
});

test('packSigns sets bit i of the row for +1 and no other', () => {
  for (const count of range(0, 140)) {
    const { desk, kernels, views } = onDesk(count);
    const signs = desk.random.signs(count);
    const bits = desk.take(rowBytes(count) / 16, 16);
    kernels.packSigns(bits, desk.i8(signs), count);
    const bytes = read(views.u8, bits, rowBytes(count));
    const set = bytes.flatMap((byte) => range(0, 7).map((k) => Math.floor(byte / 2 ** k) % 2));
    expect(set).toEqual(set.map((_, i) => (signs[i] === 1 ? 1 : 0)));
  }
});

test('unpackSigns undoes packSigns', () => {
  for (const count of range(0, 140)) {
    const { desk, kernels, views } = onDesk(count);
    const signs = desk.random.signs(count);
    const bits = desk.take(rowBytes(count) / 16, 16);
    const out = desk.take(count, 1);
    kernels.packSigns(bits, desk.i8(signs), count);
    kernels.unpackSigns(out, bits, count);
    expect(read(views.i8, out, count)).toEqual([...signs]);
  }
});

test('signedSum is exact beyond 32 bits', () => {
  for (const count of range(0, 40)) {
    const { desk, kernels } = onDesk(count);
    const signs = desk.random.signs(count);
    const values = [...signs].map(() => desk.integer(-(2 ** 31), 2 ** 31 - 1));
    const sum = values.reduce((total, value, i) => total + BigInt(value * signs[i]), 0n);
    expect(kernels.signedSum(desk.i8(signs), desk.i32(values), count)).toBe(Number(sum));
  }
});

test('countDifferent counts the bytes that differ', () => {
  for (const count of range(0, 40)) {
    const { desk, kernels } = onDesk(count);
    const a = desk.random.signs(count);
    const b = desk.random.signs(count);
    const different = [...a].filter((x, i) => x !== b[i]).length;
    expect(kernels.countDifferent(desk.i8(a), desk.i8(b), count)).toBe(different);
  }
});

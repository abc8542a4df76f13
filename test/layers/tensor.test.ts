/** Tensors: what they keep, and what is none. */
import { describe, expect, it } from 'vitest';
import { checkTensor, countOf, tensor, zeros } from '../../src/layers/tensor.ts';

describe('tensor', () => {
  it('keeps a Float32Array, and rounds numbers', () => {
    const data = new Float32Array(6);
    expect(tensor(data, [2, 3]).data).toBe(data);
    expect([...tensor([0.1, 1], [2]).data]).toEqual([Math.fround(0.1), 1]);
  });

  it('keeps its shape when the given array changes', () => {
    const shape = [2, 3];
    const t = tensor(new Float32Array(6), shape);
    shape[0] = 9;
    expect(t.shape).toEqual([2, 3]);
  });

  it('may be a number or empty', () => {
    expect(tensor([5], []).shape).toEqual([]);
    expect(zeros([3, 0, 2]).data.length).toBe(0);
    expect(countOf([])).toBe(1);
    expect([...zeros([2, 2]).data]).toEqual([0, 0, 0, 0]);
  });

  it.each([
    [[1, 2, 3], [2, 2], RangeError, 'data has length 3, expected 4 (a tensor of shape [2, 2])'],
    [[1, 2], [-2], RangeError, 'shape[0] is -2, expected an integer from 0 up'],
    [[1, 2], [2, 0.5], RangeError, 'shape[1] is 0.5, expected an integer from 0 up'],
    [[1, 2], ['2'], TypeError, "shape[0] is '2', expected an integer from 0 up"],
    [[1, 2], 2, TypeError, 'shape is 2, expected an array of sizes'],
    [[1, '2'], [2], TypeError, "data[1] is '2', expected a number"],
    [
      new Float64Array(2),
      [2],
      TypeError,
      'data is a Float64Array, expected a Float32Array or an array of numbers',
    ],
  ])('refuses %j of shape %j', (data, shape, kind, message) => {
    const wrong = () => tensor(data as number[], shape as number[]);
    expect(wrong).toThrow(kind);
    expect(wrong).toThrow(message);
  });
});

describe('checkTensor', () => {
  it('takes sizes that are given and names of those that are free', () => {
    const t = zeros([2, 3]);
    expect(checkTensor(t, 'x', ['batch', 3])).toBe(t);
    expect(() => checkTensor(t, 'x', ['batch', 4])).toThrow(
      new RangeError('x has shape [2, 3], expected [batch, 4]'),
    );
    expect(() => checkTensor(t, 'x', ['batch'])).toThrow(
      new RangeError('x has shape [2, 3], expected [batch]'),
    );
  });

  it('finds what only looks like a tensor', () => {
    expect(() => checkTensor([1], 'x')).toThrow(
      new TypeError('x is an Array, expected a tensor (a Float32Array with a shape)'),
    );
    expect(() => checkTensor(undefined, 'x')).toThrow(TypeError);
    expect(() => checkTensor({ data: new Float32Array(2), shape: [3] }, 'x')).toThrow(
      new RangeError('x has 2 values, expected 3 (its shape [3])'),
    );
    expect(() => checkTensor({ data: new Float32Array(2) }, 'x')).toThrow(
      new TypeError('the shape of x is undefined, expected an array of sizes'),
    );
  });
});

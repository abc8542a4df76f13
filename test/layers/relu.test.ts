/** The rectifier and its slope. */
import { expect, it } from 'vitest';
import { Relu } from '../../src/layers/relu.ts';
import { tensor, zeros } from '../../src/layers/tensor.ts';

it('is max(x, 0), and lets the gradient through where x is positive', () => {
  const relu = new Relu();
  const x = tensor([-2, -0, 0, 1e-40, 3, -Infinity], [3, 2]);
  expect(relu.forward(x)).toEqual(tensor([0, 0, 0, 1e-40, 3, 0], [3, 2]));
  const gradient = tensor([1, 2, 3, 4, 5, 6], [3, 2]);
  expect(relu.backward(gradient)).toEqual(tensor([0, 0, 0, 4, 5, 0], [3, 2]));
  expect(relu.parameters()).toEqual({});
});

it('does not hide what is no number', () => {
  expect([...new Relu().forward(tensor([NaN], [1])).data]).toEqual([NaN]);
});

it('does not feel changes of its result', () => {
  const relu = new Relu();
  relu.forward(tensor([1], [1])).data[0] = -1;
  expect([...relu.backward(tensor([5], [1])).data]).toEqual([5]);
});

it('refuses a backward without its forward', () => {
  const relu = new Relu();
  expect(() => relu.backward(zeros([1]))).toThrow('backward was called before forward');
  relu.forward(zeros([2, 2]));
  expect(() => relu.backward(zeros([4]))).toThrow(
    new RangeError('gradient has shape [4], expected [2, 2]'),
  );
  expect(() => relu.forward([1] as never)).toThrow(TypeError);
});

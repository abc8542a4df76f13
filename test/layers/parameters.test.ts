/** Groups of modules, and parameters from tensors. */
import { expect, it } from 'vitest';
import '../../src/layers/index.ts';
import { group } from '../../src/layers/group.ts';
import { Linear } from '../../src/layers/linear.ts';
import { loadParameters } from '../../src/layers/load-parameters.ts';
import type { NamedTensors } from '../../src/layers/module.ts';
import { Relu } from '../../src/layers/relu.ts';
import { readSafetensors, writeSafetensors } from '../../src/layers/safetensors.ts';
import { Sgd } from '../../src/layers/sgd.ts';
import { tensor, zeros } from '../../src/layers/tensor.ts';

const network = (seed: number) => {
  const first = new Linear(3, 4, { seed });
  const second = new Linear(4, 2, { seed, bias: false });
  return { first, second, all: group({ first, relu: new Relu(), second }) };
};

it('a group has the parameters of its modules, live', () => {
  const { first, second, all } = network(1);
  expect(Object.keys(all.parameters())).toEqual(['first.weight', 'first.bias', 'second.weight']);
  expect(Object.keys(all.gradients())).toEqual(Object.keys(all.parameters()));
  expect(all.parameters()['second.weight'].data).toBe(second.parameters().weight.data);
  first.gradients().bias.data.fill(1);
  new Sgd({ rate: 0.5 }).step(all);
  expect([...first.parameters().bias.data]).toEqual([-0.5, -0.5, -0.5, -0.5]);
  all.zeroGradients();
  expect([...first.gradients().bias.data]).toEqual([0, 0, 0, 0]);
});

it('groups nest', () => {
  const { all } = network(1);
  expect(Object.keys(group({ net: all }).parameters())[0]).toBe('net.first.weight');
});

it('a group refuses names that could clash, and what is no module', () => {
  expect(() => group({ 'a.b': new Relu() })).toThrow(
    new RangeError("a module is named 'a.b', expected a name without dots"),
  );
  expect(() => group({ '': new Relu() })).toThrow(RangeError);
  expect(() => group({ a: {} as Relu })).toThrow(
    new TypeError('a is an Object, expected a module with parameters'),
  );
});

it('a saved network computes the same after loading', () => {
  const [a, b] = [network(1), network(2)];
  const x = tensor([1, -2, 3], [1, 3]);
  const result = ({ first, second }: typeof a) => second.forward(first.forward(x));
  expect(result(b)).not.toEqual(result(a));
  loadParameters(b.all, readSafetensors(writeSafetensors(a.all.parameters())).tensors);
  expect(result(b)).toEqual(result(a));
  // Copies, not the arrays themselves.
  a.first.parameters().weight.data.fill(0);
  expect(b.first.parameters().weight.data.some((w) => w !== 0)).toBe(true);
});

it.each([
  [
    { weight: zeros([2, 3]), 'b.1': zeros([2]), b2: zeros([1, 1]) },
    RangeError,
    'tensors lack bias and have b.1, b2 besides; ' +
      'given are weight [2, 3], b.1 [2], b2 [1, 1], expected weight [2, 3], bias [2]',
  ],
  [{}, RangeError, 'tensors lack weight, bias; given are none, expected weight [2, 3], bias [2]'],
  [
    { weight: zeros([2, 3]), bias: zeros([2]), scale: zeros([1]) },
    RangeError,
    'tensors have scale besides; given are weight [2, 3], bias [2], scale [1], expected',
  ],
  [{ weight: zeros([2, 3]), bias: zeros([3]) }, RangeError, 'bias has shape [3], expected [2]'],
  [
    { weight: zeros([3, 2]), bias: zeros([2]) },
    RangeError,
    'weight has shape [3, 2], expected [2, 3]',
  ],
  [{ weight: zeros([2, 3]), bias: [0, 0] }, TypeError, 'bias is an Array, expected a tensor'],
  [null, TypeError, 'tensors is null, expected tensors by name'],
])('loading refuses %j and changes nothing', (tensors, kind, message) => {
  const linear = new Linear(3, 2, { seed: 3 });
  const before = linear.parameters().weight.data.slice();
  const wrong = () => loadParameters(linear, tensors as unknown as NamedTensors);
  expect(wrong).toThrow(kind);
  expect(wrong).toThrow(message);
  expect(linear.parameters().weight.data).toEqual(before);
});

it('loading refuses what is no module', () => {
  expect(() => loadParameters({} as Linear, {})).toThrow(
    new TypeError('module is an Object, expected a module with parameters'),
  );
});

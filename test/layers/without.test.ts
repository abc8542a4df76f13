/** Modules without some of their parameters: frozen, not saved, not loaded. */
import { expect, it } from 'vitest';
import {
  Adam,
  group,
  Linear,
  loadParameters,
  Pooling,
  Sgd,
  tensor,
  without,
  type Trainable,
} from '../../src/layers/index.ts';

const make = (seed: number) => {
  const pooling = new Pooling({ storedSize: 2, seed });
  return group({ pooling, output: new Linear(2, 1, { seed }) });
};

/** Gradients of 1 everywhere. */
function slopes(module: Trainable): void {
  for (const { data } of Object.values(module.gradients())) data.fill(1);
}

it.each([
  ['one parameter', 'pooling.state.patterns', (name: string) => name === 'pooling.state.patterns'],
  ['a module', ['output'], (name: string) => name.startsWith('output.')],
  [
    'several',
    ['pooling.output.bias', 'pooling.state', 'output'],
    (name: string) =>
      ['pooling.state.', 'output.'].some((start) => name.startsWith(start)) ||
      name === 'pooling.output.bias',
  ],
])('freezes %s: the rest is stepped as ever', (_, names, frozen) => {
  for (const optimiser of [
    () => new Adam({ weightDecay: 0.1 }),
    () => new Sgd({ momentum: 0.9 }),
  ]) {
    const [all, some] = [make(1), make(1)];
    const before = structuredClone(some.parameters());
    const [a, b] = [optimiser(), optimiser()];
    for (let step = 0; step < 3; step++) {
      slopes(all);
      slopes(some);
      a.step(all);
      b.step(without(some, names));
    }
    const stepped = all.parameters();
    let count = 0;
    for (const [name, value] of Object.entries(some.parameters())) {
      expect(value, name).toEqual(frozen(name) ? before[name] : stepped[name]);
      expect(stepped[name]).not.toEqual(before[name]);
      if (frozen(name)) count++;
    }
    expect(count).toBeGreaterThan(0);
  }
});

it('clips by the norm of what is stepped', () => {
  const linear = new Linear(1, 1);
  linear.parameters().bias.data.fill(0);
  linear.gradients().weight.data.fill(1000);
  linear.gradients().bias.data.fill(3);
  new Sgd({ rate: 1, clipNorm: 3 }).step(without(linear, 'weight'));
  expect(linear.parameters().bias.data[0]).toBe(-3);
});

it('zeroes all gradients, also those that are left out', () => {
  const model = make(1);
  slopes(model);
  without(model, 'output').zeroGradients();
  expect(Object.values(model.gradients()).every(({ data }) => data.every((g) => g === 0))).toBe(
    true,
  );
});

it('loads the rest', () => {
  const linear = new Linear(1, 1, { seed: 1 });
  const { weight } = structuredClone(linear.parameters());
  loadParameters(without(linear, 'weight'), { bias: tensor([5], [1]) });
  expect(linear.parameters()).toEqual({ weight, bias: tensor([5], [1]) });
});

it.each([
  ['weigh', RangeError, 'module has no weigh, expected some of weight, bias'],
  [['weight', 'weight.0'], RangeError, 'module has no weight.0, expected some of weight, bias'],
  [[1], TypeError, 'a name is 1, expected a string'],
  [undefined, TypeError, 'names are undefined, expected a name or an array of names'],
])('refuses %j', (names, kind, message) => {
  const call = () => without(new Linear(1, 1), names as string);
  expect(call).toThrow(kind);
  expect(call).toThrow(message);
});

it('refuses what is no module', () => {
  expect(() => without({} as Trainable, 'a')).toThrow(
    new TypeError('module is an Object, expected a module with parameters'),
  );
});

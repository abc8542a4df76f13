/** What is refused, by what words; a refused call changes nothing. */
import { describe, expect, test } from 'vitest';
import { BoltzmannMachine, RestrictedBoltzmannMachine } from '../../src/boltzmann/index.ts';

const make =
  (...args: unknown[]) =>
  () =>
    new (RestrictedBoltzmannMachine as new (...given: unknown[]) => unknown)(...args);

test.each([
  [[], 'visible is undefined, expected a number'],
  [[3], 'hidden is undefined'],
  [[0, 2], 'visible is 0, expected an integer from 1 to'],
  [[3, 2.5], 'hidden is 2.5'],
  [[3, 2, null], 'machine options are null'],
  [
    [3, 2, { unit: 'binary' }],
    'machine options have no unit; known are units, hiddenUnits, backend',
  ],
  [[3, 2, { units: 'gaussian' }], "units is 'gaussian', expected one of 'binary', 'bipolar'"],
  [
    [3, 2, { hiddenUnits: 'bipolar' }],
    "hiddenUnits is 'bipolar', expected one of 'binary', 'gaussian'",
  ],
  [[3, 2, { backend: 'gpu' }], 'backend is gpu'],
])('new RestrictedBoltzmannMachine(…%j)', (args, message) => {
  expect(make(...(args as unknown[]))).toThrow(message);
});

describe('methods of a restricted machine', () => {
  const machine = new RestrictedBoltzmannMachine(3, 2);
  test.each<[string, () => unknown, string]>([
    [
      'hiddenMeans',
      () => machine.hiddenMeans([1, 0]),
      'states has length 2, expected 3 (the machine',
    ],
    [
      'hiddenMeans',
      () =>
        machine.hiddenMeans([
          [1, 0, 1],
          [1, 2, 1],
        ]),
      'states[1][1] is 2, expected a number from 0 to 1',
    ],
    [
      'hiddenMeans',
      () => machine.hiddenMeans([1, 'x', 0] as never),
      "states[1] is 'x', expected a number or a boolean",
    ],
    ['hiddenMeans', () => machine.hiddenMeans([]), 'states is empty'],
    [
      'visibleMeans',
      () => machine.visibleMeans([1, -0.5]),
      'hidden[1] is -0.5, expected a number from 0 to 1',
    ],
    ['freeEnergy', () => machine.freeEnergy([0.5, 0, 1]), 'state[0] is 0.5, expected 0 or 1'],
    [
      'freeEnergy',
      () =>
        machine.freeEnergy([
          [1, 0, 1],
          [1, 0, 1],
        ]),
      'state holds 2 rows, expected one',
    ],
    ['freeEnergies', () => machine.freeEnergies(7 as never), 'states is 7'],
    ['energy', () => machine.energy([1, 0, 1], [1, 0, 1]), 'hidden has length 3, expected 2'],
    ['sample', () => machine.sample({ count: 0 }), 'count is 0, expected a positive integer'],
    ['sample', () => machine.sample({ steps: 1.5 }), 'steps is 1.5'],
    ['sample', () => machine.sample({ seed: -1 }), 'seed is -1'],
    ['sample', () => machine.sample({ clamp: [1, 0, 0] }), 'clamp is given, expected from too'],
    [
      'sample',
      () => machine.sample({ from: [1, 0, 1], clamp: [1, 0] }),
      'clamp has length 2, expected 3',
    ],
    ['sample', () => machine.sample({ from: [1, 0, 1], count: 2 }), 'count and from are given'],
    ['sample', () => machine.sample({ sweeps: 1 } as never), 'sample options have no sweeps'],
  ])('%s: %s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  test.each([
    [{ epochs: 0 }, 'epochs is 0'],
    [{ batch: 0 }, 'batch is 0'],
    [{ rate: 0 }, 'rate is 0, expected a number above 0'],
    [{ momentum: 1 }, 'momentum is 1, expected a number from 0 to below 1'],
    [{ weightDecay: -1 }, 'weightDecay is -1'],
    [{ steps: 0 }, 'steps is 0'],
    [{ chains: 0 }, 'chains is 0'],
    [{ seed: 0.5 }, 'seed is 0.5'],
    [{ signal: 5 }, 'signal is 5, expected an AbortSignal'],
    [{ onProgress: 5 }, 'onProgress is 5, expected a function'],
    [{ learningRate: 1 }, 'training options have no learningRate'],
  ])('train with %j', async (options, message) => {
    await expect(machine.train([1, 0, 1], options as object)).rejects.toThrow(message);
    expect(machine.revision).toBe(0);
  });

  test('weights of its own', () => {
    const from =
      (weights: unknown, options = {}) =>
      () =>
        RestrictedBoltzmannMachine.fromWeights(weights as number[][], options);
    expect(from(5)).toThrow('weights is 5, expected an array of rows');
    expect(from([])).toThrow('visible is 0');
    expect(from([[1, 2], [3]])).toThrow('weights[1] has length 1, expected 2 (as row 0)');
    expect(from([[1, Infinity]])).toThrow(
      'weights[0][1] is Infinity, expected a number from -1e15',
    );
    expect(from([[1, 2]], { hiddenBiases: [1] })).toThrow('hiddenBiases has length 1, expected 2');
    expect(from([[1, 2]], { biases: [1] })).toThrow('have no biases');
  });
});

test.each([
  ['RestrictedBoltzmannMachine', () => new RestrictedBoltzmannMachine(3, 2)],
  ['BoltzmannMachine', () => new BoltzmannMachine(3)],
])('%s: what it is as an object', (name, create) => {
  const machine = create();
  expect(machine.bytes).toBeGreaterThan(0);
  for (const key of Object.keys(machine)) expect(Reflect.set(machine, key, 5)).toBe(false);
  expect(() => structuredClone(machine)).toThrow();
  const Class = machine.constructor as typeof BoltzmannMachine;
  const again = Class.fromJSON(JSON.parse(JSON.stringify(machine)));
  expect(again).toBeInstanceOf(Class);
  expect(again.save()).toEqual(machine.save());
  expect(() => Class.load(new Uint8Array(30))).toThrow('not a saved model');
  const other =
    name === 'BoltzmannMachine' ? new RestrictedBoltzmannMachine(3, 2) : new BoltzmannMachine(3);
  expect(() => Class.load(other.save())).toThrow(`expected '${name}'`);
  const { sample } = machine;
  expect(() => sample()).toThrow('a method was called without its network');
  machine.dispose();
  for (const call of [() => machine.save(), () => machine.sample(), () => machine.backend]) {
    expect(call).toThrow('the machine has been disposed of');
  }
});

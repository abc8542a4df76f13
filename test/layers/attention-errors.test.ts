/** What the attention modules refuse, and that a refusal changes nothing. */
import { describe, expect, test } from 'vitest';
import { Association, Lookup, Pooling, Random, tensor, zeros } from '../../src/layers/index.ts';
import { normal } from './attention-cases.ts';

const size = { stateSize: 4 };

/** Options of an Association, the error and its words. */
const OPTIONS: [object, ErrorConstructor, string][] = [
  [{}, TypeError, 'stateSize is undefined, expected a positive integer'],
  [{ stateSize: 0 }, RangeError, 'stateSize is 0, expected a positive integer'],
  [{ ...size, storedSize: 1.5 }, RangeError, 'storedSize is 1.5, expected a positive integer'],
  [{ ...size, valuesSize: '4' }, TypeError, "valuesSize is '4', expected a positive integer"],
  [
    { ...size, heads: 3 },
    RangeError,
    'heads is 3, expected a divisor of stateSize 4, or a headSize',
  ],
  [{ ...size, heads: -1 }, RangeError, 'heads is -1, expected a positive integer'],
  [{ ...size, headSize: 0 }, RangeError, 'headSize is 0, expected a positive integer'],
  [{ ...size, outputSize: 0 }, RangeError, 'outputSize is 0, expected a positive integer'],
  [{ ...size, beta: 0 }, RangeError, 'beta is 0, expected a number above 0'],
  [{ ...size, beta: NaN }, RangeError, 'beta is NaN, expected a number above 0'],
  [{ ...size, beta: '1' }, TypeError, "beta is '1', expected a number above 0"],
  [
    { ...size, heads: 2, beta: [1] },
    RangeError,
    'beta has length 1, expected 2 (one for each head)',
  ],
  [{ ...size, heads: 2, beta: [1, -1] }, RangeError, 'beta[1] is -1, expected a number above 0'],
  [{ ...size, updateSteps: 0 }, RangeError, 'updateSteps is 0, expected a positive integer'],
  [
    { ...size, updateSteps: Infinity },
    RangeError,
    'updateSteps is Infinity and tolerance undefined, expected a positive integer, or a tolerance',
  ],
  [{ ...size, tolerance: -1 }, RangeError, 'tolerance is -1, expected a number from 0 up'],
  [
    { ...size, layerNorm: 1 },
    TypeError,
    "layerNorm is 1, expected true, false, 'plain' or an object",
  ],
  [
    { ...size, layerNorm: { state: 'none' } },
    TypeError,
    "layerNorm.state is 'none', expected true, false or 'plain'",
  ],
  [
    { ...size, projections: { state: 'plain' } },
    TypeError,
    "projections.state is 'plain', expected true or false",
  ],
  [
    { ...size, layerNorm: { output: true } },
    TypeError,
    'layerNorm have no output; known are state, stored, values',
  ],
  [
    { ...size, projections: { state: 0 } },
    TypeError,
    'projections.state is 0, expected true or false',
  ],
  [{ ...size, bias: 1 }, TypeError, 'bias is 1, expected true or false'],
  [{ ...size, seed: -1 }, RangeError, 'seed is -1, expected an integer from 0 to 4294967295'],
  [
    { ...size, backend: 'gpu' },
    TypeError,
    "backend is gpu, expected 'auto', 'wasm' or 'reference'",
  ],
  [
    { ...size, quantity: 3 },
    TypeError,
    'association options have no quantity; known are stateSize',
  ],
  [
    { ...size, storedSize: 5, projections: { stored: false } },
    RangeError,
    'storedSize is 5, expected 4 (heads·headSize) without the stored projection',
  ],
  [
    { ...size, outputSize: 3, projections: { output: false } },
    RangeError,
    'outputSize is 3, expected 4 (heads·headSize) without the output projection',
  ],
];

describe('options', () => {
  test.each(OPTIONS)('%j', (options, kind, message) => {
    const make = () => new Association(options as never);
    expect(make).toThrow(kind);
    expect(make).toThrow(message);
  });

  test('of Pooling and Lookup', () => {
    expect(() => new Pooling({ stateSize: 4 } as never)).toThrow('storedSize is undefined');
    expect(() => new Pooling({ storedSize: 4, quantity: 0 })).toThrow('quantity is 0');
    expect(() => new Pooling({ storedSize: 4, queries: 2 } as never)).toThrow(
      'pooling options have no queries',
    );
    expect(() => new Lookup({ stateSize: 4 } as never)).toThrow('quantity is undefined');
    expect(() => new Lookup({ stateSize: 4, quantity: 2, separateValues: 1 as never })).toThrow(
      'separateValues is 1, expected true or false',
    );
    expect(() => new Lookup({ stateSize: 4, quantity: 2, valuesSize: 3 })).toThrow(
      'valuesSize is 3, expected 4 (storedSize) without separateValues',
    );
  });

  test('an object is expected', () => {
    expect(() => new Association(undefined as never)).toThrow(TypeError);
    expect(() => new Lookup(null as never)).toThrow('lookup options are null, expected an object');
  });
});

const state = zeros([2, 3, 4]);
const stored = zeros([2, 5, 4]);
const booleans = (...shape: number[]) => ({
  data: Array<boolean>(shape.reduce((a, b) => a * b, 1)).fill(true),
  shape,
});

const INPUTS: [string, object, ErrorConstructor, string][] = [
  ['false', { state, stored, mask: false }, TypeError, 'mask is false, expected booleans'],
  ['null', { state, stored, storedMask: null }, TypeError, 'storedMask is null, expected booleans'],
  ['no state', { stored }, TypeError, 'state is undefined, expected a tensor'],
  ['no stored', { state }, TypeError, 'stored is undefined, expected a tensor'],
  ['a name', { state, stored, keys: stored }, TypeError, 'inputs have no keys; known are state'],
  [
    'two indices',
    { state: zeros([3, 4]), stored },
    RangeError,
    'state has shape [3, 4], expected [batch, states, 4]',
  ],
  [
    'features',
    { state: zeros([2, 3, 5]), stored },
    RangeError,
    'state has shape [2, 3, 5], expected [batch, states, 4]',
  ],
  [
    'batches',
    { state, stored: zeros([1, 5, 4]) },
    RangeError,
    'stored has shape [1, 5, 4], expected [2, stored, 4]',
  ],
  [
    'values',
    { state, stored, values: zeros([2, 4, 4]) },
    RangeError,
    'values has shape [2, 4, 4], expected [2, 5, 4]',
  ],
  [
    'a mask',
    { state, stored, mask: true },
    TypeError,
    'mask is true, expected booleans or numbers with a shape',
  ],
  [
    'a shape',
    { state, stored, mask: booleans(3, 4) },
    RangeError,
    'mask has shape [3, 4], expected [3, 5] or [2, 3, 5]',
  ],
  [
    'its length',
    { state, stored, mask: { data: [true], shape: [3, 5] } },
    RangeError,
    'mask has 1 values, expected 15',
  ],
  [
    'a 2',
    { state, stored, mask: { data: new Uint8Array(15).fill(2), shape: [3, 5] } },
    TypeError,
    'mask has 2 at index 0, expected a boolean',
  ],
  [
    'NaN',
    { state, stored, mask: tensor(new Float32Array(15).fill(NaN), [3, 5]) },
    RangeError,
    'mask has NaN at index 0, expected a number or −infinity',
  ],
  [
    '+∞',
    { state, stored, mask: tensor(new Float32Array(15).fill(Infinity), [3, 5]) },
    RangeError,
    'mask has Infinity at index 0',
  ],
  [
    'stored mask',
    { state, stored, storedMask: booleans(5) },
    RangeError,
    'storedMask has shape [5], expected [2, 5]',
  ],
  [
    'numbers',
    { state, stored, storedMask: zeros([2, 5]) },
    TypeError,
    'storedMask has numbers, expected booleans',
  ],
];

describe('inputs', () => {
  const layer = new Association({ stateSize: 4, seed: 1 });

  test.each(INPUTS)('%s', (_, inputs, kind, message) => {
    const call = () => layer.forward(inputs as never);
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });

  test('values are needed when they have a size of their own', () => {
    const layer = new Association({ stateSize: 4, valuesSize: 3 });
    expect(() => layer.forward({ state, stored })).toThrow(
      'values is undefined, expected a tensor, as valuesSize is 3 and storedSize 4',
    );
  });

  test('of Pooling and Lookup', () => {
    const pooling = new Pooling({ storedSize: 4, quantity: 2 });
    expect(() => pooling.forward({ state, stored } as never)).toThrow('inputs have no state');
    expect(() => pooling.forward({ stored: zeros([5, 4]) })).toThrow(
      'stored has shape [5, 4], expected [batch, stored, 4]',
    );
    expect(() => pooling.forward({ stored, mask: booleans(3, 5) })).toThrow(
      'mask has shape [3, 5], expected [2, 5] or [2, 2, 5]',
    );
    const lookup = new Lookup({ stateSize: 4, quantity: 6 });
    expect(() => lookup.forward({ state, stored } as never)).toThrow('inputs have no stored');
    expect(() => lookup.forward({ state, storedMask: booleans(2, 5) })).toThrow(
      'storedMask has shape [2, 5], expected [2, 6]',
    );
    expect(() => lookup.forward({ state, mask: booleans(3, 5) })).toThrow(
      'mask has shape [3, 5], expected [3, 6] or [2, 3, 6]',
    );
  });
});

describe('backward', () => {
  test.each(['backward', 'attention', 'updatesMade'] as const)('%s before forward', (method) => {
    const layer = new Association({ stateSize: 4 });
    expect(() => layer[method](zeros([2, 3, 4]) as never)).toThrow(
      `${method} was called before forward`,
    );
  });

  test('of another shape', () => {
    const layer = new Association({ stateSize: 4 });
    layer.forward({ state, stored });
    expect(() => layer.backward(zeros([3, 2, 4]))).toThrow(
      'gradient has shape [3, 2, 4], expected [2, 3, 4]',
    );
    expect(() => layer.backward(undefined as never)).toThrow(TypeError);
  });
});

test('a failed call leaves the module as it was', () => {
  const random = new Random(1);
  const inputs = { state: normal(random, [2, 3, 4]), stored: normal(random, [2, 5, 4]) };
  const gradient = normal(random, [2, 3, 4]);
  const layer = new Association({ stateSize: 4, seed: 1 });
  layer.forward(inputs);
  const attention = layer.attention();
  expect(() => layer.backward(zeros([1, 3, 4]))).toThrow(RangeError);
  for (const { data } of Object.values(layer.gradients())) {
    expect(data.every((x) => x === 0)).toBe(true);
  }
  for (const [, wrong] of INPUTS) expect(() => layer.forward(wrong as never)).toThrow();
  expect(layer.attention()).toEqual(attention);
  const expected = new Association({ stateSize: 4, seed: 1 });
  expected.forward(inputs);
  expect(layer.backward(gradient)).toEqual(expected.backward(gradient));
  expect(layer.gradients()).toEqual(expected.gradients());
});

/** The names of PyTorch's state dicts: each combination of projections and norms, groups, and what does not fit. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  Association,
  group,
  Linear,
  loadParameters,
  Lookup,
  Pooling,
  Random,
  tensor,
  zeros,
  type NamedTensors,
  type Tensor,
} from '../../src/layers/index.ts';
import { normal } from './attention-cases.ts';

const MODULES = { Association, Pooling, Lookup };

function shaped(shape: readonly number[], seed = 1): Tensor {
  return normal(new Random(seed), shape);
}

/** Any of the three modules, a size that fits without projections, and how its state dict is written. */
const setups = fc.record({
  kind: fc.constantFrom('Association', 'Pooling', 'Lookup'),
  state: fc.boolean(),
  stored: fc.boolean(),
  values: fc.boolean(),
  output: fc.boolean(),
  bias: fc.boolean(),
  apart: fc.boolean(),
  batchFirst: fc.boolean(),
  norms: fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(false, true, 'plain' as const))),
  nested: fc.boolean(),
});

test('a state dict of any combination of projections and norms fills every parameter', () => {
  const NAMES = [
    ['state', 'q', 'norm_state_pattern'],
    ['stored', 'k', 'norm_stored_pattern'],
    ['values', 'v', 'norm_pattern_projection'],
  ] as const;
  fc.assert(
    fc.property(setups, ({ kind, bias, apart, batchFirst, norms, nested, ...projections }) => {
      const D = 4;
      const module = new MODULES[kind as 'Lookup']({
        stateSize: D,
        storedSize: D,
        heads: 2,
        layerNorm: { state: norms[0], stored: norms[1], values: norms[2] },
        projections,
        bias,
        ...(kind !== 'Association' && { quantity: 3 }),
        ...(kind === 'Lookup' && { separateValues: true }),
      } as never);
      // The state dict as hflayers lays it out; numbers count up, so that each place is known.
      let next = 0;
      const counting = (shape: number[]) =>
        Array.from({ length: shape.reduce((a, b) => a * b) }, () => next++);
      const dict: Record<string, Tensor> = {};
      const expected: Record<string, number[]> = {};
      const put = (there: string, shape: number[], own: string[], unused = 0) => {
        const numbers = counting(shape);
        dict[`${nested ? 'net.' : ''}${there}`] = tensor(numbers, shape);
        const each = (numbers.length - unused) / own.length;
        for (const [k, name] of own.entries()) {
          expected[name] = numbers.slice(k * each, (k + 1) * each);
        }
      };
      const below = kind === 'Association' ? '' : 'hopfield.';
      const core = `${below}association_core.`;
      const projected = NAMES.filter(([name]) => projections[name]);
      if (apart) {
        for (const [name, letter] of projected) {
          put(`${core}${letter}_proj_weight`, [D, D], [`${name}.weight`]);
        }
      } else if (projected.length > 0) {
        const names = projected.map(([name]) => `${name}.weight`);
        put(`${core}in_proj_weight`, [projected.length * D, D], names);
      }
      if (bias && projected.length > 0) {
        const unused = projections.values ? 0 : D;
        const names = projected.map(([name]) => `${name}.bias`);
        put(`${core}in_proj_bias`, [projected.length * D + unused], names, unused);
      }
      if (projections.output) {
        put(`${core}out_proj.weight`, [D, D], ['output.weight']);
        if (bias) put(`${core}out_proj.bias`, [D], ['output.bias']);
      }
      for (const [k, [name, , there]] of NAMES.entries()) {
        if (norms[k] !== true) continue;
        put(`${below}${there}.weight`, [D], [`${name}.norm.weight`]);
        put(`${below}${there}.bias`, [D], [`${name}.norm.bias`]);
      }
      const trained = batchFirst ? [1, 3, D] : [3, 1, D];
      if (kind === 'Pooling') put('pooling_weights', trained, ['state.patterns']);
      if (kind === 'Lookup') {
        put('lookup_weights', trained, ['stored.patterns']);
        put('target_weights', trained, ['values.patterns']);
      }
      loadParameters(nested ? group({ net: module }) : module, dict, { from: 'torch' });
      const found = Object.entries(module.parameters()).map(([name, { data }]) => [
        name,
        [...data],
      ]);
      expect(Object.fromEntries(found)).toEqual(expected);
    }),
    { seed: 20_261_129, numRuns: 300 },
  );
});

test('a model of several modules: a Linear keeps its names, even one called output', () => {
  const [pooling, output] = [new Pooling({ storedSize: 2, bias: false }), new Linear(2, 1)];
  const model = group({ input: new Linear(3, 2), pooling, output });
  const dict = {
    'input.weight': shaped([2, 3], 1),
    'input.bias': shaped([2], 2),
    'pooling.pooling_weights': shaped([1, 1, 2], 3),
    'pooling.hopfield.association_core.in_proj_weight': shaped([6, 2], 4),
    'pooling.hopfield.association_core.out_proj.weight': shaped([2, 2], 5),
    'output.weight': shaped([1, 2], 6),
    'output.bias': shaped([1], 7),
  };
  loadParameters(model, dict, { from: 'torch' });
  const found = model.parameters();
  expect(found['input.weight']).toEqual(dict['input.weight']);
  expect(found['output.weight']).toEqual(dict['output.weight']);
  const core = 'pooling.hopfield.association_core.';
  expect(found['pooling.output.weight']).toEqual(dict[`${core}out_proj.weight` as never]);
  const { 'output.bias': _, ...less } = dict;
  expect(() => loadParameters(model, less, { from: 'torch' })).toThrow('tensors lack output.bias;');
});

describe('what does not fit is an error that says so, and nothing is loaded', () => {
  const dict = (): Record<string, Tensor> => ({
    in_proj_weight: shaped([12, 4]),
    in_proj_bias: shaped([12]),
    'out_proj.weight': shaped([4, 4]),
    'out_proj.bias': shaped([4]),
  });
  const list =
    'in_proj_weight [12, 4], in_proj_bias [12], out_proj.weight [4, 4], out_proj.bias [4]';

  it.each([
    [
      'a name that is missing',
      { in_proj_bias: undefined },
      'tensors lack in_proj_bias; ' +
        `given are in_proj_weight [12, 4], out_proj.weight [4, 4], out_proj.bias [4], expected ${list}`,
    ],
    [
      'a name too many',
      { bias_k: zeros([1, 1, 4]) },
      `tensors have bias_k besides; given are ${list}, bias_k [1, 1, 4], expected ${list}`,
    ],
    [
      'names of hflayers, incomplete',
      { 'association_core.in_proj_weight': shaped([12, 4]), in_proj_weight: undefined },
      'tensors lack association_core.in_proj_bias, association_core.out_proj.weight, ' +
        'association_core.out_proj.bias and have in_proj_bias, out_proj.weight, out_proj.bias besides;',
    ],
    [
      'a weight of one input',
      { q_proj_weight: shaped([4, 4]) },
      'tensors lack k_proj_weight, v_proj_weight and have in_proj_weight besides;',
    ],
    [
      'another number of rows',
      { in_proj_weight: shaped([8, 4]) },
      'in_proj_weight has shape [8, 4], expected [12, 4]',
    ],
    [
      'the last of them of another shape',
      { 'out_proj.bias': shaped([5]) },
      'out_proj.bias has shape [5], expected [4]',
    ],
    ['no tensor', { in_proj_weight: [1, 2] }, 'in_proj_weight is an Array, expected a tensor'],
  ])('%s', (_, changes, message) => {
    const module = new Association({ stateSize: 4, seed: 1 });
    const before = structuredClone(module.parameters());
    const tensors = Object.entries({ ...dict(), ...(changes as object) }).filter(([, x]) => x);
    const given = Object.fromEntries(tensors) as NamedTensors;
    expect(() => loadParameters(module, given, { from: 'torch' })).toThrow(message);
    expect(module.parameters()).toEqual(before);
  });

  it('one weight where inputs differ in size', () => {
    const module = new Association({ stateSize: 4, storedSize: 3 });
    expect(() => loadParameters(module, dict(), { from: 'torch' })).toThrow(
      'tensors lack q_proj_weight, k_proj_weight, v_proj_weight and have in_proj_weight besides;',
    );
  });

  it('trained patterns of either layout', () => {
    const module = new Pooling({ storedSize: 2, quantity: 3, projections: false });
    const given = { pooling_weights: shaped([3, 2]) };
    expect(() => loadParameters(module, given, { from: 'torch' })).toThrow(
      new RangeError('pooling_weights has shape [3, 2], expected [1, 3, 2] or [3, 1, 2]'),
    );
  });

  it("the module's own names without the option, and the other way round", () => {
    const module = new Association({ stateSize: 4, seed: 1 });
    expect(() => loadParameters(module, dict())).toThrow('tensors lack state.weight, state.bias,');
    const own = new Association({ stateSize: 4, seed: 2 }).parameters();
    loadParameters(module, own);
    expect(module.parameters()).toEqual(own);
  });

  it('options that are none', () => {
    const module = new Association({ stateSize: 4, seed: 1 });
    const load = (options: object) => () => loadParameters(module, dict(), options);
    expect(load({ from: 'keras' })).toThrow(
      new TypeError("from is 'keras', expected one of 'torch'"),
    );
    expect(load({ form: 'torch' })).toThrow(
      new TypeError('load options have no form; known are from'),
    );
  });
});

/** Laws of the attention modules. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Association,
  Lookup,
  Pooling,
  Random,
  tensor,
  type Tensor,
} from '../../src/layers/index.ts';
import {
  BACKENDS,
  build,
  CASES,
  distance,
  KINDS,
  MASKS,
  norm,
  normal,
  type Case,
  type Layer,
} from './attention-cases.ts';

const GENERATED = { seed: 20_261_123, numRuns: 60 };

/** Modules of any kind and options. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    seed: fc.nat(),
    batch: fc.integer({ min: 1, max: 4 }),
    states: fc.integer({ min: 1, max: 5 }),
    stored: fc.integer({ min: 1, max: 9 }),
    values: fc.boolean(),
    mask: fc.constantFrom(...MASKS),
    storedMask: fc.boolean(),
    heads: fc.integer({ min: 1, max: 3 }),
    headSize: fc.integer({ min: 1, max: 6 }),
    updateSteps: fc.integer({ min: 1, max: 4 }),
    tolerance: fc.constantFrom(undefined, 0.03),
    layerNorm: fc.constantFrom(false, true, 'plain' as const),
    bias: fc.boolean(),
    output: fc.boolean(),
  })
  .map(({ heads, headSize, updateSteps, tolerance, layerNorm, bias, output, ...rest }) => ({
    ...rest,
    options: {
      stateSize: 7,
      storedSize: 5,
      valuesSize: rest.values ? 6 : 5,
      ...(rest.kind === 'lookup' && { separateValues: rest.values }),
      ...(tolerance !== undefined && { tolerance }),
      heads,
      headSize,
      updateSteps,
      layerNorm,
      bias,
      projections: { output },
    },
  }));

/** Everything that a forward and a backward leave. */
function outcome(setup: Case, backend?: (typeof BACKENDS)[number]) {
  return outcomeOf(build(setup, backend), setup);
}

function outcomeOf(layer: Layer, setup: Case) {
  const output = layer.forward();
  const inputs = layer.backward(normal(new Random(setup.seed, 3), output.shape));
  const { module } = layer;
  return {
    output,
    attention: module.attention(),
    updates: module.updatesMade(),
    inputs,
    parameters: module.parameters(),
    gradients: module.gradients(),
  };
}

/** The b-th sample of a tensor or mask, as a batch of one. */
function sample<T extends { data: ArrayLike<unknown>; shape: readonly number[] }>(
  x: T,
  b: number,
): T {
  const size = x.data.length / x.shape[0];
  const data = (x.data as unknown as Float32Array).slice(b * size, (b + 1) * size);
  return { ...x, data, shape: [1, ...x.shape.slice(1)] };
}

test('both backends leave the same bits', () => {
  fc.assert(
    fc.property(cases, (setup) => {
      expect(outcome(setup, 'wasm')).toEqual(outcome(setup, 'reference'));
    }),
    GENERATED,
  );
});

test('both backends leave the same bits at sizes of use', () => {
  const setup: Case = {
    kind: 'association',
    seed: 1,
    batch: 2,
    states: 37,
    stored: 64,
    values: false,
    mask: 'booleans',
    storedMask: true,
    options: {
      stateSize: 64,
      storedSize: 64,
      valuesSize: 64,
      heads: 8,
      headSize: 32,
      updateSteps: 2,
      layerNorm: true,
    },
  };
  expect(outcome(setup, 'wasm')).toEqual(outcome(setup, 'reference'));
});

test('no sample depends on the others: same bits alone and in a batch', () => {
  fc.assert(
    fc.property(cases, (setup) => {
      const layer = build(setup);
      const output = layer.forward();
      const gradient = normal(new Random(setup.seed, 3), output.shape);
      const gradients = layer.backward(gradient);
      const updates = layer.module.updatesMade();
      for (let b = 0; b < setup.batch; b++) {
        const shared =
          setup.mask === 'boolean' || setup.mask === 'numbers' || setup.mask === 'heads alike';
        const alone = Object.entries(layer.inputs).map(([name, input]) => [
          name,
          name === 'mask' && shared ? input : sample(input as Tensor, b),
        ]);
        expect(layer.forward(Object.fromEntries(alone))).toEqual(sample(output, b));
        const { heads } = layer.module;
        expect(layer.module.updatesMade()).toEqual(updates.slice(b * heads, (b + 1) * heads));
        const gradientsAlone = layer.backward(sample(gradient, b));
        for (const [name, value] of Object.entries(gradientsAlone)) {
          expect(value).toEqual(sample(gradients[name], b));
        }
      }
    }),
    GENERATED,
  );
});

test('attention: each row sums to 1, or to 0 where nothing is seen', () => {
  fc.assert(
    fc.property(cases, (setup) => {
      const layer = build(setup);
      layer.forward();
      const { data } = layer.module.attention();
      for (let at = 0; at < data.length; at += setup.stored) {
        const row = data.subarray(at, at + setup.stored);
        const sum = row.reduce((a, b) => a + b, 0);
        expect(row.every((a) => a >= 0)).toBe(true);
        if (!row.every((a) => a === 0)) expect(Math.abs(sum - 1)).toBeLessThan(1e-6);
      }
    }),
    GENERATED,
  );
});

describe('another order', () => {
  const random = new Random(1);
  const state = normal(random, [1, 4, 8]);
  const stored = normal(random, [1, 7, 8]);
  const values = normal(random, [1, 7, 8]);
  const layer = new Association({
    stateSize: 8,
    heads: 2,
    updateSteps: 3,
    layerNorm: true,
    seed: 1,
  });
  const { data } = layer.forward({ state, stored, values });

  function ordered({ data, shape }: Tensor, order: readonly number[]): Tensor {
    const rows = order.map((row) =>
      Array.from(data.subarray(row * shape[2], (row + 1) * shape[2])),
    );
    return tensor(rows.flat(), shape);
  }

  test('of stored patterns, with their values, changes nothing but rounding', () => {
    const order = [3, 0, 6, 2, 5, 1, 4];
    const other = layer.forward({
      state,
      stored: ordered(stored, order),
      values: ordered(values, order),
    });
    expect(distance(other.data, data)).toBeLessThan(3e-6 * norm(data));
  });

  test('of states gives the same results in that order', () => {
    const order = [2, 0, 3, 1];
    const other = layer.forward({ state: ordered(state, order), stored, values });
    expect(other).toEqual(ordered(tensor(data, [1, 4, 8]), order));
  });
});

test('a large β finds the pattern that is most alike', () => {
  const random = new Random(7);
  const stored = normal(random, [1, 20, 32]);
  const state = tensor(
    stored.data.subarray(0, 3 * 32).map((x) => x + 0.3 * (2 * random.real() - 1)),
    [1, 3, 32],
  );
  const layer = new Association({ stateSize: 32, projections: false, beta: 8, updateSteps: 3 });
  const { data } = layer.forward({ state, stored });
  expect(distance(data, stored.data.subarray(0, 3 * 32))).toBeLessThan(1e-6);
});

test('a trained input is an input that is the same for all samples: same bits', () => {
  const random = new Random(3);
  const batch = 3;
  const repeated = ({ data, shape }: Tensor) =>
    tensor(Array.from({ length: batch }, () => Array.from(data)).flat(), [batch, ...shape]);
  const options = {
    stateSize: 6,
    storedSize: 6,
    heads: 2,
    layerNorm: true,
    updateSteps: 2,
    seed: 5,
  };
  const association = new Association(options);
  const common = association.parameters();

  const pooling = new Pooling({ ...options, quantity: 4 });
  const { 'state.patterns': states, ...ofPooling } = pooling.parameters();
  expect(ofPooling).toEqual(common);
  const stored = normal(random, [batch, 5, 6]);
  const pooled = pooling.forward({ stored });
  expect(pooled.shape).toEqual([batch, 4, 6]);
  expect(pooled).toEqual(association.forward({ state: repeated(states), stored }));

  const lookup = new Lookup({ ...options, quantity: 4, separateValues: true });
  const {
    'stored.patterns': patterns,
    'values.patterns': values,
    ...ofLookup
  } = lookup.parameters();
  expect(ofLookup).toEqual(common);
  const state = normal(random, [batch, 5, 6]);
  expect(lookup.forward({ state })).toEqual(
    association.forward({ state, stored: repeated(patterns), values: repeated(values) }),
  );
});

describe('starting values', () => {
  const options = { stateSize: 8, storedSize: 8, quantity: 3, heads: 2, layerNorm: true };

  test('follow from the seed', () => {
    for (const Layer of [Association, Pooling, Lookup]) {
      const { quantity, ...rest } = options;
      const given = Layer === Association ? rest : { ...rest, quantity };
      const make = (seed?: number) => new Layer({ ...given, seed } as never);
      expect(make(1).parameters()).toEqual(make(1).parameters());
      expect(make(1).parameters()['state.weight']).not.toEqual(
        make(2).parameters()['state.weight'],
      );
      const drawn = make();
      expect(make(drawn.seed).parameters()).toEqual(drawn.parameters());
    }
  });

  test('do not depend on which other parameters there are', () => {
    const all = new Association({ stateSize: 8, seed: 1 }).parameters();
    const projections = { state: false, values: false };
    const some = new Association({ stateSize: 8, seed: 1, projections, bias: false }).parameters();
    expect(Object.keys(some)).toEqual(['stored.weight', 'output.weight']);
    expect(some['stored.weight']).toEqual(all['stored.weight']);
    expect(some['output.weight']).toEqual(all['output.weight']);
  });

  test('are Glorot uniform weights, biases of zero, gains of one', () => {
    const parameters = new Pooling({ ...options, seed: 1 }).parameters();
    for (const [name, { data, shape }] of Object.entries(parameters)) {
      if (name.endsWith('norm.weight')) expect(data.every((x) => x === 1)).toBe(true);
      else if (name.endsWith('bias')) expect(data.every((x) => x === 0)).toBe(true);
      else {
        const bound = Math.sqrt(6 / (shape[0] + shape[1]));
        const largest = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        expect(largest).toBeLessThanOrEqual(Math.fround(bound));
        expect(largest).toBeGreaterThan(0.8 * bound);
      }
    }
  });

  test('weights are [out, in]', () => {
    const layer = new Association({
      stateSize: 3,
      storedSize: 4,
      valuesSize: 5,
      headSize: 6,
      outputSize: 7,
    });
    const shapes = Object.entries(layer.parameters()).map(([name, { shape }]) => [name, shape]);
    expect(Object.fromEntries(shapes)).toEqual({
      'state.weight': [6, 3],
      'state.bias': [6],
      'stored.weight': [6, 4],
      'stored.bias': [6],
      'values.weight': [6, 5],
      'values.bias': [6],
      'output.weight': [7, 6],
      'output.bias': [7],
    });
  });
});

test('parameters are live: writing to them changes the next result', () => {
  const layer = build(CASES.plain);
  const before = layer.forward();
  layer.module.parameters()['output.bias'].data[0] += 1;
  const after = layer.forward();
  expect(after.data[0] - before.data[0]).toBeCloseTo(1, 5);
  expect(after.data[1]).toBe(before.data[1]);
});

test('changing inputs or results afterwards does not change backward', () => {
  const gradient = normal(new Random(1), [2, 3, 8]);
  const expected = build(CASES.plain);
  expected.forward();
  const layer = build(CASES.plain);
  const output = layer.forward();
  output.data.fill(7);
  layer.module.attention().data.fill(7);
  for (const input of Object.values(layer.inputs)) (input as Tensor).data.fill(7);
  expect(layer.backward(gradient)).toEqual(expected.backward(gradient));
});

test('plain LayerNorm is that with gains of 1 and biases of 0, to the bit, and has no parameters', () => {
  fc.assert(
    fc.property(cases, (setup) => {
      const plain = outcome({ ...setup, options: { ...setup.options, layerNorm: 'plain' } });
      const layer = build({ ...setup, options: { ...setup.options, layerNorm: true } });
      const parameters = layer.module.parameters();
      const norms = Object.keys(parameters).filter((name) => name.includes('.norm.'));
      expect(norms.length).toBe(6);
      for (const name of norms) parameters[name].data.fill(name.endsWith('weight') ? 1 : 0);
      for (const [name, { data }] of Object.entries(plain.parameters)) {
        parameters[name].data.set(data);
      }
      const all = outcomeOf(layer, setup);
      for (const name of norms) delete (all.gradients as Record<string, Tensor>)[name];
      for (const name of norms) delete (all.parameters as Record<string, Tensor>)[name];
      expect(plain).toEqual(all);
    }),
    GENERATED,
  );
});

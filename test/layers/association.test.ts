/** What the attention modules compute, against the formulas in double precision. */
import { describe, expect, test } from 'vitest';
import { Association, Random, tensor } from '../../src/layers/index.ts';
import {
  BACKENDS,
  build,
  CASES,
  distance,
  norm,
  normal,
  ruleOf,
  variablesOf,
} from './attention-cases.ts';
import { associate, rowsOf, softmaxRows, times } from './attention-oracle.ts';

/** Of single precision in a handful of products with sums over few terms. */
const PRECISION = 3e-6;

describe.each(Object.entries(CASES))('%s', (_, setup) => {
  test.each(BACKENDS)('is the formula: result, attention and updates (%s)', (backend) => {
    const layer = build(setup, backend);
    const output = layer.forward();
    const expected = associate(variablesOf(layer), ruleOf(layer, setup));
    const { module } = layer;
    expect(module.backend).toBe(backend);
    expect(output.shape).toEqual([setup.batch, setup.states, module.outputSize]);
    expect(distance(output.data, expected.output)).toBeLessThan(PRECISION * norm(expected.output));
    const attention = module.attention();
    expect(attention.shape).toEqual([setup.batch, module.heads, setup.states, setup.stored]);
    expect(distance(attention.data, expected.attention)).toBeLessThan(
      PRECISION * norm(expected.attention),
    );
    // The decision where to stop must not hang on rounding for this to be a fair question.
    expect(expected.margin).toBeGreaterThan(1.01);
    expect(Array.from(module.updatesMade())).toEqual(expected.updates);
  });
});

test('updates stop at different times', () => {
  const layer = build(CASES.tolerance);
  layer.forward();
  const made = Array.from(layer.module.updatesMade());
  expect(new Set(made).size).toBeGreaterThan(2);
  expect(Math.max(...made)).toBeLessThan(30);
});

test('one update without projections is softmax(βQKᵀ)V', () => {
  const random = new Random(1);
  const [state, stored, values] = [4, 6, 6].map((rows) => normal(random, [1, rows, 8]));
  const layer = new Association({ stateSize: 8, projections: false, beta: 0.7 });
  expect(Object.keys(layer.parameters())).toEqual([]);
  const { data } = layer.forward({ state, stored, values });
  const [Q, K, V] = [state, stored, values].map((x) => rowsOf(Array.from(x.data), 8));
  const KT = K[0].map((_, j) => K.map((row) => row[j]));
  const scores = times(Q, KT).map((row) => row.map((s) => 0.7 * s));
  const expected = times(softmaxRows(scores), V).flat();
  expect(distance(data, expected)).toBeLessThan(1e-6 * norm(expected));
});

test('without values the stored patterns are the values', () => {
  const random = new Random(2);
  const state = normal(random, [2, 3, 8]);
  const stored = normal(random, [2, 5, 8]);
  const layer = new Association({ stateSize: 8, heads: 2, layerNorm: true, seed: 3 });
  const alone = layer.forward({ state, stored });
  expect(alone).toEqual(layer.forward({ state, stored, values: stored }));
});

test('a stored pattern that is masked is not there', () => {
  const random = new Random(4);
  const state = normal(random, [1, 3, 4]);
  const stored = normal(random, [1, 5, 4]);
  const without = tensor(
    Float32Array.of(...stored.data.subarray(0, 8), ...stored.data.subarray(12)),
    [1, 4, 4],
  );
  const layer = new Association({ stateSize: 4, heads: 2, updateSteps: 3, seed: 5 });
  const expected = layer.forward({ state, stored: without });
  const there = [true, true, false, true, true];
  const storedMask = { data: there, shape: [1, 5] };
  const mask = { data: [...there, ...there, ...there], shape: [3, 5] };
  for (const masks of [{ storedMask }, { mask }]) {
    const { data } = layer.forward({ state, stored, ...masks });
    // Lanes hold other terms, so that sums round differently.
    expect(distance(data, expected.data)).toBeLessThan(1e-6 * norm(expected.data));
    expect(
      layer
        .attention()
        .data.filter((_, k) => k % 5 === 2)
        .every((a) => a === 0),
    ).toBe(true);
  }
});

test('a state that sees nothing gets the bias of the output alone', () => {
  const setup = CASES['a state that sees nothing'];
  const layer = build(setup);
  const { data } = layer.forward();
  const { 'output.bias': bias } = layer.module.parameters();
  expect(data.subarray(0, 8)).toEqual(bias.data);
  expect(data.subarray(8, 16)).not.toEqual(bias.data);
});

test('with nothing stored every state gets the bias of the output', () => {
  const layer = new Association({ stateSize: 4, updateSteps: 2, seed: 1 });
  layer.parameters()['output.bias'].data.set([1, 2, 3, 4]);
  const state = normal(new Random(1), [2, 1, 4]);
  const stored = tensor([], [2, 0, 4]);
  expect(Array.from(layer.forward({ state, stored }).data)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  const gradients = layer.backward(tensor([1, 1, 1, 1, 1, 1, 1, 1], [2, 1, 4]));
  expect(gradients.stored.shape).toEqual([2, 0, 4]);
  expect(Array.from(gradients.state.data)).toEqual(Array(8).fill(0));
});

test('samples of one state and one pattern have masks of their own', () => {
  const layer = new Association({ stateSize: 1, projections: false });
  const x = tensor([5, 7, 9], [3, 1, 1]);
  const mask = { data: [true, false, true], shape: [3, 1, 1] };
  expect(Array.from(layer.forward({ state: x, stored: x, mask }).data)).toEqual([5, 0, 9]);
});

describe('updateSteps: Infinity', () => {
  const random = new Random(8);
  const inputs = { state: normal(random, [2, 5, 6]), stored: normal(random, [2, 9, 6]) };

  test('goes on until A moves by no more than the tolerance', () => {
    const options = { stateSize: 6, heads: 2, beta: 1.2, seed: 3 };
    const layer = new Association({ ...options, updateSteps: Infinity, tolerance: 1e-3 });
    const result = layer.forward(inputs);
    const made = layer.updatesMade();
    expect(Math.max(...made)).toBeGreaterThan(3);
    const large = new Association({ ...options, updateSteps: 500, tolerance: 1e-3 });
    expect(large.forward(inputs)).toEqual(result);
    expect(large.updatesMade()).toEqual(made);
  });

  test('ends where rounding goes round in a circle, at a fixed point within rounding', () => {
    const drawn = new Random(8);
    const given = { state: normal(drawn, [1, 1, 6]), stored: normal(drawn, [1, 9, 6]) };
    const options = { stateSize: 6, projections: false, beta: 1 };
    const layer = new Association({ ...options, updateSteps: Infinity, tolerance: 1e-300 });
    const { data: once } = layer.forward(given);
    const again = layer.forward({ ...given, state: tensor(once, [1, 1, 6]) });
    expect(distance(again.data, once)).toBeLessThan(1e-6 * norm(once));
    // It is a circle indeed: A still moves.
    const [before, after] = [1000, 1001].map((updateSteps) => {
      const finite = new Association({ ...options, updateSteps });
      finite.forward(given);
      return finite.attention();
    });
    expect(after).not.toEqual(before);
  });
});

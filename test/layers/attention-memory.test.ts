/** What attention takes together and keeps: no bit depends on it. */
import { describe, expect, test } from 'vitest';
import { Association, Lookup, Random, tensor } from '../../src/layers/index.ts';
import { normal } from './attention-cases.ts';

/** What a forward and a backward leave. */
function outcome(layer: Association | Lookup, inputs: object, seed: number) {
  layer.zeroGradients();
  const result = layer.forward(inputs as never);
  const back = layer.backward(normal(new Random(seed, 1), result.shape));
  const gradients = Object.entries(layer.gradients()).map(([name, { data }]) => [
    name,
    data.slice(),
  ]);
  return {
    result,
    back,
    gradients,
    attention: layer.attention(),
    updates: layer.updatesMade(),
  };
}

// Samples of a Lookup are alike when nothing is masked, and taken together up to 64 states: all of them, some, or one by one.
describe('in a Lookup a mask that leaves nothing out changes no bit', () => {
  test.each([
    [1, 1],
    [2, 3],
    [6, 12],
    [67, 1],
    [128, 1],
    [2, 70],
    [0, 2],
  ])('%i samples of %i states', (batch, states) => {
    const layer = new Lookup({ stateSize: 6, quantity: 5, heads: 2, seed: 3 });
    const state = normal(new Random(4), [batch, states, 6]);
    const storedMask = { data: new Uint8Array(batch * 5).fill(1), shape: [batch, 5] };
    const together = outcome(layer, { state }, 5);
    expect(together.attention.shape).toEqual([batch, 2, states, 5]);
    expect(together.updates).toEqual(new Int32Array(batch * 2).fill(1));
    expect(together).toEqual(outcome(layer, { state, storedMask }, 5));
  });
});

test('what a module did before changes no bit', () => {
  const made = (): Association =>
    new Association({
      stateSize: 5,
      heads: 2,
      headSize: 3,
      updateSteps: 6,
      tolerance: 0.1,
      seed: 1,
    });
  const used = made();
  const updates = new Set<number>();
  const sizes = [
    [4, 3, 6, 8],
    [2, 3, 6, 1],
    [5, 2, 4, 3],
    [4, 2, 6, 0.1],
    [4, 3, 6, 2],
  ];
  for (const [k, [batch, states, stored, scale]] of sizes.entries()) {
    const random = new Random(k, 2);
    const inputs = {
      state: normal(random, [batch, states, 5], scale),
      stored: normal(random, [batch, stored, 5], scale),
    };
    const fresh = outcome(made(), inputs, k);
    expect(outcome(used, inputs, k)).toEqual(fresh);
    for (const count of fresh.updates) updates.add(count);
  }
  // Histories grew and shrank.
  expect(updates.size).toBeGreaterThan(2);
});

test('attention() is the caller’s own', () => {
  const layer = new Lookup({ stateSize: 2, quantity: 3, seed: 1 });
  const state = tensor([1, 2, 3, 4], [2, 1, 2]);
  layer.forward({ state });
  const first = layer.attention();
  const copy = first.data.slice();
  first.data.fill(7);
  expect(layer.attention().data).toEqual(copy);
  const second = layer.attention();
  layer.forward({ state: tensor([4, 3, 2, 1], [2, 1, 2]) });
  expect(second.data).toEqual(copy);
  expect(layer.attention().data).not.toEqual(copy);
});

/** Optimisers that are saved and taken up again. */
import { describe, expect, test } from 'vitest';
import {
  Adam,
  group,
  Linear,
  loadParameters,
  Random,
  readSafetensors,
  Sgd,
  writeSafetensors,
  zeros,
} from '../../src/layers/index.ts';
import { normal } from './attention-cases.ts';

const KINDS = {
  Adam: () => new Adam({ weightDecay: 0.01 }),
  Sgd: () => new Sgd({ momentum: 0.9 }),
};

function modelOf() {
  return group({ a: new Linear(3, 2, { seed: 1 }), b: new Linear(2, 1, { seed: 2 }) });
}

function stepOnce(model: ReturnType<typeof modelOf>, optimiser: Adam | Sgd, t: number): void {
  const random = new Random(7, t);
  for (const { data, shape } of Object.values(model.gradients())) {
    data.set(normal(random, shape).data);
  }
  optimiser.step(model);
}

describe.each(Object.entries(KINDS))('%s', (name, make) => {
  test('a run that is interrupted ends with the bits of one that is not', () => {
    const [whole, optimiser] = [modelOf(), make()];
    for (let t = 0; t < 9; t++) stepOnce(whole, optimiser, t);

    const [first, before] = [modelOf(), make()];
    for (let t = 0; t < 5; t++) stepOnce(first, before, t);
    const files = [writeSafetensors(first.parameters()), writeSafetensors(before.state(first))];
    const [second, after] = [modelOf(), make()];
    loadParameters(second, readSafetensors(files[0]).tensors);
    after.loadState(second, readSafetensors(files[1]).tensors);
    for (let t = 5; t < 9; t++) stepOnce(second, after, t);
    expect(second.parameters()).toEqual(whole.parameters());
    expect(after.state(second)).toEqual(optimiser.state(whole));
  });

  test('state is a copy, has what was stepped, and forgets what is not in it', () => {
    const [model, optimiser] = [modelOf(), make()];
    expect(optimiser.state(model)).toEqual({});
    stepOnce(model, optimiser, 0);
    const state = optimiser.state(model);
    const whats = name === 'Adam' ? ['first', 'second', 'steps'] : ['velocity'];
    const names = Object.keys(model.parameters()).flatMap((own) =>
      whats.map((what) => `${own}.${what}`),
    );
    expect(Object.keys(state)).toEqual(names);
    state[names[0]].data.fill(5);
    expect(optimiser.state(model)[names[0]].data.includes(5)).toBe(false);
    optimiser.loadState(model, {});
    expect(optimiser.state(model)).toEqual({});
  });

  test('what does not fit is refused, and nothing changes', () => {
    const [model, optimiser] = [modelOf(), make()];
    stepOnce(model, optimiser, 0);
    const state = optimiser.state(model);
    const [one] = Object.keys(state);
    const expectRefused = (wrong: object, kind: ErrorConstructor, message: string) => {
      const load = () => optimiser.loadState(model, wrong as never);
      expect(load).toThrow(kind);
      expect(load).toThrow(message);
      expect(optimiser.state(model)).toEqual(state);
    };
    expectRefused(undefined as never, TypeError, 'state is undefined, expected tensors by name');
    expectRefused(
      { ...state, other: zeros([1]) },
      RangeError,
      'state has other, expected what belongs to a.weight',
    );
    expectRefused(
      { ...state, [one]: zeros([7]) },
      RangeError,
      `${one} has shape [7], expected [2, 3]`,
    );
    const infinite = zeros([2, 3]);
    infinite.data[4] = Infinity;
    expectRefused({ ...state, [one]: infinite }, RangeError, `${one} is Infinity at 4`);
    if (name !== 'Adam') return;
    const { 'a.bias.steps': _, ...rest } = state;
    expectRefused(rest, TypeError, 'a.bias.steps is undefined, expected a tensor');
    for (const count of [0, 0.5, 2 ** 24 + 2, 1e30, NaN]) {
      const steps = zeros([]);
      steps.data[0] = count;
      expectRefused({ ...state, 'a.bias.steps': steps }, RangeError, 'a.bias.steps is');
    }
    const negative = zeros([2]);
    negative.data[1] = -1;
    expectRefused({ ...state, 'a.bias.second': negative }, RangeError, 'a.bias.second is -1 at 1');
  });
});

test('Adam counts steps in singles, which end at 2²⁴', () => {
  const [model, optimiser] = [modelOf(), KINDS.Adam()];
  stepOnce(model, optimiser, 0);
  const state = { ...optimiser.state(model) };
  const last = zeros([]);
  last.data[0] = 2 ** 24;
  for (const parameter of Object.keys(model.parameters())) state[`${parameter}.steps`] = last;
  optimiser.loadState(model, state);
  stepOnce(model, optimiser, 1);
  // One more would be the same single.
  for (const parameter of Object.keys(model.parameters()))
    expect(optimiser.state(model)[`${parameter}.steps`].data).toEqual(Float32Array.of(2 ** 24));
});

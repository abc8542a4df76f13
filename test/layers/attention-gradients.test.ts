/** Gradients of the attention modules against central differences of the oracle. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/layers/index.ts';
import { build, CASES, distance, norm, normal, ruleOf, variablesOf } from './attention-cases.ts';
import { associate, type Rule, type Variables } from './attention-oracle.ts';

/** ∂(weights·output)/∂variable by (f(x + h) − f(x − h))/2h, with errors of about h² and 1e−16/h. */
function differences(
  variables: Variables,
  name: string,
  rule: Rule,
  weights: ArrayLike<number>,
): number[] {
  const h = 1e-5;
  const { values } = variables[name];
  const loss = () =>
    associate(variables, rule).output.reduce((sum, y, k) => sum + y * weights[k], 0);
  return values.map((value, k) => {
    values[k] = value + h;
    const above = loss();
    values[k] = value - h;
    const below = loss();
    values[k] = value;
    return (above - below) / (2 * h);
  });
}

// Both backends leave the same bits (attention-laws.test.ts), so one will do here.
describe.each(Object.entries(CASES))('%s', (_, setup) => {
  test('gradients of all inputs and parameters', () => {
    const layer = build(setup);
    const { shape } = layer.forward();
    const gradient = normal(new Random(setup.seed, 3), shape);
    const inputs = layer.backward(gradient);
    const expectedNames = Object.keys(layer.inputs).filter((name) => !/mask/i.test(name));
    expect(Object.keys(inputs).sort()).toEqual(expectedNames.sort());
    const variables = variablesOf(layer);
    const rule = { ...ruleOf(layer, setup), updates: layer.module.updatesMade() };
    const gradients = { ...layer.module.gradients(), ...inputs };
    const expected = Object.keys(gradients).map((name) => {
      return differences(variables, name.replace('.patterns', ''), rule, gradient.data);
    });
    const scale = norm(expected.map(norm));
    for (const [k, [name, { data, shape }]] of Object.entries(gradients).entries()) {
      expect(shape).toEqual(variables[name.replace('.patterns', '')].shape);
      // What is 0 by symmetry (the stored bias shifts all scores alike) is rounding noise of the rest.
      const bound = 1e-4 * norm(expected[k]) + 1e-6 * scale;
      expect(distance(data, expected[k]), name).toBeLessThan(bound);
    }
  });
});

test('backward adds to the gradients, zeroGradients clears them', () => {
  for (const name of ['LayerNorm of all', 'pooling', 'lookup with values']) {
    const layer = build(CASES[name]);
    const gradient = normal(new Random(1), layer.forward().shape);
    const inputs = layer.backward(gradient);
    const once = Object.values(layer.module.gradients()).map(({ data }) => data.slice());
    expect(layer.backward(gradient)).toEqual(inputs);
    const twice = Object.values(layer.module.gradients());
    // Doubling is exact.
    for (const [k, { data }] of twice.entries()) expect(data).toEqual(once[k].map((x) => x + x));
    layer.module.zeroGradients();
    for (const { data } of twice) expect(data.every((x) => x === 0)).toBe(true);
  }
});

test('without further updates the stored bias has no gradient, with them it has', () => {
  for (const [updateSteps, has] of [
    [1, false],
    [2, true],
  ] as const) {
    const layer = build({ ...CASES.plain, options: { ...CASES.plain.options, updateSteps } });
    layer.backward(normal(new Random(1), layer.forward().shape));
    const size = norm(layer.module.gradients()['stored.bias'].data);
    expect(size > 1e-3).toBe(has);
  }
});

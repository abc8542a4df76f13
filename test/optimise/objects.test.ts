/** Models of problems as objects of JavaScript: read-only, shown, never cloned into a dead one. */
import { expect, test } from 'vitest';
import { IsingModel, PottsModel } from '../../src/optimise/index.ts';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

test.each([
  [new IsingModel(3, { couplings: { entries: [[0, 1, -1]] }, backend: 'reference' }), { spins: 3 }],
  [new PottsModel([2, 3], { backend: 'reference' }), { groups: 2, variables: 5 }],
])('%o', (model, own) => {
  expect(() => structuredClone({ model })).toThrow(
    expect.objectContaining({ name: 'DataCloneError' }),
  );
  expect({ ...model }).toEqual(own);
  for (const key of Object.keys(own)) {
    expect(() => ((model as unknown as Record<string, number>)[key] = 9)).toThrow(TypeError);
  }
  const show = (model as unknown as Record<symbol, () => object>)[INSPECT];
  expect({ ...show.call(model) }).toEqual({ ...own, backend: 'reference' });
  model.dispose();
  expect({ ...show.call(model) }).toEqual({ ...own, disposed: true });
});

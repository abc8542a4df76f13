/** Energies of the attention modules (Ramsauer et al. 2020, eq. 2). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Association, Random, tensor } from '../../src/layers/index.ts';
import { BACKENDS, build, CASES, normal } from './attention-cases.ts';
import { rowsOf } from './attention-oracle.ts';

test.each(BACKENDS)('are the formula, with numbers as masks (%s)', (backend) => {
  const random = new Random(1);
  const [state, stored] = [normal(random, [1, 3, 4]), normal(random, [1, 5, 4])];
  const mask = normal(random, [3, 5]);
  mask.data[2] = -Infinity;
  const beta = 0.8;
  const layer = new Association({ stateSize: 4, projections: false, beta, backend });
  const { data, shape } = layer.energies({ state, stored, mask });
  expect(shape).toEqual([2, 1, 1, 3]);
  const Y = rowsOf(Array.from(stored.data), 4);
  const moved = layer.forward({ state, stored, mask });
  for (const [update, { data: states }] of [state, moved].entries()) {
    for (const [i, q] of rowsOf(Array.from(states), 4).entries()) {
      const seen = Y.map((y, j) => ({ y, m: mask.data[5 * i + j] })).filter(
        ({ m }) => m > -Infinity,
      );
      const dot = (a: number[], b: number[]) => a.reduce((sum, x, d) => sum + x * b[d], 0);
      const sum = seen.reduce((s, { y, m }) => s + Math.exp(beta * dot(q, y) + m), 0);
      const longest = Math.max(...seen.map(({ y }) => dot(y, y)));
      const constant = Math.log(seen.length) / beta + longest / 2;
      const expected = -Math.log(sum) / beta + dot(q, q) / 2 + constant;
      expect(data[3 * update + i]).toBeCloseTo(expected, 5);
    }
  }
});

test('no update raises them, and once updates have stopped they stay', () => {
  const names = Object.keys(CASES);
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat({ max: 99 }), (name, seed) => {
      const setup = { ...CASES[name], seed };
      setup.options = { ...setup.options, updateSteps: 5 };
      const layer = build(setup);
      const { module, inputs } = layer;
      layer.forward();
      const made = module.updatesMade();
      const energies = (module as unknown as Association).energies.bind(module);
      const { data, shape } = energies(inputs as never);
      const heads = setup.batch * module.heads;
      expect(shape).toEqual([Math.max(...made) + 1, setup.batch, module.heads, setup.states]);
      for (let k = heads * setup.states; k < data.length; k++) {
        const before = data[k - heads * setup.states];
        expect(data[k]).toBeLessThanOrEqual(before + 1e-5 * (1 + Math.abs(before)));
        const update = Math.floor(k / (heads * setup.states));
        const head = Math.floor((k % (heads * setup.states)) / setup.states);
        if (update > made[head]) expect(data[k]).toBe(before);
      }
      if (setup.mask.startsWith('number')) return;
      expect(Math.min(...data)).toBeGreaterThan(-1e-5);
    }),
    { seed: 20_261_129, numRuns: 60 },
  );
});

test('a state that sees nothing has half its square; padding does not count', () => {
  const layer = new Association({ stateSize: 2, projections: false, beta: 1 });
  const state = tensor([3, 4], [1, 1, 2]);
  const stored = tensor([1, 0, 0, 2, 9, 9], [1, 3, 2]);
  const storedMask = (...seen: boolean[]) => ({ data: seen, shape: [1, 3] });
  const none = layer.energies({ state, stored, storedMask: storedMask(false, false, false) });
  expect(Array.from(none.data)).toEqual([12.5, 0]);
  const padded = layer.energies({ state, stored, storedMask: storedMask(true, true, false) });
  const short = layer.energies({ state, stored: tensor([1, 0, 0, 2], [1, 2, 2]) });
  expect(padded).toEqual(short);
});

test('large scores do not overflow, wherever the largest stands', () => {
  const layer = new Association({ stateSize: 1, projections: false, beta: 1 });
  const state = tensor([1000], [1, 1, 1]);
  for (const stored of [
    [1, 50],
    [50, 1],
  ]) {
    const { data } = layer.energies({ state, stored: tensor(stored, [1, 2, 1]) });
    // The sum is one term as far as doubles go.
    expect(data[0]).toBe(Math.fround(-50_000 + 500_000 + Math.log(2) + 1250));
  }
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GENERATED, randomPatterns, seeds } from '../cases.ts';
import { fieldsOf, laySimplices, product, someSimplices } from '../simplices.ts';
import { onDesk, read } from './on-desk.ts';

const sizes = [fc.integer({ min: 1, max: 30 }), seeds] as const;

test('weights: the products of the signs over the patterns of a range, as often as a simplex stands', () => {
  fc.assert(
    fc.property(...sizes, fc.nat({ max: 20 }), (neurons, seed, count) => {
      const { desk, kernels, views } = onDesk(seed);
      const patterns = randomPatterns(desk, count, neurons);
      const list = someSimplices(desk, neurons, 50);
      const stride = Math.ceil(count / 8) + 1;
      const blocks = desk.blocks(patterns, neurons, stride);
      const { records, starts, weightWords } = laySimplices(desk, neurons, list);
      const from = desk.integer(0, count);
      const to = desk.integer(from, count);
      const sign = desk.random.sign();
      kernels.addSimplices(records, starts, blocks, 0, stride, from, to, sign, neurons);
      for (const [k, { simplex, weight }] of list.entries()) {
        const share = patterns.slice(from, to).reduce((sum, p) => sum + product(p, simplex), 0);
        expect(weightWords[k].length).toBe(simplex.length);
        for (const word of weightWords[k]) {
          expect(views.i32[records / 4 + word]).toBe(weight + sign * share);
        }
      }
    }),
    GENERATED,
  );
});

function lay(seed: number, neurons: number) {
  const { desk, kernels, views } = onDesk(seed);
  const list = someSimplices(desk, neurons, 5);
  const state = desk.random.signs(neurons);
  const { fields, total } = fieldsOf(list, state);
  const { records, starts } = laySimplices(desk, neurons, list);
  return { desk, kernels, views, list, state, fields, total, records, starts };
}

test('fields and the sum are those of the formula', () => {
  fc.assert(
    fc.property(...sizes, (neurons, seed) => {
      const at = lay(seed, neurons);
      const fields = at.desk.take(neurons, 4);
      const total = at.desk.take(1, 8);
      const signs = at.desk.signs(at.state);
      at.kernels.fieldsSimplices(fields, total, signs, at.records, at.starts, neurons);
      expect(read(at.views.i32, fields, neurons)).toEqual(at.fields);
      expect(at.views.f64[total / 8]).toBe(at.total);
    }),
    GENERATED,
  );
});

test('a sweep flips who disagrees with a freshly computed field, and keeps fields and sum', () => {
  fc.assert(
    fc.property(...sizes, fc.nat({ max: 1 }), (neurons, seed, tie) => {
      const at = lay(seed, neurons);
      const sequence = at.desk.random.sample(neurons, neurons);
      const signs = at.desk.signs(at.state);
      const fields = at.desk.i32(at.fields);
      const total = at.desk.f64([at.total]);
      const order = at.desk.u32(sequence);
      const cursor = at.desk.u32([0]);
      const place = [signs, fields, total, at.records, at.starts, order, cursor] as const;
      const flips = at.kernels.sweepSimplices(...place, neurons, neurons, tie, neurons);
      const state = at.state.slice();
      let moved = 0;
      for (const i of sequence) {
        const h = fieldsOf(at.list, state).fields[i];
        if (h * state[i] < 0 || (h === 0 && tie === 1 && state[i] < 0)) {
          state[i] = -state[i];
          moved++;
        }
      }
      const after = fieldsOf(at.list, state);
      expect(flips).toBe(moved);
      expect(read(at.views.i8, signs, neurons)).toEqual([...state]);
      expect(read(at.views.i32, fields, neurons)).toEqual(after.fields);
      expect(at.views.f64[total / 8]).toBe(after.total);
    }),
    GENERATED,
  );
});

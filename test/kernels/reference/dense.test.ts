import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GENERATED, list, randomPatterns, seeds } from '../cases.ts';
import { onDesk, dot, read } from './on-desk.ts';

/** The paper's field: Σ_μ F(ξ_i + M_i) − F(−ξ_i + M_i), M_i = Σ_{j≠i} ξ_j s_j. */
function publishedField(
  patterns: readonly Int8Array[],
  state: Int8Array,
  i: number,
  F: (m: number) => number,
): number {
  let sum = 0;
  for (const pattern of patterns) {
    const cavity = dot(pattern, state) - pattern[i] * state[i];
    sum += F(pattern[i] + cavity) - F(-pattern[i] + cavity);
  }
  return sum;
}

function lay(seed: number, neurons: number, count: number, f: (m: number) => number) {
  const { desk, kernels, views } = onDesk(seed);
  const patterns = randomPatterns(desk, count, neurons);
  const state = desk.random.signs(neurons);
  const stride = Math.ceil(count / 8) + 1;
  return {
    desk,
    kernels,
    views,
    patterns,
    state,
    stride,
    signs: desk.signs(state),
    overlaps: desk.overlaps(patterns.map((pattern) => dot(pattern, state))),
    blocks: desk.blocks(patterns, neurons, stride),
    table: desk.f64(list(neurons + 3, (k) => f(2 * k - neurons - 2))),
  };
}

const sizes = [fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 20 }), seeds] as const;

test('the cost of a flip is s_i times the published field, exactly for polynomials', () => {
  const degrees = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(...sizes, degrees, (neurons, count, seed, n) => {
      const F = (m: number) => m ** n;
      const at = lay(seed, neurons, count, F);
      const out = at.desk.take(neurons, 8);
      at.kernels.changesDense(
        out,
        at.signs,
        at.overlaps,
        at.blocks,
        at.table,
        0,
        0,
        at.stride,
        count,
        neurons,
      );
      const expected = list(
        neurons,
        (i) => at.state[i] * publishedField(at.patterns, at.state, i, F),
      );
      expect(read(at.views.f64, out, neurons)).toEqual(expected.map((x) => x + 0));
    }),
    GENERATED,
  );
});

test('with levels it is ln Σ F − ln Σ F after the flip, whatever their course', () => {
  const courses: ((m: number, N: number) => number)[] = [
    (m) => m,
    (m, N) => (m ** 4 - 6 * N * m ** 2 + 3 * N ** 2) / N ** 2,
    (m) => 300 * Math.sin(m),
    (m) => -(m ** 2),
  ];
  fc.assert(
    fc.property(
      ...sizes,
      fc.double({ min: 0.01, max: 1.5, noNaN: true }),
      fc.constantFrom(...courses),
      (neurons, count, seed, beta, course) => {
        const level = (m: number) => beta * course(m, neurons);
        const at = lay(seed, neurons, count, level);
        const out = at.desk.take(neurons, 8);
        at.kernels.changesDense(
          out,
          at.signs,
          at.overlaps,
          at.blocks,
          at.table,
          0,
          1,
          at.stride,
          count,
          neurons,
        );
        const logSum = (state: Int8Array) => {
          const levels = at.patterns.map((pattern) => level(dot(pattern, state)));
          const most = Math.max(...levels);
          return most + Math.log(levels.reduce((sum, x) => sum + Math.exp(x - most), 0));
        };
        read(at.views.f64, out, neurons).forEach((value, i) => {
          const turned = at.state.slice();
          turned[i] = -turned[i];
          const expected = count === 0 ? 0 : logSum(at.state) - logSum(turned);
          expect(value).toBeCloseTo(expected, 8);
        });
      },
    ),
    GENERATED,
  );
});

test('levels with their largest value between the overlaps, where no pattern is: neurons still move', () => {
  // Two patterns that agree with the state in half of the neurons, more or less: F at m = 0 is e¹⁰⁰⁰ times theirs.
  const N = 16;
  const level = (m: number) => (m === 0 ? 1000 : m);
  const { desk, kernels, views } = onDesk(3);
  const state = new Int8Array(N).fill(1);
  const patterns = [4, 10].map((ones) => state.map((_, i) => (i < ones ? 1 : -1)));
  const overlaps = patterns.map((pattern) => dot(pattern, state));
  expect(overlaps).toEqual([-8, 4]);
  const signs = desk.signs(state);
  const at = [
    desk.overlaps(overlaps),
    desk.blocks(patterns, N, 1),
    desk.f64(list(N + 3, (k) => level(2 * k - N - 2))),
  ] as const;
  const order = desk.u32([12]);
  const cursor = desk.u32([0]);
  expect(kernels.sweepDense(signs, ...at, order, cursor, 0, 1, 1, 1, 0, 1, 2, N)).toBe(1);
  expect(views.i8[signs + 12]).toBe(-1);
});

test('a sweep follows the published field, one neuron after the other, and keeps the overlaps', () => {
  fc.assert(
    fc.property(...sizes, fc.integer({ min: 2, max: 5 }), (neurons, count, seed, n) => {
      const F = (m: number) => m ** n;
      const at = lay(seed, neurons, count, F);
      const sequence = at.desk.random.sample(neurons, neurons);
      const order = at.desk.u32(sequence);
      const cursor = at.desk.u32([0]);
      const flips = at.kernels.sweepDense(
        at.signs,
        at.overlaps,
        at.blocks,
        at.table,
        order,
        cursor,
        0,
        neurons,
        neurons,
        0,
        0,
        at.stride,
        count,
        neurons,
      );
      const state = at.state.slice();
      let moved = 0;
      for (const i of sequence) {
        const field = publishedField(at.patterns, state, i, F);
        if (field * state[i] < 0) {
          state[i] = -state[i];
          moved++;
        }
      }
      expect(flips).toBe(moved);
      expect(read(at.views.i8, at.signs, neurons)).toEqual(Array.from(state));
      expect(read(at.views.i32, at.overlaps, count)).toEqual(
        at.patterns.map((pattern) => dot(pattern, state)),
      );
    }),
    GENERATED,
  );
});

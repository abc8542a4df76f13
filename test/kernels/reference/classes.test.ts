/** Class units on numbers that can be checked by hand: T is a power of two, so that nothing is rounded. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences, relativeError } from '../../layers/oracle.ts';
import { list } from '../cases.ts';
import { onDesk, read } from './on-desk.ts';

/** Two memories, two samples, three classes, a number between the rows; n = 3, T = 2. */
function setUp() {
  const { desk, kernels, views } = onDesk(1);
  // Overlaps memory by memory: the first with samples 0 and 1, then the second.
  const overlaps = desk.f32([4, -2, 0, 6]);
  const weights = desk.f32([1, -1, 0.5, NaN, 2, 0, -1]);
  return { desk, kernels, views, overlaps, weights, counts: [2, 2, 3, 4, 3, 2] as const };
}

test('dualFieldsF64: Σ_μ ξ_γ max(0, a/T)²', () => {
  const { desk, kernels, views, overlaps, weights, counts } = setUp();
  const fields = desk.take(6, 8);
  kernels.dualFieldsF64(fields, overlaps, weights, ...counts);
  // Sample 0: 2² from the first memory. Sample 1: 3² from the second.
  expect(read(views.f64, fields, 6)).toEqual([4, -4, 2, 18, 0, -9]);
});

test('dualFieldsBackwardF64', () => {
  const { desk, kernels, views, overlaps, weights, counts } = setUp();
  const gradients = desk.f64([1, 2, 3, 10, 20, 30]);
  const [da, dweights] = [desk.take(4, 4), desk.take(6, 8)];
  kernels.dualFieldsBackwardF64(da, dweights, overlaps, weights, gradients, ...counts);
  // Σ g·ξ = 1 − 2 + 1.5 times (2/2)·2, and 20 − 30 times (2/2)·3; nothing where the overlap is not above 0.
  expect(read(views.f32, da, 4)).toEqual([1, 0, 0, -30]);
  expect(read(views.f64, dweights, 6)).toEqual([4, 8, 12, 90, 180, 270]);
});

test('classFieldsF64: each class unit turned over while the others are −1', () => {
  const { desk, kernels, views, overlaps, weights, counts } = setUp();
  const fields = desk.take(6, 8);
  kernels.classFieldsF64(fields, overlaps, weights, ...counts);
  const cube = (x: number) => Math.max(0, x / 2) ** 3;
  const xi = [
    [1, -1, 0.5],
    [2, 0, -1],
  ];
  const expected = [0, 1].flatMap((i) =>
    [0, 1, 2].map((j) =>
      xi.reduce((sum, row, k) => {
        const a = [4, -2, 0, 6][2 * k + i];
        // Y = a − Σ of the other classes.
        const y = a - row.reduce((s, x, g) => s + (g === j ? 0 : x), 0);
        return sum + cube(y + row[j]) - cube(y - row[j]);
      }, 0),
    ),
  );
  expect(read(views.f64, fields, 6)).toEqual(expected);
});

test('classFieldsBackwardF64', () => {
  const { desk, kernels, views, overlaps, weights } = setUp();
  const gradients = desk.f64([1, 2, 3, 10, 20, 30]);
  const [da, dweights] = [desk.take(4, 4), desk.take(6, 8)];
  // n = 2: F' = 2·max(0, x/2)/2 = max(0, x)/2.
  kernels.classFieldsBackwardF64(da, dweights, overlaps, weights, gradients, 2, 2, 3, 4, 2, 2);
  // Sums of ξ: 0.5 and 1. h = 3.5, −2.5 and −1, 5. F'(h + 2ξ): 2.75, 0.75, 2.25 and 0, 0, 0; 1.5, 0, 0 and 4.5, 2.5, 1.5.
  const slopes = [2.75 - 1.75 + 2 * (0.75 - 1.75) + 3 * (2.25 - 1.75), 0, 1.5, 20 - 30];
  expect(read(views.f32, da, 4)).toEqual(slopes);
  const [first, second] = [slopes[0], slopes[2] + slopes[3]];
  expect(read(views.f64, dweights, 6)).toEqual([
    2 * 2.75 - first,
    2 * 2 * 0.75 - first,
    2 * 3 * 2.25 - first,
    2 * (1.5 + 10 * 4.5) - second,
    2 * 20 * 2.5 - second,
    2 * 30 * 1.5 - second,
  ]);
});

const counts = fc.record({
  samples: fc.integer({ min: 1, max: 4 }),
  memories: fc.integer({ min: 1, max: 5 }),
  classes: fc.integer({ min: 1, max: 4 }),
  power: fc.integer({ min: 2, max: 6 }),
  seed: fc.nat(),
});

test.each(['dual', 'class'] as const)('%s fields: gradients are those of the energies', (form) => {
  fc.assert(
    fc.property(counts, ({ samples, memories, classes, power, seed }) => {
      const { desk, kernels, views } = onDesk(seed);
      const temperature = 1 + desk.random.real();
      // Away from 0, where the slope of max(0, x) jumps.
      const single = () => Math.fround((1 + 2 * desk.random.real()) * desk.random.sign());
      const a = list(memories * samples, single);
      const xi = list(memories * classes, () => Math.fround(desk.double(0.2)));
      const g = list(samples * classes, () => desk.double());
      const F = (x: number) => Math.max(0, x / temperature) ** power;
      /** −∂energy of class unit γ: from −1 to 1 with the others at −1, or of a step about 0 with all others there. */
      const field = (a: number[], xi: number[], i: number, j: number) => {
        let sum = 0;
        for (let k = 0; k < memories; k++) {
          const row = xi.slice(k * classes, (k + 1) * classes);
          const x = a[k * samples + i];
          if (form === 'dual') {
            sum +=
              (row[j] * Math.max(0, x / temperature) ** power) / Math.max(0, x / temperature) || 0;
          } else {
            const y = x - row.reduce((s, value, k) => s + (k === j ? 0 : value), 0);
            sum += F(y + row[j]) - F(y - row[j]);
          }
        }
        return sum;
      };
      const loss = (a: number[], xi: number[]) =>
        g.reduce(
          (sum, weight, at) => sum + weight * field(a, xi, Math.floor(at / classes), at % classes),
          0,
        );
      const [da, dxi] = [desk.take(a.length, 4), desk.take(xi.length, 8)];
      kernels[`${form}FieldsBackwardF64`](
        da,
        dxi,
        desk.f32(a),
        desk.f32(xi),
        desk.f64(g),
        samples,
        memories,
        classes,
        classes,
        power,
        temperature,
      );
      const expected = differences((v) => loss(a, v), xi);
      expect(relativeError(read(views.f64, dxi, xi.length), expected)).toBeLessThan(1e-8);
      const slopes = differences((v) => loss(v, xi), a);
      // Rounded to singles.
      expect(relativeError(read(views.f32, da, a.length), slopes)).toBeLessThan(1e-7);
    }),
    { numRuns: 40 },
  );
});

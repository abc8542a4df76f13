import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random, twoOpt } from '../../src/optimise/index.ts';

type Points = [number, number][];

function distance(points: Points, i: number, j: number): number {
  return Math.hypot(points[i][0] - points[j][0], points[i][1] - points[j][1]);
}

function lengthOf(points: Points, tour: number[]): number {
  return tour.reduce((sum, c, k) => sum + distance(points, c, tour[(k + 1) % tour.length]), 0);
}

/** The `size` cities of a tour from stop i on, and the others. */
function parted(tour: number[], i: number, size: number): [number[], number[]] {
  const turned = [...tour.slice(i), ...tour.slice(0, i)];
  return [turned.slice(0, size), turned.slice(size)];
}

const instances = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), {
    minLength: 1,
    maxLength: 14,
  })
  .chain((points) => fc.tuple(fc.constant(points as Points), fc.nat(1e6)));

/** Symmetric distances of whole numbers, shortcuts and detours among them: no triangle inequality. */
const matrices = fc
  .tuple(fc.integer({ min: 4, max: 9 }), fc.nat(1e6))
  .map(([n, seed]): [number[][], number] => {
    const random = new Random(seed);
    const d = Array.from({ length: n }, () => Array<number>(n).fill(0));
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) d[i][j] = d[j][i] = random.below(30);
    return [d, seed];
  });

test('among any distances too, no move of one to three cities is left that helps, either way round', () => {
  fc.assert(
    fc.property(matrices, ([d, seed]) => {
      const n = d.length;
      const total = (way: number[]) =>
        way.reduce((sum, city, k) => sum + d[city][way[(k + 1) % n]], 0);
      const start = new Random(seed).shuffle([...d.keys()]);
      const { tour, length } = twoOpt(start, d);
      expect(total(tour)).toBe(length);
      for (let i = 0; i < n; i++) {
        for (let size = 1; size <= 3 && size <= n - 3; size++) {
          const [stretch, rest] = parted(tour, i, size);
          for (let j = 0; j < rest.length; j++) {
            for (const way of [stretch, [...stretch].reverse()]) {
              const moved = [...rest.slice(0, j + 1), ...way, ...rest.slice(j + 1)];
              if (total(moved) < length) expect.fail(`${tour} can become ${moved}`);
            }
          }
        }
      }
    }),
    { seed: 3, numRuns: 1500 },
  );
});

test('never longer, a tour again, and no exchange or move is left that helps', () => {
  fc.assert(
    fc.property(instances, ([points, seed]) => {
      const n = points.length;
      const start = new Random(seed).shuffle([...points.keys()]);
      const { tour, length } = twoOpt(start, points);
      expect([...tour].sort((a, b) => a - b)).toEqual([...points.keys()]);
      expect(length).toBeCloseTo(lengthOf(points, tour), 9);
      expect(length).toBeLessThanOrEqual(lengthOf(points, start) + 1e-9);
      for (let i = 0; i < n; i++) {
        for (let j = i + 1; j < n; j++) {
          const turned = [
            ...tour.slice(0, i),
            ...tour.slice(i, j + 1).reverse(),
            ...tour.slice(j + 1),
          ];
          expect(lengthOf(points, turned)).toBeGreaterThanOrEqual(length - 1e-9);
        }
        for (let size = 1; size <= 3 && size < n; size++) {
          const [stretch, rest] = parted(tour, i, size);
          for (let j = 0; j < rest.length; j++) {
            for (const way of [stretch, [...stretch].reverse()]) {
              const moved = [...rest.slice(0, j + 1), ...way, ...rest.slice(j + 1)];
              expect(lengthOf(points, moved)).toBeGreaterThanOrEqual(length - 1e-9);
            }
          }
        }
      }
    }),
    { seed: 1, numRuns: 150 },
  );
});

test('what is given stays as it was', () => {
  const tour = [0, 2, 1, 3];
  const { tour: shorter, exchanges } = twoOpt(tour, [
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 0],
  ]);
  expect(tour).toEqual([0, 2, 1, 3]);
  expect(shorter).not.toBe(tour);
  expect(exchanges).toBe(1);
});

test.each([
  [[0, 1], 'the tour has 2 stops, expected 3'],
  [[0, 1, 1], 'city 1 is visited 2 times'],
  [[0, 1, 3], 'stop 2 is 3, cities are 0 to 2'],
])('%j is no tour', (tour, message) => {
  const points: Points = [
    [0, 0],
    [0, 1],
    [1, 1],
  ];
  expect(() => twoOpt(tour, points)).toThrow(message);
});

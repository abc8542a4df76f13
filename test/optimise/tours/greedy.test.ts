/** What local search begins with: nearest cities and greedy tours, against looking at everything. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  readDistances,
  tourLength,
  type Distances,
} from '../../../src/optimise/tours/distances.ts';
import { allSteps } from '../../../src/pacing.ts';
import { greedyTour } from '../../../src/optimise/tours/greedy.ts';
import { METRICS, type Metric } from '../../../src/optimise/tours/metric.ts';
import { nearestOf } from '../../../src/optimise/tours/neighbours.ts';

const NAMES = Object.keys(METRICS) as Metric[];

/** Cities by any metric, on grids so coarse that many are in one place, or on a matrix. */
const cities = fc
  .tuple(
    fc.integer({ min: 1, max: 60 }),
    fc.constantFrom(...NAMES, undefined),
    fc.integer({ min: 1, max: 50 }),
  )
  .chain(([n, metric, side]) => {
    const count = metric === undefined ? n * n : 3 * n;
    return fc
      .array(fc.integer({ min: 0, max: side }), { minLength: count, maxLength: count })
      .map((numbers) => {
        if (metric === undefined) {
          const at = (i: number, j: number) => numbers[Math.min(i, j) * n + Math.max(i, j)];
          return readDistances(Float64Array.from(numbers, (_, k) => at(Math.floor(k / n), k % n)));
        }
        const { coordinates } = METRICS[metric];
        const points = Array.from({ length: n }, (_, k) =>
          numbers.slice(3 * k, 3 * k + coordinates),
        );
        return readDistances({ points: points as never, metric });
      });
  });

/** How far apart cities are before anything is rounded: what nearness goes by. */
function unrounded({ metric, places, between }: Distances): (a: number, b: number) => number {
  if (metric === 0) return between;
  return (a, b) => {
    const parts = [0, 1, 2].map((axis) => Math.abs(places[4 * a + axis] - places[4 * b + axis]));
    if (metric === METRICS.MAN_2D.kernel) return parts[0] + parts[1] + parts[2];
    if (metric === METRICS.MAX_2D.kernel) return Math.max(...parts);
    return Math.hypot(...parts);
  };
}

test('the K nearest are those that looking at all finds, nearest first', () => {
  fc.assert(
    fc.property(cities, fc.integer({ min: 1, max: 9 }), fc.nat(4), (distances, most, skip) => {
      const some = Uint32Array.from({ length: distances.cities }, (_, k) => k).filter(
        (k) => k % (skip + 1) === 0,
      );
      const K = Math.min(most, some.length - 1);
      fc.pre(K >= 1);
      const lists = allSteps(nearestOf(distances, some, K));
      const apart = unrounded(distances);
      for (const [k, city] of some.entries()) {
        const own = Array.from(lists.subarray(k * K, (k + 1) * K), (j) => some[j]);
        expect(new Set([city, ...own]).size).toBe(K + 1);
        const all = Array.from(some, (other) => apart(city, other)).filter((_, j) => j !== k);
        all.sort((a, b) => a - b);
        own.forEach((other, j) => expect(apart(city, other)).toBeCloseTo(all[j], 9));
      }
    }),
    { seed: 11, numRuns: 60 },
  );
});

/** From the eight nearest of each city, as local search has it. */
function greedy(distances: Distances): Uint32Array {
  const all = Uint32Array.from({ length: distances.cities }, (_, k) => k);
  const near = allSteps(nearestOf(distances, all, Math.min(8, all.length - 1)));
  return allSteps(greedyTour(distances, near));
}

test('fewer of the nearest are the first of more', () => {
  fc.assert(
    fc.property(cities, fc.integer({ min: 1, max: 5 }), (distances, fewer) => {
      const all = Uint32Array.from({ length: distances.cities }, (_, k) => k);
      const [few, many] = [fewer, 8].map((K) => Math.min(K, all.length - 1));
      const lists = allSteps(nearestOf(distances, all, many));
      const expected = Array.from(all, (k) => [...lists.subarray(k * many, k * many + few)]);
      expect([...allSteps(nearestOf(distances, all, few))]).toEqual(expected.flat());
    }),
    { seed: 11, numRuns: 60 },
  );
});

test('a greedy tour visits every city once', () => {
  fc.assert(
    fc.property(cities, (distances) => {
      const tour = greedy(distances);
      expect([...tour].sort((a, b) => a - b)).toEqual([...Array(distances.cities).keys()]);
    }),
    { seed: 11, numRuns: 60 },
  );
});

test('on a line, and on a circle, greedy is the shortest', () => {
  const line = readDistances(
    Array.from({ length: 300 }, (_, k) => [((k * 7919) % 300) / 10, 0] as const),
  );
  expect(tourLength(greedy(line), line)).toBeCloseTo(59.8, 9);
  const around = Array.from({ length: 200 }, (_, k) => {
    const angle = (((k * 77) % 200) * 2 * Math.PI) / 200;
    return [Math.cos(angle), Math.sin(angle)] as const;
  });
  const circle = readDistances(around);
  expect(tourLength(greedy(circle), circle)).toBeCloseTo(400 * Math.sin(Math.PI / 200), 6);
});

import fc from 'fast-check';
import { test } from 'vitest';
import * as family from '../../../src/kernels/reference/tours.ts';
import { GENERATED, seeds } from '../cases.ts';
import { layTour, randomTour } from '../tour-cases.ts';
import { expectAllCompared, same } from '../twins.ts';

const METRICS = [0, 1, 2, 3, 4, 5, 6];

function compare(cities: number, neighbours: number, steps: number, seed: number): void {
  for (const metric of METRICS) {
    same('lengthTour', seed, (desk) => {
      const { run } = layTour(desk, randomTour(desk, cities, neighbours, metric));
      return { args: [run], writes: [] };
    });
    same('improveTour', seed, (desk) => {
      const { run, writes } = layTour(desk, randomTour(desk, cities, neighbours, metric));
      const target = seed % 3 === 0 ? desk.integer(0, 20 * cities) : -Infinity;
      return { args: [run, steps, target], writes };
    });
  }
}

test('every small size', () => {
  for (let cities = 5; cities <= 20; cities++)
    compare(cities, 1 + (cities % 9), 20 * cities, cities);
});

test('generated sizes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 90 }),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 0, max: 1200 }),
      seeds,
      compare,
    ),
    { ...GENERATED, numRuns: 12 },
  );
});

test('every kernel of the family was compared', () => {
  expectAllCompared(family);
});

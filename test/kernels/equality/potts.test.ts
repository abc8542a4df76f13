import fc from 'fast-check';
import { test } from 'vitest';
import * as family from '../../../src/kernels/reference/potts.ts';
import { GENERATED, list, seeds } from '../cases.ts';
import { layPotts, randomPotts } from '../potts-cases.ts';
import { expectAllCompared, same } from '../twins.ts';

/** Inverse temperatures from nothing to all but infinite. */
const BETAS = [0, 1e-3, 0.1, 1, 50, Number.MAX_VALUE];

function compare(groups: number, largest: number, seed: number): void {
  const drop = seed % 3 === 0 ? -50 : -Infinity;
  same('costsPotts', seed, (desk) => {
    const problem = randomPotts(desk, groups, largest, 0.4, 1000);
    const { costs, state, own, rows, links } = layPotts(desk, problem);
    return {
      args: [costs, state, own, rows, links, problem.own.length, groups],
      writes: [costs],
    };
  });
  for (const beta of BETAS) {
    same('metropolisPotts', seed, (desk) => {
      const problem = randomPotts(desk, groups, largest, 0.5, 10 ** desk.integer(0, 6));
      const { state, costs, generator, starts, rows, links } = layPotts(desk, problem, seed);
      return {
        args: [state, costs, generator, starts, rows, links, beta, drop, groups],
        writes: [state, costs, generator],
      };
    });
    same('glauberPotts', seed, (desk) => {
      const problem = randomPotts(desk, groups, largest, 0.5, 10 ** desk.integer(0, 6));
      const { state, costs, generator, starts, rows, links, scratch } = layPotts(
        desk,
        problem,
        seed,
      );
      return {
        args: [state, costs, generator, starts, rows, links, scratch, beta, drop, groups],
        writes: [state, costs, generator],
        scratch: [scratch],
      };
    });
    same('averagesPotts', seed, (desk) => {
      const problem = randomPotts(desk, groups, largest, 0.5, 10 ** desk.integer(0, 6));
      const { own, starts, rows, links, scratch } = layPotts(desk, problem, seed);
      const averages = desk.f64(list(problem.own.length, () => desk.random.real()));
      return {
        args: [averages, own, starts, rows, links, scratch, beta, groups],
        writes: [averages],
        scratch: [scratch],
      };
    });
  }
  same('descendPotts', seed, (desk) => {
    const problem = randomPotts(desk, groups, largest, 0.5, 10 ** desk.integer(0, 6));
    const { state, costs, starts, rows, links } = layPotts(desk, problem, seed);
    return {
      args: [state, costs, starts, rows, links, drop, groups],
      writes: [state, costs],
    };
  });
  same('likeliestPotts', seed, (desk) => {
    const problem = randomPotts(desk, groups, largest, 0, 1);
    const { state, starts } = layPotts(desk, problem, seed);
    const averages = desk.f64(list(problem.own.length, () => desk.integer(0, 3) / 3));
    return { args: [state, averages, starts, groups], writes: [state] };
  });
}

test('every small size', () => {
  for (let groups = 1; groups <= 9; groups++) {
    for (let largest = 1; largest <= 9; largest++) compare(groups, largest, 10 * groups + largest);
  }
});

test('generated sizes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 12 }), seeds, compare),
    { ...GENERATED, numRuns: 30 },
  );
});

test('every kernel of the family was compared', () => expectAllCompared(family));

import fc from 'fast-check';
import { describe, test } from 'vitest';
import { LANES_SCRATCH } from '../../../src/kernels/layout.ts';
import * as family from '../../../src/kernels/reference/lanes.ts';
import { GENERATED, list, range, SMALL, seeds } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { lanesOn } from '../lane-cases.ts';
import { expectAllCompared, same } from '../twins.ts';

describe('turnLanes', () => {
  function turn(spins: number, density: number, seed: number): void {
    same('turnLanes', seed, (desk) => {
      const { run, fields, masks, odd, starts, links } = lanesOn(desk, spins, density);
      const wanted = desk.i8(list(16 * spins, () => -desk.random.below(2)));
      return {
        args: [run, masks, fields, odd, starts, links, wanted, spins],
        writes: [run, masks, fields],
      };
    });
  }

  test('every small size', () => {
    for (const spins of SMALL) for (const density of [0.1, 1]) turn(spins, density, spins);
  });
});

describe('annealLanes', () => {
  function anneal(
    spins: number,
    density: number,
    rule: number,
    heat: number,
    sweeps: number,
    seed: number,
  ): void {
    same('annealLanes', seed, (desk) => {
      const it = lanesOn(desk, spins, density);
      const { run, masks, best, fields, odd, starts, links } = it;
      const count = desk.integer(0, 8);
      begin(desk, run, count);
      const temperatures = desk.f64(
        list(
          count,
          () => [0, 1e-300, 1e300][desk.integer(0, 9)] ?? heat * (0.01 + desk.random.real()),
        ),
      );
      const scratch = desk.take(LANES_SCRATCH, 1);
      return {
        args: [
          run,
          masks,
          best,
          fields,
          odd,
          starts,
          links,
          temperatures,
          scratch,
          count,
          rule,
          sweeps,
          spins,
        ],
        writes: [run, masks, best, fields],
        scratch: [scratch],
      };
    });
  }

  /** Lowest energies and targets around the energies that are there, and sweeps made. */
  function begin({ views, random }: Desk, run: number, count: number): void {
    const word = run / 4;
    for (let lane = 0; lane < 16; lane++) {
      const energy = views.i32[word + 16 + lane];
      views.i32[word + 32 + lane] = energy - [0, 1, 1e9][random.below(3)];
      views.i32[word + 48 + lane] =
        random.below(16) === 0 ? energy - 2 * random.below(20) - 2 : -(2 ** 31);
    }
    views.u32[word + 64] = random.below(3) === 0 ? random.below(count + 2) : 0;
    views.u32[word + 65] = random.below(8) === 0 ? 1 : 0;
    // A draw depends on the second word alone: where that is 0, so is the draw.
    const generator = random.below(8);
    if (generator < 4) views.u32[word + 4 + generator] = 0;
  }

  test('every small size, both rules', () => {
    for (const spins of SMALL) {
      for (const rule of [0, 1]) {
        for (const heat of [0.3, 3, 100]) anneal(spins, 0.3, rule, heat, 12, spins);
      }
    }
  });

  test('every number of sweeps', () => {
    for (const sweeps of range(0, 12))
      for (const rule of [0, 1]) anneal(40, 0.1, rule, 2, sweeps, sweeps);
  });

  test('fields as large as they may be', () => {
    for (const heat of [3, 30, 300]) for (const rule of [0, 1]) anneal(240, 1, rule, heat, 3, heat);
  });

  test('generated cases', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom(0.02, 0.1, 0.5),
        fc.constantFrom(0, 1),
        fc.constantFrom(0.01, 0.3, 1, 3, 10, 1e4),
        fc.integer({ min: 1, max: 20 }),
        seeds,
        anneal,
      ),
      GENERATED,
    );
  });
});

test('all kernels of the family were compared', () => expectAllCompared(family));

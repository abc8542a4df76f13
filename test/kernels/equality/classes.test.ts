import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/classes.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { someSingle } from '../singles.ts';
import { expectAllCompared, same } from '../twins.ts';

interface Sizes {
  samples: number;
  memories: number;
  classes: number;
  power: number;
  seed: number;
}

const generated = fc.record({
  samples: fc.integer({ min: 0, max: 9 }),
  memories: fc.integer({ min: 0, max: 12 }),
  classes: fc.integer({ min: 1, max: 21 }),
  power: fc.integer({ min: 2, max: 40 }),
  seed: seeds,
});

/** Overlaps, weights with a gap behind each row, and T. Some are 0, and some powers overflow in singles. */
function inputs(desk: Desk, { samples, memories, classes }: Sizes) {
  const step = classes + desk.integer(0, 5);
  const size = 10 ** desk.integer(-1, 3);
  const one = () =>
    desk.random.below(4) === 0 ? someSingle(desk) : Math.fround(desk.double(size));
  return {
    overlaps: desk.f32(list(samples * memories, one)),
    weights: desk.f32(list(memories * step, () => Math.fround(desk.double(2)))),
    step,
    temperature: desk.integer(1, 40) / 3,
  };
}

describe.each(['dualFieldsF64', 'classFieldsF64'] as const)('%s', (kernel) => {
  const run = (sizes: Sizes) => {
    const { samples, memories, classes, power, seed } = sizes;
    same(kernel, seed, (desk) => {
      const { overlaps, weights, step, temperature } = inputs(desk, sizes);
      const out = desk.take(samples * classes, 8);
      const counts = [samples, memories, classes, step, power, temperature] as const;
      return { args: [out, overlaps, weights, ...counts], writes: [out] };
    });
  };
  everySize(run);
});

describe.each(['dualFieldsBackwardF64', 'classFieldsBackwardF64'] as const)('%s', (kernel) => {
  const run = (sizes: Sizes) => {
    const { samples, memories, classes, power, seed } = sizes;
    same(kernel, seed, (desk) => {
      const { overlaps, weights, step, temperature } = inputs(desk, sizes);
      const gradients = desk.f64(list(samples * classes, () => desk.double(3)));
      const da = desk.take(samples * memories, 4);
      const dweights = desk.take(memories * classes, 8);
      const counts = [samples, memories, classes, step, power, temperature] as const;
      return {
        args: [da, dweights, overlaps, weights, gradients, ...counts],
        writes: [da, dweights],
      };
    });
  };
  everySize(run);
});

function everySize(run: (sizes: Sizes) => void): void {
  test('every small size', () => {
    for (const samples of range(0, 3)) {
      for (const classes of range(1, 12)) {
        for (const power of [2, 3, 7]) {
          run({ samples, memories: samples + (classes % 3), classes, power, seed: classes });
        }
      }
    }
  });

  test('generated sizes', () => fc.assert(fc.property(generated, run), GENERATED));
}

test('every kernel of the family was compared', () => expectAllCompared(family));

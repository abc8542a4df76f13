import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/boltzmann.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { someSingle } from '../singles.ts';
import { expectAllCompared, same } from '../twins.ts';

const singles = (desk: Desk, count: number) => desk.f32(list(count, () => someSingle(desk)));
const doubles = (desk: Desk, count: number, bound: number) =>
  desk.f64(list(count, () => desk.double(bound)));
const generators = (desk: Desk, rows: number) =>
  desk.u32(list(16 * rows, () => desk.random.next()));

/** Every small size, and generated ones. */
function sizes(run: (rows: number, units: number, seed: number) => void, most = 200): void {
  for (const rows of range(0, 3)) for (const units of range(0, 21)) run(rows, units, 1 + units);
  const size = fc.integer({ min: 1, max: most });
  fc.assert(fc.property(fc.integer({ min: 1, max: 5 }), size, seeds, run), {
    ...GENERATED,
    numRuns: 30,
  });
}

test.each([0, 1])('binaryMeansF32, bipolar %i', (bipolar) => {
  sizes((inPlace, count, seed) =>
    same('binaryMeansF32', seed, (desk) => {
      const x = desk.f32(list(count, () => desk.double(10 ** desk.integer(-2, 3))));
      const means = inPlace ? x : singles(desk, count);
      return { args: [means, x, count, bipolar], writes: [means] };
    }),
  );
});

test.each([0, 1])('drawBinaryF32, bipolar %i', (bipolar) => {
  sizes((rows, units, seed) =>
    same('drawBinaryF32', seed, (desk) => {
      const mean = () => (bipolar ? desk.double() : desk.random.real());
      const means = desk.f32(list(rows * units, mean));
      const states = seed % 2 ? means : singles(desk, rows * units);
      const words = generators(desk, rows);
      return { args: [states, means, words, rows, units, bipolar], writes: [states, words] };
    }),
  );
});

test('drawGaussianF32', () => {
  sizes((rows, units, seed) =>
    same('drawGaussianF32', seed, (desk) => {
      const means = singles(desk, rows * units);
      const states = seed % 2 ? means : singles(desk, rows * units);
      const words = generators(desk, rows);
      return { args: [states, means, words, rows, units], writes: [states, words] };
    }),
  );
});

test('scaleF32', () => {
  sizes((inPlace, count, seed) =>
    same('scaleF32', seed, (desk) => {
      const x = singles(desk, count);
      const out = inPlace ? x : singles(desk, count);
      return { args: [out, x, desk.double(), count], writes: [out] };
    }),
  );
});

test('ascendF32', () => {
  sizes((_, count, seed) =>
    same('ascendF32', seed, (desk) => {
      const [w, v, g] = [0, 1, 2].map(() => singles(desk, count));
      const [rate, momentum, decay] = [0, 1, 2].map(() => desk.random.real());
      return { args: [w, v, g, rate, momentum, decay, count], writes: [w, v] };
    }),
  );
});

test('inputsF64', () => {
  sizes((inner, units, seed) =>
    same('inputsF64', seed, (desk) => {
      const rows = desk.integer(0, 3);
      const out = doubles(desk, rows * units, 1);
      const x = singles(desk, rows * inner);
      const weights = singles(desk, inner * units);
      return { args: [out, x, weights, rows, units, inner], writes: [out] };
    }),
  );
});

describe('softplusSumsF64', () => {
  const sums = (rows: number, units: number, seed: number) =>
    same('softplusSumsF64', seed, (desk) => {
      const out = doubles(desk, rows, 1);
      const offset = doubles(desk, units, 3);
      const x = doubles(desk, rows * units, 10 ** desk.integer(-1, 3));
      return { args: [out, offset, x, desk.double(2), rows, units], writes: [out] };
    });

  test('small sizes', () => sizes(sums));

  test('around the factors of one product', () => {
    for (const units of [1022, 1023, 1024, 1025, 1026, 2047, 2048, 2049, 3000]) sums(2, units, 1);
  });
});

test('sweepUnitsF32', () => {
  sizes(
    (rows, units, seed) =>
      same('sweepUnitsF32', seed, (desk) => {
        const states = desk.f32(list(rows * units, () => desk.random.sign()));
        const fields = desk.f32(list(rows * units, () => desk.double(3)));
        const couplings = desk.f32(list(units * units, () => desk.double()));
        const words = generators(desk, rows);
        return {
          args: [states, fields, couplings, words, rows, units],
          writes: [states, fields, words],
        };
      }),
    70,
  );
});

test('every kernel of the family was compared', () => expectAllCompared(family));

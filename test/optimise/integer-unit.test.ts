/** Integers that energies are compared in: targets, and the unit that numbers share. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IntegerTarget, integerUnit } from '../../src/optimise/integer-unit.ts';

const integerTarget = (...given: ConstructorParameters<typeof IntegerTarget>): number =>
  new IntegerTarget(...given).integer;

const offsets = Array.from({ length: 33 }, (_, k) => (k + 1) / 10);

test('an energy of k units and an offset reaches the target of as much, and nothing above it does', () => {
  for (const unit of [1, 0.5, 2 ** -20, 8]) {
    for (const size of [0, ...offsets]) {
      for (const offset of [size, -size]) {
        for (let k = -40; k <= 40; k++) {
          // As the model computes it, in doubles.
          expect(integerTarget(k * unit + offset, unit, offset, 0)).toBeGreaterThanOrEqual(k);
          const between = (k + 0.5) * unit + offset;
          expect(integerTarget(between, unit, offset, 0)).toBe(k);
        }
      }
    }
  }
});

test('the target is the largest energy that is not above it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      fc.integer({ min: -10, max: 10 }),
      (target, offset, exponent) => {
        const unit = 2 ** exponent;
        const energy = integerTarget(target, unit, offset, 0);
        expect(energy * unit + offset).toBeLessThanOrEqual(target);
        expect((energy + 1) * unit + offset).toBeGreaterThan(target);
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

test('targets beyond all energies are always or never reached; what was rounded has some play', () => {
  expect(integerTarget(Infinity, 1, 0, 0)).toBe(Infinity);
  expect(integerTarget(-Infinity, 1, 0, 0)).toBe(-Infinity);
  expect(integerTarget(2 ** 53, 1, 0, 0)).toBe(Infinity);
  expect(integerTarget(-(2 ** 53), 1, 0, 0)).toBe(-Infinity);
  expect(integerTarget(2 ** 52, 1, 0, 0)).toBe(2 ** 52);
  // Three standard deviations of n roundings and more: 3√n.
  expect(integerTarget(7, 1, 0, 100)).toBe(37);
  expect(integerTarget(7, 1, 0, 2)).toBe(12);
});

test('the unit is the largest power of two that all numbers are multiples of, where it is fine enough', () => {
  const of = (numbers: number[], reach: number, spread = 0) =>
    integerUnit([Float64Array.from(numbers)], reach, spread);
  expect(of([12, -20, 0], 32)).toEqual({ unit: 4, exact: true });
  expect(of([0, 0], 0)).toEqual({ unit: 1, exact: true });
  expect(of([5e-324, 1.5e-323], 2e-323)).toEqual({ unit: 5e-324, exact: true });
  expect(of([2 ** 1023], 2 ** 1023)).toEqual({ unit: 2 ** 1023, exact: true });
  // 2³⁰ units are one too many.
  expect(of([1], 2 ** 30 - 1)).toEqual({ unit: 1, exact: true });
  expect(of([1], 2 ** 30)).toEqual({ unit: 2, exact: false });
  expect(of([0.1, 3], 3.1)).toEqual({ unit: 2 ** -28, exact: false });
  expect(of([0.1], 2 ** 30 - 10, 9)).toEqual({ unit: 1, exact: false });
  expect(of([0.1], 2 ** 30 - 10, 10)).toEqual({ unit: 2, exact: false });
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }), { minLength: 1, maxLength: 6 }),
      fc.nat(1000),
      (numbers, spread) => {
        const reach = numbers.reduce((sum, x) => sum + Math.abs(x), 0);
        const { unit, exact } = of(numbers, reach, spread);
        const fits = (u: number) => reach / u + (exact ? 0 : spread) < 2 ** 30;
        expect(fits(unit)).toBe(true);
        if (exact) {
          expect(numbers.every((x) => Number.isInteger(x / unit))).toBe(true);
          const wider = numbers.every((x) => Number.isInteger(x / unit / 2));
          expect(wider && numbers.some((x) => x !== 0)).toBe(false);
        } else if (unit > 5e-324) expect(fits(unit / 2)).toBe(false);
      },
    ),
    { seed: 2, numRuns: 300 },
  );
});

/** Axes: what any values must give. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { numberText, scaleOf } from '../../src/plot/scale.ts';

const amount = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
const wanted = fc.integer({ min: 2, max: 12 });

test('a linear axis holds its values between round numbers a step of 1, 2 or 5 apart', () => {
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 8 }), wanted, (values, count) => {
      const { min, max, ticks, place } = scaleOf({ label: '' }, values, count);
      for (const value of values) {
        expect(place(value)).toBeGreaterThan(-1e-5);
        expect(place(value)).toBeLessThan(1 + 1e-5);
      }
      expect([place(min), place(max)]).toEqual([0, 1]);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(count + 3);
      const step = ticks[1].at - ticks[0].at;
      const [factor] = step.toExponential(6).split('e');
      expect([1, 2, 5]).toContain(Number(Number(factor).toFixed(3)));
      expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
    }),
    { seed: 11, numRuns: 200 },
  );
});

test('a logarithmic axis: equal ratios are equal distances, what is not positive is infinitely far down', () => {
  fc.assert(
    fc.property(fc.array(positive, { minLength: 1, maxLength: 8 }), wanted, (values, count) => {
      const axis = { label: '', scale: 'log' as const };
      const { min, max, ticks, place } = scaleOf(axis, [...values, 0, -1], count);
      for (const value of values) {
        expect(place(value)).toBeGreaterThan(-1e-9);
        expect(place(value)).toBeLessThan(1 + 1e-9);
      }
      expect(place(Math.sqrt(min * max))).toBeCloseTo(0.5, 9);
      expect([place(0), place(-1)]).toEqual([-Infinity, -Infinity]);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      for (const { at } of ticks) expect([1, 2, 5]).toContain(Number(at.toExponential()[0]));
    }),
    { seed: 11, numRuns: 200 },
  );
});

test('given ends hold; names stand in place of numbers', () => {
  const { min, max } = scaleOf({ label: '', min: 0, max: 1 }, [0.3, 7], 5);
  expect([min, max]).toEqual([0, 1]);
  const ticks = ['stored', 'reversed', 'mixture'].map((label, at) => ({ at, label }));
  const named = scaleOf({ label: '', ticks }, [0, 1, 2], 5);
  expect(named).toMatchObject({ min: -0.5, max: 2.5, ticks });
});

test('numbers as people write them', () => {
  const written = [0, 0.1, -2.5, 1234, 12345, 3e-5, 1e9, 0.30000000000000004].map((x) =>
    numberText(x),
  );
  expect(written).toEqual(['0', '0.1', '−2.5', '1234', '12,350', '3·10⁻⁵', '10⁹', '0.3']);
  expect(numberText(-0.001, 2)).toBe('0.00');
});

test('an axis without extent is refused', () => {
  expect(() => scaleOf({ label: 'load', min: 1, max: 1 }, [], 5)).toThrow(
    new RangeError("axis 'load' goes from 1 to 1, expected finite numbers that rise"),
  );
  expect(() => scaleOf({ label: 'N', scale: 'log', min: 0 }, [], 5)).toThrow(/from above 0/);
});

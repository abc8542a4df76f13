/** The figures of the literature from the equations that the other tests compare with. */
import { expect, test } from 'vitest';
import { criticalY, erf, erfc, loadOf, retrievedOverlap } from './theory.ts';

test('erf and erfc', () => {
  expect(erf(0.5)).toBeCloseTo(0.5204998778130465, 13);
  expect(erfc(2)).toBeCloseTo(0.004677734981047266, 14);
  expect(erfc(3) / 2.209049699858544e-5).toBeCloseTo(1, 12);
  expect(erfc(-1)).toBeCloseTo(1.8427007929497148, 13);
  expect(erfc(2.5 - 1e-9)).toBeCloseTo(erfc(2.5), 10);
});

test('α_c = 0.138, where the overlap is 0.967', () => {
  expect(loadOf(criticalY())).toBeCloseTo(0.138, 3);
  expect(erf(criticalY())).toBeCloseTo(0.967, 3);
  expect(retrievedOverlap(0.05)).toBeGreaterThan(0.9999);
});

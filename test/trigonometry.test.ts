import { expect, test } from 'vitest';
import { acos, cos } from '../src/trigonometry.ts';

const ANGLES = Array.from({ length: 4001 }, (_, k) => (k - 2000) * 0.01);

test('cos x: the engine has the same to 2⁻⁵²', () => {
  for (const x of ANGLES) expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(2 ** -52);
});

test('acos x: the engine has the same to 2⁻⁴⁹, and exactly at the ends', () => {
  for (let x = -1; x <= 1; x += 2 ** -10) {
    expect(Math.abs(acos(x) - Math.acos(x))).toBeLessThan(2 ** -49);
  }
  expect([acos(1), acos(-1)]).toEqual([0, Math.PI]);
});

test('acos undoes cos', () => {
  for (const x of ANGLES) {
    if (x >= 0.1 && x <= 3) expect(acos(cos(x))).toBeCloseTo(x, 13);
  }
});

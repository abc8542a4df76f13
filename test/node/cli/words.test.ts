import { expect, test } from 'vitest';
import { amount } from '../../../src/cli/words.ts';

test('integers are printed in full, others without the dust of rounding', () => {
  expect(amount(2000000000001)).toBe('2000000000001');
  expect(amount(2 ** 60)).toBe('1152921504606846976');
  expect(amount(-(2 ** 53) - 2, 8)).toBe('-9007199254740994');
  expect(amount(-0)).toBe('0');
  expect(amount(0.1 + 0.2)).toBe('0.3');
  expect(amount(1234.56789, 6)).toBe('1234.57');
  expect(amount(Infinity)).toBe('Infinity');
});

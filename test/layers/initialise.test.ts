/** Glorot's weights: their bound, their moments, their order. */
import { expect, it } from 'vitest';
import { glorotUniform } from '../../src/layers/initialise.ts';
import { Random } from '../../src/random.ts';

it('draws uniformly between the bounds of Glorot and Bengio', () => {
  const { data, shape } = glorotUniform(new Random(5), 200, 100);
  expect(shape).toEqual([200, 100]);
  const bound = Math.sqrt(6 / 300);
  const n = data.length;
  expect(Math.max(...data.map(Math.abs))).toBeLessThanOrEqual(Math.fround(bound));
  // Five standard deviations of the mean, and of the mean square, of n uniform numbers.
  const mean = data.reduce((sum, x) => sum + x, 0) / n;
  expect(Math.abs(mean)).toBeLessThan((5 * bound) / Math.sqrt(3 * n));
  const square = data.reduce((sum, x) => sum + x * x, 0) / n;
  expect(Math.abs(square - bound ** 2 / 3)).toBeLessThan(5 * bound ** 2 * Math.sqrt(4 / 45 / n));
});

it('takes one draw of the generator for each weight, in order', () => {
  const random = new Random(8);
  const { data } = glorotUniform(new Random(8), 3, 2);
  const bound = Math.sqrt(6 / 5);
  for (const value of data) expect(value).toBe(Math.fround(bound * (2 * random.real() - 1)));
});

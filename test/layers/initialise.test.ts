/** Glorot's weights: their bound, their moments, their order. */
import { expect, it } from 'vitest';
import { Lookup, Pooling } from '../../src/layers/index.ts';
import { glorotUniform, normal } from '../../src/layers/initialise.ts';
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

it('draws normal numbers of a deviation', () => {
  const count = 40_001;
  const { data, shape } = normal(new Random(3), 1, count, 0.02);
  expect(shape).toEqual([1, count]);
  const power = (n: number) => data.reduce((sum, x) => sum + (x / 0.02) ** n, 0) / count;
  // Four standard deviations of the sample's moments: those of a normal distribution are 0, 1, 0, 3.
  expect(Math.abs(power(1))).toBeLessThan(4 / Math.sqrt(count));
  expect(Math.abs(power(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
  expect(Math.abs(power(3))).toBeLessThan(4 * Math.sqrt(15 / count));
  expect(Math.abs(power(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
});

it('trained patterns start normal where a deviation is chosen, as weights do otherwise', () => {
  const rootMeanSquare = ({ data }: { data: Float32Array }) =>
    Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
  const sizes = { stateSize: 64, storedSize: 64, quantity: 50, seed: 1 };
  const chosen = { ...sizes, initialDeviation: 0.02 };
  const lookup = new Lookup({ ...chosen, separateValues: true }).parameters();
  for (const patterns of [
    new Pooling(chosen).parameters()['state.patterns'],
    lookup['stored.patterns'],
    lookup['values.patterns'],
  ]) {
    expect(Math.abs(rootMeanSquare(patterns) / 0.02 - 1)).toBeLessThan(4 / Math.sqrt(2 * 3200));
  }
  expect(lookup['stored.patterns']).not.toEqual(lookup['values.patterns']);
  const usual = new Lookup(sizes).parameters();
  expect(usual['stored.patterns']).toEqual(glorotUniform(new Random(1, 5), 50, 64));
  expect(usual['state.weight']).toEqual(lookup['state.weight']);
  expect(() => new Pooling({ ...sizes, initialDeviation: 0 })).toThrow(
    'initialDeviation is 0, expected a number above 0',
  );
});

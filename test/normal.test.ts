import { expect, test } from 'vitest';
import { normalOf, normalQuantile } from '../src/normal.ts';

// Python's statistics.NormalDist().inv_cdf.
test.each([
  [0.001, -3.090232306167813],
  [0.05, -1.6448536269514726],
  [0.0749, -1.4402382675279632],
  [0.0751, -1.4388253927525398],
  [0.3, -0.5244005127080407],
  [0.5, 0.0],
  [0.9, 1.2815515655446008],
  [0.99999, 4.26489079392384],
])('the normal quantile of %f', (p, expected) => {
  expect(normalQuantile(p)).toBeCloseTo(expected, 12);
});

test('draws are symmetric, and none is infinite', () => {
  for (const draw of [0, 1, 5, 1000, 123456789, 2147483647]) {
    expect(normalOf(4294967295 - draw)).toBeCloseTo(-normalOf(draw), 9);
  }
  // Below one in 2³³.
  expect(normalOf(0)).toBeCloseTo(-6.338, 3);
});

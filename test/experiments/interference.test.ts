/** Equal weights share: ½ each; the heavier list wins. Projection holds correlated patterns, Hebb falls into the prototype. */
import { expect, test } from 'vitest';
import { interference } from '../../src/experiments/index.ts';
import { listOverlaps } from '../../src/experiments/theory/lists.ts';

test('AB–AC lists: half of each at equal weights, as theory says at others', async () => {
  const experiment = interference({ parts: 'lists', second: [0, 3, 4, 5, 12], seed: 3 });
  for await (const { second, overlap, later } of experiment) {
    const theory = listOverlaps(4, second, 9 / 500);
    expect(Math.abs(overlap.value - theory.first)).toBeLessThan(0.02);
    expect(Math.abs(later.value - theory.second)).toBeLessThan(0.02);
    if (second === 4) expect(Math.abs(overlap.value - 0.5)).toBeLessThan(0.02);
    if (second === 12) expect(later.value).toBeGreaterThan(0.999);
  }
});

test('correlated patterns', async () => {
  const memory = ['hebbian', 'projection'] as const;
  const options = { parts: 'correlated', correlations: [0, 0.4], trials: 4, seed: 3 } as const;
  for await (const { memory: name, correlation, overlap } of interference({ ...options, memory })) {
    const expected = name === 'hebbian' && correlation > 0 ? Math.sqrt(correlation) : 1;
    expect(Math.abs(overlap.value - expected)).toBeLessThan(0.02);
  }
  expect(() => interference({ memory: 'covariance:0.1' })).toThrow(/as many 1 as −1/);
});

/** N = 500, K = 10, r = 0.5: 0.117, 0.0134 and 0.00005 wrong bits after one step from the prototype at s = 5, 20 and 80. */
import { expect, test } from 'vitest';
import { reconstruction } from '../../src/experiments/index.ts';
import { prototypeErrors } from '../../src/experiments/theory/reconstruction.ts';

test('errors as the binomial formula says; overlaps at rest 0.65, 0.97, 1', async () => {
  const options = { quality: 0.5, examples: [5, 20, 80], trials: 12, seed: 11 };
  const overlaps = [0.65, 0.97, 1];
  let k = 0;
  for await (const { examples, errors, overlap } of reconstruction(options)) {
    const theory = prototypeErrors(examples, 0.5, 10 / 500);
    expect(Math.abs(errors.value - theory)).toBeLessThan(0.0001 + 0.1 * theory);
    expect(Math.abs(overlap.value - overlaps[k++])).toBeLessThan(0.04);
  }
  expect(k).toBe(3);
});

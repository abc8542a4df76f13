/** The experiment of the 1982 paper: 100 units of 0/1, random memories assigned, which of them are stable? */
import { expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';

/** The share of exactly stable memories over many networks. */
function stable(units: 'binary' | 'bipolar', memories: number): number {
  let count = 0;
  for (let seed = 0; seed < 300; seed++) {
    const random = new Random(seed);
    const patterns = Array.from({ length: memories }, () => random.signs(100));
    const network = new HopfieldNetwork(100, { units }).store(patterns);
    for (const pattern of patterns) if (network.isFixedPoint(pattern)) count++;
  }
  return count / (300 * memories);
}

test('about 60 % of 10 random memories', () => {
  const share = stable('binary', 10);
  expect(share).toBeGreaterThan(0.56);
  expect(share).toBeLessThan(0.66);
});

test('nearly all of 5, and hardly any of 15', () => {
  expect(stable('binary', 5)).toBeGreaterThan(0.95);
  expect(stable('binary', 15)).toBeLessThan(0.2);
});

test('±1 units, whose field has half the noise, keep more', () => {
  expect(stable('bipolar', 10)).toBeGreaterThan(0.93);
});

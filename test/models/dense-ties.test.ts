/** States of equal energy do not follow each other in a circle, however their sums round. */
import { describe, expect, test } from 'vitest';
import { DenseAssociativeMemory, exponential, SimplicialHopfieldNetwork } from '../../src/index.ts';
import { BACKENDS } from './cases.ts';

/** The signs of a number's last bits. */
const signsOf = (bits: number, neurons: number) =>
  Array.from({ length: neurons }, (_, i) => ((bits >> i) & 1 ? 1 : -1));

/** Patterns with which each of four states of equal energy once gave way to the next, for ever; found by search. */
const FOUR = [
  3, 3, 0, 2, 2, 3, 2, 3, 3, 1, 1, 0, 1, 0, 2, 3, 2, 2, 0, 2, 0, 0, 3, 1, 1, 0, 1, 0, 0, 2, 2, 3, 2,
  3, 1, 0, 1, 1, 3, 1,
];
/** The same with three neurons, connected in pairs. */
const EIGHT = [
  1, 5, 1, 5, 4, 6, 4, 2, 5, 5, 3, 2, 7, 7, 7, 4, 2, 1, 6, 2, 3, 6, 4, 7, 2, 6, 7, 0, 6, 0, 6, 7, 7,
];

describe.each(BACKENDS)('%s', (backend) => {
  const dense = () => new DenseAssociativeMemory(2, { separation: exponential(0.7), backend });
  const pairs = () => new SimplicialHopfieldNetwork(3, { dimension: 1, exponential: 0.3, backend });

  test.each([
    ['dense', dense, FOUR],
    ['simplicial', pairs, EIGHT],
  ] as const)('%s: every asynchronous recall comes to rest', (_, make, patterns) => {
    const memory = make();
    const { neurons } = memory;
    memory.store(patterns.map((bits) => signsOf(bits, neurons)));
    for (let cue = 0; cue < 2 ** neurons; cue++) {
      for (const tie of ['keep', 'positive'] as const) {
        for (let seed = 0; seed < 20; seed++) {
          const options = { seed, tie, maxSweeps: 40 };
          const { converged, state } = memory.recall(signsOf(cue, neurons), options);
          expect(converged).toBe(true);
          expect(memory.isFixedPoint(state)).toBe(true);
        }
      }
    }
  });
});

/** How many random patterns a rule is known to hold, as docs/rules.md has it. */
import { expect, test } from 'vitest';
import { HopfieldNetwork, type Rule } from '../../src/index.ts';

const none = () => undefined;

test.each<[Rule, (neurons: number) => number | undefined]>([
  ['hebbian', (n) => 0.138 * n],
  // Never more than N: of one and two neurons the formula is infinite, or means little.
  ['storkey', (n) => (n < 3 ? n : n / Math.sqrt(2 * Math.log(n)))],
  ['projection', (n) => n],
  ['perceptron', (n) => 2 * n],
  [{ name: 'perceptron', margin: 0.1 }, none],
  ['minimal-overlap', (n) => 2 * n],
  ['diederich-opper', (n) => n],
  [{ name: 'covariance', activity: 0.1 }, none],
  ['palimpsest', none],
])('%o', (rule, holds) => {
  for (const neurons of [1, 2, 3, 4, 100, 1000]) {
    const network = new HopfieldNetwork(neurons, { rule, backend: 'reference' });
    expect(network.capacity).toBe(holds(neurons));
  }
});

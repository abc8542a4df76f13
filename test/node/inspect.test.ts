/** What `console.log` of a model prints. */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { BidirectionalMemory, HopfieldNetwork, ModernHopfieldNetwork } from '../../src/index.ts';

test('class, size, rule or separation, how much is stored, backend', () => {
  const network = new HopfieldNetwork(4, { backend: 'reference' }).store([1, 1, -1, -1]);
  expect(inspect(network, { breakLength: Infinity })).toBe(
    "HopfieldNetwork { neurons: 4, units: 'bipolar', selfCoupling: false, rule: { name: 'hebbian' }, patternCount: 1, backend: 'reference' }",
  );
  const modern = new ModernHopfieldNetwork(2, { beta: 3, backend: 'reference' });
  expect(inspect([modern], { breakLength: Infinity })).toBe(
    "[ ModernHopfieldNetwork { dimension: 2, beta: 3, similarity: 'dot', separation: 'softmax', patternCount: 0, backend: 'reference' } ]",
  );
  const pairs = new BidirectionalMemory(3, 2, { backend: 'reference' });
  pairs.dispose();
  expect(inspect(pairs)).toBe('BidirectionalMemory { xNeurons: 3, yNeurons: 2, disposed: true }');
});

/** When there is no further memory for WebAssembly, the reference takes over, and nobody need notice. */
import { expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';

test('more networks than a browser has memories for give the same; those without one say why', () => {
  const patterns = [1, 2, 3].map((stream) => new Random(9, stream).signs(64));
  const cue = new Random(9, 4).signs(64);
  const inNode = (globalThis.navigator?.userAgent ?? 'Node.js').startsWith('Node.js');
  const networks: HopfieldNetwork[] = [];
  // Chromium holds 125 memories, Firefox 999; Node has room for all.
  for (let without = 0; without < 3 && networks.length < (inNode ? 128 : 1100);) {
    const network = new HopfieldNetwork(64).store(patterns);
    networks.push(network);
    if (network.backend !== 'wasm') without++;
  }
  const expected = networks[0].recall(cue, { seed: 1 });
  for (const network of networks) {
    expect(network.recall(cue, { seed: 1 })).toEqual(expected);
    if (network.backend === 'wasm') expect(network.backendReason).toBeUndefined();
    else expect(network.backendReason).toMatch(/memory/i);
  }
  expect(networks[0].backend).toBe('wasm');
  expect(networks.every(({ backend }) => backend === 'wasm')).toBe(inNode);
  for (const network of networks) network.dispose();
});

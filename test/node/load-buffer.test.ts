/** Files come as Node's Buffer, whose `slice` shares memory and whose memory is shared with others. */
import { expect, test } from 'vitest';
import {
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  SimplicialHopfieldNetwork,
} from '../../src/index.ts';

const pattern = [1, -1, 1, 1];

test.each([
  [HopfieldNetwork, new HopfieldNetwork(4, { thresholds: [0.5, 0, 1, 2] }).store(pattern)],
  [GradedHopfieldNetwork, new GradedHopfieldNetwork(4, { inputs: [1, 2, 3, 4] }).store(pattern)],
  [GradedHopfieldNetwork, GradedHopfieldNetwork.fromCouplings([0, 1, 1, 0])],
  [ModernHopfieldNetwork, new ModernHopfieldNetwork(4).store([0.1, 0.2, 0.3, 0.4])],
  [DenseAssociativeMemory, new DenseAssociativeMemory(4).store(pattern)],
  [SimplicialHopfieldNetwork, new SimplicialHopfieldNetwork(4, { simplices: [[0, 1]] })],
])('%o', (model, network) => {
  const file = network.save();
  const far = Buffer.concat([Buffer.alloc(13, 255), file, Buffer.alloc(5, 255)]);
  const loaded = model.load(far.subarray(13, 13 + file.length));
  far.fill(0);
  expect(loaded.save()).toEqual(file);
});

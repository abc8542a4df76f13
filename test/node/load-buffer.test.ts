/** Files come as bytes of any kind: Node's Buffer, whose memory is shared with others, views, and those of other realms. */
import { runInNewContext, runInThisContext } from 'node:vm';
import { expect, test } from 'vitest';
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  SequenceMemory,
  SimplicialHopfieldNetwork,
} from '../../src/index.ts';

const pattern = [1, -1, 1, 1];

test.each([
  [HopfieldNetwork, new HopfieldNetwork(4, { thresholds: [0.5, 0, 1, 2] }).store(pattern)],
  [GradedHopfieldNetwork, new GradedHopfieldNetwork(4, { inputs: [1, 2, 3, 4] }).store(pattern)],
  [GradedHopfieldNetwork, GradedHopfieldNetwork.fromCouplings([0, 1, 1, 0])],
  [ModernHopfieldNetwork, new ModernHopfieldNetwork(4).store([0.1, 0.2, 0.3, 0.4])],
  [BidirectionalMemory, new BidirectionalMemory(4, 2).store([[pattern, [1, 0]]])],
  [SequenceMemory, new SequenceMemory(4, { hold: 3 }).store(pattern)],
  [DenseAssociativeMemory, new DenseAssociativeMemory(4).store(pattern)],
  [SimplicialHopfieldNetwork, new SimplicialHopfieldNetwork(4, { simplices: [[0, 1]] })],
])('%o', (model, network) => {
  const file = network.save();
  const far = Buffer.concat([Buffer.alloc(13, 255), file, Buffer.alloc(5, 255)]);
  const loaded = model.load(far.subarray(13, 13 + file.length));
  far.fill(0);
  expect(loaded.save()).toEqual(file);
});

test('bytes of every kind, of this realm and of another', () => {
  // A label makes the file long enough, and spaces fill it up, so that it is a whole number of every kind of element.
  const labelled = (label: string) => new HopfieldNetwork(4).store(pattern, { labels: [label] });
  const network = labelled(' '.repeat(8 - (labelled('').save().length % 8)));
  const file = network.save();
  expect(file.length % 8).toBe(0);
  const kinds = `[b.buffer, b, ...[Int8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
    Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView].map((Kind) => new Kind(b.buffer))]`;
  const make = `(file) => { const b = Uint8Array.from(file); return ${kinds}; }`;
  const shared = new Uint8Array(new SharedArrayBuffer(file.length));
  shared.set(file);
  const all: unknown[] = [
    ...runInNewContext(make)(file),
    ...runInThisContext(make)(file),
    shared,
    shared.buffer,
    Buffer.from(file),
  ];
  expect(all[0]).not.toBeInstanceOf(ArrayBuffer);
  expect(all.length).toBe(29);
  for (const bytes of all) {
    expect(HopfieldNetwork.load(bytes as Uint8Array).save()).toEqual(file);
  }
  for (const none of [undefined, null, 5, 'file', {}, [...file], { byteLength: 3 }]) {
    expect(() => HopfieldNetwork.load(none as never)).toThrow(
      /a saved model is .*, expected bytes/,
    );
  }
});

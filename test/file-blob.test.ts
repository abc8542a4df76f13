/** A memory out of a Blob, as a page has it: what was written by hand, byte for byte, in Node and in browsers. */
import { expect, test } from 'vitest';
import { FileMemory } from '../src/file/file-memory.ts';
import { openMemory } from '../src/file/index.ts';
import { Log, type Storage } from '../src/file/log.ts';
import { ModernHopfieldNetwork, Random } from '../src/index.ts';
import { planModern } from '../src/models/modern/options.ts';

test('a Blob is recalled as a network in memory is, and cannot be written to', async () => {
  let bytes = new Uint8Array(0);
  const storage: Storage = {
    size: async () => bytes.length,
    read: async (into, at) => into.set(bytes.subarray(at, at + into.length)),
    write: async (given, at) => {
      const all = new Uint8Array(Math.max(bytes.length, at + given.length));
      all.set(bytes);
      all.set(given, at);
      bytes = all;
    },
    sync: async () => {},
    truncate: async (size) => void (bytes = bytes.slice(0, size)),
    close: async () => {},
  };
  const random = new Random(3);
  const vectors = new Float32Array(4200 * 5).map(() => random.real() - 0.5);
  const network = planModern(5, { beta: 30, similarity: 'euclidean', nothing: -0.2 });
  const made = new FileMemory(
    await Log.create(storage, { network, valueDimension: undefined }),
    network,
    'auto',
  );
  await made.store(vectors.subarray(0, 4000 * 5));
  await made.store(vectors.subarray(4000 * 5));
  const memory = await openMemory(new Blob([bytes]));
  const { dimension, separation, ...options } = network;
  const expected = new ModernHopfieldNetwork(dimension, { ...options, separation }).store(vectors);
  const query = vectors.slice(10, 15).map((x) => x + 0.05);
  expect(await memory.recall(query, { steps: 3, energy: true })).toEqual(
    expected.recall(query, { steps: 3, energy: true }),
  );
  await expect(memory.store([1, 2, 3, 4, 5])).rejects.toThrow('a Blob cannot be written to');
  await expect(memory.forget(0)).rejects.toThrow('a Blob cannot be written to');
  expect(memory.patternCount).toBe(4200);
  await memory.close();
  await expect(openMemory(new Blob([bytes.subarray(0, 100)]))).rejects.toThrow('expected the head');
});

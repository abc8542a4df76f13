/** A saved memory recalls as before; a damaged file is never taken for one. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, ModernHopfieldNetwork, Random } from '../../../src/index.ts';
import { BACKENDS, KINDS, vector, vectors } from './cases.ts';

function expectKept(memory: ModernHopfieldNetwork, backend: 'wasm' | 'reference'): void {
  const file = memory.save();
  const loaded = ModernHopfieldNetwork.load(file, { backend });
  expect(loaded.backend).toBe(backend);
  expect(loaded.save()).toEqual(file);
  for (const name of [
    'dimension',
    'beta',
    'similarity',
    'separation',
    'patternCount',
    'patterns',
    'valueDimension',
    'values',
  ] as const) {
    expect(loaded[name]).toEqual(memory[name]);
  }
  if (memory.patternCount === 0) return;
  const query = vector(new Random(6), memory.dimension);
  expect(loaded.recall(query, { steps: 4 })).toEqual(memory.recall(query, { steps: 4 }));
}

describe.each(BACKENDS)('%s', (backend) => {
  const other = backend === 'wasm' ? 'reference' : 'wasm';

  test.each(KINDS)('%o', (kind) => {
    const random = new Random(81);
    for (const beta of [1e-30, 1 / 3, 0.1, 12345.678901234567]) {
      for (const count of [0, 1, 2, 9]) {
        const memory = new ModernHopfieldNetwork(7, { ...kind, beta, backend });
        if (count === 0) {
          expectKept(memory, other);
          continue;
        }
        for (const values of [undefined, vectors(random, count, 1), vectors(random, count, 10)]) {
          const stored = new ModernHopfieldNetwork(7, { ...kind, beta, backend });
          expectKept(stored.store(vectors(random, count, 7), values), other);
        }
      }
    }
  });
});

const random = new Random(82);
const files = [
  new ModernHopfieldNetwork(3, { separation: { name: 'top-k', k: 2 } }).save(),
  new ModernHopfieldNetwork(3).store(vectors(random, 4, 3)).save(),
  new ModernHopfieldNetwork(2).store(vectors(random, 2, 2), vectors(random, 2, 3)).save(),
];

test('every change of a byte is noticed', () => {
  for (const file of files) {
    for (let at = 0; at < file.length; at++) {
      for (const change of [1, 2, 4, 8, 16, 32, 64, 128, 255]) {
        file[at] ^= change;
        expect(() => ModernHopfieldNetwork.load(file)).toThrow(Error);
        file[at] ^= change;
      }
    }
    ModernHopfieldNetwork.load(file);
  }
});

test('every way to cut a file short, or to add to it, is noticed', () => {
  for (const file of files) {
    for (let length = 0; length < file.length; length++) {
      expect(() => ModernHopfieldNetwork.load(file.subarray(0, length))).toThrow(Error);
    }
    expect(() => ModernHopfieldNetwork.load(new Uint8Array([...file, 0]))).toThrow(/damaged/);
  }
});

test('files of other models, and no files', () => {
  const load = (bytes: unknown) => () => ModernHopfieldNetwork.load(bytes as Uint8Array);
  expect(load(new HopfieldNetwork(3).save())).toThrow(
    /holds 'HopfieldNetwork', expected 'ModernHopfieldNetwork'/,
  );
  expect(() => HopfieldNetwork.load(files[1])).toThrow(/holds 'ModernHopfieldNetwork'/);
  expect(load('text')).toThrow(TypeError);
  expect(() => ModernHopfieldNetwork.load(files[0], { beta: 3 } as object)).toThrow(
    /load options have no beta/,
  );
  expect(() => ModernHopfieldNetwork.load(files[0], { backend: 'gpu' as 'auto' })).toThrow(
    TypeError,
  );
});

test('a file may lie anywhere in a larger buffer', () => {
  for (const file of files) {
    const buffer = new Uint8Array(file.length + 10);
    buffer.set(file, 3);
    const loaded = ModernHopfieldNetwork.load(buffer.subarray(3, 3 + file.length));
    expect(loaded.save()).toEqual(file);
  }
});

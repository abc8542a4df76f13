/**
 * A memory in a file: the bits of one in memory, wherever batches begin and end; what is forgotten leaves a hole; and whatever
 * interrupts or damages it, it opens to its last complete batch or says what is wrong.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { builtinNow } from '../../src/builtin.ts';
import { crc32 } from '../../src/io/crc32.ts';
import { FileMemory } from '../../src/file/file-memory.ts';
import { HEAD, RECORD } from '../../src/file/format.ts';
import { openMemory } from '../../src/file/index.ts';
import { Log, type Storage } from '../../src/file/log.ts';
import { ModernHopfieldNetwork, Random, type ModernOptions } from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopfield-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const fresh = () => join(folder, `${++files}.rows`);

const reals = (random: Random, count: number) =>
  new Float32Array(count).map(() => 2 * random.real() - 1);

test('recalls what a network in memory does, bit for bit, with holes where rows are forgotten', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.nat(),
        dimension: fc.constantFrom(3, 8),
        batches: fc.array(fc.constantFrom(1, 5, 700, 3000, 4096, 5000), {
          minLength: 1,
          maxLength: 4,
        }),
        similarity: fc.constantFrom('dot', 'cosine', 'euclidean'),
        beta: fc.constantFrom(0.1, 20, 60, 1000),
        nothing: fc.constantFrom(undefined, -1),
        v: fc.constantFrom(undefined, 3),
        codes: fc.constantFrom(undefined, 'int8' as const),
        backend: fc.constantFrom('wasm', 'wasm', 'reference'),
      }),
      async ({ seed, dimension, batches, similarity, beta, nothing, v, codes, backend }) => {
        const random = new Random(seed);
        const options = { similarity, beta, nothing } as ModernOptions;
        const network = new ModernHopfieldNetwork(dimension, options);
        const path = fresh();
        let memory = await openMemory(path, {
          ...options,
          dimension,
          valueDimension: v,
          codes,
          backend: backend as 'wasm',
        });
        for (const [k, count] of batches.entries()) {
          const vectors = reals(random, count * dimension).map((x) => x * (1 + k / 9));
          const values = v === undefined ? undefined : reals(random, count * v);
          const labels = k % 2 ? Array.from({ length: count }, (_, i) => `${k}/${i}`) : undefined;
          network.store(vectors, { values, labels });
          await memory.store(vectors, { values, labels });
          if (random.below(2)) {
            await memory.close();
            memory = await openMemory(path);
          }
        }
        const queries = reals(random, 2 * dimension);
        const how = { steps: 2, energy: similarity !== 'cosine' };
        expect(await memory.recallMany(queries, how)).toEqual(network.recallMany(queries, how));
        const left = Array.from({ length: network.patternCount }, () => true);
        for (let k = 0; k < 3; k++) {
          const row = random.below(left.length);
          expect(await memory.forget(row)).toBe(left[row]);
          left[row] = false;
        }
        const query = queries.slice(0, dimension);
        expect(await memory.recall(query, how)).toEqual(
          network.recall(query, { ...how, among: left }),
        );
        await memory.close();
        memory = await openMemory(path);
        expect(memory.patternCount).toBe(left.filter(Boolean).length);
        const all = left.includes(true);
        if (all) expect(await memory.recall(query)).toEqual(network.recall(query, { among: left }));
        await memory.close();
        rmSync(path);
      },
    ),
    { seed: 20_260_311, numRuns: 8 },
  );
});

/** A small file of two batches and a forgotten row. */
async function small(path: string): Promise<number[]> {
  const ends: number[] = [HEAD];
  const memory = await openMemory(path, { dimension: 3, valueDimension: 1, beta: 4, nothing: 0 });
  const steps = [
    () =>
      memory.store(
        [
          [1, 0, 0],
          [0, 1, 0],
        ],
        { values: [1, 2], labels: ['a', 'b'] },
      ),
    () => memory.store([0, 0, 1], { values: [3] }),
    () => memory.forget({ label: 'a' }),
    () => memory.store([0.5, 0.5, 0], { values: [4], labels: [7] }),
  ];
  for (const step of steps) {
    await step();
    ends.push(statSync(path).size);
  }
  await memory.close();
  return ends;
}

const COUNTS = [0, 2, 3, 2, 3];

/** Bytes in memory, for where there are many files to be opened. */
class Bytes implements Storage {
  bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  size = async () => this.bytes.length;
  read = async (into: Uint8Array, at: number) => {
    if (at + into.length > this.bytes.length) throw new Error('expected more bytes');
    into.set(this.bytes.subarray(at, at + into.length));
  };
  write = async (bytes: Uint8Array, at: number) => {
    const all = new Uint8Array(Math.max(this.bytes.length, at + bytes.length));
    all.set(this.bytes);
    all.set(bytes, at);
    this.bytes = all;
  };
  sync = async () => {};
  truncate = async (size: number) => void (this.bytes = this.bytes.slice(0, size));
  close = async () => {};
}

test('cut at any byte, it opens to its last complete batch, and goes on from there', async () => {
  const path = fresh();
  const ends = await small(path);
  const bytes = new Uint8Array(readFileSync(path));
  for (let size = 0; size <= bytes.length; size++) {
    const storage = new Bytes(bytes.slice(0, size));
    if (size < HEAD) {
      await expect(Log.open(storage)).rejects.toThrow('expected the head of a memory');
      continue;
    }
    const log = await Log.open(storage);
    const batch = ends.filter((end) => end <= size).length - 1;
    expect(log.count).toBe(COUNTS[batch]);
    if (size % 40 > 0) continue;
    const memory = new FileMemory(log, log.plan.network, 'auto');
    await memory.store([1, 1, 1], { values: [9], labels: ['new'] });
    expect((await memory.recall([1, 1, 1])).match!.label).toBe('new');
    const again = await Log.open(storage);
    expect(again.count).toBe(COUNTS[batch] + 1);
  }
});

test('killed while it stores, it opens to a whole number of batches', async () => {
  const path = fresh();
  const script = `
    import { openMemory } from ${JSON.stringify(new URL('../../dist/file.js', import.meta.url).href)};
    const memory = await openMemory(${JSON.stringify(path)}, { dimension: 16, beta: 10 });
    const rows = new Float32Array(16 * 5000).fill(1);
    for (let k = memory.patternCount / 5000; ; k++) {
      rows.fill(k + 1);
      await memory.store(rows);
      process.stdout.write('.');
    }`;
  let stored = 0;
  for (const wait of [1, 2, 4]) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let told = 0;
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', () => resolve());
      child.stderr.on('data', (text) => reject(new Error(String(text))));
      child.stdout.on('data', (dots: Buffer) => {
        told += dots.length;
        // In the middle of some batch behind it.
        if (told >= wait) setTimeout(() => child.kill('SIGKILL'), wait);
      });
    });
    const memory = await openMemory(path);
    expect(memory.patternCount % 5000).toBe(0);
    expect(memory.patternCount / 5000).toBeGreaterThanOrEqual(stored + told);
    stored = memory.patternCount / 5000;
    const { state } = await memory.recall(new Float32Array(16).fill(1));
    expect(state[0]).toBe(stored);
    await memory.close();
  }
});

test('damaged anywhere, it is what it was, or says so', async () => {
  const path = fresh();
  const ends = await small(path);
  const bytes = readFileSync(path);
  const query = [0.4, 0.5, 0.1];
  const before = await openMemory(path);
  const expected = await before.recall(query, { steps: 2 });
  await before.close();
  let told = 0;
  // In the head and in records every byte, elsewhere some.
  const heads = ends.flatMap((end) => Array.from({ length: RECORD }, (_, k) => end + k));
  const places = [
    ...Array(240).keys(),
    ...heads,
    ...Array.from(bytes.keys()).filter((k) => k % 7 === 0),
  ];
  for (const at of places.filter((k) => k < bytes.length)) {
    const other = Uint8Array.from(bytes);
    other[at] ^= 1 << (at % 8);
    let found: unknown;
    try {
      const log = await Log.open(new Bytes(other));
      if (at < HEAD) {
        expect(log.count).toBe(3);
        continue;
      }
      found = await new FileMemory(log, log.plan.network, 'auto').recall(query, { steps: 2 });
    } catch (error) {
      expect((error as Error).message).toMatch(/damaged|expected/);
      told++;
      continue;
    }
    expect(found).toEqual(expected);
  }
  // Whatever is read is checked.
  expect(told).toBeGreaterThan(heads.length);
});

test('numbers that no memory holds are refused, whatever the checksums say', async () => {
  const path = fresh();
  await small(path);
  const bytes = readFileSync(path);
  const body = HEAD + RECORD;
  // Two rows: norms, vectors of width 8, values of width 8.
  for (const [offset, value] of [
    [16, NaN],
    [16, 2],
    [16 + 4 * 4, 1],
    [16 + 64, Infinity],
    [16 + 64 + 4, 3],
  ]) {
    const other = new Uint8Array(bytes);
    const view = new DataView(other.buffer);
    view.setFloat32(body + offset, value, true);
    const length = 16 + 64 + 64 + 16;
    view.setUint32(HEAD + 24, crc32(other.subarray(body, body + length)), true);
    view.setUint32(HEAD + 4, crc32(other.subarray(HEAD + 8, HEAD + RECORD)), true);
    writeFileSync(path, other);
    const memory = await openMemory(path);
    await expect(memory.recall([1, 0, 0])).rejects.toThrow('damaged');
    await memory.close();
  }
  writeFileSync(path, 'HOPFROWS and nothing else');
  await expect(openMemory(path)).rejects.toThrow(Error);
  writeFileSync(path, new Uint8Array(5000));
  await expect(openMemory(path)).rejects.toThrow('expected the head of a memory');
});

/** Two rows, as the first version wrote them, without zeros: where a part stands, and its bytes. */
const VERSION_1 = {
  0: '484f5046524f5753480000003e65fcf87b2276657273696f6e223a312c2264696d656e73696f6e223a322c2262657461223a332c2273696d696c6172697479223a22646f74222c22626c6f636b526f7773223a343039367d',
  966: '9040e314bf62',
  997: '409340e0ca0839',
  1024: '524f575378c73bc60000000000000000020000000000000062c1c98c000000000000000000009040',
  1094: 'f03f000000000000f03f0000803f',
  1142: '803f',
  1168: '444f4e45b54d9b27',
  1205: '409240',
};

test('a file of the first version recalls what it recalled; one of a later version is refused by its number', async () => {
  const path = fresh();
  const file = new Uint8Array(1232);
  for (const [at, hex] of Object.entries(VERSION_1)) file.set(Buffer.from(hex, 'hex'), Number(at));
  writeFileSync(path, file);
  const memory = await openMemory(path);
  const rows = [
    [1, 0],
    [0, 1],
  ];
  const network = new ModernHopfieldNetwork(2, { beta: 3 }).store(rows);
  expect(await memory.recall([1, 0])).toEqual(network.recall([1, 0]));
  await memory.close();
  file.set(Buffer.from('{"version":2'), 16);
  const view = new DataView(file.buffer);
  view.setUint32(12, crc32(file.subarray(16, 16 + view.getUint32(8, true))), true);
  writeFileSync(path, file);
  await expect(openMemory(path)).rejects.toThrow('version 2, expected 1');
});

test('a process that throws where it has no module, as in an edge runtime, is as good as none', () => {
  const { getBuiltinModule } = process;
  process.getBuiltinModule = (() => {
    throw new Error('not supported in this runtime');
  }) as typeof getBuiltinModule;
  try {
    expect(builtinNow('node:zlib')).toBeUndefined();
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
});

test('what is wrong is said, and nothing is stored', async () => {
  const path = fresh();
  await expect(openMemory(path)).rejects.toThrow('no dimension is given');
  await expect(openMemory('')).rejects.toThrow(TypeError);
  const memory = await openMemory(path, { dimension: 2, beta: 3 });
  expect(await memory.recall([1, 0])).toEqual(
    new ModernHopfieldNetwork(2, { beta: 3 }).recall([1, 0]),
  );
  await memory.store([
    [1, 0],
    [0, 1],
  ]);
  const size = statSync(path).size;
  await expect(
    memory.store([
      [1, 0],
      [0, NaN],
    ]),
  ).rejects.toThrow('vector 1[1] is NaN');
  await expect(memory.store([1, 2, 3])).rejects.toThrow(Error);
  await expect(memory.store([1, 0], { values: [1] })).rejects.toThrow('without valueDimension');
  await expect(memory.store([1, 0], { labels: [] })).rejects.toThrow('labels');
  await expect(memory.recall([1, 0], { top: 1 } as object)).rejects.toThrow(TypeError);
  await expect(memory.forget(2)).rejects.toThrow('index is 2');
  expect(await memory.forget([3, 3])).toBe(false);
  expect(await memory.forget([0, 1])).toBe(true);
  expect(await memory.forget(1)).toBe(false);
  expect([memory.patternCount, memory.nextIndex]).toEqual([1, 2]);
  const other = await openMemory(path, { beta: 5 });
  expect([other.beta, memory.beta]).toEqual([5, 3]);
  await other.store([1, 1]);
  await expect(memory.store([1, 1])).rejects.toThrow('someone else has written');
  await other.close();
  await expect(openMemory(path, { dimension: 3 })).rejects.toThrow(
    "dimension is 3, expected 2, the file's",
  );
  await expect(openMemory(path, { similarity: 'cosine' })).rejects.toThrow("the file's");
  await memory.close();
  await expect(memory.recall([1, 0])).rejects.toThrow('closed');
  expect(statSync(path).size).toBeGreaterThan(size);
});

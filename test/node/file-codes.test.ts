/** Codes in a file: the bits of a network in memory, of few rows read; what is damaged is found; files without codes as they were. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FileMemory } from '../../src/file/file-memory.ts';
import { HEAD, RECORD } from '../../src/file/format.ts';
import { openMemory } from '../../src/file/index.ts';
import { Log, type Storage } from '../../src/file/log.ts';
import { ModernHopfieldNetwork, Random } from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopfield-codes-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const fresh = () => join(folder, `${++files}.rows`);

const D = 24;

function unit(random: Random, count: number): Float32Array {
  const rows = new Float32Array(count * D).map(() => 2 * random.real() - 1);
  for (let k = 0; k < count; k++) {
    const row = rows.subarray(k * D, (k + 1) * D);
    const norm = Math.hypot(...row);
    row.forEach((x, i) => (row[i] = x / norm));
  }
  return rows;
}

test.each(['dot', 'cosine', 'euclidean'] as const)(
  '%s: the bits of a network, few rows read, an error that holds',
  async (similarity) => {
    const random = new Random(31);
    const options = { similarity, nothing: similarity === 'euclidean' ? -1 : 0.2 } as const;
    const path = fresh();
    const made = await openMemory(path, {
      ...options,
      dimension: D,
      valueDimension: 2,
      codes: 'int8',
    });
    const rows = unit(random, 9000);
    const values = new Float32Array(18_000).map(() => random.real());
    const labels = Array.from({ length: 9000 }, (_, k) => `row ${k}`);
    for (const [from, to] of [
      [0, 10],
      [10, 4100],
      [4100, 9000],
    ]) {
      await made.store(rows.slice(from * D, to * D), {
        values: values.slice(from * 2, to * 2),
        labels: labels.slice(from, to),
      });
    }
    for (const row of [3, 4097, 8000]) await made.forget(row);
    await made.close();
    const among = Array.from({ length: 9000 }, (_, k) => ![3, 4097, 8000].includes(k));
    for (const beta of [5, 60, 400]) {
      const network = new ModernHopfieldNetwork(D, { ...options, beta });
      network.store(rows, { values, labels });
      const memory = await openMemory(path, { beta });
      expect(memory.codes).toBe('int8');
      const queries = [2, 3, 8999].map((k) =>
        rows.slice(k * D, (k + 1) * D).map((x, i) => x + (i % 5) / 50),
      );
      const how = { steps: 2, among };
      expect(await memory.recallMany(queries, { steps: 2 })).toEqual(
        network.recallMany(queries, how),
      );
      for (const query of queries) {
        const exact = network.recall(query, { among });
        const { read, ...found } = await memory.recall(query, { error: 0 });
        expect(found).toEqual(exact);
        expect(read!.bound).toBe(0);
        if (beta === 400) expect(read!.rows).toBeLessThan(100);
        if (beta === 5) expect(read!.rows).toBe(8997);
        const near = await memory.recall(query, { error: 0.02 });
        const off = Math.hypot(...near.state.map((x, i) => x - exact.state[i]));
        expect(off).toBeLessThanOrEqual(near.read!.bound);
        expect(near.read!.bound).toBeLessThanOrEqual(0.0201);
        expect(near.read!.rows).toBeLessThanOrEqual(read!.rows);
      }
      const many = await memory.recallMany(queries, { error: 0.02 });
      expect(many.read!.rows[2]).toBe(
        (await memory.recall(queries[2], { error: 0.02 })).read!.rows,
      );
      await memory.close();
    }
  },
);

/** Bytes in memory, and how many of them are asked for. */
class Bytes implements Storage {
  bytes: Uint8Array;
  asked = 0;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  size = async () => this.bytes.length;
  read = async (into: Uint8Array, at: number) => {
    if (at + into.length > this.bytes.length) throw new Error('expected more bytes');
    this.asked += into.length;
    into.set(this.bytes.subarray(at, at + into.length));
  };
  write = async () => {};
  sync = async () => {};
  truncate = async () => {};
  close = async () => {};
}

async function opened(storage: Storage, beta = 400): Promise<FileMemory> {
  const log = await Log.open(storage);
  return new FileMemory(log, { ...log.plan.network, beta }, 'auto');
}

test('damaged anywhere, it is what it was, or says so; and most of it is not read', async () => {
  const path = fresh();
  const memory = await openMemory(path, { dimension: D, valueDimension: 1, codes: 'int8' });
  const rows = unit(new Random(5), 1500);
  await memory.store(rows, { values: rows.slice(0, 1500) });
  await memory.close();
  const bytes = new Uint8Array(readFileSync(path));
  const query = rows.slice(7 * D, 8 * D).map((x) => x + 0.01);
  const expected = await (await opened(new Bytes(bytes))).recall(query);
  const storage = new Bytes(bytes);
  const first = await opened(storage);
  await first.recall(query);
  storage.asked = 0;
  await first.recall(query);
  const codes = 1500 * (16 + 32);
  expect(storage.asked).toBeGreaterThanOrEqual(codes);
  expect(storage.asked).toBeLessThan(codes + 30 * 1500);
  const body = HEAD + RECORD;
  const row = body + 1500 * 8 + 7 * D * 4;
  const value = body + 1500 * (8 + D * 4) + 7 * 32;
  // The row that is read and its value: each is found out. Codes too.
  const found = [
    row,
    row + 3,
    row + D * 4 - 1,
    value + 3,
    bytes.length - RECORD - codes,
    bytes.length - RECORD - 1,
  ];
  for (const at of [...found, ...Array.from({ length: 60 }, (_, k) => body + k * 3001)]) {
    if (at >= bytes.length) continue;
    const other = bytes.slice();
    other[at] ^= 0x81;
    let result: unknown;
    try {
      result = await (await opened(new Bytes(other))).recall(query);
    } catch (error) {
      expect((error as Error).message).toContain('damaged');
      continue;
    }
    expect(found).not.toContain(at);
    expect(result).toEqual(expected);
  }
  // A bound that is too small, and under no checksum, is found out where its row is read.
  const lying = bytes.slice();
  const head = bytes.length - RECORD - codes + 7 * (16 + 32);
  const view = new DataView(lying.buffer);
  view.setFloat32(head, 0.98 * view.getFloat32(head, true), true);
  view.setFloat32(head + 4, 1e-6, true);
  const log = await Log.open(new Bytes(lying));
  log.segments[0].codesChecked = true;
  const deceived = new FileMemory(log, { ...log.plan.network, beta: 400 }, 'auto');
  await expect(deceived.recall(query)).rejects.toThrow('its codes are not its own');
});

test('a file without codes has none of their bytes, and gets none', async () => {
  const path = fresh();
  const memory = await openMemory(path, { dimension: 2, beta: 3 });
  await memory.store([1, 2]);
  await memory.close();
  // 1,024 of the head, a record of one row, and the end of the batch.
  expect(readFileSync(path).length).toBe(1024 + 64 + 8 + 32 + 64);
  await expect(openMemory(path, { codes: 'int8' })).rejects.toThrow(
    "codes is 'int8', expected undefined, the file's",
  );
  const again = await openMemory(path);
  expect(again.codes).toBe(undefined);
  await expect(again.recall([1, 0], { error: 0.1 })).rejects.toThrow('without codes');
  await again.close();
  await expect(openMemory(fresh(), { dimension: 2, codes: 'int4' as never })).rejects.toThrow(
    TypeError,
  );
});

/** A memory in a browser's own file system: in Node with handles of ours, in Chromium in a worker, with the browser's. */
import { expect, test } from 'vitest';
import { openMemory, type FileHandle, type SyncAccess } from '../src/file/index.ts';
import { ModernHopfieldNetwork, Random } from '../src/index.ts';

const D = 6;
const random = new Random(4);
const rows = new Float32Array(300 * D).map(() => random.real() - 0.5);
const options = { beta: 300, similarity: 'cosine', codes: 'int8' } as const;
const query = rows.slice(40 * D, 41 * D).map((x) => x + 0.01);
const expected = new ModernHopfieldNetwork(D, options).store(rows).recall(query);

/** A file that one at a time may have open. */
class Handle implements FileHandle {
  readonly kind = 'file';
  bytes = new Uint8Array(0);
  open = false;
  room = Infinity;

  createSyncAccessHandle = async (): Promise<SyncAccess> => {
    if (this.open) throw new Error('NoModificationAllowedError');
    this.open = true;
    return {
      getSize: () => this.bytes.length,
      read: (into, { at }) => {
        const part = this.bytes.subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      write: (given, { at }) => {
        const fits = given.subarray(0, Math.max(0, this.room - at));
        const all = new Uint8Array(Math.max(this.bytes.length, at + fits.length));
        all.set(this.bytes);
        all.set(fits, at);
        this.bytes = all;
        return fits.length;
      },
      flush: () => {},
      truncate: (size) => void (this.bytes = this.bytes.slice(0, size)),
      close: () => void (this.open = false),
    };
  };
}

test('a handle is made a file of, written to, and opened again', async () => {
  const handle = new Handle();
  await expect(openMemory(handle)).rejects.toThrow(
    'there is nothing in the file, and no dimension',
  );
  const memory = await openMemory(handle, { dimension: D, ...options });
  await memory.store(rows.subarray(0, 100 * D));
  await memory.store(rows.subarray(100 * D));
  expect(await memory.recall(query)).toEqual(expected);
  await expect(openMemory(handle)).rejects.toThrow('NoModificationAllowedError');
  // No more room: what was there is left.
  handle.room = handle.bytes.length + 500;
  await expect(memory.store(rows)).rejects.toThrow('could be written: there is no more room');
  handle.room = Infinity;
  await memory.close();
  const again = await openMemory(handle);
  expect(again.patternCount).toBe(300);
  expect(await again.recall(query)).toEqual(expected);
  await again.close();
  await expect(openMemory(handle, { dimension: 3 })).rejects.toThrow("the file's");
  expect(handle.open).toBe(false);
  await expect(openMemory({ kind: 'file' })).rejects.toThrow('expected one of OPFS, in a worker');
  await expect(openMemory({ kind: 'directory' } as never)).rejects.toThrow(TypeError);
});

test.runIf(typeof document !== 'undefined')('in a worker, on the disk of the browser', async () => {
  const worker = new Worker(new URL('./opfs-worker.ts', import.meta.url), { type: 'module' });
  const told = await new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    worker.postMessage({ rows, query, options: { dimension: D, ...options } });
  });
  worker.terminate();
  expect(told).toEqual({ results: [expected, expected], count: 300, there: true });
});

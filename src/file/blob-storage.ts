/** Bytes of a Blob or a File, to be read only: what a page was given, or what OPFS holds. */
import type { Storage } from './log.ts';

/** What is used of one: a project's libraries need not know of Blobs. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export class BlobStorage implements Storage {
  readonly #blob: BlobLike;

  constructor(blob: BlobLike) {
    this.#blob = blob;
  }

  async size(): Promise<number> {
    return this.#blob.size;
  }

  async read(into: Uint8Array, at: number): Promise<void> {
    const bytes = new Uint8Array(await this.#blob.slice(at, at + into.length).arrayBuffer());
    if (bytes.length < into.length) {
      throw new Error(
        `the file ends at byte ${at + bytes.length}, expected ${into.length} bytes at byte ${at}`,
      );
    }
    into.set(bytes);
  }

  write(): Promise<void> {
    return refused();
  }

  sync(): Promise<void> {
    return refused();
  }

  truncate(): Promise<void> {
    return refused();
  }

  async close(): Promise<void> {}
}

function refused(): Promise<never> {
  return Promise.reject(new TypeError('a Blob cannot be written to, expected the path of a file'));
}

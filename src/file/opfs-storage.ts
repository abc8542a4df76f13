/** Bytes of a file in a browser's own file system (OPFS), which only workers may write to as they go. */
import type { Storage } from './log.ts';

/** What a worker has of a file that it alone has open: a FileSystemSyncAccessHandle. */
export interface SyncAccess {
  getSize(): number;
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  truncate(size: number): void;
  close(): void;
}

/** A FileSystemFileHandle. */
export interface FileHandle {
  readonly kind: 'file';
  createSyncAccessHandle?(): Promise<SyncAccess>;
}

export function isFileHandle(given: unknown): given is FileHandle {
  return typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'file';
}

/**
 * Opens the file, and keeps it from everybody else until it is closed.
 *
 * @throws TypeError outside of a worker; whatever the browser throws where it is open already
 */
export async function openHandle(handle: FileHandle): Promise<OpfsStorage> {
  if (typeof handle.createSyncAccessHandle !== 'function') {
    throw new TypeError(
      'the file handle has no createSyncAccessHandle, expected one of OPFS, in a worker; ' +
        'elsewhere its File, from getFile(), can be read',
    );
  }
  return new OpfsStorage(await handle.createSyncAccessHandle());
}

export class OpfsStorage implements Storage {
  readonly #file: SyncAccess;

  constructor(file: SyncAccess) {
    this.#file = file;
  }

  async size(): Promise<number> {
    return this.#file.getSize();
  }

  async read(into: Uint8Array, at: number): Promise<void> {
    const read = this.#file.read(into, { at });
    if (read < into.length) {
      throw new Error(
        `the file ends at byte ${at + read}, expected ${into.length} bytes at byte ${at}`,
      );
    }
  }

  async write(bytes: Uint8Array, at: number): Promise<void> {
    const written = this.#file.write(bytes, { at });
    if (written < bytes.length) {
      throw new Error(
        `${written} of ${bytes.length} bytes could be written: there is no more room`,
      );
    }
  }

  async sync(): Promise<void> {
    this.#file.flush();
  }

  async truncate(size: number): Promise<void> {
    this.#file.truncate(size);
  }

  async close(): Promise<void> {
    this.#file.close();
  }
}

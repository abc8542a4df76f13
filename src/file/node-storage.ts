/** Bytes of a file, by Node's modules. */
import type { FileHandle } from 'node:fs/promises';
import { builtin } from '../builtin.ts';
import type { Storage } from './log.ts';

/** @returns undefined where there is no such file and none is to be made */
export async function openFile(path: string, make: boolean): Promise<Storage | undefined> {
  const { open } = await builtin('node:fs/promises');
  try {
    return new NodeStorage(await open(path, make ? 'wx+' : 'r+'));
  } catch (error) {
    if (!make && (error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

class NodeStorage implements Storage {
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async size(): Promise<number> {
    return (await this.#file.stat()).size;
  }

  async read(into: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < into.length;) {
      const { bytesRead } = await this.#file.read(into, done, into.length - done, at + done);
      if (bytesRead === 0) {
        throw new Error(
          `the file ends at byte ${at + done}, expected ${into.length} bytes at byte ${at}`,
        );
      }
      done += bytesRead;
    }
  }

  async write(bytes: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const left = bytes.length - done;
      done += (await this.#file.write(bytes, done, left, at + done)).bytesWritten;
    }
  }

  async sync(): Promise<void> {
    await this.#file.datasync();
  }

  async truncate(size: number): Promise<void> {
    await this.#file.truncate(size);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

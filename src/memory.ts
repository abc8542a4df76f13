/**
 * Linear memory: typed views and an allocator over the bytes that kernels work on.
 *
 * Blocks are 16-byte aligned. Freed blocks are merged with their neighbours and used
 * again, first fit; the memory grows by no more than what is missing. Short-lived blocks belong to a
 * scope, which frees them together. Views are replaced when the memory grows: read them from
 * `memory.views` after every allocation.
 */
import type { Address } from './numbers.ts';

/** What holds the bytes: a WebAssembly memory or a plain buffer. */
export interface Pages {
  readonly buffer: ArrayBuffer;
  /** Makes room for at least `bytes` bytes in all, keeping what is there. @throws RangeError */
  grow(bytes: number): void;
}

/** Typed arrays over the whole of linear memory. */
export interface Views {
  i8: Int8Array;
  u8: Uint8Array;
  i16: Int16Array;
  i32: Int32Array;
  u32: Uint32Array;
  f32: Float32Array;
  f64: Float64Array;
}

/** Addresses below this are never handed out: 0 means "none". */
const FIRST = 1024;
const ALIGNMENT = 16;
/** The end of a 32-bit address space. */
export const LIMIT = 4294967296;

/** Pages in a plain buffer. */
export class BufferPages implements Pages {
  buffer = new ArrayBuffer(65536);

  grow(bytes: number): void {
    // Half as much again, so that growing step by step copies each byte only a few times.
    const size = Math.min(LIMIT, Math.max(bytes, Math.ceil(this.buffer.byteLength * 1.5)));
    let larger: ArrayBuffer;
    try {
      larger = new ArrayBuffer(Math.ceil(size / 65536) * 65536);
    } catch {
      throw new RangeError(`the engine would not allocate ${bytes} bytes of memory`);
    }
    new Uint8Array(larger).set(new Uint8Array(this.buffer));
    this.buffer = larger;
  }
}

export class Memory {
  readonly views = {} as Views;
  readonly #pages: Pages;
  /** Free blocks in order of address: start and end. */
  readonly #free: { start: number; end: number }[] = [];
  readonly #sizes = new Map<number, number>();
  #used = 0;

  constructor(pages: Pages) {
    this.#pages = pages;
    this.#free.push({ start: FIRST, end: pages.buffer.byteLength });
    this.#refresh();
  }

  /** Bytes of linear memory, in use or not. */
  get bytes(): number {
    return this.#pages.buffer.byteLength;
  }

  /** Bytes in allocated blocks. */
  get used(): number {
    return this.#used;
  }

  /** The address of `bytes` zero bytes. @throws RangeError when memory cannot hold them. */
  allocate(bytes: number): Address {
    const address = this.reserve(bytes);
    this.views.u8.fill(0, address, address + this.#sizes.get(address)!);
    return address;
  }

  free(address: Address): void {
    const size = this.#sizes.get(address);
    if (size === undefined) throw new Error(`no block at address ${address}`);
    this.#sizes.delete(address);
    this.#used -= size;
    this.#release(address, address + size);
  }

  /** Like `allocate`, with whatever the bytes held before. */
  reserve(bytes: number): Address {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const free = this.#free;
    let k = 0;
    while (k < free.length && !(free[k].end - free[k].start >= size)) k++;
    if (k === free.length) {
      this.#extend(size);
      k = free.length - 1;
    }
    const block = free[k];
    const address: Address = block.start;
    block.start += size;
    if (block.start === block.end) free.splice(k, 1);
    this.#sizes.set(address, size);
    this.#used += size;
    return address;
  }

  /** Runs `work` with an allocator whose blocks (not zero-filled) are freed when it ends. */
  scope<T>(work: (take: (bytes: number) => Address) => T): T {
    const taken: number[] = [];
    try {
      return work((bytes) => {
        const address = this.reserve(bytes);
        taken.push(address);
        return address;
      });
    } finally {
      for (const address of taken) this.free(address);
    }
  }

  /** Grows the memory so that the last free block holds `size` bytes. */
  #extend(size: number): void {
    const end = this.bytes;
    const last = this.#free.at(-1);
    const start = last?.end === end ? last.start : end;
    const needed = start + size;
    if (!(needed <= LIMIT)) {
      throw new RangeError(
        `this needs ${needed} bytes of linear memory, and one memory holds at most ${LIMIT} (4 GiB)`,
      );
    }
    this.#pages.grow(needed);
    this.#refresh();
    this.#release(end, this.bytes);
  }

  #release(start: number, end: number): void {
    const free = this.#free;
    let k = free.findIndex((block) => block.start >= end);
    if (k < 0) k = free.length;
    const before = free[k - 1];
    const after = free[k];
    if (before?.end === start) {
      before.end = end;
      if (after?.start === end) {
        before.end = after.end;
        free.splice(k, 1);
      }
    } else if (after?.start === end) {
      after.start = start;
    } else {
      free.splice(k, 0, { start, end });
    }
  }

  #refresh(): void {
    const buffer = this.#pages.buffer;
    this.views.i8 = new Int8Array(buffer);
    this.views.u8 = new Uint8Array(buffer);
    this.views.i16 = new Int16Array(buffer);
    this.views.i32 = new Int32Array(buffer);
    this.views.u32 = new Uint32Array(buffer);
    this.views.f32 = new Float32Array(buffer);
    this.views.f64 = new Float64Array(buffer);
  }
}

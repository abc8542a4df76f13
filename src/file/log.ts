/**
 * The records of a memory's file: what is there, and adding to it. A batch has happened once its DONE is on the disk, and what
 * stands before it was there first; whatever is behind the last DONE is as if it were not.
 */
import { checksum } from './checksum.ts';
import { BLOCK_ROWS } from '../models/modern/blocks.ts';
import {
  bodyBytes,
  decodeEntry,
  decodeHead,
  DONE,
  encodeEntry,
  encodeHead,
  encodeSlot,
  GONE,
  HEAD,
  RECORD,
  ROWS,
  slotAt,
  type Entry,
  type FilePlan,
} from './format.ts';

/** What holds the bytes. */
export interface Storage {
  size(): Promise<number>;
  /** Fills `into`. @throws Error where the file is shorter */
  read(into: Uint8Array, at: number): Promise<void>;
  write(bytes: Uint8Array, at: number): Promise<void>;
  /** Returns once what was written is on the disk. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** A record of rows. */
export interface Segment extends Entry {
  /** Whether what follows it has been found whole. */
  checked: boolean;
  /** Likewise its codes. */
  codesChecked: boolean;
  /** The largest squared norm among its rows that are left; undefined until it is needed. */
  largest: number | undefined;
}

/** Records to be written; `at` and `crc` are found here. */
export interface Addition {
  readonly entry: Omit<Entry, 'at' | 'crc'>;
  readonly body: Uint8Array;
}

/** Bytes read at once where records are looked for. */
const WINDOW = 65536;

export class Log {
  readonly plan: FilePlan;
  readonly segments: Segment[] = [];
  /** Rows of each block that are forgotten, one byte each, by number. */
  readonly holes: Map<number, Uint8Array> = new Map();
  readonly #storage: Storage;
  /** Where the next record goes. */
  #end = HEAD;
  #batches = 0;
  #size = 0;
  #rows = 0;
  #gone = 0;

  private constructor(storage: Storage, plan: FilePlan) {
    this.#storage = storage;
    this.plan = plan;
  }

  /** Rows there ever were. */
  get rows(): number {
    return this.#rows;
  }

  /** Rows that are left. */
  get count(): number {
    return this.#rows - this.#gone;
  }

  /** A new file. */
  static async create(storage: Storage, plan: FilePlan): Promise<Log> {
    const log = new Log(storage, plan);
    await storage.truncate(0);
    await storage.write(encodeHead(plan), 0);
    await storage.sync();
    log.#size = HEAD;
    return log;
  }

  /** @throws Error where the file is none, or is damaged before the end of its last batch */
  static async open(storage: Storage): Promise<Log> {
    const size = await storage.size();
    const head = new Uint8Array(Math.min(HEAD, size));
    await storage.read(head, 0);
    const { end, ...plan } = decodeHead(head);
    const log = new Log(storage, plan);
    log.#size = size;
    await log.#scan(end);
    return log;
  }

  isGone(row: number): boolean {
    return this.holes.get(Math.floor(row / BLOCK_ROWS))?.[row % BLOCK_ROWS] === 1;
  }

  /** The record that holds a row. */
  segmentOf(row: number): Segment {
    let [low, high] = [0, this.segments.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.segments[middle].first <= row) low = middle;
      else high = middle - 1;
    }
    return this.segments[low];
  }

  /** What follows a record, from … to − 1. */
  async body(entry: Entry, from: number, to: number, into?: Uint8Array): Promise<Uint8Array> {
    const bytes = into ?? new Uint8Array(to - from);
    await this.#storage.read(bytes, entry.at + RECORD + from);
    return bytes;
  }

  /** Adds records as one batch, on the disk when it returns. @throws Error; then nothing has been added */
  async append(additions: Iterable<Addition>): Promise<void> {
    const storage = this.#storage;
    const size = await storage.size();
    if (size !== this.#size) {
      throw new Error(
        `the file has ${size} bytes, expected ${this.#size}: someone else has written to it`,
      );
    }
    let at = this.#end;
    const entries: { entry: Entry; body: Uint8Array | undefined }[] = [];
    try {
      if (size > at) await storage.truncate(at);
      for (const { entry: given, body } of additions) {
        const entry = { ...given, at, crc: checksum(body) };
        await storage.write(encodeEntry(entry), at);
        await storage.write(body, at + RECORD);
        entries.push({ entry, body: entry.kind === GONE ? body : undefined });
        at += RECORD + body.length;
      }
      await storage.sync();
      const done = { kind: DONE, at, first: 0, count: 0, labelBytes: 0, crc: 0, codesCrc: 0 };
      await storage.write(encodeEntry(done), at);
      at += RECORD;
      await storage.sync();
    } catch (error) {
      await storage.truncate(this.#end).catch(() => {});
      this.#size = await storage.size().catch(() => this.#end);
      throw error;
    }
    this.#end = at;
    this.#size = at;
    for (const { entry, body } of entries) this.#happened(entry, body);
    // Only tells an opener that what is before it was whole once: there is no need to wait for the disk.
    await storage.write(encodeSlot(at), slotAt(++this.#batches)).catch(() => {});
  }

  async close(): Promise<void> {
    await this.#storage.close();
  }

  /** Finds records up to the last DONE. `told`: up to where they are known to have been whole. */
  async #scan(told: number): Promise<void> {
    let window = new Uint8Array(0);
    let begin = 0;
    let pending: { entry: Entry; body: Uint8Array | undefined }[] = [];
    let rows = 0;
    let at = HEAD;
    for (;;) {
      if (at + RECORD > this.#size) break;
      if (at < begin || at + RECORD > begin + window.length) {
        begin = at;
        window = new Uint8Array(Math.min(WINDOW, this.#size - at));
        await this.#storage.read(window, at);
      }
      const entry = decodeEntry(window.subarray(at - begin, at - begin + RECORD), at);
      if (!entry || !this.#fits(entry, rows)) break;
      const bytes = bodyBytes(entry, this.plan);
      if (at + RECORD + bytes > this.#size) break;
      if (entry.kind === DONE) {
        for (const { entry: one, body } of pending) this.#happened(one, body);
        pending = [];
        this.#batches++;
        this.#end = at + RECORD;
      } else if (entry.kind === ROWS) {
        rows += entry.count;
        pending.push({ entry, body: undefined });
      } else {
        const body = await this.body(entry, 0, bytes);
        if (checksum(body) !== entry.crc || !areRows(body, rows)) break;
        pending.push({ entry, body });
      }
      at += RECORD + bytes;
    }
    if (this.#end < told && this.#size >= told) {
      throw new Error(
        `the file is damaged at byte ${at}: expected whole records up to byte ${told}`,
      );
    }
  }

  /** Whether a record may come next. */
  #fits({ kind, first, count }: Entry, rows: number): boolean {
    if (kind === DONE) return true;
    if (kind === GONE) return count > 0;
    const left = BLOCK_ROWS - (rows % BLOCK_ROWS);
    return kind === ROWS && first === rows && count > 0 && count <= left;
  }

  #happened(entry: Entry, body: Uint8Array | undefined): void {
    if (entry.kind === ROWS) {
      this.segments.push({ ...entry, checked: false, codesChecked: false, largest: undefined });
      this.#rows += entry.count;
      return;
    }
    for (const row of new Float64Array(body!.slice().buffer)) {
      const block = Math.floor(row / BLOCK_ROWS);
      const holes = this.holes.get(block) ?? new Uint8Array(BLOCK_ROWS);
      this.holes.set(block, holes);
      if (holes[row % BLOCK_ROWS] === 0) this.#gone++;
      holes[row % BLOCK_ROWS] = 1;
      this.segmentOf(row).largest = undefined;
    }
  }
}

/** Whether these are f64 numbers of rows below `rows`. */
function areRows(body: Uint8Array, rows: number): boolean {
  return new Float64Array(body.slice().buffer).every(
    (row) => Number.isInteger(row) && row >= 0 && row < rows,
  );
}

/** @throws Error */
export function damaged(segment: Segment, why: string): never {
  throw new Error(
    `the file is damaged: rows ${segment.first} to ${segment.first + segment.count - 1} ` +
      `(record at byte ${segment.at}): ${why}`,
  );
}

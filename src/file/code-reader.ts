/** Codes of a file's rows, a block at a time, and single rows of it. */
import { codeBytes, widthOf } from '../kernels/layout.ts';
import type { ModernGroup } from '../kernels/groups/modern.ts';
import type { Machine } from '../kernels/open.ts';
import type { Address } from '../numbers.ts';
import { BLOCK_ROWS } from '../models/modern/blocks.ts';
import { writeCodes } from '../models/modern/codes.ts';
import { checksum } from './checksum.ts';
import { layoutOf, type FilePlan } from './format.ts';
import { damaged, type Log, type Segment } from './log.ts';

/** Rows that are asked for at once. */
const AT_ONCE = 32;

/** Writes the codes of rows in memory to a record's body; their checksum. `body` has all else that is in it. */
export function putCodes(
  machine: Machine<ModernGroup>,
  plan: FilePlan,
  body: Uint8Array,
  rows: Address,
  squares: Float64Array,
  at: ReturnType<typeof layoutOf>,
): number {
  const count = squares.length;
  const bytes = codeBytes(plan.network.dimension);
  const vector = (at.values - at.vectors) / count;
  const value = (at.labels - at.values) / count;
  const { memory } = machine;
  return memory.scope((take) => {
    const codes = take(count * bytes);
    writeCodes(machine, plan.network, codes, rows, count, squares);
    const { u32, u8 } = memory.views;
    for (let k = 0; k < count; k++) {
      const from = at.vectors + k * vector;
      const valueFrom = at.values + k * value;
      u32[(codes + k * bytes + 12) >>> 2] = sumOf(
        body.subarray(from, from + vector),
        body.subarray(valueFrom, valueFrom + value),
      );
    }
    const written = u8.subarray(codes, codes + count * bytes);
    body.set(written, at.codes);
    return checksum(written);
  });
}

/** What is kept of a row to tell whether it is whole. */
function sumOf(vector: Uint8Array, value: Uint8Array): number {
  return (checksum(vector) ^ (value.length > 0 ? checksum(value) : 0)) >>> 0;
}

export class CodeReader {
  readonly #machine: Machine<ModernGroup>;
  readonly #log: Log;
  /** Codes of a block, in linear memory, and on their way there: one is read while another is used. */
  readonly #codes: Address;
  readonly #buffers: readonly Uint8Array<ArrayBuffer>[];
  readonly #bytes: number;

  constructor(machine: Machine<ModernGroup>, log: Log) {
    const { dimension } = log.plan.network;
    this.#machine = machine;
    this.#log = log;
    this.#bytes = codeBytes(dimension);
    const size = Math.min(BLOCK_ROWS, log.rows) * this.#bytes;
    this.#codes = machine.memory.reserve(size);
    this.#buffers = [new Uint8Array(size), new Uint8Array(size)];
  }

  /** Gives the memory back. */
  free(): void {
    this.#machine.memory.free(this.#codes);
  }

  /** Calls `use` with the codes of each block, upwards. @throws Error where one is damaged */
  async each(use: (codes: Address, block: number, count: number) => void): Promise<void> {
    const blocks = Math.ceil(this.#log.rows / BLOCK_ROWS);
    let next = blocks > 0 ? this.#read(0) : undefined;
    for (let block = 0; block < blocks; block++) {
      const count = await next!;
      next = block + 1 < blocks ? this.#read(block + 1) : undefined;
      next?.catch(() => {});
      const bytes = this.#buffers[block % 2].subarray(0, count * this.#bytes);
      this.#machine.memory.views.u8.set(bytes, this.#codes);
      use(this.#codes, block, count);
    }
  }

  /** Reads the codes of a block to its buffer; how many. */
  async #read(block: number): Promise<number> {
    const log = this.#log;
    const buffer = this.#buffers[block % 2];
    const from = block * BLOCK_ROWS;
    const end = Math.min(log.rows, from + BLOCK_ROWS);
    const parts: { segment: Segment; into: Uint8Array<ArrayBuffer> }[] = [];
    for (let row = from; row < end; row += parts.at(-1)!.segment.count) {
      const segment = log.segmentOf(row);
      const at = (row - from) * this.#bytes;
      parts.push({ segment, into: buffer.subarray(at, at + segment.count * this.#bytes) });
    }
    await Promise.all(
      parts.map(async ({ segment, into }) => {
        const { codes, end: whole } = layoutOf(segment, log.plan);
        await log.body(segment, codes, whole, into);
        if (segment.codesChecked) return;
        if (checksum(into) !== segment.codesCrc)
          damaged(segment, 'the checksum of its codes differs');
        this.#check(segment, into);
        segment.codesChecked = true;
      }),
    );
    return end - from;
  }

  /** Whoever wrote a checksum may have written anything. */
  #check(segment: Segment, codes: Uint8Array<ArrayBuffer>): void {
    const numbers = new Float32Array(codes.buffer, codes.byteOffset, codes.length / 4);
    for (let k = 0; k < segment.count; k++) {
      const at = (k * this.#bytes) / 4;
      for (let i = 0; i < 3; i++) {
        const x = numbers[at + i];
        if (!(x >= 0 && x < Infinity)) damaged(segment, 'its codes are none of vectors');
      }
    }
  }

  /**
   * Reads rows of the file, and their values, if there are any, each to its places in linear memory.
   *
   * @param place - addresses for row number i of those given
   * @throws Error where one is damaged
   */
  async rows(
    rows: ArrayLike<number>,
    place: (i: number) => { row: Address; value: Address },
  ): Promise<void> {
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const size = Math.min(AT_ONCE, rows.length - from);
      const read = await Promise.all(
        Array.from({ length: size }, (_, i) => this.#row(rows[from + i])),
      );
      for (const [i, { vector, value }] of read.entries()) {
        const { u8 } = this.#machine.memory.views;
        const to = place(from + i);
        u8.set(vector, to.row);
        if (value.length > 0) u8.set(value, to.value);
      }
    }
  }

  async #row(row: number): Promise<{ vector: Uint8Array; value: Uint8Array }> {
    const log = this.#log;
    const { network, valueDimension = 0 } = log.plan;
    const segment = log.segmentOf(row);
    const k = row - segment.first;
    const at = layoutOf(segment, log.plan);
    const part = (from: number, size: number) =>
      size === 0 ? new Uint8Array(0) : log.body(segment, from + k * size, from + (k + 1) * size);
    const head = at.codes + k * this.#bytes + 12;
    const [vector, value, sum] = await Promise.all([
      part(at.vectors, widthOf(network.dimension) * 4),
      part(at.values, widthOf(valueDimension) * 4),
      log.body(segment, head, head + 4),
    ]);
    if (new DataView(sum.buffer).getUint32(0, true) !== sumOf(vector, value)) {
      damaged(segment, `the checksum of row ${row} differs`);
    }
    const whole = (bytes: Uint8Array, dimension: number) => {
      const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
      return numbers.every((x, i) => (i < dimension ? Number.isFinite(x) : x === 0));
    };
    if (!whole(vector, network.dimension) || !whole(value, valueDimension)) {
      damaged(segment, 'its numbers are none that a memory holds');
    }
    return { vector, value };
  }
}

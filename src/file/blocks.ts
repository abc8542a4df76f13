/** Blocks of rows, from the file to linear memory, one at a time. */
import { checksum } from './checksum.ts';
import { widthOf } from '../kernels/layout.ts';
import type { ModernGroup } from '../kernels/groups/modern.ts';
import type { Machine } from '../kernels/open.ts';
import { BLOCK_ROWS } from '../models/modern/blocks.ts';
import { squaresOf } from '../models/modern/norms.ts';
import type { RowsAt } from '../models/modern/rows-at.ts';
import { layoutOf } from './format.ts';
import { damaged, type Log, type Segment } from './log.ts';

/** What follows the records of a block, as far as it was read. */
type Read = { readonly segment: Segment; readonly bytes: Uint8Array }[];

export class BlockReader {
  readonly #machine: Machine<ModernGroup>;
  readonly #log: Log;
  readonly #width: number;
  readonly #valueWidth: number;
  /** Room for a block, in linear memory: vectors, values, factors, mask. */
  readonly #rows: number;
  readonly #values: number;
  readonly #factors: number;
  readonly #mask: number;

  constructor(machine: Machine<ModernGroup>, log: Log) {
    const { network, valueDimension = 0 } = log.plan;
    const { memory } = machine;
    this.#machine = machine;
    this.#log = log;
    this.#width = widthOf(network.dimension);
    this.#valueWidth = widthOf(valueDimension);
    this.#rows = memory.reserve(BLOCK_ROWS * this.#width * 4);
    this.#values = this.#valueWidth > 0 ? memory.reserve(BLOCK_ROWS * this.#valueWidth * 4) : 0;
    this.#factors = memory.reserve(BLOCK_ROWS * 4);
    this.#mask = memory.reserve(BLOCK_ROWS);
  }

  get log(): Log {
    return this.#log;
  }

  /** Room for a block. */
  get room(): { readonly rows: number; readonly values: number } {
    return { rows: this.#rows, values: this.#values };
  }

  /** How many blocks there are. */
  get blocks(): number {
    return Math.ceil(this.#log.rows / BLOCK_ROWS);
  }

  /** Calls `use` with each of these blocks in memory, the next one being read meanwhile. @throws Error where one is damaged */
  async each(blocks: readonly number[], use: (at: RowsAt, block: number) => void): Promise<void> {
    let next = blocks.length > 0 ? this.#read(blocks[0]) : undefined;
    for (const [i, block] of blocks.entries()) {
      const read = await next!;
      next = i + 1 < blocks.length ? this.#read(blocks[i + 1]) : undefined;
      // Whatever comes of this block, somebody has to hear of the next.
      next?.catch(() => {});
      use(this.#place(read, block), block);
    }
  }

  async #read(block: number): Promise<Read> {
    const log = this.#log;
    const end = Math.min(log.rows, (block + 1) * BLOCK_ROWS);
    const segments: Segment[] = [];
    for (let row = block * BLOCK_ROWS; row < end; row += segments.at(-1)!.count) {
      segments.push(log.segmentOf(row));
    }
    return Promise.all(
      segments.map(async (segment) => {
        const { labels, end: whole } = layoutOf(segment, log.plan);
        const bytes = await log.body(segment, 0, segment.checked ? labels : whole);
        return { segment, bytes };
      }),
    );
  }

  #place(read: Read, block: number): RowsAt {
    const { memory } = this.#machine;
    const { similarity } = this.#log.plan.network;
    const [width, valueWidth] = [this.#width, this.#valueWidth];
    let count = 0;
    for (const { segment, bytes } of read) {
      const at = layoutOf(segment, this.#log.plan);
      if (!segment.checked && checksum(bytes) !== segment.crc)
        damaged(segment, 'its checksum differs');
      const { u8, f32 } = memory.views;
      u8.set(bytes.subarray(at.vectors, at.values), this.#rows + count * width * 4);
      if (valueWidth > 0) {
        u8.set(bytes.subarray(at.values, at.labels), this.#values + count * valueWidth * 4);
      }
      const squares = new Float64Array(bytes.buffer, bytes.byteOffset, segment.count);
      if (!segment.checked) {
        this.#check(segment, squares, count);
        segment.checked = true;
      }
      if (similarity === 'cosine') {
        const factor = (this.#factors >>> 2) + count;
        for (let k = 0; k < segment.count; k++) f32[factor + k] = 1 / Math.sqrt(squares[k]);
      }
      count += segment.count;
    }
    const mask = this.mask(block, count);
    return {
      count,
      width,
      rows: this.#rows,
      values: this.#values,
      valueWidth,
      factors: similarity === 'cosine' ? this.#factors : 0,
      mask,
      first: block,
    };
  }

  /** u8[count], 0 for those of a block's rows that are forgotten; address 0 where none is. The next call writes over it. */
  mask(block: number, count: number): number {
    const holes = this.#log.holes.get(block);
    if (!holes) return 0;
    const { u8 } = this.#machine.memory.views;
    for (let k = 0; k < count; k++) u8[this.#mask + k] = 1 - holes[k];
    return this.#mask;
  }

  /** Whoever wrote a checksum may have written anything: rows are finite, as long as they say, and padded with zeros. */
  #check(segment: Segment, squares: Float64Array, first: number): void {
    const { network, valueDimension = 0 } = this.#log.plan;
    const rows = this.#rows + first * this.#width * 4;
    const found = squaresOf(this.#machine, rows, segment.count, this.#width);
    const lengths = found.every((square, k) => square === squares[k] && square < Infinity);
    if (!lengths) damaged(segment, 'its vectors are not as long as it says');
    const values = this.#values + first * this.#valueWidth * 4;
    const finite = squaresOf(this.#machine, values, segment.count, this.#valueWidth);
    const padded =
      this.#isPadded(rows, segment.count, this.#width, network.dimension) &&
      this.#isPadded(values, segment.count, this.#valueWidth, valueDimension);
    if (!padded || !finite.every((square) => square < Infinity)) {
      damaged(segment, 'its numbers are none that a memory holds');
    }
  }

  #isPadded(rows: number, count: number, width: number, dimension: number): boolean {
    const { f32 } = this.#machine.memory.views;
    for (let k = 0; k < count; k++) {
      const row = (rows >>> 2) + k * width;
      for (let i = dimension; i < width; i++) if (f32[row + i] !== 0) return false;
    }
    return true;
  }
}

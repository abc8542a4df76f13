/** Real vectors in linear memory: f32 rows of a width of 8·⌈dimension/8⌉, zero in the padding, one after the other. */
import { widthOf } from '../../kernels/layout.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import { LIMIT } from '../../memory.ts';

export class Rows {
  readonly dimension: number;
  readonly width: number;
  readonly #machine: Machine<ModernGroup>;
  #address = 0;
  #count = 0;
  #capacity = 0;

  constructor(machine: Machine<ModernGroup>, dimension: number, width = widthOf(dimension)) {
    this.#machine = machine;
    this.dimension = dimension;
    this.width = width;
  }

  /** Address of the first row. */
  get address(): number {
    return this.#address;
  }

  get count(): number {
    return this.#count;
  }

  /** Address of row `index`. */
  row(index: number): number {
    return this.#address + index * this.width * 4;
  }

  /**
   * Adds `count` rows; `write` puts each, with its padding, at the address it is given. When it throws, or
   * memory is short, nothing has been added.
   */
  append(count: number, write: (index: number, address: number) => void): void {
    this.#reserve(this.#count + count);
    for (let k = 0; k < count; k++) write(k, this.row(this.#count + k));
    this.#count += count;
  }

  /** Removes row `index`; those behind it move up by one. */
  remove(index: number): void {
    const { u8 } = this.#machine.memory.views;
    u8.copyWithin(this.row(index), this.row(index + 1), this.row(this.#count));
    this.#count--;
  }

  /** Removes the last rows until `count` are left. */
  truncate(count: number): void {
    this.#count = Math.min(this.#count, count);
  }

  /** A copy of row `index`. */
  read(index: number): Float32Array {
    const from = this.row(index) >>> 2;
    return this.#machine.memory.views.f32.slice(from, from + this.dimension);
  }

  /** A copy of all rows, or of those from … to − 1, without their padding. */
  readAll(from = 0, to = Infinity): Float32Array {
    const count = Math.min(to, this.#count) - from;
    const out = new Float32Array(count * this.dimension);
    const { f32 } = this.#machine.memory.views;
    for (let k = 0; k < count; k++) {
      const row = this.row(from + k) >>> 2;
      out.set(f32.subarray(row, row + this.dimension), k * this.dimension);
    }
    return out;
  }

  /** Gives the memory back; nothing may be asked of the rows afterwards. */
  free(): void {
    if (this.#capacity > 0) this.#machine.memory.free(this.#address);
  }

  /** Makes room for `count` rows; an eighth more than there was when it grows step by step. */
  #reserve(count: number): void {
    if (count <= this.#capacity) return;
    const capacity = Math.max(count, Math.ceil((this.#capacity * 9) / 8));
    const bytes = capacity * this.width * 4;
    if (bytes > LIMIT) {
      throw new RangeError(
        `${count} vectors of ${this.dimension} numbers need ${bytes} bytes, ` +
          `and one memory holds at most ${LIMIT} (4 GiB)`,
      );
    }
    const { memory } = this.#machine;
    const address = memory.reserve(bytes);
    if (this.#capacity > 0) {
      memory.views.u8.copyWithin(address, this.#address, this.row(this.#count));
      memory.free(this.#address);
    }
    this.#address = address;
    this.#capacity = capacity;
  }
}

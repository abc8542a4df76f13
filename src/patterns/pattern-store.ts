/** The stored patterns of a model, as bits: rows for overlaps, blocks for fields and couplings. */
import type { Address } from '../numbers.ts';
import { rowBytes, overlapBytes, blockBytes } from '../kernels/layout.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { Machine } from '../kernels/open.ts';
import { LIMIT } from '../memory.ts';
import type { Label, Labels } from './labels.ts';

/** Bytes of `count` patterns, with room for as many as a store makes for them: rows, and blocks. */
export function patternBytes(count: number, neurons: number, withBlocks = true): number {
  const room = Math.ceil(count / 8) * 8;
  return room * rowBytes(neurons) + (withBlocks ? blockBytes(neurons, room) : 0);
}

export class PatternStore {
  readonly neurons: number;
  /** One a pattern; holes where there is none. */
  readonly labels: (Label | undefined)[] = [];
  /** Of a part of another store: the index there of each pattern. */
  readonly origin: readonly number[] | undefined;
  readonly #machine: Machine<PatternGroup>;
  readonly #withBlocks: boolean;
  /** Σ_i ξ_i of each pattern, once somebody has asked for it. */
  #sums: number[] = [];
  /** Lent to `sum` for good: the bits of the state that is −1 throughout, those of one more, and an overlap. */
  #lent = 0;
  #count = 0;
  #capacity = 0;
  #rows: Address = 0;
  #blocks: Address = 0;

  constructor(
    machine: Machine<PatternGroup>,
    neurons: number,
    withBlocks: boolean,
    origin?: readonly number[],
  ) {
    this.#machine = machine;
    this.neurons = neurons;
    this.#withBlocks = withBlocks;
    this.origin = origin;
  }

  get count(): number {
    return this.#count;
  }

  /** Address of the blocks; their stride is `stride`. */
  get blocks(): Address {
    return this.#blocks;
  }

  get stride(): number {
    return this.#capacity / 8;
  }

  /** Address of row `index`. */
  row(index: number): Address {
    return this.#rows + index * rowBytes(this.neurons);
  }

  /**
   * Adds `count` patterns, with labels or without; `write` puts the signs of each at the address it is given. When it
   * throws, or memory is short, nothing has been added.
   */
  append(count: number, write: (index: number, signs: Address) => void, labels?: Labels): void {
    this.#reserve(this.#count + count);
    const { kernels, memory } = this.#machine;
    memory.scope((take) => {
      const signs = take(this.neurons);
      for (let k = 0; k < count; k++) {
        write(k, signs);
        kernels.packSigns(this.row(this.#count + k), signs, this.neurons);
      }
    });
    const first = this.#count;
    this.#count += count;
    this.labels.length = this.#count;
    labels?.forEach((label, k) => (this.labels[first + k] = label));
    this.#turnOver(first >> 3);
  }

  /** A copy of the patterns with these indices, on the same machine, for as long as `work` takes. */
  part<T>(indices: readonly number[], work: (part: PatternStore) => T): T {
    const { kernels, memory } = this.#machine;
    const part = new PatternStore(this.#machine, this.neurons, this.#withBlocks, indices);
    const write = (k: number, signs: Address) =>
      kernels.unpackSigns(signs, this.row(indices[k]), this.neurons);
    try {
      if (indices.length > 0) {
        const labels = indices.map((k) => this.labels[k]);
        part.append(indices.length, write, labels);
      }
      return work(part);
    } finally {
      for (const address of [part.#rows, part.#blocks, part.#lent]) {
        if (address !== 0) memory.free(address);
      }
    }
  }

  /** Removes pattern `index`; those behind it move up by one. */
  remove(index: number): void {
    const { u8 } = this.#machine.memory.views;
    u8.copyWithin(this.row(index), this.row(index + 1), this.row(this.#count));
    this.#count--;
    this.labels.splice(index, 1);
    this.#sums.splice(index, 1);
    this.#turnOver(index >> 3);
    // The place that fell empty at the end of the blocks must read as zeros again.
    if (this.#withBlocks && this.#count % 8 === 0) {
      const group = this.#count / 8;
      for (let block = 0; block < Math.ceil(this.neurons / 16); block++) {
        const at = this.#blocks + (block * this.stride + group) * 16;
        u8.fill(0, at, at + 16);
      }
    }
  }

  /** Removes the last patterns until `count` are left. */
  truncate(count: number): void {
    while (this.#count > count) this.remove(this.#count - 1);
  }

  /** What puts the present patterns back after some have been removed; it needs no memory. */
  snapshot(): () => void {
    const count = this.#count;
    const labels = this.labels.slice();
    const sums = this.#sums.slice();
    const rows = this.#machine.memory.views.u8.slice(this.#rows, this.row(count));
    return () => {
      this.#count = count;
      this.labels.length = count;
      for (let k = 0; k < count; k++) this.labels[k] = labels[k];
      this.#sums = sums;
      this.#machine.memory.views.u8.set(rows, this.#rows);
      this.#turnOver(0);
    };
  }

  /** The index of the first stored pattern equal to the ±1 bytes at `signs`, or −1. */
  find(signs: Address): number {
    const { kernels, memory } = this.#machine;
    return memory.scope((take) => {
      const bytes = rowBytes(this.neurons);
      const bits = take(bytes);
      kernels.packSigns(bits, signs, this.neurons);
      for (let k = 0; k < this.#count; k++) {
        if (kernels.countDifferent(bits, this.row(k), bytes) === 0) return k;
      }
      return -1;
    });
  }

  /** Overlaps m_μ = Σ_i ξ_i^μ s_i of the ±1 bytes at `signs`, P of them. O(P·N). */
  overlapsOf(signs: Address): Int32Array {
    const { kernels, memory } = this.#machine;
    return memory.scope((take) => {
      const bits = take(rowBytes(this.neurons));
      const overlaps = take(overlapBytes(this.#count));
      kernels.packSigns(bits, signs, this.neurons);
      this.overlaps(overlaps, bits);
      const first = overlaps >>> 2;
      return memory.views.i32.slice(first, first + this.#count);
    });
  }

  /** Σ_i s_i of the ±1 bytes at `signs`. */
  sumOf(signs: Address): number {
    const bits = this.#lending + rowBytes(this.neurons);
    this.#machine.kernels.packSigns(bits, signs, this.neurons);
    return this.#sum(bits);
  }

  /** Σ_i ξ_i of pattern `index`. */
  sum(index: number): number {
    return (this.#sums[index] ??= this.#sum(this.row(index)));
  }

  get #lending(): number {
    return (this.#lent ||= this.#machine.memory.allocate(
      2 * rowBytes(this.neurons) + overlapBytes(1),
    ));
  }

  /** Minus the overlap with the state that is −1 throughout. */
  #sum(bits: Address): number {
    const { kernels, memory } = this.#machine;
    const low = this.#lending;
    const out = low + 2 * rowBytes(this.neurons);
    kernels.overlaps(out, low, bits, 1, this.neurons);
    return 0 - memory.views.i32[out >>> 2];
  }

  /** m_μ of the state whose row of bits is at `bits`, to `overlaps` (i32[8·⌈P/8⌉]). */
  overlaps(overlaps: Address, bits: Address): void {
    this.#machine.kernels.overlaps(overlaps, bits, this.#rows, this.#count, this.neurons);
  }

  /** Pattern `index` as ±1 (or 0/1) bytes. */
  read(index: number, low: -1 | 0): Int8Array {
    const { kernels, memory } = this.#machine;
    return memory.scope((take) => {
      const signs = take(this.neurons);
      kernels.unpackSigns(signs, this.row(index), this.neurons);
      return signsOut(memory.views.i8, signs, this.neurons, low);
    });
  }

  /** The rows of bits without their padding, ⌈N/8⌉ bytes a pattern, as files keep them. */
  save(): Uint8Array {
    const { u8 } = this.#machine.memory.views;
    const bytes = Math.ceil(this.neurons / 8);
    const out = new Uint8Array(this.#count * bytes);
    for (let k = 0; k < this.#count; k++) {
      out.set(u8.subarray(this.row(k), this.row(k) + bytes), k * bytes);
    }
    return out;
  }

  /** Adds `count` patterns that `save` wrote. @throws RangeError when there are bits of more than N neurons */
  restore(count: number, rows: Uint8Array, labels: Labels | undefined): void {
    const bytes = Math.ceil(this.neurons / 8);
    if (count === 0) return;
    for (let k = 1; k <= count && this.neurons % 8 > 0; k++) {
      if (rows[k * bytes - 1] >>> (this.neurons % 8) === 0) continue;
      throw new RangeError(`pattern ${k - 1} has more bits, expected ${this.neurons}`);
    }
    const { kernels, memory } = this.#machine;
    memory.scope((take) => {
      const bits = take(rowBytes(this.neurons));
      const write = (k: number, signs: Address) => {
        memory.views.u8.set(rows.subarray(k * bytes, (k + 1) * bytes), bits);
        kernels.unpackSigns(signs, bits, this.neurons);
      };
      this.append(count, write, labels);
    });
  }

  /** Makes room for `count` patterns; an eighth more than there was when it grows step by step. */
  #reserve(count: number): void {
    if (count <= this.#capacity) return;
    const wanted = Math.max(count, Math.ceil((this.#capacity * 9) / 8));
    const capacity = Math.ceil(wanted / 8) * 8;
    const { kernels, memory } = this.#machine;
    const rows = patternBytes(capacity, this.neurons, false);
    const both = patternBytes(capacity, this.neurons, this.#withBlocks);
    if (both > LIMIT) {
      throw new RangeError(
        `${count} patterns of ${this.neurons} neurons need ${both} bytes, ` +
          `and one memory holds at most ${LIMIT} (4 GiB)`,
      );
    }
    const newRows = memory.allocate(rows);
    let newBlocks = 0;
    try {
      if (this.#withBlocks) newBlocks = memory.allocate(both - rows);
    } catch (error) {
      memory.free(newRows);
      throw error;
    }
    if (this.#capacity > 0) {
      memory.views.u8.copyWithin(newRows, this.#rows, this.row(this.#count));
      memory.free(this.#rows);
      if (this.#withBlocks) {
        kernels.widenBlocks(newBlocks, this.#blocks, capacity / 8, this.stride, this.neurons);
        memory.free(this.#blocks);
      }
    }
    this.#rows = newRows;
    this.#blocks = newBlocks;
    this.#capacity = capacity;
  }

  #turnOver(fromGroup: number): void {
    if (!this.#withBlocks) return;
    this.#machine.kernels.blocksFromRows(
      this.#blocks,
      this.#rows,
      fromGroup,
      this.stride,
      this.#count,
      this.neurons,
    );
  }
}

/** A copy of `count` signs, with `low` for −1. */
export function signsOut(bytes: Int8Array, address: number, count: number, low: -1 | 0): Int8Array {
  const out = bytes.slice(address, address + count);
  if (low === 0) for (let i = 0; i < count; i++) out[i] = out[i] > 0 ? 1 : 0;
  return out;
}

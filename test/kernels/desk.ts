/** Lays plain arrays out in linear memory as src/kernels/abi/index.ts says, with junk left all around them. */
import type { Views } from '../../src/memory.ts';
import { Random } from '../../src/random.ts';

export type Signs = ArrayLike<number>;
/** Entry (i, j) of a matrix. */
export type Entry = (i: number, j: number) => number;

/** Thrown when a layout needs more bytes than there are. */
export class NoRoom extends Error {}

export function roundUp(n: number, to: number): number {
  return Math.ceil(n / to) * to;
}

/** Couplings a row. */
export function leading(neurons: number): number {
  return roundUp(neurons, 64);
}

/** Bytes of a row of bits. */
export function rowBytes(neurons: number): number {
  return roundUp(neurons, 128) / 8;
}

export class Desk {
  /** Also the source of the junk between blocks, so that a layout depends on the seed alone. */
  readonly random: Random;
  readonly #views: Views;
  readonly #sizes = new Map<number, number>();
  #next = 1024;

  constructor(views: Views, seed: number) {
    this.#views = views;
    this.random = new Random(seed, seed);
  }

  /** The memory itself, for layouts of one family alone. */
  get views(): Views {
    return this.#views;
  }

  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.random.real() * (high - low + 1));
  }

  /** A double between −bound and bound. */
  double(bound = 1): number {
    return (2 * this.random.real() - 1) * bound;
  }

  /** How many bytes the block at `address` has. */
  size(address: number): number {
    return this.#sizes.get(address)!;
  }

  /** A block of junk: no better aligned than its elements need. */
  take(count: number, element: number): number {
    const address = roundUp(this.#next + 16 + this.random.below(48), element);
    this.#next = address + count * element;
    if (this.#next + 64 > this.#views.u8.length) throw new NoRoom();
    this.#sizes.set(address, count * element);
    return address;
  }

  /** i8, followed by zeros up to `padded`. */
  i8(values: ArrayLike<number>, padded = values.length): number {
    const address = this.take(padded, 1);
    this.#views.i8.fill(0, address, address + padded).set(values, address);
    return address;
  }

  i32(values: ArrayLike<number>, padded = values.length): number {
    const address = this.take(padded, 4);
    this.#views.i32.fill(0, address / 4, address / 4 + padded).set(values, address / 4);
    return address;
  }

  u32(values: ArrayLike<number>): number {
    const address = this.take(values.length, 4);
    this.#views.u32.set(values, address / 4);
    return address;
  }

  f32(values: ArrayLike<number>): number {
    const address = this.take(values.length, 4);
    this.#views.f32.set(values, address / 4);
    return address;
  }

  f64(values: ArrayLike<number>): number {
    const address = this.take(values.length, 8);
    this.#views.f64.set(values, address / 8);
    return address;
  }

  signs(signs: Signs): number {
    return this.i8(signs, roundUp(signs.length, 64));
  }

  fields(fields: ArrayLike<number>): number {
    const address = this.take(leading(fields.length), 4);
    this.#views.i32.set(fields, address / 4);
    return address;
  }

  overlaps(overlaps: ArrayLike<number>): number {
    return this.i32(overlaps, roundUp(overlaps.length, 8));
  }

  /** Rows of bits, one a pattern; a row starts at a multiple of 16. */
  rows(patterns: readonly Signs[], neurons: number): number {
    const step = rowBytes(neurons);
    const address = this.take((patterns.length * step) / 16, 16);
    this.#views.u8.fill(0, address, address + patterns.length * step);
    patterns.forEach((pattern, p) => {
      for (let i = 0; i < neurons; i++) {
        if (pattern[i] === 1) this.#views.u8[address + p * step + (i >> 3)] |= 1 << (i & 7);
      }
    });
    return address;
  }

  blocks(patterns: readonly Signs[], neurons: number, stride: number): number {
    const bytes = roundUp(neurons, 16) * stride;
    const address = this.take(bytes, 1);
    this.#views.u8.fill(0, address, address + bytes);
    patterns.forEach((pattern, p) => {
      for (let i = 0; i < neurons; i++) {
        const byte = address + ((i >> 4) * stride + (p >> 3)) * 16 + (i & 15);
        if (pattern[i] === 1) this.#views.u8[byte] |= 1 << (p & 7);
      }
    });
    return address;
  }

  couplingsI8(neurons: number, entry: Entry): number {
    const lda = leading(neurons);
    const address = this.take(neurons * lda, 1);
    fill(this.#views.i8, address, neurons, lda, entry);
    return address;
  }

  couplingsI16(neurons: number, entry: Entry): number {
    const lda = leading(neurons);
    const address = this.take(neurons * lda, 2);
    fill(this.#views.i16, address / 2, neurons, lda, entry);
    return address;
  }

  couplingsI32(neurons: number, entry: Entry): number {
    const lda = leading(neurons);
    const address = this.take(neurons * lda, 4);
    fill(this.#views.i32, address / 4, neurons, lda, entry);
    return address;
  }

  /** A matrix of doubles without padding. */
  matrix(rows: number, columns: number, entry: Entry): number {
    const address = this.take(rows * columns, 8);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++)
        this.#views.f64[address / 8 + i * columns + j] = entry(i, j);
    }
    return address;
  }

  /** The exact products of the patterns, P rows of 8·⌈P/8⌉. */
  gram(patterns: readonly Signs[], neurons: number): number {
    const count = patterns.length;
    const lda = roundUp(count, 8);
    const address = this.take(count * lda, 4);
    fill(this.#views.i32, address / 4, count, lda, (p, q) => {
      let sum = 0;
      for (let i = 0; i < neurons; i++) sum += patterns[p][i] * patterns[q][i];
      return sum;
    });
    return address;
  }
}

function fill(
  view: Int8Array | Int16Array | Int32Array,
  at: number,
  rows: number,
  lda: number,
  entry: Entry,
): void {
  view.fill(0, at, at + rows * lda);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) view[at + i * lda + j] = entry(i, j);
  }
}

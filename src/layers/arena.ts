/**
 * Scratch memory for the layers: one machine for each backend, shared by all modules.
 *
 * Modules keep their numbers in plain arrays, so that they can be dropped without being disposed of. A pass
 * (one forward or backward) borrows memory, copies in what it reads, and copies out what it leaves.
 */
import type { Address } from '../numbers.ts';
import { productScratch } from '../kernels/layout.ts';
import { layerKernels, type LayerGroup } from '../kernels/groups/layers.ts';
import { openMachine, type Backend, type Machine } from '../kernels/open.ts';
import type { Memory } from '../memory.ts';

const machines = new Map<Backend, Machine<LayerGroup>>();

/** The machine that the layers of this backend share. @throws TypeError, Error as `openMachine` does */
export function arena(backend: Backend): Machine<LayerGroup> {
  let machine = machines.get(backend);
  if (!machine) {
    machine = openMachine(backend, [layerKernels]);
    machines.set(backend, machine);
  }
  return machine;
}

/** Runs one pass. What it borrowed is given back, and its results are written only if it succeeds. */
export function inArena<T, K extends LayerGroup>(
  { kernels, memory }: Machine<K>,
  work: (pass: Pass<K>) => T,
): T {
  return memory.scope((take) => {
    const pass = new Pass(kernels, memory, take);
    const result = work(pass);
    pass.finish();
    return result;
  });
}

/** A matrix in memory: entry (i, j) is the single at index i·row + j·column from the address. */
export interface MatrixView {
  readonly address: Address;
  readonly row: number;
  readonly column: number;
}

/** The matrix whose rows are `row` singles apart. */
export function matrix(address: number, row: number): MatrixView {
  return { address, row, column: 1 };
}

export function transposed({ address, row, column }: MatrixView): MatrixView {
  return { address, row: column, column: row };
}

/** Memory and kernels for one pass. Counts are in singles, addresses in bytes. */
export class Pass<K extends LayerGroup = LayerGroup> {
  readonly kernels: K;
  readonly #memory: Memory;
  readonly #take: (bytes: number) => Address;
  /** Scratch for products; 0 before the first. */
  #work = 0;
  readonly #results: { address: number; target: Float32Array }[] = [];

  constructor(kernels: K, memory: Memory, take: (bytes: number) => Address) {
    this.kernels = kernels;
    this.#memory = memory;
    this.#take = take;
  }

  /** The address of `count` singles, whatever they hold. @throws RangeError when memory is full */
  take(count: number): Address {
    return this.#take(4 * count);
  }

  /** The address of `count` zeros. */
  zeros(count: number): Address {
    const address = this.take(count);
    this.view(address, count).fill(0);
    return address;
  }

  /** The address of a copy of `data`. */
  read(data: Float32Array): number {
    const address = this.take(data.length);
    this.load(address, data);
    return address;
  }

  /** Copies `count` singles from one address to another. */
  move(to: number, from: number, count: number): void {
    this.view(to, count).set(this.view(from, count));
  }

  load(address: number, data: Float32Array): void {
    this.#memory.views.f32.set(data, address >>> 2);
  }

  /** The numbers at an address, until memory is taken again. */
  view(address: number, count: number): Float32Array {
    return this.#memory.views.f32.subarray(address >>> 2, (address >>> 2) + count);
  }

  /** A copy of the numbers at an address; in `old` if it has the length, which saves an allocation. */
  copy(address: number, count: number, old?: Float32Array): Float32Array {
    const numbers = this.view(address, count);
    if (old?.length !== count) return numbers.slice();
    old.set(numbers);
    return old;
  }

  /** Copies what is at `address` when the pass ends into `target`, once nothing can fail any more. */
  write(target: Float32Array, address: number): void {
    this.#results.push({ address, target });
  }

  /** out ← a·b, a product of a rows×inner and an inner×columns matrix. The rows of `out` are contiguous. */
  product(
    out: MatrixView,
    a: MatrixView,
    b: MatrixView,
    rows: number,
    inner: number,
    columns: number,
  ): void {
    this.#multiply(out, a, b, rows, inner, columns, 0);
  }

  /** out ← out + a·b, the sums going on from what is there. */
  addProduct(
    out: MatrixView,
    a: MatrixView,
    b: MatrixView,
    rows: number,
    inner: number,
    columns: number,
  ): void {
    this.#multiply(out, a, b, rows, inner, columns, 1);
  }

  finish(): void {
    for (const { address, target } of this.#results) target.set(this.view(address, target.length));
  }

  #multiply(
    out: MatrixView,
    a: MatrixView,
    b: MatrixView,
    rows: number,
    inner: number,
    columns: number,
    add: 0 | 1,
  ): void {
    this.#work ||= this.#take(productScratch(Infinity));
    this.kernels.productF32(
      out.address,
      a.address,
      b.address,
      this.#work,
      rows,
      columns,
      inner,
      out.row,
      a.row,
      a.column,
      b.row,
      b.column,
      add,
    );
  }
}

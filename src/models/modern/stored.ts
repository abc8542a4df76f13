/** What a memory holds: vectors, their norms and labels, and a value for each or for none. */
import { isList } from '../../checks.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import { checkStoreOptions, readLabels, type Label } from '../../patterns/labels.ts';
import type { Codes } from './codes.ts';
import { stretchesOf, type Members } from './members.ts';
import { squaresOf } from './norms.ts';
import type { ModernPlan } from './options.ts';
import { Rows } from './rows.ts';
import { checkNorm } from './similarity.ts';
import {
  takeValues,
  takeVector,
  takeVectors,
  writeVector,
  type ModernStoreOptions,
  type Vector,
  type Vectors,
} from './vectors.ts';

export class Stored {
  readonly vectors: Rows;
  /** One a vector; holes where there is none. */
  readonly labels: (Label | undefined)[] = [];
  readonly #machine: Machine<ModernGroup>;
  readonly #plan: ModernPlan;
  #values: Rows | undefined;
  /** Squared norms of the vectors. */
  #squares: Float64Array = new Float64Array(0);
  /** The largest of them. */
  #largest = 0;
  /** Address of f32 1/‖x‖, one a vector, and the version it was made of. */
  #factors = 0;
  #factorsVersion = 0;
  #version = 0;
  /** Kept with the vectors, where they are wanted. */
  readonly codes: Codes | undefined;

  constructor(machine: Machine<ModernGroup>, plan: ModernPlan, codes?: Codes) {
    this.#machine = machine;
    this.#plan = plan;
    this.codes = codes;
    this.vectors = new Rows(machine, plan.dimension);
  }

  /** How many vectors are stored. */
  get count(): number {
    return this.vectors.count;
  }

  /** The values, one a vector; undefined when there are none. */
  get values(): Rows | undefined {
    return this.#values;
  }

  /** Goes up with every change. */
  get version(): number {
    return this.#version;
  }

  /** M, the largest norm. */
  get largestNorm(): number {
    return Math.sqrt(this.#largest);
  }

  normOf(index: number): number {
    return Math.sqrt(this.#squares[index]);
  }

  /** Address of what similarities are multiplied by, f32, one a vector; 0 for none. May move memory. */
  factors(): number {
    if (this.#plan.similarity !== 'cosine') return 0;
    if (this.#factorsVersion !== this.#version) {
      const { memory } = this.#machine;
      const address = memory.reserve(this.count * 4);
      if (this.#factors !== 0) memory.free(this.#factors);
      this.#factors = address;
      const { f32 } = memory.views;
      for (let k = 0; k < this.count; k++) f32[(address >>> 2) + k] = 1 / this.normOf(k);
      this.#factorsVersion = this.#version;
    }
    return this.#factors;
  }

  /** Adds vectors, with a value for each or none. @throws TypeError, RangeError; nothing is stored then */
  store(vectors: Vectors, options: ModernStoreOptions | Vectors): void {
    const { values, labels } = isList(options)
      ? { values: options as Vectors }
      : (checkStoreOptions(options, ['values', 'labels']) as ModernStoreOptions);
    const name = (k: number, count: number) => (count === 1 ? 'vector' : `vector ${k}`);
    const list = takeVectors(vectors, this.#plan.dimension, 'vectors', name);
    const names = readLabels(labels, list.length);
    const given =
      values === undefined ? undefined : takeValues(values, list.length, this.#values?.dimension);
    const before = this.count;
    this.#checkMixing(given !== undefined, before);
    let rows = this.#values;
    if (given && rows && given.dimension !== rows.dimension) {
      throw new Error('the memory was changed while vectors were read for it');
    }
    try {
      this.#append(this.vectors, list, 'vector');
      const { squares, largest } = this.#checkedSquares(before);
      if (given) {
        rows ??= new Rows(this.#machine, given.dimension);
        this.#append(rows, given.list, 'value');
      }
      this.codes?.append(this.vectors, squares);
      this.#squares = squares;
      this.#largest = largest;
    } catch (error) {
      this.vectors.truncate(before);
      this.codes?.truncate(before);
      if (rows === this.#values) rows?.truncate(before);
      else rows?.free();
      throw error;
    }
    this.#values = rows;
    this.labels.length = this.count;
    names?.forEach((label, k) => (this.labels[before + k] = label));
    this.#version++;
  }

  /** All that is stored. */
  get all(): Members {
    const { count, largestNorm } = this;
    return { count, largestNorm, mask: 0, stretches: [[0, count]] };
  }

  /** The vectors with these indices, upwards, for as long as `work` takes. O(P). */
  among<T>(indices: readonly number[], work: (members: Members) => T): T {
    const { memory } = this.#machine;
    return memory.scope((take) => {
      const mask = take(this.count);
      memory.views.u8.fill(0, mask, mask + this.count);
      let largest = 0;
      for (const k of indices) {
        memory.views.u8[mask + k] = 1;
        largest = Math.max(largest, this.normOf(k));
      }
      return work({
        count: indices.length,
        largestNorm: largest,
        mask,
        stretches: stretchesOf(indices),
      });
    });
  }

  /** The index of the first vector with these numbers, once rounded, or −1. @throws as `takeVector` */
  find(vector: Vector): number {
    const { memory } = this.#machine;
    const { dimension, width } = this.vectors;
    const given = takeVector(vector, dimension, 'vector');
    return memory.scope((take) => {
      const wanted = take(width * 4) >>> 2;
      writeVector(memory.views, wanted * 4, given, dimension, 'vector');
      const { f32 } = memory.views;
      for (let k = 0; k < this.count; k++) {
        const row = this.vectors.row(k) >>> 2;
        let i = 0;
        while (i < dimension && f32[row + i] === f32[wanted + i]) i++;
        if (i === dimension) return k;
      }
      return -1;
    });
  }

  /** Removes vector `index` and its value; those behind it move up by one. */
  remove(index: number): void {
    this.vectors.remove(index);
    this.codes?.remove(index);
    this.labels.splice(index, 1);
    this.#values?.remove(index);
    this.#squares.copyWithin(index, index + 1);
    if (this.count === 0) {
      this.#values?.free();
      this.#values = undefined;
    }
    this.#largest = 0;
    for (let k = 0; k < this.count; k++) this.#largest = Math.max(this.#largest, this.#squares[k]);
    this.#version++;
  }

  #checkMixing(withValues: boolean, before: number): void {
    if (before === 0 || withValues === (this.#values !== undefined)) return;
    throw new TypeError(
      withValues
        ? `values are given, but the ${before} vectors stored before have none`
        : `values are missing, but the ${before} vectors stored before have them`,
    );
  }

  #append(rows: Rows, list: readonly Vector[], noun: string): void {
    rows.append(list.length, (k, address) => {
      const name = list.length === 1 ? noun : `${noun} ${k}`;
      writeVector(this.#machine.memory.views, address, list[k], rows.dimension, name);
    });
  }

  /** The squared norms, with those of the vectors from `before` on, which are checked; and the largest. */
  #checkedSquares(before: number): { squares: Float64Array; largest: number } {
    const { vectors } = this;
    const added = vectors.count - before;
    const news = squaresOf(this.#machine, vectors.row(before), added, vectors.width);
    let largest = this.#largest;
    for (const [k, square] of news.entries()) {
      largest = Math.max(largest, square);
      const name = added === 1 ? 'vector' : `vector ${k}`;
      checkNorm(this.#plan, Math.sqrt(square), Math.sqrt(largest), name);
    }
    const squares = roomFor(this.#squares, before, vectors.count);
    squares.set(news, before);
    return { squares, largest };
  }
}

/** The first `used` numbers, and room for `count`; an eighth more than there was when it grows step by step. */
function roomFor(numbers: Float64Array, used: number, count: number): Float64Array {
  if (count <= numbers.length) return numbers;
  const wider = new Float64Array(Math.max(count, Math.ceil((numbers.length * 9) / 8)));
  wider.set(numbers.subarray(0, used));
  return wider;
}

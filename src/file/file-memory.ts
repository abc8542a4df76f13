/** A modern Hopfield network whose rows are in a file. */
import { checkOptions, describe, isList } from '../checks.ts';
import { widthOf } from '../kernels/layout.ts';
import { modernKernels, type ModernGroup } from '../kernels/groups/modern.ts';
import { openMachine, type Backend, type Machine } from '../kernels/open.ts';
import {
  recallManyApart,
  recallOneApart,
  type ApartRecallOptions,
  type Rowsource,
} from '../models/modern/apart.ts';
import { BLOCK_ROWS } from '../models/modern/blocks.ts';
import { squaresOf } from '../models/modern/norms.ts';
import type { ModernPlan, Similarity } from '../models/modern/options.ts';
import type { ModernManyResult, ModernResult } from '../models/modern/results.ts';
import { checkNorm } from '../models/modern/similarity.ts';
import {
  takeValues,
  takeVector,
  takeVectors,
  writeVector,
  type ModernStoreOptions,
  type Vector,
  type Vectors,
} from '../models/modern/vectors.ts';
import {
  checkIndex,
  checkLabel,
  checkStoreOptions,
  readLabels,
  type Forgotten,
  type Labels,
} from '../patterns/labels.ts';
import { listOf } from '../patterns/lists.ts';
import { Scanning } from '../models/modern/scanning.ts';
import { BlockReader } from './blocks.ts';
import { GONE, layoutOf, ROWS } from './format.ts';
import type { Addition, Log, Segment } from './log.ts';
import { putCodes } from './code-reader.ts';
import { sumByCodes, sumFile } from './sums.ts';

/** Doubles of sums that a pass through the file may hold: 64 MB. */
const MOST_SUMS = 2 ** 23;
/** Singles of bounds, likewise: 64 MB. */
const MOST_BOUNDS = 2 ** 24;

/**
 * A memory of real vectors in a file, as large as the disk: what `ModernHopfieldNetwork` with softmax gives for the same rows, bit
 * for bit, with no more than an index, one block of rows and the sums of blocks in memory. `openMemory` opens one.
 *
 * Calls are carried out one after the other, in the order in which they were made. A recall reads the file once an update, and
 * again those blocks in which the largest score of all leaves fewer rows than were known to be left out: O(P·d).
 */
export class FileMemory {
  /** d. */
  readonly dimension: number;
  /** v, the dimension of the values; undefined where there are none. */
  readonly valueDimension: number | undefined;
  readonly beta: number;
  readonly similarity: Similarity;
  /** c, where there is one. */
  readonly nothing: number | undefined;
  /** Where the file has them. */
  readonly codes: 'int8' | undefined;
  /** `close()`, for `await using`, on engines that know it. */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  readonly #plan: ModernPlan;
  readonly #log: Log;
  readonly #machine: Machine<ModernGroup>;
  readonly #reader: BlockReader;
  readonly #scanning = new Scanning();
  /** The last call, whatever came of it. */
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** By `openMemory` alone. */
  constructor(log: Log, plan: ModernPlan, backend: Backend) {
    this.#log = log;
    this.#plan = plan;
    this.#machine = openMachine(backend, [modernKernels]);
    this.#reader = new BlockReader(this.#machine, log);
    this.dimension = plan.dimension;
    this.valueDimension = log.plan.valueDimension;
    this.beta = plan.beta;
    this.similarity = plan.similarity;
    this.nothing = plan.nothing;
    this.codes = log.plan.codes;
    if (typeof Symbol.asyncDispose === 'symbol') {
      Object.defineProperty(this, Symbol.asyncDispose, { value: () => this.close() });
    }
  }

  /** P, the number of vectors stored and not forgotten. */
  get patternCount(): number {
    return this.#log.count;
  }

  /** The index that the next vector stored gets: forgotten ones keep theirs. */
  get nextIndex(): number {
    return this.#log.rows;
  }

  /** Which kernels run; the results are the same. */
  get backend(): 'wasm' | 'reference' {
    return this.#machine.backend;
  }

  /**
   * Adds vectors, all of them or none: when it returns they are on the disk, and a process killed before leaves the memory as it
   * was. Thousands at a time are far quicker than one.
   *
   * @param vectors - d numbers, an array of such, or a flat typed array of P×d; none above 10¹⁵ in size
   * @param options - `values`, where the memory has them, and `labels`, one a vector
   * @throws TypeError, RangeError as the network's `store`; Error when the file cannot be written, or someone else did
   */
  store(vectors: Vectors, options: ModernStoreOptions = {}): Promise<void> {
    return this.#turn(async () => {
      const { values, labels } = checkStoreOptions(options, [
        'values',
        'labels',
      ]) as ModernStoreOptions;
      const name = (k: number, count: number) => (count === 1 ? 'vector' : `vector ${k}`);
      const list = takeVectors(vectors, this.dimension, 'vectors', name);
      const names = readLabels(labels, list.length);
      const { valueDimension } = this;
      if ((values === undefined) !== (valueDimension === undefined)) {
        throw new TypeError(
          valueDimension === undefined
            ? 'values are given, but the memory was made without valueDimension'
            : `values are missing, expected one of ${valueDimension} numbers for each vector`,
        );
      }
      const given =
        values === undefined ? undefined : takeValues(values, list.length, valueDimension);
      let largest = await this.#largestNorm();
      // All are looked at before any is written.
      for (const part of this.#parts(list.length)) {
        for (const square of this.#write(list, given?.list, part, () => {})) {
          const norm = Math.sqrt(square);
          largest = Math.max(largest, norm);
          checkNorm(this.#plan, norm, largest, 'vector');
        }
      }
      await this.#log.append(this.#additions(list, given?.list, names));
    });
  }

  /**
   * Forgets a stored vector. It leaves a hole: indices of others stay, and recalls are those of a memory of all rows
   * `among` those that are left. The file gets no smaller.
   *
   * @param which - its index, d numbers (the first vector equal to them in single precision), or `{ label }` (all that
   *   have it); the last two read the whole file
   * @returns whether there was any such vector
   * @throws TypeError, RangeError when it is none of these, or there never was such an index
   */
  forget(which: Forgotten<Vector>): Promise<boolean> {
    return this.#turn(async () => {
      const rows = (await this.#chosen(which)).filter((row) => !this.#log.isGone(row));
      if (rows.length === 0) return false;
      const body = new Uint8Array(Float64Array.from(rows).buffer);
      const entry = { kind: GONE, first: 0, count: rows.length, labelBytes: 0, codesCrc: 0 };
      await this.#log.append([{ entry, body }]);
      return true;
    });
  }

  /**
   * What `recall` of a network gives.
   *
   * @param query - d numbers
   * @param options - `steps`, `tolerance`, `energy`, and where the file has codes `error`
   * @throws as the network's; Error when the file cannot be read, or is damaged
   */
  recall(query: Vector, options: ApartRecallOptions = {}): Promise<ModernResult> {
    return this.#turn(async () => recallOneApart(await this.#source(), query, options));
  }

  /**
   * Recalls many queries, each with the bits it has by itself; up to 64 are answered by one pass through the file.
   *
   * @param queries - a list of queries, or a flat typed array of them
   * @param options - as for `recall`
   * @throws as `recall`
   */
  recallMany(queries: Vectors, options: ApartRecallOptions = {}): Promise<ModernManyResult> {
    return this.#turn(async () => recallManyApart(await this.#source(), queries, options));
  }

  /** Closes the file, when all calls made before are done. Every call rejects afterwards. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#last;
    await this.#log.close();
  }

  /** Carries work out when all before it is done. */
  #turn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('the memory has been closed'));
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #source(): Promise<Rowsource> {
    const log = this.#log;
    const largestNorm = await this.#largestNorm();
    return {
      plan: this.#plan,
      count: log.count,
      largestNorm,
      valueDimension: this.valueDimension,
      batch: Math.floor(
        Math.min(
          MOST_SUMS / (this.#reader.blocks * (this.dimension + (this.valueDimension ?? 0))),
          this.codes ? MOST_BOUNDS / log.rows : Infinity,
        ),
      ),
      codes: this.codes !== undefined,
      sums: async (queries, reading) => {
        const [machine, plan, reader] = [this.#machine, this.#plan, this.#reader];
        if (!this.codes || (!reading && !this.#scanning.due())) {
          return sumFile(machine, plan, reader, queries, this.valueDimension);
        }
        const { sums, whole } = await sumByCodes(
          machine,
          plan,
          reader,
          queries,
          largestNorm,
          reading,
        );
        this.#scanning.told(2 * whole <= queries.length);
        return sums;
      },
      label: async (index) =>
        (await this.#labels(log.segmentOf(index)))?.[index - log.segmentOf(index).first],
    };
  }

  /** M of the rows that are left. Reads the norms of records where it is not known. */
  async #largestNorm(): Promise<number> {
    let largest = 0;
    for (const segment of this.#log.segments) {
      segment.largest ??= await this.#largestOf(segment);
      largest = Math.max(largest, segment.largest);
    }
    return Math.sqrt(largest);
  }

  async #largestOf(segment: Segment): Promise<number> {
    const norms = await this.#log.body(segment, 0, segment.count * 8);
    const squares = new Float64Array(norms.buffer);
    let largest = 0;
    for (const [k, square] of squares.entries()) {
      if (!(square >= 0 && square < Infinity)) {
        throw new Error(`the file is damaged: row ${segment.first + k} has norm √${square}`);
      }
      if (square > largest && !this.#log.isGone(segment.first + k)) largest = square;
    }
    return largest;
  }

  /** The labels of a record; undefined where it has none. */
  async #labels(segment: Segment): Promise<Labels | undefined> {
    if (segment.labelBytes === 0) return undefined;
    const { labels } = layoutOf(segment, this.#log.plan);
    const text = await this.#log.body(segment, labels, labels + segment.labelBytes);
    try {
      return readLabels(JSON.parse(new TextDecoder().decode(text)), segment.count);
    } catch (error) {
      const what = `the file is damaged: labels of rows from ${segment.first} on`;
      throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
    }
  }

  /** Rows that are meant, upwards. */
  async #chosen(which: Forgotten<Vector>): Promise<number[]> {
    const log = this.#log;
    if (typeof which === 'number') return [checkIndex(which, 'index', log.rows)];
    if (typeof which === 'object' && which !== null && 'label' in which && !isList(which)) {
      checkOptions(which, 'what to forget', ['label']);
      const label = checkLabel(which.label, 'label');
      const rows: number[] = [];
      for (const segment of log.segments) {
        const labels = (await this.#labels(segment)) ?? [];
        for (const [k, found] of labels.entries())
          if (found === label) rows.push(segment.first + k);
      }
      return rows;
    }
    if (!listOf(which)) {
      throw new TypeError(
        `what to forget is ${describe(which)}, expected an index, a vector or { label }`,
      );
    }
    return this.#find(takeVector(which, this.dimension, 'vector'));
  }

  async #find(vector: Vector): Promise<number[]> {
    const { memory } = this.#machine;
    const wanted = memory.scope((take) => {
      const address = take(widthOf(this.dimension) * 4);
      writeVector(memory.views, address, vector, this.dimension, 'vector');
      return memory.views.f32.slice(address >>> 2, (address >>> 2) + this.dimension);
    });
    let found = -1;
    const all = Array.from({ length: this.#reader.blocks }, (_, k) => k);
    await this.#reader.each(all, ({ rows, width, count }, block) => {
      const { f32 } = memory.views;
      for (let k = 0; k < count && found < 0; k++) {
        const row = (rows >>> 2) + k * width;
        const same = wanted.every((x, i) => f32[row + i] === x);
        const index = block * BLOCK_ROWS + k;
        if (same && !this.#log.isGone(index)) found = index;
      }
    });
    return found < 0 ? [] : [found];
  }

  /** Which of so many vectors are to be in one record: those of one block. */
  *#parts(count: number): Generator<{ from: number; count: number }> {
    for (let from = 0; from < count;) {
      const left = BLOCK_ROWS - ((this.#log.rows + from) % BLOCK_ROWS);
      const size = Math.min(count - from, left);
      yield { from, count: size };
      from += size;
    }
  }

  *#additions(
    list: readonly Vector[],
    values: readonly Vector[] | undefined,
    names: Labels | undefined,
  ): Generator<Addition> {
    const first = this.#log.rows;
    for (const part of this.#parts(list.length)) {
      const labels = names?.slice(part.from, part.from + part.count);
      const text = labels?.some((label) => label !== undefined)
        ? new TextEncoder().encode(JSON.stringify(labels.map((label) => label ?? null)))
        : new Uint8Array(0);
      const size = { count: part.count, labelBytes: text.length };
      const at = layoutOf(size, this.#log.plan);
      const body = new Uint8Array(at.end);
      let codesCrc = 0;
      this.#write(list, values, part, (rows, valueRows, squares) => {
        const { u8 } = this.#machine.memory.views;
        body.set(u8.subarray(rows, rows + at.values - at.vectors), at.vectors);
        body.set(u8.subarray(valueRows, valueRows + at.labels - at.values), at.values);
        body.set(new Uint8Array(squares.buffer), 0);
        body.set(text, at.labels);
        if (this.codes) codesCrc = putCodes(this.#machine, this.#log.plan, body, rows, squares, at);
      });
      yield { entry: { kind: ROWS, first: first + part.from, ...size, codesCrc }, body };
    }
  }

  /** Writes vectors and values to memory, for as long as `use` takes; their squared norms. @throws as `store` */
  #write(
    list: readonly Vector[],
    values: readonly Vector[] | undefined,
    { from, count }: { from: number; count: number },
    use: (rows: number, valueRows: number, squares: Float64Array) => void,
  ): Float64Array {
    const machine = this.#machine;
    const { memory } = machine;
    return memory.scope((take) => {
      const put = (given: readonly Vector[], dimension: number, noun: string) => {
        const bytes = widthOf(dimension) * 4;
        const address = take(count * bytes);
        for (let k = 0; k < count; k++) {
          const name = list.length === 1 ? noun : `${noun} ${from + k}`;
          writeVector(memory.views, address + k * bytes, given[from + k], dimension, name);
        }
        return address;
      };
      const rows = put(list, this.dimension, 'vector');
      const valueRows = values ? put(values, this.valueDimension!, 'value') : 0;
      const squares = squaresOf(machine, rows, count, widthOf(this.dimension));
      use(rows, valueRows, squares);
      return squares;
    });
  }
}

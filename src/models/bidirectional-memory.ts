/**
 * The bidirectional associative memory (Kosko 1988): pairs (x, y), each part recalls the other.
 *
 * W = Σ_μ x^μ y^μᵀ is never formed. With the overlaps m_μ = x·x^μ, Wᵀx = Σ_μ m_μ y^μ: the kernels of the
 * Hebbian network do it, exactly.
 */
import type { Address } from '../numbers.ts';
import { padded, rowBytes, overlapBytes, fieldsBlocksScratch } from '../kernels/layout.ts';
import {
  checkName,
  checkNeurons,
  checkOptions,
  checkPositiveInteger,
  describe,
} from '../checks.ts';
import { patternKernels, type PatternGroup } from '../kernels/groups/patterns.ts';
import { spinKernels, type SpinGroup } from '../kernels/groups/spins.ts';
import { openMachine, type Backend, type Machine } from '../kernels/open.ts';
import { checkProduct } from '../learning/fixed-point.ts';
import { chooseAmong, takeAmong, type Among, type TakenAmong } from '../patterns/among.ts';
import {
  checkStoreOptions,
  chooseForgotten,
  readLabels,
  type Forgotten,
  type Label,
  type StoreOptions,
} from '../patterns/labels.ts';
import { PatternStore, signsOut } from '../patterns/pattern-store.ts';
import { takeState, writeState, type State, type TakenState } from '../patterns/states.ts';
import { matchesOf, type Match, type Matches } from './match.ts';
import { called, fix, Model } from './model.ts';
import { BIDIRECTIONAL, encodeBidirectional } from './bidirectional-file.ts';
import { fileOf, jsonOf, type Bytes } from './save-format.ts';
import { decodeModel, type LoadOptions } from './saved-model.ts';

/** A pair to store: the x part, the y part. */
export type Pair = readonly [x: State, y: State];

export interface BidirectionalOptions {
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

export interface BidirectionalRecallOptions {
  /** Which part the cue is. Default `'x'`. */
  from?: 'x' | 'y';
  /** Passes after which recall stops. Default 1000. */
  maxSweeps?: number;
  /** How many of the stored pairs most like the result to list, as its `top`. Default none. */
  top?: number;
  /**
   * Which of the stored pairs take part, as if no others were stored: a mask of booleans (or 0/1), one a pair, labels, or
   * `{ labels }`, `{ indices }`. Copies them: O(xNeurons + yNeurons) each. Default all.
   */
  among?: Among;
}

export interface BidirectionalResult {
  /** The final x part, ±1. */
  x: Int8Array;
  /** The final y part, ±1. */
  y: Int8Array;
  /** E = −xᵀWy. */
  energy: number;
  /** Whether neither part would change. */
  converged: boolean;
  /** Passes over both parts, the last, quiet one included. */
  sweeps: number;
  /** The stored pair with the largest |overlap| of both parts together; undefined when nothing is stored. */
  match: Match | undefined;
  /** The stored pairs with the largest |overlaps|, the largest first; when `top` was asked for. */
  top?: Match[];
}

/** One of the two layers: its patterns, and its part of the workspace. */
interface Layer {
  readonly neurons: number;
  readonly patterns: PatternStore;
  readonly signs: Address;
  readonly fields: Address;
  readonly bits: Address;
  readonly overlaps: Address;
  readonly mobile: Address;
}

/**
 * A bidirectional associative memory: pairs of a pattern of xNeurons and one of yNeurons ±1 values.
 *
 * ```ts
 * const memory = new BidirectionalMemory(35, 8).store([[letter, code]]);
 * const { y } = memory.recall(smudged);
 * ```
 */
export class BidirectionalMemory extends Model {
  readonly xNeurons: number;
  readonly yNeurons: number;
  #machine: Machine<PatternGroup & SpinGroup> | undefined;
  #x: PatternStore;
  #y: PatternStore;
  #version = 0;

  /**
   * @param xNeurons - length of the x parts, 1 to 2,097,151
   * @param yNeurons - length of the y parts, likewise
   * @throws TypeError for arguments of the wrong kind, RangeError for numbers out of range, Error when the
   *   backend asked for cannot run
   */
  constructor(xNeurons: number, yNeurons: number, options: BidirectionalOptions = {}) {
    super();
    this.xNeurons = checkNeurons(xNeurons, 'xNeurons');
    this.yNeurons = checkNeurons(yNeurons, 'yNeurons');
    checkOptions(options, 'bidirectional memory options', ['backend']);
    this.#machine = openMachine(options.backend ?? 'auto', [patternKernels, spinKernels]);
    this.#x = new PatternStore(this.#machine, xNeurons, true);
    this.#y = new PatternStore(this.#machine, yNeurons, true);
    fix(this);
  }

  /**
   * The memory that `save` wrote.
   *
   * @param bytes - the whole file
   * @param options - `backend`, and `memory`: how much the memory may take
   * @throws TypeError, RangeError, Error saying what is wrong when the file is cut short, altered or foreign, or when
   *   what it says of itself does not hold
   */
  static load(bytes: Bytes, options: LoadOptions = {}): BidirectionalMemory {
    const { description, sections, patterns, labels } = decodeModel(BIDIRECTIONAL, bytes, options);
    const { xNeurons, yNeurons } = description;
    const { backend } = options;
    const memory = new BidirectionalMemory(xNeurons, yNeurons, { backend });
    memory.#x.restore(patterns, sections[0], labels);
    memory.#y.restore(patterns, sections[1], undefined);
    return memory;
  }

  /** The memory that `toJSON` gave: see `load`. */
  static fromJSON(value: unknown, options: LoadOptions = {}): BidirectionalMemory {
    return BidirectionalMemory.load(fileOf(value), options);
  }

  /** The memory as bytes, for `load`: (xNeurons + yNeurons)/8 bytes a pair. */
  save(): Uint8Array {
    this.#open();
    return encodeBidirectional(this.#x, this.#y);
  }

  /** What `save` gives as a value for JSON, for `fromJSON`: `JSON.stringify(memory)` keeps everything. */
  toJSON(): Record<string, unknown> {
    return jsonOf(this.save());
  }

  /** How many pairs are stored. */
  get pairCount(): number {
    this.#open();
    return this.#x.count;
  }

  /** Copies of the stored pairs, ±1, in the order of storing. */
  get pairs(): [x: Int8Array, y: Int8Array][] {
    this.#open();
    return Array.from({ length: this.pairCount }, (_, k) => [
      this.#x.read(k, -1),
      this.#y.read(k, -1),
    ]);
  }

  /**
   * Stores pairs, on top of those stored before.
   *
   * @param pairs - an array of `[x, y]`, each part ±1, 0/1 or booleans
   * @param options - `labels`, one for each
   * @returns the memory
   * @throws TypeError, RangeError when a part is wrong, or memory or integers would not hold the result;
   *   nothing is stored then
   */
  store(pairs: readonly Pair[], options: StoreOptions = {}): this {
    const machine = called(this).#open();
    const { labels } = checkStoreOptions(options);
    if (!Array.isArray(pairs)) {
      throw new TypeError(`pairs is ${describe(pairs)}, expected an array of [x, y]`);
    }
    if (pairs.length === 0) throw new RangeError('pairs is empty, expected at least one [x, y]');
    const given = Array.from(pairs, (pair, k) => this.#take(pair, `pair ${k}`));
    const names = readLabels(labels, given.length);
    const count = this.pairCount;
    checkProduct(count + given.length, Math.max(this.xNeurons, this.yNeurons));
    const append = (part: 0 | 1) => {
      const store = part === 0 ? this.#x : this.#y;
      const write = (k: number, signs: Address) => {
        const name = `${'xy'[part]} of pair ${k}`;
        writeState(machine, signs, given[k][part], store.neurons, name);
      };
      store.append(given.length, write, part === 0 ? names : undefined);
    };
    append(0);
    try {
      append(1);
    } catch (error) {
      this.#x.truncate(count);
      throw error;
    }
    this.#version++;
    return this;
  }

  /** The labels of the stored pairs; undefined for those without. */
  get labels(): (Label | undefined)[] {
    this.#open();
    return Array.from(this.#x.labels);
  }

  /**
   * Forgets a stored pair: its share of W is gone, exactly. O(P·(xNeurons + yNeurons)).
   *
   * @param which - its index, `[x, y]` (the first pair equal to it), or `{ label }` (all that have it)
   * @returns whether there was any such pair
   * @throws TypeError, RangeError when it is none of these, or there is no such index
   */
  forget(which: Forgotten<Pair>): boolean {
    called(this).#open();
    const indices = chooseForgotten(which, this.#x.labels, (pair) =>
      this.#find(this.#take(pair, 'the pair')),
    );
    for (const index of indices.reverse()) {
      this.#x.remove(index);
      this.#y.remove(index);
    }
    if (indices.length > 0) this.#version++;
    return indices.length > 0;
  }

  /**
   * Recalls a pair from one of its parts: y ← sign(Wᵀx), x ← sign(Wy), until both are stable. The part that is
   * not given starts at +1; later ties keep a neuron as it is. Always converges, as no step raises the energy,
   * though perhaps not within `maxSweeps`. A pass costs O(P·(xNeurons + yNeurons)).
   *
   * @param cue - xNeurons values, or yNeurons with `from: 'y'`
   * @throws TypeError, RangeError for a bad cue or option
   */
  recall(cue: State, options: BidirectionalRecallOptions = {}): BidirectionalResult {
    const machine = called(this).#open();
    checkOptions(options, 'recall options', ['from', 'maxSweeps', 'top', 'among']);
    const from = checkName(options.from ?? 'x', 'from', ['x', 'y']);
    const maxSweeps = checkPositiveInteger(options.maxSweeps ?? 1000, 'maxSweeps');
    const most = options.top === undefined ? 0 : checkPositiveInteger(options.top, 'top');
    const among = takeAmong(options.among);
    const taken = takeState(cue, from === 'x' ? this.xNeurons : this.yNeurons, from);
    const result = (x: Layer, y: Layer, tables: number) => {
      const [given, other] = from === 'x' ? [x, y] : [y, x];
      writeState(machine, given.signs, taken, given.neurons, from);
      machine.memory.views.i8.fill(1, other.signs, other.signs + other.neurons);
      let sweeps = 0;
      let converged = false;
      while (!converged && sweeps < maxSweeps) {
        this.#update(other, given, tables);
        // The other part has just followed the given one: if that does not move now, neither will again.
        converged = this.#update(given, other, tables) === 0;
        sweeps++;
      }
      const [match, top] = this.#matches(x, y, most);
      return {
        x: signsOut(machine.memory.views.i8, x.signs, x.neurons, -1),
        y: signsOut(machine.memory.views.i8, y.signs, y.neurons, -1),
        energy: this.#energyOf(x, y, tables),
        converged,
        sweeps,
        match,
        ...top,
      };
    };
    return this.#lay(result, among);
  }

  /** E = −xᵀWy = −Σ_μ (x·x^μ)(y·y^μ), an integer. O(P·(xNeurons + yNeurons)). */
  energy(x: State, y: State): number {
    const machine = called(this).#open();
    const [givenX, givenY] = [takeState(x, this.xNeurons, 'x'), takeState(y, this.yNeurons, 'y')];
    return this.#lay((xLayer, yLayer, tables) => {
      writeState(machine, xLayer.signs, givenX, this.xNeurons, 'x');
      writeState(machine, yLayer.signs, givenY, this.yNeurons, 'y');
      return this.#energyOf(xLayer, yLayer, tables);
    });
  }

  dispose(): void {
    this.#machine = undefined;
    this.#x = this.#y = undefined as unknown as PatternStore;
  }

  protected hold() {
    return { machine: this.#open(), version: this.#version };
  }

  #open(): Machine<PatternGroup & SpinGroup> {
    if (!this.#machine) throw new Error('the memory has been disposed of');
    return this.#machine;
  }

  /** Lends memory for both layers, and scratch for their fields, for as long as `work` takes: with all pairs, or with some. */
  #lay<T>(work: (x: Layer, y: Layer, tables: number) => T, among?: TakenAmong): T {
    const { memory } = this.#open();
    const lend = (x: PatternStore, y: PatternStore) =>
      memory.scope((take) =>
        work(this.#layer(x, take), this.#layer(y, take), take(fieldsBlocksScratch(x.count))),
      );
    if (!among) return lend(this.#x, this.#y);
    const chosen = chooseAmong(among, this.#x.labels);
    return this.#x.part(chosen, (x) => this.#y.part(chosen, (y) => lend(x, y)));
  }

  #layer(patterns: PatternStore, take: (bytes: number) => Address): Layer {
    const { neurons } = patterns;
    const { views } = this.#open().memory;
    const layer = {
      neurons,
      patterns,
      signs: take(padded(neurons)),
      fields: take(padded(neurons) * 4),
      bits: take(rowBytes(neurons)),
      overlaps: take(overlapBytes(patterns.count)),
      mobile: take(padded(neurons)),
    };
    views.i8.fill(0, layer.signs, layer.signs + padded(neurons));
    views.u8.fill(1, layer.mobile, layer.mobile + neurons);
    views.u8.fill(0, layer.mobile + neurons, layer.mobile + padded(neurons));
    return layer;
  }

  /** Fields of `to` given the state of `from`. */
  #fields(to: Layer, from: Layer, tables: Address): void {
    const { kernels } = this.#open();
    kernels.packSigns(from.bits, from.signs, from.neurons);
    from.patterns.overlaps(from.overlaps, from.bits);
    const { blocks, stride, count } = to.patterns;
    kernels.fieldsBlocks(to.fields, from.overlaps, blocks, tables, stride, count, to.neurons);
  }

  /** One layer follows the other; returns how many neurons moved. */
  #update(to: Layer, from: Layer, tables: Address): number {
    this.#fields(to, from, tables);
    return this.#open().kernels.flipMovable(to.signs, to.fields, to.mobile, 0, to.neurons);
  }

  #energyOf(x: Layer, y: Layer, tables: Address): number {
    this.#fields(y, x, tables);
    // 0 − …, so that no energy is −0.
    return 0 - this.#open().kernels.signedSum(y.signs, y.fields, y.neurons);
  }

  /** @throws TypeError, RangeError as `takeState` */
  #take(pair: unknown, name: string): [x: TakenState, y: TakenState] {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TypeError(`${name} is ${describe(pair)}, expected [x, y]`);
    }
    const [x, y] = pair as unknown as Pair;
    return [
      takeState(x, this.xNeurons, `x of ${name}`),
      takeState(y, this.yNeurons, `y of ${name}`),
    ];
  }

  /** The index of the first pair with both of these parts, or −1. */
  #find([x, y]: [x: TakenState, y: TakenState]): number {
    return this.#lay((xLayer, yLayer) => {
      const machine = this.#open();
      writeState(machine, xLayer.signs, x, this.xNeurons, 'x of the pair');
      writeState(machine, yLayer.signs, y, this.yNeurons, 'y of the pair');
      const ys = this.#y.overlapsOf(yLayer.signs);
      return this.#x
        .overlapsOf(xLayer.signs)
        .findIndex((m, k) => m === this.xNeurons && ys[k] === this.yNeurons);
    });
  }

  #matches(x: Layer, y: Layer, top: number): Matches {
    const ys = y.patterns.overlapsOf(y.signs);
    const overlaps = x.patterns.overlapsOf(x.signs).map((m, k) => m + ys[k]);
    const sum = x.patterns.sumOf(x.signs) + y.patterns.sumOf(y.signs);
    return matchesOf({ overlaps, sum, stores: [x.patterns, y.patterns] }, top);
  }
}

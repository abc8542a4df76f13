/** Memories of sequences: each pattern calls for the one after it (Sompolinsky & Kanter 1986; Chaudhry et al. 2023). */
import { stepFrom, type Past, type Slowness, type Transitions } from '../dynamics/sequence-step.ts';
import { separationOf, type SequenceSeparation } from '../dynamics/sequence-separation.ts';
import { patternKernels } from '../kernels/groups/patterns.ts';
import { sequenceKernels } from '../kernels/groups/sequences.ts';
import { openMachine } from '../kernels/open.ts';
import {
  checkIndex,
  checkStoreOptions,
  type Label,
  type StoreOptions,
} from '../patterns/labels.ts';
import { PatternStore, signsOut } from '../patterns/pattern-store.ts';
import {
  readGiven,
  takeState,
  writeState,
  type State,
  type States,
  type TakenState,
} from '../patterns/states.ts';
import { matchesOf, type Match } from './match.ts';
import { called, fix, Model } from './model.ts';
import { encodeModel, fileOf, jsonOf, type Bytes } from './save-format.ts';
import { checkFlag, decodeModel, type LoadOptions } from './saved-model.ts';
import { SEQUENCES, type Span } from './sequence/file.ts';
import {
  planReplay,
  planSequences,
  type SequenceOptions,
  type SequenceRecallOptions,
} from './sequence/options.ts';

export interface SequenceStoreOptions extends StoreOptions {
  /** Whether the first pattern comes after the last. Default false: the last one is its own successor, and recall stays there. */
  cyclic?: boolean;
}

/** A stored sequence. */
export interface StoredSequence {
  /** The index of its first pattern among all. */
  start: number;
  /** How many patterns it has. */
  length: number;
  cyclic: boolean;
}

/** One step of a replay. */
export interface SequenceStep {
  /** Steps made so far; the cue itself is step 0. */
  step: number;
  /** The state, N values, ±1. */
  state: Int8Array;
  /** Neurons that changed in this step. */
  flips: number;
  /** The stored pattern with the largest |overlap|; undefined when nothing is stored, or it is none beyond chance. */
  match: Match | undefined;
  /** Where the match stands: in which sequence, and at which place of it; both from 0. */
  position: { sequence: number; index: number } | undefined;
}

interface Parts extends Omit<Transitions, 'successors'> {
  successors: Uint32Array;
}

/**
 * A memory of sequences of patterns of N two-state neurons.
 *
 * ```ts
 * const memory = new SequenceMemory(784).store(frames);
 * for (const { state, position } of memory.recall(damaged, { steps: 50 })) draw(state, position);
 * ```
 *
 * All neurons at once take the sign of h_i = Σ_μ ξ_i^{μ+1} f(M_i^μ), M_i^μ the overlap of the other neurons with pattern μ; one whose
 * h is 0 stays. Powers are exact integers while P·(N + 1)ⁿ is at most 2⁵³, ties included; beyond, and for `exponential`
 * and slow sequences, what patterns weigh is rounded once to integers that are finer than 2⁻⁵⁰ of all of it: every backend
 * gives the same bits, and what would be a tie need not be one.
 *
 * One step goes wrong in none of N neurons up to about P = Nⁿ/(2(2n − 1)!! ln N) random patterns, a lap up to 1/(n + 1) of
 * that; with errors tolerated 'linear' replays 0.269 N (Düring, Coolen & Sherrington 1998). There is no energy, and no
 * asynchronous update replays a sequence.
 *
 * Memory: P·N/2 bytes. Every method that takes states takes ±1, 0/1 (0 means −1) or booleans, N of them.
 */
export class SequenceMemory extends Model {
  /** N. */
  readonly neurons: number;
  /** f. */
  readonly separation: SequenceSeparation;
  /** `hold`, τ, and `strength`, λ, of slow sequences; undefined for others. */
  readonly slowness: Slowness | undefined;
  #spans: Span[] = [];
  #parts: Parts | undefined;
  #version = 0;

  /**
   * @param neurons - N, from 1 to 2,097,151
   * @param options - all optional; see there for defaults
   * @throws TypeError, RangeError for a bad argument, Error when the backend asked for cannot run
   */
  constructor(neurons: number, options: SequenceOptions = {}) {
    const { separation, slowness } = planSequences(neurons, options);
    super();
    this.neurons = neurons;
    this.separation = separation;
    this.slowness = slowness;
    const machine = openMachine(options.backend ?? 'auto', [patternKernels, sequenceKernels]);
    this.#parts = {
      machine,
      patterns: new PatternStore(machine, neurons, true),
      products: new PatternStore(machine, neurons, true),
      successors: new Uint32Array(0),
      separation,
      slowness,
    };
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
  static load(bytes: Bytes, options: LoadOptions = {}): SequenceMemory {
    const { description, sections, patterns, labels } = decodeModel(SEQUENCES, bytes, options);
    const { neurons, sequences, ...rest } = description;
    const memory = new SequenceMemory(neurons, { ...rest, backend: options.backend });
    const parts = memory.#open();
    parts.patterns.restore(patterns, sections[0], labels);
    memory.#link(sequences);
    return memory;
  }

  /** The memory that `toJSON` gave: see `load`. */
  static fromJSON(value: unknown, options: LoadOptions = {}): SequenceMemory {
    return SequenceMemory.load(fileOf(value), options);
  }

  /** The memory as bytes, for `load`: N/8 bytes a pattern. */
  save(): Uint8Array {
    const { patterns, slowness } = this.#open();
    const { neurons, separation } = this;
    const sequences = this.#spans;
    return encodeModel(
      { model: SEQUENCES.model, neurons, separation, ...slowness, sequences },
      [patterns.save()],
      patterns.labels,
    );
  }

  /** What `save` gives as a value for JSON, for `fromJSON`: `JSON.stringify(memory)` keeps everything. */
  toJSON(): Record<string, unknown> {
    return jsonOf(this.save());
  }

  /** P, the number of patterns stored, of all sequences together. */
  get patternCount(): number {
    return this.#open().patterns.count;
  }

  /** Copies of the stored patterns, ±1, sequence by sequence. */
  get patterns(): Int8Array[] {
    const { patterns } = this.#open();
    return Array.from({ length: patterns.count }, (_, k) => patterns.read(k, -1));
  }

  /** The labels of the stored patterns, P of them; undefined for those without. */
  get labels(): (Label | undefined)[] {
    return Array.from(this.#open().patterns.labels);
  }

  /** The stored sequences, in the order of storing. */
  get sequences(): StoredSequence[] {
    this.#open();
    let end = 0;
    return this.#spans.map(({ length, cyclic }) => ({
      start: (end += length) - length,
      length,
      cyclic,
    }));
  }

  /**
   * How many steps a pattern stays that was reached without errors: 1 without `hold`; else the least k of 1 … τ with
   * λ [f(k/τ) − f(1 − k/τ)] > f(1), Infinity where there is none. Steep f and λ just above 1 make it τ.
   */
  get dwell(): number {
    const { slowness, separation } = this.#open();
    if (!slowness) return 1;
    const f = separationOf(separation, 1);
    const { hold, strength } = slowness;
    for (let k = 1; k <= hold; k++) {
      if (strength * (f(k / hold) - f(1 - k / hold)) > f(1)) return k;
    }
    return Infinity;
  }

  /**
   * Stores a sequence, beside those stored before. Patterns that occur more than once call for all that follow them. O(N) a
   * pattern.
   *
   * @param sequence - its patterns in their order: an array of N values each, or a flat typed array
   * @param options - `cyclic`, and `labels`, one for each pattern
   * @returns the memory
   * @throws TypeError, RangeError when a pattern is not N values of ±1 (0/1, booleans), or memory would not
   *   hold them; nothing is stored then
   */
  store(sequence: States, options: SequenceStoreOptions = {}): this {
    const { machine } = called(this).#open();
    const { cyclic = false, labels } = checkStoreOptions(options, [
      'cyclic',
      'labels',
    ]) as SequenceStoreOptions;
    checkFlag(cyclic, 'cyclic');
    const given = readGiven(machine, sequence, this.neurons, { labels });
    const { patterns } = this.#open();
    const before = patterns.count;
    patterns.append(given.count, given.write, given.labels);
    try {
      this.#link([...this.#spans, { length: given.count, cyclic }]);
    } catch (error) {
      patterns.truncate(before);
      throw error;
    }
    return this;
  }

  /**
   * Forgets a stored sequence; those behind it move up by one. O(P·N).
   *
   * @param sequence - which, by its index in `sequences`
   * @throws TypeError, RangeError when there is no such sequence
   */
  forget(sequence: number): this {
    const parts = called(this).#open();
    checkIndex(sequence, 'sequence', this.#spans.length);
    const { start, length } = this.sequences[sequence];
    for (let k = start + length - 1; k >= start; k--) {
      parts.patterns.remove(k);
      parts.products.remove(k);
    }
    this.#link(this.#spans.filter((_, k) => k !== sequence));
    return this;
  }

  /**
   * The state one step after a state, N values, ±1; for slow sequences the first step after the start. O(P·N).
   *
   * @param state - N values
   * @throws TypeError, RangeError for a bad state
   */
  next(state: State): Int8Array {
    const given = takeState(state, called(this).neurons, 'state');
    return this.#stepFrom([this.#seen(given, 'state')]);
  }

  /**
   * Replays what follows a cue, step by step: first the cue itself, then the state after each step. It can be left at any
   * time; it throws when the memory is changed before it is finished. O(P·N) a step; slow sequences up to τ times that.
   *
   * @param cue - N values
   * @param options - see there for defaults
   * @throws TypeError, RangeError for a bad cue or option, at once
   */
  recall(cue: State, options: SequenceRecallOptions = {}): IterableIterator<SequenceStep> {
    const given = takeState(cue, called(this).neurons, 'cue');
    const { patterns } = this.#open();
    const { steps, quantile } = planReplay(options, patterns.count, this.slowness?.hold ?? 1);
    return this.#replay(this.#seen(given, 'cue'), steps, quantile, this.#version);
  }

  dispose(): void {
    this.#parts = undefined;
  }

  protected hold(): { machine: Parts['machine']; version: number } {
    return { machine: this.#open().machine, version: this.#version };
  }

  #open(): Parts {
    if (!this.#parts) throw new Error('the memory has been disposed of');
    return this.#parts;
  }

  /** Makes these the sequences of the patterns that there are, with the products that are still missing. */
  #link(spans: readonly Span[]): void {
    const parts = this.#open();
    const { machine, patterns, products } = parts;
    const { neurons } = this;
    const successors = new Uint32Array(patterns.count);
    let start = 0;
    for (const { length, cyclic } of spans) {
      const last = start + length - 1;
      for (let k = start; k < last; k++) successors[k] = k + 1;
      successors[last] = cyclic ? start : last;
      start += length;
    }
    const first = products.count;
    machine.memory.scope((take) => {
      const other = take(neurons);
      products.append(patterns.count - first, (k, signs) => {
        const index = first + k;
        machine.kernels.unpackSigns(signs, patterns.row(index), neurons);
        machine.kernels.unpackSigns(other, patterns.row(successors[index]), neurons);
        const { i8 } = machine.memory.views;
        for (let i = 0; i < neurons; i++) i8[signs + i] *= i8[other + i];
      });
    });
    parts.successors = successors;
    this.#spans = [...spans];
    this.#version++;
  }

  /** A state with its overlaps. */
  #seen(state: TakenState, name: string): Past {
    const { machine, patterns } = this.#open();
    const { neurons } = this;
    return machine.memory.scope((take) => {
      const address = take(neurons);
      writeState(machine, address, state, neurons, name);
      const overlaps = patterns.count > 0 ? patterns.overlapsOf(address) : new Int32Array(0);
      return { signs: signsOut(machine.memory.views.i8, address, neurons, -1), overlaps };
    });
  }

  /** Before anything is stored nothing pulls. */
  #stepFrom(past: readonly Past[]): Int8Array {
    const parts = this.#open();
    return parts.patterns.count > 0 ? stepFrom(parts, past) : past[0].signs.slice();
  }

  #report(
    { signs, overlaps }: Past,
    step: number,
    flips: number,
    quantile: number | undefined,
  ): SequenceStep {
    const { patterns } = this.#open();
    const sum = signs.reduce((total, s) => total + s, 0);
    const [match] = matchesOf({ overlaps, sum, stores: [patterns] }, 0, quantile);
    return {
      step,
      state: signs.slice(),
      flips,
      match,
      position: match && this.#place(match.index),
    };
  }

  #place(pattern: number): SequenceStep['position'] {
    const { sequences } = this;
    const sequence = sequences.filter(({ start }) => start <= pattern).length - 1;
    return { sequence, index: pattern - sequences[sequence].start };
  }

  *#replay(
    start: Past,
    steps: number,
    quantile: number | undefined,
    version: number,
  ): Generator<SequenceStep> {
    const past = [start];
    yield this.#report(start, 0, 0, quantile);
    for (let step = 1; step <= steps; step++) {
      this.#open();
      if (this.#version !== version) {
        throw new Error('the memory was changed during a recall of it');
      }
      const state = this.#stepFrom(past);
      const flips = state.reduce((sum, s, i) => sum + Number(s !== past[0].signs[i]), 0);
      past.unshift(this.#seen(state, 'state'));
      past.length = Math.min(past.length, this.slowness?.hold ?? 1);
      yield this.#report(past[0], step, flips, quantile);
    }
  }
}

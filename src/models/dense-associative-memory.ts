/** Dense associative memories (Krotov & Hopfield 2016, Demircigil et al. 2017): patterns and a separation function. */
import { checkNeurons, checkOptions } from '../checks.ts';
import { DenseLandscape } from '../dynamics/dense-landscape.ts';
import type { Landscape } from '../dynamics/landscape.ts';
import { patternKernels, type PatternGroup } from '../kernels/groups/patterns.ts';
import { denseKernels, type DenseGroup } from '../kernels/groups/dense.ts';
import { openMachine, type Backend, type Machine } from '../kernels/open.ts';
import {
  completeSeparation,
  polynomial,
  separationBytes,
  separationTable,
  type Separation,
  type SeparationChoice,
} from '../dynamics/separation.ts';
import type { Forgotten, StoreOptions } from '../patterns/labels.ts';
import { patternBytes, PatternStore } from '../patterns/pattern-store.ts';
import { readGiven, type State, type States } from '../patterns/states.ts';
import { AssociativeMemory, type Holdings } from './associative-memory.ts';
import { called, fix } from './model.ts';
import { encodeModel, fileOf, type Bytes } from './save-format.ts';
import { checkCount, decodeModel, type Format, type LoadOptions } from './saved-model.ts';

export interface DenseOptions {
  /**
   * F: `polynomial(n)` (default n = 3), `rectifiedPolynomial(n)`, `exponential(beta)`, `simplicial(dimension)`,
   * `exponentialSimplicial(dimension, beta)`, or N + 3 numbers, F at −N−2, −N, …, N+2.
   */
  separation?: SeparationChoice;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

interface Parts {
  readonly machine: Machine<PatternGroup & DenseGroup>;
  readonly patterns: PatternStore;
  readonly landscape: DenseLandscape;
}

/** The patterns' bits are the only section of a file. */
const FORMAT: Format<{ neurons: number; separation: Separation; patterns: number }> = {
  model: 'DenseAssociativeMemory',
  expect(given) {
    const neurons = checkNeurons(given.neurons);
    const separation = completeSeparation(given.separation, neurons);
    const patterns = checkCount(given.patterns, 'patterns');
    return {
      description: { neurons, separation, patterns },
      sections: { patterns: patterns * Math.ceil(neurons / 8) },
      patterns,
      memory: patternBytes(patterns, neurons) + separationBytes(separation, neurons),
    };
  },
};

/**
 * A dense associative memory of N two-state neurons.
 *
 * ```ts
 * const memory = new DenseAssociativeMemory(1024, { separation: exponential() });
 * memory.store(patterns);
 * const { state, match } = memory.recall(noisy, { seed: 7 });
 * ```
 *
 * E = −Σ_μ F(m_μ), m_μ = Σ_i ξ_i^μ s_i; a neuron takes the sign of its field h_i = E(s_i = −1) − E(s_i = +1),
 * which is Σ_μ [F(ξ_i^μ + M_i^μ) − F(−ξ_i^μ + M_i^μ)] with the overlaps M_i^μ of the other neurons. For `exponential`
 * E = −(1/β) ln Σ_μ e^(βm_μ), and h_i is its difference. Stochastic recall has P(s_i = +1) = 1/(1 + e^(−h_i/T)). With
 * F(m) = m² the states are those of the Hebbian `HopfieldNetwork`, E is 2N times its energy less N·P, and h_i is 4N
 * times its field. Polynomial fields are exact while F(N + 2) and
 * P·(F(N + 2) − F(N)) are below 2⁵³, energies while P·F(N) is; beyond, and for other functions, sums are doubles added in
 * a fixed order: every engine and backend gives the same bits, and the energy falls but for rounding.
 *
 * Memory: P·N/4 bytes. Every method that takes states takes ±1, 0/1 (0 means −1) or booleans, N of them.
 */
export class DenseAssociativeMemory extends AssociativeMemory {
  /** N. */
  readonly neurons: number;
  /** The separation function with all its parameters. */
  readonly separation: Separation;
  #parts: Parts | undefined;
  #version = 0;

  /**
   * @param neurons - N, from 1 to 2,097,151
   * @param options - all optional; see there for defaults
   * @throws TypeError, RangeError for a bad argument, Error when the backend asked for cannot run
   */
  constructor(neurons: number, options: DenseOptions = {}) {
    checkNeurons(neurons);
    checkOptions(options, 'dense memory options', ['separation', 'backend']);
    const separation = completeSeparation(
      options.separation === undefined ? polynomial(3) : options.separation,
      neurons,
    );
    const table = separationTable(separation, neurons);
    super();
    this.neurons = neurons;
    this.separation = separation;
    const machine = openMachine(options.backend ?? 'auto', [patternKernels, denseKernels]);
    const address = machine.memory.allocate(table.values.byteLength);
    machine.memory.views.f64.set(table.values, address >>> 3);
    const patterns = new PatternStore(machine, neurons, true);
    const landscape = new DenseLandscape(machine, patterns, table, address);
    this.#parts = { machine, patterns, landscape };
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
  static load(bytes: Bytes, options: LoadOptions = {}): DenseAssociativeMemory {
    const { description, sections, patterns, labels } = decodeModel(FORMAT, bytes, options);
    const { neurons, separation } = description;
    const memory = new DenseAssociativeMemory(neurons, { separation, backend: options.backend });
    memory.#open().patterns.restore(patterns, sections[0], labels);
    return memory;
  }

  /** The memory that `toJSON` gave: see `load`. */
  static fromJSON(value: unknown, options: LoadOptions = {}): DenseAssociativeMemory {
    return DenseAssociativeMemory.load(fileOf(value), options);
  }

  /** The memory as bytes, for `load`: N/8 bytes a pattern. */
  save(): Uint8Array {
    const { patterns } = this.#open();
    const { neurons, separation } = this;
    const description = { model: FORMAT.model, neurons, separation, patterns: patterns.count };
    return encodeModel(description, [patterns.save()], patterns.labels);
  }

  /**
   * Stores one pattern or several, on top of those stored before. O(N) a pattern.
   *
   * @param patterns - N values, an array of such, or a flat typed array of P×N
   * @param options - `labels`, one for each
   * @returns the memory
   * @throws TypeError, RangeError when a pattern is not N values of ±1 (0/1, booleans), or memory would not
   *   hold them; nothing is stored then
   */
  store(patterns: States, options: StoreOptions = {}): this {
    const { machine } = called(this).#open();
    const { count, write, labels } = readGiven(machine, patterns, this.neurons, options);
    this.#open().patterns.append(count, write, labels);
    this.#version++;
    return this;
  }

  /**
   * Forgets a stored pattern: its share of the energy is gone, exactly. O(P·N).
   *
   * @param which - its index, N values (the first pattern equal to them), or `{ label }` (all that have it)
   * @returns whether there was any such pattern
   * @throws TypeError, RangeError when it is none of these, or there is no such index
   */
  forget(which: Forgotten<State>): boolean {
    const indices = this.choose(which);
    for (const index of indices.reverse()) this.#open().patterns.remove(index);
    if (indices.length > 0) this.#version++;
    return indices.length > 0;
  }

  dispose(): void {
    this.#parts = undefined;
  }

  protected hold(): Holdings {
    const { machine, patterns } = this.#open();
    return { machine, patterns, version: this.#version, low: -1 };
  }

  protected ground(): Landscape {
    return this.#open().landscape;
  }

  protected groundOf<T>(part: PatternStore, use: (landscape: Landscape) => T): T {
    return use(this.#open().landscape.of(part));
  }

  #open(): Parts {
    if (!this.#parts) throw new Error('the memory has been disposed of');
    return this.#parts;
  }
}

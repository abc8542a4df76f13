/** Simplicial Hopfield networks (Burns & Fukai 2023): connections of two, three and more neurons. */
import { checkNeurons } from '../checks.ts';
import { DenseLandscape } from '../dynamics/dense-landscape.ts';
import { countSimplices } from '../dynamics/elementary.ts';
import type { Landscape } from '../dynamics/landscape.ts';
import { exponentialSimplicial, separationTable, simplicial } from '../dynamics/separation.ts';
import { SimplicialLandscape } from '../dynamics/simplicial-landscape.ts';
import { patternKernels, type PatternGroup } from '../kernels/groups/patterns.ts';
import { denseKernels, type DenseGroup } from '../kernels/groups/dense.ts';
import { simplicialKernels, type SimplicialGroup } from '../kernels/groups/simplicial.ts';
import { openMachine, type Backend, type Machine } from '../kernels/open.ts';
import type { Forgotten, StoreOptions } from '../patterns/labels.ts';
import { PatternStore } from '../patterns/pattern-store.ts';
import { readGiven, type State, type States } from '../patterns/states.ts';
import { AssociativeMemory, type Holdings } from './associative-memory.ts';
import { called, fix } from './model.ts';
import { fileOf, type Bytes } from './save-format.ts';
import { decodeModel, type LoadOptions } from './saved-model.ts';
import { drawSimplices } from './simplicial/draw.ts';
import { encodeSimplicial, SIMPLICIAL } from './simplicial/file.ts';
import { Simplices } from './simplicial/incidence.ts';
import {
  countLists,
  decodeLists,
  readSimplices,
  unpackLists,
  type SimplexList,
} from './simplicial/lists.ts';
import {
  planComplex,
  type ComplexPlan,
  type Connections,
  type SimplicialOptions,
} from './simplicial/options.ts';

interface Parts {
  readonly machine: Machine<PatternGroup & DenseGroup & SimplicialGroup>;
  readonly patterns: PatternStore;
  readonly landscape: Landscape;
  /** The simplices of each neuron; undefined for a complete complex. */
  readonly simplices: Simplices | undefined;
}

/**
 * A simplicial Hopfield network of N two-state neurons.
 *
 * ```ts
 * const network = new SimplicialHopfieldNetwork(100); // all pairs and all triples
 * const diluted = new SimplicialHopfieldNetwork(100, { connections: { pairs: 0.5, triples: 0.5 }, seed: 1 });
 * const listed = new SimplicialHopfieldNetwork(4, { simplices: [[0, 1], [1, 2, 3]] });
 * ```
 *
 * E = −Σ_σ w_σ s_σ over its simplices σ, sets of two and more neurons, with s_σ = Π_{i∈σ} s_i and
 * w_σ = (1/N) Σ_μ Π_{i∈σ} ξ_i^μ; fields h_i = Σ_{σ∋i} w_σ s_{σ∖i} = ½(E(s_i = −1) − E(s_i = +1)). Stochastic recall has
 * P(s_i = +1) = 1/(1 + e^(−2h_i/T)). With pairs alone (`dimension: 1`) it is the Hebbian `HopfieldNetwork`.
 *
 * A complete complex needs no list: the sums over its simplices are polynomials of the overlaps, so it is a
 * `DenseAssociativeMemory` with the separation function `simplicial(D)`, its E divided by N and its h_i by 2N. Sums are
 * exact while P times the number of simplices is below 2⁵³; beyond, they are doubles added in a fixed order, the same on
 * every engine and backend. `exponential` has E = −(1/β) ln Σ_μ e^(β F(m_μ)/N). Drawn and given simplices have integer
 * weights N·w, and their sums are always exact.
 *
 * Memory: P·N/4 bytes, and 4k² bytes a listed simplex of k neurons. Every method that takes states takes ±1, 0/1 (0
 * means −1) or booleans, N of them.
 */
export class SimplicialHopfieldNetwork extends AssociativeMemory {
  /** N. */
  readonly neurons: number;
  /** The dimension of the complex: D as given when it is complete, else the size of its largest simplex less 1. */
  readonly dimension: number;
  /** β of the exponential variant; undefined without. */
  readonly exponential: number | undefined;
  /** The shares from which simplices were drawn, and their budget; undefined when they were not. */
  readonly connections: Required<Connections> | undefined;
  /** The seed of the draw; undefined when nothing was drawn. */
  readonly seed: number | undefined;
  /** How many simplices there are (rounded to a double above 2⁵³). */
  readonly simplexCount: number;

  readonly #lists: readonly SimplexList[] | undefined;
  readonly #given: boolean;
  #parts: Parts | undefined;
  #version = 0;

  /**
   * @param neurons - N, from 1 to 2,097,151
   * @param options - all optional; see there for defaults
   * @throws TypeError, RangeError for a bad argument or a complex that memory would not hold, Error when the backend
   *   asked for cannot run
   */
  constructor(neurons: number, options: SimplicialOptions = {}) {
    checkNeurons(neurons);
    const plan = planComplex(neurons, options);
    const lists = listsOf(neurons, plan);
    super();
    this.neurons = neurons;
    this.exponential = plan.kind === 'complete' ? plan.beta : undefined;
    this.connections = plan.kind === 'drawn' ? plan.connections : undefined;
    this.seed = plan.kind === 'drawn' ? plan.seed : undefined;
    this.dimension = plan.kind === 'complete' ? plan.dimension : lists!.at(-1)!.size - 1;
    this.simplexCount = lists ? countLists(lists) : countSimplices(neurons, this.dimension);
    this.#lists = lists;
    this.#given = plan.kind === 'given';
    this.#parts = build(neurons, options.backend ?? 'auto', plan, lists);
    fix(this);
  }

  /**
   * The network that `save` wrote.
   *
   * @param bytes - the whole file
   * @param options - `backend`, and `memory`: how much the network may take
   * @throws TypeError, RangeError, Error saying what is wrong when the file is cut short, altered or foreign, or when
   *   what it says of itself does not hold
   */
  static load(bytes: Bytes, options: LoadOptions = {}): SimplicialHopfieldNetwork {
    const { description, sections, patterns, labels } = decodeModel(SIMPLICIAL, bytes, options);
    const { neurons, complex, sizes } = description;
    const { backend } = options;
    const simplices = sizes && decodeLists(sizes, sections[1]);
    const network = new SimplicialHopfieldNetwork(neurons, { ...complex, simplices, backend });
    network.#append(patterns, (stored) => stored.restore(patterns, sections[0], labels));
    return network;
  }

  /** The network that `toJSON` gave: see `load`. */
  static fromJSON(value: unknown, options: LoadOptions = {}): SimplicialHopfieldNetwork {
    return SimplicialHopfieldNetwork.load(fileOf(value), options);
  }

  /** The network as bytes, for `load`: N/8 bytes a pattern, and 4k bytes a simplex of k neurons when they were given. */
  save(): Uint8Array {
    const { patterns } = this.#open();
    const { neurons, dimension, exponential, connections, seed } = this;
    const complex = this.#lists ? { connections, seed } : { dimension, exponential };
    return encodeSimplicial({ neurons, complex }, patterns, this.#given ? this.#lists! : undefined);
  }

  /**
   * The simplices, each its neurons upwards, the smallest simplices first; undefined for a complete complex. Copies.
   */
  get simplices(): number[][] | undefined {
    this.#open();
    return this.#lists && unpackLists(this.#lists);
  }

  /** The integer weights N·w of the simplices, in their order; undefined for a complete complex. A copy. */
  get weights(): Int32Array | undefined {
    const { simplices } = this.#open();
    return simplices?.weights(this.#lists!);
  }

  /**
   * Stores one pattern or several, on top of those stored before. O(N) a pattern, and O(1) a listed simplex.
   *
   * @param patterns - N values, an array of such, or a flat typed array of P×N
   * @param options - `labels`, one for each
   * @returns the network
   * @throws TypeError, RangeError when a pattern is not N values of ±1 (0/1, booleans), or memory or integers would not
   *   hold the result; nothing is stored then
   */
  store(patterns: States, options: StoreOptions = {}): this {
    const { machine } = called(this).#open();
    const { count, write, labels } = readGiven(machine, patterns, this.neurons, options);
    this.#append(count, (stored) => stored.append(count, write, labels));
    return this;
  }

  /**
   * Forgets a stored pattern: its share of the weights is gone, exactly. O(P·N), and O(1) a listed simplex.
   *
   * @param which - its index, N values (the first pattern equal to them), or `{ label }` (all that have it)
   * @returns whether there was any such pattern
   * @throws TypeError, RangeError when it is none of these, or there is no such index
   */
  forget(which: Forgotten<State>): boolean {
    const { patterns, simplices } = this.#open();
    const indices = this.choose(which);
    for (const index of indices.reverse()) {
      simplices?.add(patterns, index, index + 1, -1);
      patterns.remove(index);
    }
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
    const { landscape } = this.#open();
    if (landscape instanceof DenseLandscape) return use(landscape.of(part));
    throw new TypeError(
      'among is given, but drawn and given simplices hold weights of all patterns together, expected a complete complex',
    );
  }

  /** Adds patterns that `write` appends, `count` of them, and learns them. */
  #append(count: number, write: (patterns: PatternStore) => void): void {
    const { patterns, simplices } = this.#open();
    const before = patterns.count;
    simplices?.checkCount(before + count);
    write(patterns);
    simplices?.add(patterns, before, patterns.count, 1);
    this.#version++;
  }

  #open(): Parts {
    if (!this.#parts) throw new Error('the network has been disposed of');
    return this.#parts;
  }
}

/** The simplices of a plan; undefined when they are all there are. */
function listsOf(neurons: number, plan: ComplexPlan): SimplexList[] | undefined {
  if (plan.kind === 'given') return readSimplices(plan.simplices, neurons);
  if (plan.kind === 'drawn') return drawSimplices(neurons, plan.connections, plan.seed);
  return undefined;
}

function build(
  neurons: number,
  backend: Backend,
  plan: ComplexPlan,
  lists: readonly SimplexList[] | undefined,
): Parts {
  const table = plan.kind === 'complete' ? completeTable(neurons, plan) : undefined;
  const machine = openMachine(backend, [patternKernels, denseKernels, simplicialKernels]);
  const patterns = new PatternStore(machine, neurons, true);
  if (lists) {
    const simplices = new Simplices(machine, neurons, lists);
    const landscape = new SimplicialLandscape(machine, patterns, simplices, 1 / neurons);
    return { machine, patterns, landscape, simplices };
  }
  const { memory } = machine;
  const address = memory.allocate(table!.values.byteLength);
  memory.views.f64.set(table!.values, address >>> 3);
  const landscape = new DenseLandscape(machine, patterns, table!, address);
  return { machine, patterns, landscape, simplices: undefined };
}

/** A complete complex is a dense memory: its separation function, in the scale of a classical network. */
function completeTable(
  neurons: number,
  { dimension, beta }: Extract<ComplexPlan, { kind: 'complete' }>,
) {
  const separation =
    beta === undefined ? simplicial(dimension) : exponentialSimplicial(dimension, beta);
  return { ...separationTable(separation, neurons), unit: 1 / neurons, gain: 2 } as const;
}

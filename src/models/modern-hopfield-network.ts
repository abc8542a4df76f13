/**
 * The modern Hopfield network with continuous states (Ramsauer et al. 2020), and its relatives with other
 * similarities and separations (Millidge et al. 2022; Santos et al. 2024): what callers ask of it, checked, and
 * carried out below.
 *
 * `Stored` holds vectors and values, `Retrieval` weighs them for a query, `followAll` looks again and again.
 */
import { modernKernels } from '../kernels/groups/modern.ts';
import { checkOptions, checkPositiveInteger } from '../checks.ts';
import { openMachine } from '../kernels/open.ts';
import { chooseAmong, type TakenAmong } from '../patterns/among.ts';
import { checkIndex, chooseForgotten, type Forgotten, type Label } from '../patterns/labels.ts';
import { called, fix, Model } from './model.ts';
import { filled, recallAll, recallOne, writerOf } from './modern/answers.ts';
import { Codes } from './modern/codes.ts';
import { checkEnergy, energiesOf } from './modern/energy.ts';
import { errorBound } from './modern/error-bound.ts';
import { encodeModern, MODERN } from './modern/file.ts';
import { largestOf } from './modern/largest.ts';
import { Retrieval } from './modern/retrieval.ts';
import {
  planModern,
  planRetrieval,
  type ModernOptions,
  type ModernPlan,
  type ModernRecallOptions,
  type Similarity,
} from './modern/options.ts';
import type { ModernSeparation } from './modern/separations.ts';
import type { RecallSetting } from './modern/recall.ts';
import type { AttentionWeights, ModernManyResult, ModernResult } from './modern/results.ts';
import { Stored } from './modern/stored.ts';
import {
  takeVector,
  takeVectors,
  type ModernStoreOptions,
  type Vector,
  type Vectors,
} from './modern/vectors.ts';
import { fileOf, jsonOf, type Bytes } from './save-format.ts';
import { decodeModel, type LoadOptions } from './saved-model.ts';

export interface ModernLoadOptions extends LoadOptions, Pick<ModernOptions, 'codes'> {}

/**
 * A memory of real vectors of one dimension d: recall replaces a query by the average of the stored vectors,
 * weighted by how similar they are to it.
 *
 * ```ts
 * const memory = new ModernHopfieldNetwork(384, { beta: 20, similarity: 'cosine' });
 * memory.store(embeddings, { values, labels });
 * const { state, value, match } = memory.recall(query);
 * ```
 *
 * q ← Xᵀp with p = separation(β·similarity(x_μ, q)); for dot and softmax that is Xᵀ softmax(βXq). Vectors are held in
 * single precision, P·d·4 bytes. One recall reads them once a step: O(P·d). Scores carry the rounding of single
 * precision, about 10⁻⁶ of β‖q‖M, M the largest norm; averages are accurate to 10⁻⁵ beyond that.
 * Softmax needs nothing of size P beside what is stored; the other separations hold P scores while they retrieval.
 */
export class ModernHopfieldNetwork extends Model {
  /** d. */
  readonly dimension: number;
  /** Inverse temperature β. */
  readonly beta: number;
  readonly similarity: Similarity;
  readonly separation: ModernSeparation;
  /** c, where it was given. */
  declare readonly nothing?: number;
  /** Where they were asked for. */
  declare readonly codes?: 'int8';

  readonly #plan: ModernPlan;
  #setting: RecallSetting | undefined;

  /**
   * @param dimension - d, from 1 to 65,536
   * @param options - all optional; see there for defaults
   * @throws TypeError for options of the wrong kind, RangeError for values out of range, Error when the
   *   backend asked for cannot run
   */
  constructor(dimension: number, options: ModernOptions = {}) {
    const plan = planModern(dimension, options);
    super();
    this.#plan = plan;
    this.dimension = plan.dimension;
    this.beta = plan.beta;
    this.similarity = plan.similarity;
    this.separation = plan.separation;
    if (plan.nothing !== undefined) this.nothing = plan.nothing;
    const machine = openMachine(options.backend ?? 'auto', [modernKernels]);
    if (options.codes) this.codes = options.codes;
    const stored = new Stored(machine, plan, this.codes && new Codes(machine, plan));
    this.#setting = { machine, stored, retrieval: new Retrieval(machine, plan, stored) };
    fix(this);
  }

  /**
   * The network that `save` wrote: it recalls exactly as the saved one did.
   *
   * @param bytes - the whole file
   * @param options - `backend`; `memory`: how much the network may take; `codes`, which are not in the file
   * @throws TypeError, RangeError, Error saying what is wrong when the file is cut short, altered or foreign, or when
   *   what it says of itself does not hold
   */
  static load(bytes: Bytes, options: ModernLoadOptions = {}): ModernHopfieldNetwork {
    checkOptions(options, 'load options', ['backend', 'memory', 'codes']);
    const { codes, ...given } = options;
    const { description, sections, patterns, labels } = decodeModel(MODERN, bytes, given);
    const { dimension, ...rest } = description;
    const [vectors, values] = sections.map((section) => new Float32Array(section.buffer));
    const { backend } = options;
    const network = new ModernHopfieldNetwork(dimension, { ...rest, codes, backend });
    if (patterns > 0) {
      network.store(vectors, { values: values.length > 0 ? values : undefined, labels });
    }
    return network;
  }

  /** The network that `toJSON` gave: see `load`. */
  static fromJSON(value: unknown, options: ModernLoadOptions = {}): ModernHopfieldNetwork {
    return ModernHopfieldNetwork.load(fileOf(value), options);
  }

  /** The network as bytes, for `load`: P·(d + v)·4 of them and a short head. */
  save(): Uint8Array {
    return encodeModern(this.#plan, this.#open().stored);
  }

  /** What `save` gives as a value for JSON, for `fromJSON`: `JSON.stringify(network)` keeps everything. */
  toJSON(): Record<string, unknown> {
    return jsonOf(this.save());
  }

  /** P, the number of vectors stored. */
  get patternCount(): number {
    return this.#open().stored.count;
  }

  /** Copies of the stored vectors, rounded to single precision, in the order of storing. */
  get patterns(): Float32Array[] {
    const { vectors } = this.#open().stored;
    return Array.from({ length: vectors.count }, (_, k) => vectors.read(k));
  }

  /** v, the dimension of the values; undefined while there are none. */
  get valueDimension(): number | undefined {
    return this.#open().stored.values?.dimension;
  }

  /** Copies of the values, likewise; undefined when there are none. */
  get values(): Float32Array[] | undefined {
    const { values } = this.#open().stored;
    return values && Array.from({ length: values.count }, (_, k) => values.read(k));
  }

  /** The labels of the stored vectors, P of them; undefined for those without. */
  get labels(): (Label | undefined)[] {
    return Array.from(this.#open().stored.labels);
  }

  /**
   * Stores vectors, on top of those stored before; with values, `recall` gives the average of those too. Either every
   * stored vector has a value or none has. O(d) a vector.
   *
   * @param vectors - d numbers, an array of such, or a flat typed array of P×d; none above 10¹⁵ in size
   * @param options - `values` and `labels`, one a vector; a list alone is taken for the values
   * @returns the network
   * @throws TypeError, RangeError when a vector, value or label is wrong, scores would leave single precision, a vector
   *   is zero with cosine similarity, or memory would not hold the result; nothing is stored then
   */
  store(vectors: Vectors, options: ModernStoreOptions | Vectors = {}): this {
    called(this).#open().stored.store(vectors, options);
    return this;
  }

  /**
   * Forgets a stored vector, its value and its label; those behind it move up by one. O(P·d).
   *
   * @param which - its index, d numbers (the first vector equal to them in single precision), or `{ label }` (all that
   *   have it)
   * @returns whether there was any such vector
   * @throws TypeError, RangeError when it is none of these, or there is no such index
   */
  forget(which: Forgotten<Vector>): boolean {
    const { stored } = called(this).#open();
    const indices = chooseForgotten(which, stored.labels, (vector) => stored.find(vector));
    for (const index of indices.reverse()) stored.remove(index);
    return indices.length > 0;
  }

  /**
   * Lets a query move towards what is stored, one step unless `steps` says otherwise. O(P·d) a step.
   *
   * A state without direction (norm below 10⁻¹⁵), which cosine similarity may come to, is alike to nothing: the next
   * step weighs all scores as 0.
   *
   * @param query - d numbers
   * @param options - see there for defaults
   * @throws TypeError, RangeError for a bad query or option, or scores that would leave single precision; Error
   *   when an energy is wanted and nothing is stored
   */
  recall(query: Vector, options: ModernRecallOptions = {}): ModernResult {
    const { dimension } = called(this);
    const plan = planRetrieval(options, this.#plan, this.codes !== undefined);
    checkEnergy(this.#plan, plan.energy);
    const given = takeVector(query, dimension, 'query');
    return this.#among(plan.among, (setting) => recallOne(setting, this.#plan, plan, given));
  }

  /**
   * Recalls many queries; each gives the same bits as by itself. Takes far less time than one by one.
   *
   * @param queries - an array of queries, or a flat typed array of B×d
   * @param options - as for `recall`
   * @throws as `recall`; the message names the query
   */
  recallMany(queries: Vectors, options: ModernRecallOptions = {}): ModernManyResult {
    const { dimension } = called(this);
    const plan = planRetrieval(options, this.#plan, this.codes !== undefined);
    checkEnergy(this.#plan, plan.energy);
    const name = (k: number) => `query ${k}`;
    const list = takeVectors(queries, dimension, 'queries', name);
    return this.#among(plan.among, (setting) => recallAll(setting, this.#plan, plan, list, name));
  }

  /**
   * The energy of a state. No step of recall raises it, but for the rounding of single precision. O(P·d).
   *
   *     dot, softmax                −β⁻¹ ln Σ_μ e^(β x_μ·q) + ½‖q‖² + β⁻¹ ln P + ½M²
   *     dot, sparsemax or entmax    −β⁻¹ Ω*(βXq) + ½‖q‖²
   *     Euclidean, softmax          −β⁻¹ ln Σ_μ e^(−½β‖x_μ − q‖²)
   *     Euclidean, the other two    −β⁻¹ Ω*(−½β‖x_μ − q‖²)
   *     log-sum-relu                −β⁻¹ ln Σ_μ max(0, 1 − ½β‖x_μ − q‖²), infinite where nothing is near
   *
   * Ω*(s) = max_p (p·s − Ω(p)) over weights p, with Ω = ½(Σp² − 1) for sparsemax and 4/3·(Σp^1.5 − 1) for entmax. With
   * `nothing`, βc is one more score, and the last two terms of the first line are left out.
   *
   * @param state - d numbers
   * @throws TypeError with cosine similarity and for top-k, for which no energy is known; else as `recall`
   */
  energy(state: Vector): number {
    const given = takeVector(state, called(this).dimension, 'state');
    const setting = this.#open();
    const write = writerOf(setting, this.#plan, [given], () => 'state');
    return energiesOf(filled(setting), this.#plan, 1, write)[0];
  }

  /**
   * How much each stored vector weighs for a query, in one step, in double precision from scores in single. O(P·d),
   * and sorting.
   *
   * @param query - d numbers
   * @param options - `top`: how many at most. Default: all that weigh more than 0
   * @throws as `recall`
   */
  attention(query: Vector, options: { top?: number } = {}): AttentionWeights {
    checkOptions(options, 'attention options', ['top']);
    const top = options.top === undefined ? Infinity : checkPositiveInteger(options.top, 'top');
    const given = takeVector(query, called(this).dimension, 'query');
    const setting = this.#open();
    const { machine, stored, retrieval } = setting;
    const { indices, weights, nothing } = machine.memory.scope((take) => {
      const address = take(stored.vectors.width * 4);
      writerOf(setting, this.#plan, [given], () => 'query')(0, address);
      return retrieval.weights(address);
    });
    const order = largestOf(weights, top);
    const found: AttentionWeights = {
      indices: order.map((k) => indices[k]),
      weights: Float64Array.from(order, (k) => weights[k]),
    };
    if (this.#plan.nothing !== undefined) found.nothing = nothing;
    return found;
  }

  /**
   * A bound on ‖f(x) − x‖, how far one step moves stored vector `index`: 2M·min(1, (P − 1)·e^(−Δ)), Δ its lead,
   * the least of β times similarity of x with itself less that with another stored vector (Ramsauer et al. 2020;
   * their β·Δ_i for dot). A little wider than that, for the rounding of scores and of f. O(P·d).
   *
   * @param index - from 0 to P − 1
   * @throws TypeError when the separation is not softmax; TypeError, RangeError when there is no such vector
   */
  errorBound(index: number): number {
    const setting = this.#open();
    if (this.separation !== 'softmax') {
      throw new TypeError("the separation is not 'softmax', and no other has an error bound here");
    }
    return errorBound(setting, this.#plan, checkIndex(index, 'index', setting.stored.count));
  }

  dispose(): void {
    this.#setting = undefined;
  }

  protected hold() {
    const setting = this.#open();
    return { ...setting, plan: this.#plan, version: setting.stored.version };
  }

  #open(): RecallSetting {
    if (!this.#setting) throw new Error('the network has been disposed of');
    return this.#setting;
  }

  /** Lends what is stored, or the part of it that is meant. */
  #among<T>(among: TakenAmong | undefined, work: (setting: RecallSetting) => T): T {
    const setting = this.#open();
    if (!among) return work(setting);
    const { machine, stored } = setting;
    return stored.among(chooseAmong(among, stored.labels), (members) =>
      work({ machine, stored, retrieval: new Retrieval(machine, this.#plan, stored, members) }),
    );
  }
}

/**
 * The network of graded neurons (Hopfield 1984): continuous potentials u, outputs V = g(u), and an energy that
 * falls while they move.
 *
 * `GradedCouplings` holds T, `GradedRun` follows the equation of motion.
 */
import { patternKernels, type PatternGroup } from '../kernels/groups/patterns.ts';
import { spinKernels, type SpinGroup } from '../kernels/groups/spins.ts';
import { learningKernels, type LearningGroup } from '../kernels/groups/learning.ts';
import { gradedKernels, type GradedGroup } from '../kernels/groups/graded.ts';
import { openMachine, type Machine } from '../kernels/open.ts';
import { readCouplings } from '../learning/given-couplings.ts';
import { chooseAmong } from '../patterns/among.ts';
import {
  chooseForgotten,
  type Forgotten,
  type Label,
  type StoreOptions,
} from '../patterns/labels.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import { readGiven, takeState, writeState, type State, type States } from '../patterns/states.ts';
import { asymmetry, GradedCouplings } from './graded/couplings.ts';
import { potentials, readCue, readOutputs } from './graded/cue.ts';
import { encodeGraded, GRADED } from './graded/file.ts';
import { energyAt, GradedRun, type Ground } from './graded/run.ts';
import {
  planGraded,
  planRun,
  readReals,
  type GradedOptions,
  type GradedPlan,
  type GradedRunOptions,
} from './graded/options.ts';
import type { GradedResult, GradedStep } from './graded/results.ts';
import { matchesOf, type Matches } from './match.ts';
import { called, fix, Model } from './model.ts';
import { fileOf, jsonOf, type Bytes } from './save-format.ts';
import { decodeModel, type LoadOptions } from './saved-model.ts';

interface Parts {
  readonly machine: Machine<PatternGroup & SpinGroup & LearningGroup & GradedGroup>;
  readonly couplings: GradedCouplings;
}

/**
 * N neurons with graded response:
 *
 *     du_i/dt = −u_i/τ + Σ_j T_ij V_j + I_i        V_i = tanh(gain·u_i), or ½(1 + tanh(gain·u_i))
 *     E = −½ Σ T_ij V_i V_j − Σ I_i V_i + (1/τ) Σ ∫ g⁻¹(v) dv, from g(0) to V_i
 *
 * ```ts
 * const memory = new GradedHopfieldNetwork(100, { gain: 10 }).store(letters);
 * const { state, outputs, match } = memory.recall(smudged);
 * ```
 *
 * The paper's g(u/u₀) is gain = 1/u₀. With high gain the stable states are those of the two-state network with the same
 * couplings; with gain·τ below 1/λ, λ the largest eigenvalue of T (2/λ for logistic neurons) there is only one.
 * Couplings are N×N doubles and symmetric. E never rises along the run, nor in any step that is made here.
 */
export class GradedHopfieldNetwork extends Model {
  /** N. */
  readonly neurons: number;
  readonly activation: 'tanh' | 'logistic';
  readonly gain: number;
  /** τ. */
  readonly timeConstant: number;

  readonly #plan: GradedPlan;
  #parts: Parts | undefined;

  /**
   * @param neurons - N, from 1 to 16,384
   * @param options - all optional; see there for defaults
   * @throws TypeError for options of the wrong kind, RangeError for values out of range, Error when the
   *   backend asked for cannot run
   */
  constructor(neurons: number, options: GradedOptions = {}) {
    super();
    this.#plan = planGraded(neurons, options);
    this.neurons = neurons;
    this.activation = this.#plan.activation;
    this.gain = this.#plan.gain;
    this.timeConstant = this.#plan.timeConstant;
    const machine = openMachine(options.backend ?? 'auto', [
      patternKernels,
      spinKernels,
      learningKernels,
      gradedKernels,
    ]);
    this.#parts = { machine, couplings: new GradedCouplings(machine, this.#plan) };
    fix(this);
  }

  /**
   * A network with couplings of your own, as they are; patterns stored later are learnt on top.
   *
   * @param matrix - T, N×N numbers, symmetric, flat or as rows; its diagonal counts
   * @param options - as for the constructor
   * @throws TypeError, RangeError when it is no symmetric square of finite numbers
   */
  static fromCouplings(
    matrix: ArrayLike<number> | readonly ArrayLike<number>[],
    options: GradedOptions = {},
  ): GradedHopfieldNetwork {
    const { neurons, values, symmetric } = readCouplings(matrix);
    if (!symmetric) throw new RangeError(asymmetry(values, neurons));
    const network = new GradedHopfieldNetwork(neurons, options);
    network.#open().couplings.give(values);
    return network;
  }

  /**
   * The network that `save` wrote: it runs exactly as the saved one did.
   *
   * @param bytes - the whole file
   * @param options - `backend`, and `memory`: how much the network may take
   * @throws TypeError, RangeError, Error saying what is wrong when the file is cut short, altered or foreign, or when
   *   what it says of itself does not hold
   */
  static load(bytes: Bytes, options: LoadOptions = {}): GradedHopfieldNetwork {
    const { description, sections, patterns, labels } = decodeModel(GRADED, bytes, options);
    const { neurons, activation, gain, timeConstant } = description;
    const [rows, reals, given] = sections;
    const inputs = new Float64Array(reals.buffer);
    const all = { activation, gain, timeConstant, inputs, backend: options.backend };
    const network =
      given.length > 0
        ? GradedHopfieldNetwork.fromCouplings(new Float64Array(given.buffer), all)
        : new GradedHopfieldNetwork(neurons, all);
    network.#open().couplings.restore(patterns, rows, labels);
    return network;
  }

  /** The network that `toJSON` gave: see `load`. */
  static fromJSON(value: unknown, options: LoadOptions = {}): GradedHopfieldNetwork {
    return GradedHopfieldNetwork.load(fileOf(value), options);
  }

  /** The network as bytes, for `load`. */
  save(): Uint8Array {
    return encodeGraded(this.#plan, this.#open().couplings);
  }

  /** What `save` gives as a value for JSON, for `fromJSON`: `JSON.stringify(network)` keeps everything. */
  toJSON(): Record<string, unknown> {
    return jsonOf(this.save());
  }

  /** A copy of the input currents I, N of them. */
  get inputs(): Float64Array {
    return this.#plan.inputs.slice();
  }

  /** A copy of T, N×N. */
  get couplings(): Float64Array {
    const { machine, couplings } = this.#open();
    const at = couplings.matrix >>> 3;
    return machine.memory.views.f64.slice(at, at + this.neurons * this.neurons);
  }

  /** P, the number of patterns stored. */
  get patternCount(): number {
    return this.#open().couplings.patterns.count;
  }

  /** Copies of the stored patterns, in the order of storing: ±1, or 0/1 for logistic neurons. */
  get patterns(): Int8Array[] {
    const { patterns } = this.#open().couplings;
    const low = this.activation === 'tanh' ? -1 : 0;
    return Array.from({ length: patterns.count }, (_, k) => patterns.read(k, low));
  }

  /** The labels of the stored patterns, P of them; undefined for those without. */
  get labels(): (Label | undefined)[] {
    return Array.from(this.#open().couplings.patterns.labels);
  }

  /**
   * Stores one pattern or several, on top of those stored before: T_ij += (1/N) Σ_μ ξ_i^μ ξ_j^μ off the diagonal, with
   * ξ = ±1 for both activations. The couplings are computed at the next run, from all patterns: O(N²·P).
   *
   * @param patterns - N values of ±1, 0/1 or booleans, an array of such, or a flat typed array of P×N
   * @param options - `labels`, one for each
   * @returns the network
   * @throws TypeError, RangeError when a pattern is wrong or there are more than 32,767; nothing is stored then
   */
  store(patterns: States, options: StoreOptions = {}): this {
    const { machine } = called(this).#open();
    const given = readGiven(machine, patterns, this.neurons, options);
    this.#open().couplings.store(given);
    return this;
  }

  /**
   * Forgets a stored pattern: the couplings lose exactly its share; given ones stay.
   *
   * @param which - its index, N values (the first pattern equal to them), or `{ label }` (all that have it)
   * @returns whether there was any such pattern
   * @throws TypeError, RangeError when it is none of these, or there is no such index
   */
  forget(which: Forgotten<State>): boolean {
    const { machine, couplings } = called(this).#open();
    const { patterns } = couplings;
    const indices = chooseForgotten(which, patterns.labels, (pattern) => {
      const given = takeState(pattern, this.neurons, 'pattern');
      return machine.memory.scope((take) => {
        const signs = take(this.neurons);
        writeState(machine, signs, given, this.neurons, 'pattern');
        return patterns.find(signs);
      });
    });
    couplings.forget(indices);
    return indices.length > 0;
  }

  /**
   * Lets the network run from given potentials until nothing changes any more. O(N²) an evaluation; a step takes two,
   * and more where it has to be made again, shorter.
   *
   * A network that starts exactly between two basins, as at u = 0 without inputs, stays there and has converged.
   *
   * @param u0 - N numbers
   * @param options - see there for defaults
   * @throws TypeError, RangeError for bad potentials or a bad option
   */
  run(u0: ArrayLike<number>, options: GradedRunOptions = {}): GradedResult {
    const { neurons } = called(this);
    const plan = planRun(options, ['top', 'among']);
    const start = readReals(u0, neurons, 'u0');
    const { machine, couplings } = this.#open();
    const { patterns } = couplings;
    const follow = (stored: PatternStore, matrix: number) =>
      machine.memory.scope((take) => {
        const run = new GradedRun(this.#ground(matrix), plan);
        run.start(take(GradedRun.bytes(neurons)), start);
        while (!run.done) run.advance();
        const { energy, converged, derivative, time, steps, evaluations } = run;
        const { u, outputs } = this.#snapshot(run);
        const [state, match, top] = this.#decide(outputs, stored, plan.top);
        const reached = { energy, converged, derivative, time, steps, evaluations };
        return { state, outputs, u, ...reached, match, ...top };
      });
    if (!plan.among) return follow(patterns, couplings.matrix);
    return patterns.part(chooseAmong(plan.among, patterns.labels), (part) =>
      couplings.matrixOf(part, (matrix) => follow(part, matrix)),
    );
  }

  /**
   * Runs from a cue.
   *
   * @param cue - N values: ±1, 0/1 or booleans, or outputs between the limits of g. The run begins with outputs nine
   *   tenths of the way from the middle to these; ±1 and 0/1 stand for the two limits
   * @param options - as for `run`
   * @throws TypeError, RangeError for a bad cue or option
   */
  recall(cue: State, options: GradedRunOptions = {}): GradedResult {
    called(this).#open();
    return this.run(potentials(this.#plan, readCue(this.#plan, cue)), options);
  }

  /**
   * The way a run takes: first its beginning, then every step. It can be left at any time; it throws when the network
   * is changed before it is finished.
   *
   * @param u0 - N numbers
   * @param options - as for `run`
   * @throws TypeError, RangeError for bad potentials or a bad option, at once
   */
  trajectory(
    u0: ArrayLike<number>,
    options: Omit<GradedRunOptions, 'top' | 'among'> = {},
  ): IterableIterator<GradedStep> {
    called(this);
    const plan = planRun(options);
    const start = readReals(u0, this.neurons, 'u0');
    const run = new GradedRun(this.#ground(), plan);
    return this.#follow(run, start, this.#open().couplings.version);
  }

  /**
   * The energy of outputs. O(N²).
   *
   * @param outputs - V, N numbers from −1 (0 for logistic neurons) to 1
   * @throws TypeError, RangeError when one is out of range
   */
  energy(outputs: ArrayLike<number>): number {
    const { machine } = called(this).#open();
    const { kernels, memory } = machine;
    const n = this.neurons;
    const v = readOutputs(this.#plan, outputs, 'outputs');
    const from = potentials(this.#plan, v);
    const ground = this.#ground();
    return memory.scope((take) => {
      const place = { u: take(n * 8), outputs: take(n * 8), fields: take(n * 8) };
      const sums = take(16);
      memory.views.f64.set(from, place.u >>> 3);
      memory.views.f64.set(v, place.outputs >>> 3);
      kernels.gradedFields(place.fields, place.outputs, ground.matrix, ground.inputs, n);
      return energyAt(ground, place, sums).energy;
    });
  }

  dispose(): void {
    this.#parts = undefined;
  }

  protected hold() {
    const { machine, couplings } = this.#open();
    return { machine, version: couplings.version };
  }

  #open(): Parts {
    if (!this.#parts) throw new Error('the network has been disposed of');
    return this.#parts;
  }

  #ground(matrix = this.#open().couplings.matrix): Ground {
    const { machine, couplings } = this.#open();
    return { machine, plan: this.#plan, matrix, inputs: couplings.inputs };
  }

  *#follow(run: GradedRun, start: Float64Array, version: number): Generator<GradedStep> {
    const resumed = (work: (address: number) => void): GradedStep => {
      const { machine, couplings } = this.#open();
      if (couplings.version !== version) {
        throw new Error('the network was changed during a run of it');
      }
      return machine.memory.scope((take) => {
        work(take(GradedRun.bytes(this.neurons)));
        run.suspend();
        return this.#snapshot(run);
      });
    };
    yield resumed((address) => run.start(address, start));
    while (!run.done) {
      yield resumed((address) => {
        run.resume(address);
        run.advance();
      });
    }
  }

  #snapshot(run: GradedRun): GradedStep {
    const { f64 } = this.#open().machine.memory.views;
    const copy = (address: number) => f64.slice(address >>> 3, (address >>> 3) + this.neurons);
    const { energy, time, derivative, steps } = run;
    return { u: copy(run.u), outputs: copy(run.outputs), energy, time, derivative, step: steps };
  }

  /** Outputs as signs, and the patterns most like them. */
  #decide(
    outputs: Float64Array,
    patterns: PatternStore,
    top: number,
  ): [state: Int8Array, ...Matches] {
    const { machine } = this.#open();
    const bipolar = this.activation === 'tanh';
    const signs = Int8Array.from(outputs, (v) => (v >= (bipolar ? 0 : 0.5) ? 1 : -1));
    const compared = machine.memory.scope((take) => {
      const address = take(this.neurons);
      machine.memory.views.i8.set(signs, address);
      return { overlaps: patterns.overlapsOf(address), sum: patterns.sumOf(address) };
    });
    const state = bipolar ? signs : signs.map((s) => (s > 0 ? 1 : 0));
    return [state, ...matchesOf({ ...compared, stores: [patterns] }, top)];
  }
}

/**
 * The classical associative memory (Hopfield 1982), with its learning rules and dynamics.
 *
 * Real quantities are integers times a unit. For ±1 units h_i = unit·(Σ_j J_ij s_j·2^shift − θ_i). A network of
 * 0/1 units V = (1 + s)/2 is one of ±1 units with other thresholds: Σ_j T_ij V_j − U_i =
 * ½(Σ_j T_ij s_j − (2U_i − R_i)), R_i = Σ_j T_ij.
 */
import { checkName, checkNeurons, checkNumber, checkOptions, describe } from '../checks.ts';
import { Landscape, padded, type Matrix, type Workspace } from '../dynamics/landscape.ts';
import { planRecall, type RecallOptions, type RecallPlan } from '../dynamics/options.ts';
import { Walk } from '../dynamics/walk.ts';
import { openMachine, type Backend, type Machine } from '../kernels/open.ts';
import { daydream, unlearn, type Dream, type DreamCouplings } from '../learning/dreaming.ts';
import {
  FIELD_LIMIT,
  largestScale,
  matrixBytes,
  roundCouplings,
  roundEven,
} from '../learning/fixed-point.ts';
import {
  learnBounded,
  learnByNeuron,
  learnCovariance,
  learnHebbian,
  learnProjection,
  learnStorkey,
  type LearningReport,
} from '../learning/real-rules.ts';
import { completeRule, ruleCapacity, type CompleteRule, type Rule } from '../learning/rules.ts';
import { PatternStore, overlapBytes, rowBytes, signsOut } from '../patterns/pattern-store.ts';
import { readState, splitStates, type State, type States } from '../patterns/states.ts';
import { checkedSeed, drawSeed } from '../random.ts';
import { makeDisposable } from './disposable.ts';
import { decodeModel, encodeModel } from './save-format.ts';

export interface NetworkOptions {
  /** How patterns become couplings. Default `'hebbian'`. */
  rule?: Rule;
  /** `'bipolar'`: states are ±1 (default). `'binary'`: 0/1 units with the field of the 1982 paper. */
  units?: 'bipolar' | 'binary';
  /** Whether neurons act on themselves (W_ii). Default false: zero diagonal. */
  selfCoupling?: boolean;
  /** Thresholds θ (U for binary units) in the scale of the fields: one number or one a neuron. Default 0. */
  thresholds?: number | ArrayLike<number>;
  /**
   * `'couplings'`: an N×N matrix. `'patterns'`: only the patterns' bits, for the Hebbian rule; the same
   * results in P·N/4 bytes. `'auto'` (default): couplings up to 4096 neurons, patterns beyond where it can.
   */
  representation?: 'auto' | 'patterns' | 'couplings';
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

/** The stored pattern a state is most like. */
export interface Match {
  /** Its index among the stored patterns. */
  index: number;
  /** m/N, from −1 to 1: negative when the state is closer to the reversed pattern. */
  overlap: number;
}

export interface RecallResult {
  /** The final state: ±1, or 0/1 for binary units. */
  state: Int8Array;
  /** Its energy. */
  energy: number;
  /** Whether no unclamped neuron would move. */
  converged: boolean;
  /** 1 at a fixed point, the length of the cycle when synchronous recall ended in one, else undefined. */
  period: number | undefined;
  /** Sweeps made, the last, quiet one included. */
  sweeps: number;
  /** Neurons turned over in all. */
  flips: number;
  /** The seed: give it to `recall` to see the same again. */
  seed: number;
  /** The stored pattern with the largest |overlap|; undefined when nothing is stored. */
  match: Match | undefined;
}

/** Results of B recalls, one entry a cue. */
export interface RecallManyResult {
  /** Final states, B×N. */
  states: Int8Array;
  energies: Float64Array;
  /** 1 where converged, else 0. */
  converged: Uint8Array;
  /** 1 at a fixed point, the cycle's length where synchronous recall ended in one, 0 otherwise. */
  periods: Uint32Array;
  sweeps: Uint32Array;
  flips: Uint32Array;
  /** Entry k equals `recall(cue, { seed: seeds[k] })`; they count up from the seed given. */
  seeds: Uint32Array;
  /** Best matches: indices (−1 when nothing is stored) and overlaps. */
  matches: { indices: Int32Array; overlaps: Float64Array };
}

export interface TrajectoryOptions extends RecallOptions {
  /** A step after each sweep (default), or after each flip. */
  every?: 'sweep' | 'flip';
}

/** One step of a trajectory. */
export interface TrajectoryStep {
  /** The state after the step. */
  state: Int8Array;
  energy: number;
  /** Neurons that changed in this step. */
  flips: number;
  /** Sweeps made so far; the cue itself is step 0 of sweep 0. */
  sweep: number;
}

/** What `unlearn` and `daydream` have in common. */
export interface DreamOptions {
  /** An integer from 0 to 2³² − 1; drawn afresh when not given. */
  seed?: number;
  /** Stops the work; the network is left as it was. */
  signal?: AbortSignal;
  /** Called from time to time with the steps or epochs done, and how many there are. */
  onProgress?: (done: number, of: number) => void;
}

/** N above which `'auto'` holds patterns rather than couplings. */
const AUTO_COUPLINGS = 4096;

/** Hebbian couplings of more patterns than this do not fit i16. */
const I16_PATTERNS = 32767;

/** Rules for which a learnt W_ii has a meaning. */
const SELF_COUPLED = ['hebbian', 'projection', 'diederich-opper'];

const OPTION_NAMES = [
  'rule',
  'units',
  'selfCoupling',
  'thresholds',
  'representation',
  'backend',
] as const;

/**
 * A Hopfield network of N two-state neurons.
 *
 * ```ts
 * const memory = new HopfieldNetwork(100);
 * memory.store(letters);
 * const { state, match } = memory.recall(smudged, { seed: 7 });
 * ```
 *
 * Couplings are W_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ with zero diagonal unless a rule or an option says otherwise,
 * E = −½ sᵀWs + θᵀs. Every method that takes states takes ±1, 0/1 or booleans, N of them.
 */
export class HopfieldNetwork {
  /** `dispose()`, on engines that know `using`. */
  declare readonly [Symbol.dispose]: () => void;

  readonly neurons: number;
  readonly units: 'bipolar' | 'binary';
  readonly selfCoupling: boolean;
  /** The learning rule with all its parameters. */
  readonly rule: CompleteRule;

  readonly #wanted: 'auto' | 'patterns' | 'couplings';
  readonly #thresholds: Float64Array | undefined;
  #machine: Machine | undefined;
  #patterns: PatternStore;
  /** Couplings in memory, those of the patterns before `#built`; `#scale` is the real W_ij of one unit. */
  #matrix: Matrix | undefined;
  #scale: number;
  #built = 0;
  /** Whether the couplings are other than what the rule makes of the patterns. */
  #dreamt = false;
  #symmetric = true;
  #learning: LearningReport | undefined;
  /** What recall works on, made when needed; and the integer thresholds it refers to. */
  #landscape: Landscape | undefined;
  #integerThresholds = 0;
  /** Of 0/1 units with asymmetric couplings: 2U, which their energy refers to. */
  #ownThresholds = 0;
  /** E = energyUnit·(offset − Σ_i s_i (h_i − θ_i)), in the integers of the ±1 network. */
  #energyUnit = 0;
  #energyOffset = 0;
  /** Whether some W_ii is not zero. */
  #selfActing: boolean;
  #version = 0;

  /**
   * @param neurons - N, from 1 to 2,097,151
   * @throws TypeError for options of the wrong kind, RangeError for values out of range
   */
  constructor(neurons: number, options: NetworkOptions = {}) {
    this.neurons = checkNeurons(neurons);
    checkOptions(options, 'network options', OPTION_NAMES);
    this.rule = completeRule(options.rule ?? 'hebbian', neurons);
    const sparse = this.rule.name === 'covariance';
    this.units = checkName(options.units ?? (sparse ? 'binary' : 'bipolar'), 'units', [
      'bipolar',
      'binary',
    ]);
    if (sparse && this.units === 'bipolar') {
      throw new TypeError("units is 'bipolar', expected 'binary' for the covariance rule");
    }
    const { selfCoupling = false } = options;
    if (typeof selfCoupling !== 'boolean') {
      throw new TypeError(`selfCoupling is ${describe(selfCoupling)}, expected true or false`);
    }
    if (selfCoupling && !SELF_COUPLED.includes(this.rule.name)) {
      throw new TypeError(
        `selfCoupling is true, expected false for the rule '${this.rule.name}' (only for ${SELF_COUPLED.join(', ')})`,
      );
    }
    this.selfCoupling = selfCoupling;
    this.#selfActing = selfCoupling;
    this.#wanted = checkName(options.representation ?? 'auto', 'representation', [
      'auto',
      'patterns',
      'couplings',
    ]);
    if (this.#wanted === 'patterns' && this.rule.name !== 'hebbian') {
      throw new TypeError(
        `representation is 'patterns', expected 'couplings' or 'auto' for the rule '${this.rule.name}'`,
      );
    }
    this.#thresholds = this.#readThresholds(options.thresholds);
    this.#scale = this.#hebbianScale;
    this.#machine = openMachine(options.backend ?? 'auto');
    this.#patterns = new PatternStore(this.#machine, neurons, this.#turnsOver);
  }

  /**
   * A network with couplings of your own, rounded once to 30-bit integers.
   *
   * @param matrix - N×N numbers in the scale of the paper, row i holding what acts on neuron i, flat or as
   *   rows; its diagonal is kept, and it need not be symmetric
   * @param options - as for the constructor; patterns stored later are learnt on top
   * @throws TypeError, RangeError when it is no square of finite numbers
   */
  static fromCouplings(
    matrix: ArrayLike<number> | readonly ArrayLike<number>[],
    options: Omit<NetworkOptions, 'representation' | 'selfCoupling'> = {},
  ): HopfieldNetwork {
    checkOptions(options, 'fromCouplings options', ['rule', 'units', 'thresholds', 'backend']);
    const flat = flattenSquare(matrix);
    const neurons = Math.round(Math.sqrt(flat.length));
    const { name } = completeRule(options.rule ?? 'hebbian', neurons);
    let acting = false;
    let symmetric = true;
    for (let i = 0; i < neurons; i++) {
      if (flat[i * neurons + i] !== 0) acting = true;
      for (let j = 0; j < i; j++) {
        if (flat[i * neurons + j] !== flat[j * neurons + i]) symmetric = false;
      }
    }
    const selfCoupling = acting && SELF_COUPLED.includes(name);
    const network = new HopfieldNetwork(neurons, { ...options, selfCoupling });
    const { memory } = network.#open();
    memory.scope((take) => {
      const address = take(neurons * neurons * 8);
      memory.views.f64.set(flat, address >>> 3);
      network.#round(address);
    });
    network.#dreamt = true;
    network.#symmetric = symmetric;
    network.#selfActing = acting;
    return network;
  }

  /** Which kernels run: `'wasm'`, or `'reference'` (TypeScript); the results are the same. */
  get backend(): 'wasm' | 'reference' {
    return this.#open().backend;
  }

  /** Why the reference stands in for WebAssembly; undefined when it does not, or was asked for. */
  get backendReason(): string | undefined {
    return this.#open().reason;
  }

  /** What recall works from: the N×N matrix of couplings, or the patterns themselves. */
  get representation(): 'patterns' | 'couplings' {
    if (this.rule.name !== 'hebbian' || this.#dreamt) return 'couplings';
    if (this.#wanted !== 'auto') return this.#wanted;
    return this.neurons <= AUTO_COUPLINGS ? 'couplings' : 'patterns';
  }

  /** P, the number of patterns stored. */
  get patternCount(): number {
    this.#open();
    return this.#patterns.count;
  }

  /** Copies of the stored patterns, in the order of storing (±1, or 0/1 for binary units). */
  get patterns(): Int8Array[] {
    this.#open();
    return Array.from({ length: this.patternCount }, (_, k) => this.#patterns.read(k, this.#low));
  }

  /** Thresholds, one a neuron, in the scale of the fields. */
  get thresholds(): Float64Array {
    return this.#thresholds?.slice() ?? new Float64Array(this.neurons);
  }

  /** How many random patterns the rule is known to hold; undefined where no figure applies. */
  get capacity(): number | undefined {
    return this.#dreamt ? undefined : ruleCapacity(this.rule, this.neurons);
  }

  /** How the last training went, for the rules that iterate: perceptron and Diederich–Opper. */
  get learning(): LearningReport | undefined {
    return this.#learning;
  }

  /** Bytes of linear memory this network holds. */
  get bytes(): number {
    return this.#open().memory.bytes;
  }

  /**
   * A copy of the couplings in the scale of the paper, N×N: entry i·N + j is W_ij, what neuron j does to
   * neuron i (T_ij for binary units). O(N²·P) when only the patterns are held.
   */
  get couplings(): Float32Array {
    const machine = this.#open();
    const { neurons } = this;
    this.#ready();
    return machine.memory.scope((take) => {
      const matrix = this.#matrix ?? this.#hebbianMatrix(take);
      const view = matrix.kind === 'i16' ? machine.memory.views.i16 : machine.memory.views.i32;
      const start = matrix.address / view.BYTES_PER_ELEMENT;
      const lda = padded(neurons);
      const out = new Float32Array(neurons * neurons);
      for (let j = 0; j < neurons; j++) {
        for (let i = 0; i < neurons; i++) {
          out[i * neurons + j] = view[start + j * lda + i] * this.#scale;
        }
      }
      return out;
    });
  }

  /**
   * Stores one pattern or several, on top of those stored before.
   *
   * @param patterns - N values, an array of such, or a flat typed array of P×N
   * @returns the network
   * @throws TypeError, RangeError when a pattern is not N values of ±1 (0/1, booleans), or memory or
   *   integers would not hold the result; nothing is stored then
   */
  store(patterns: States): this {
    const machine = this.#open();
    const list = splitStates(patterns, this.neurons, 'patterns');
    const from = this.patternCount;
    this.#checkSize(from + list.length);
    this.#patterns.append(list.length, (k, signs) => {
      const name = list.length === 1 ? 'pattern' : `pattern ${k}`;
      readState(machine, signs, list[k], this.neurons, name);
    });
    try {
      this.#learn(from);
    } catch (error) {
      while (this.patternCount > from) this.#patterns.remove(this.patternCount - 1);
      throw error;
    }
    this.#changed();
    return this;
  }

  /**
   * Forgets a stored pattern. Hebbian couplings lose exactly its share; other rules learn the remaining
   * patterns anew (dreams, and couplings that were given, are lost with them).
   *
   * @returns whether it was stored; of equal patterns the first is forgotten
   */
  forget(pattern: State): boolean {
    const machine = this.#open();
    const { neurons } = this;
    const index = machine.memory.scope((take) => {
      const signs = take(neurons);
      const bits = take(rowBytes(neurons));
      readState(machine, signs, pattern, neurons, 'pattern');
      machine.kernels.packSigns(bits, signs, neurons);
      return this.#patterns.find(bits);
    });
    if (index < 0) return false;
    const hebbian = this.rule.name === 'hebbian' && !this.#dreamt;
    if (hebbian && this.#matrix?.kind === 'i16' && index < this.#built) {
      this.#addHebbian(this.#matrix.address, index, index + 1, -1, false);
      this.#built--;
    } else if (this.#matrix && !(hebbian && this.#matrix.kind === 'i16')) {
      this.#dropMatrix();
    }
    this.#patterns.remove(index);
    if (!hebbian) {
      this.#dreamt = false;
      this.#symmetric = true;
      this.#selfActing = this.selfCoupling;
      this.#learning = undefined;
      if (this.patternCount > 0) this.#learn(0);
    }
    this.#changed();
    return true;
  }

  /**
   * Lets the state fall from a cue towards a stored pattern.
   *
   * @param cue - N values
   * @throws TypeError, RangeError for a bad cue or option
   */
  recall(cue: State, options: RecallOptions = {}): RecallResult {
    const plan = planRecall(options);
    return this.#walk(plan, (walk, address) => {
      this.#start(walk, address, plan.seed, cue, 'cue');
      this.#follow(walk, plan);
      return {
        state: this.#stateOf(walk),
        energy: this.#energyOf(walk.minusTwiceEnergy),
        converged: walk.converged,
        period: walk.period,
        sweeps: walk.sweeps,
        flips: walk.flips,
        seed: plan.seed,
        match: this.#match(walk.signs),
      };
    });
  }

  /**
   * Recalls many cues; entry k is what `recall` gives for cue k and seed `seeds[k]`.
   *
   * @param cues - an array of cues, or a flat typed array of B×N
   * @param options - as for `recall`, without `onSweep`; seeds count up from `seed`
   */
  recallMany(cues: States, options: Omit<RecallOptions, 'onSweep'> = {}): RecallManyResult {
    const plan = planRecall(options);
    if (plan.onSweep) throw new TypeError('onSweep is given, but recallMany has no such option');
    const list = splitStates(cues, this.neurons, 'cues');
    const { neurons } = this;
    const result: RecallManyResult = {
      states: new Int8Array(list.length * neurons),
      energies: new Float64Array(list.length),
      converged: new Uint8Array(list.length),
      periods: new Uint32Array(list.length),
      sweeps: new Uint32Array(list.length),
      flips: new Uint32Array(list.length),
      seeds: Uint32Array.from(list, (_, k) => plan.seed + k),
      matches: {
        indices: new Int32Array(list.length).fill(-1),
        overlaps: new Float64Array(list.length),
      },
    };
    return this.#walk(plan, (_, address) => {
      for (const [k, cue] of list.entries()) {
        const walk = new Walk(this.#ready(), plan);
        this.#start(walk, address, result.seeds[k], cue, `cue ${k}`);
        this.#follow(walk, plan);
        result.states.set(this.#stateOf(walk), k * neurons);
        result.energies[k] = this.#energyOf(walk.minusTwiceEnergy);
        result.converged[k] = Number(walk.converged);
        result.periods[k] = walk.period ?? 0;
        result.sweeps[k] = walk.sweeps;
        result.flips[k] = walk.flips;
        const match = this.#match(walk.signs);
        if (match) {
          result.matches.indices[k] = match.index;
          result.matches.overlaps[k] = match.overlap;
        }
      }
      return result;
    });
  }

  /**
   * The way a recall takes, step by step: first the cue, then the state after each sweep (or each flip).
   * The last step is what `recall` returns for the same options and seed. It can be left at any time; it
   * throws when the network is changed before it is finished.
   */
  trajectory(cue: State, options: TrajectoryOptions = {}): IterableIterator<TrajectoryStep> {
    const plan = planRecall(options, ['every']);
    const every = checkName(options.every ?? 'sweep', 'every', ['sweep', 'flip']);
    if (every === 'flip' && plan.update === 'synchronous') {
      throw new TypeError("every is 'flip', expected 'sweep' for synchronous updates");
    }
    const walk = this.#walk(plan, (walk, address) => {
      this.#start(walk, address, plan.seed, cue, 'cue');
      walk.suspend();
      return walk;
    });
    return this.#steps(walk, plan, every, this.#version);
  }

  /** E = −½ sᵀWs + θᵀs, or −½ VᵀTV + UᵀV for binary units. O(N²), or O(P·N) from patterns. */
  energy(state: State): number {
    return this.#inspect(state, (landscape, at) => this.#energyOf(landscape.minusTwiceEnergy(at)));
  }

  /** Local fields h_i = Σ_j W_ij s_j − θ_i, N of them. */
  fields(state: State): Float64Array {
    return this.#inspect(state, (landscape, at) => {
      const { i32 } = this.#open().memory.views;
      const first = at.fields >>> 2;
      return Float64Array.from(
        i32.subarray(first, first + this.neurons),
        (h) => h * landscape.unit,
      );
    });
  }

  /** Overlaps m_μ/N = (1/N) Σ_i ξ_i^μ s_i with the P stored patterns, each from −1 to 1. O(P·N). */
  overlaps(state: State): Float64Array {
    const machine = this.#open();
    const { neurons } = this;
    return machine.memory.scope((take) => {
      const signs = take(neurons);
      readState(machine, signs, state, neurons, 'state');
      const overlaps = this.#overlapsOf(signs, take);
      const { i32 } = machine.memory.views;
      const first = overlaps >>> 2;
      return Float64Array.from(i32.subarray(first, first + this.patternCount), (m) => m / neurons);
    });
  }

  /** Whether no neuron (but for clamped ones) would move under asynchronous updates with ties kept. */
  isFixedPoint(state: State, options: { clamp?: RecallOptions['clamp'] } = {}): boolean {
    checkOptions(options, 'isFixedPoint options', ['clamp']);
    const plan = planRecall({ clamp: options.clamp, maxSweeps: 1, seed: 0 });
    return this.#walk(plan, (walk, address) => {
      this.#start(walk, address, 0, state, 'state');
      walk.advance();
      return walk.flips === 0;
    });
  }

  /**
   * Unlearning (Hopfield, Feinstein & Palmer 1983): falls from random states into fixed points s and takes
   * a little of each away, W −= rate·s sᵀ/N off the diagonal. Weakens spurious states.
   *
   * @param options - `steps`, and `rate` (default 0.01)
   * @throws what the signal gives when aborted; the network is then as it was
   */
  async unlearn(options: DreamOptions & { steps: number; rate?: number }): Promise<this> {
    checkOptions(options, 'unlearn options', ['steps', 'rate', 'seed', 'signal', 'onProgress']);
    const whole = (value: number) => value >= 1 && Number.isInteger(value);
    const steps = checkNumber(options.steps, 'steps', 'a positive integer', whole);
    const rate = checkNumber(options.rate ?? 0.01, 'rate', 'a number above 0', (x) => x > 0);
    return this.#dream('unlearn', options, (dream) => unlearn(dream, steps, rate));
  }

  /**
   * Daydreaming (Serricchio et al. 2025): in each of N steps an epoch strengthens a stored pattern and
   * weakens the fixed point below a random state. Enlarges basins of attraction, works on correlated patterns.
   *
   * @param options - `epochs`
   * @throws Error when nothing is stored; what the signal gives when aborted; the network is then as it was
   */
  async daydream(options: DreamOptions & { epochs: number }): Promise<this> {
    checkOptions(options, 'daydream options', ['epochs', 'seed', 'signal', 'onProgress']);
    const whole = (value: number) => value >= 1 && Number.isInteger(value);
    const epochs = checkNumber(options.epochs, 'epochs', 'a positive integer', whole);
    if (this.patternCount === 0) throw new Error('daydream needs at least one stored pattern');
    return this.#dream('daydream', options, (dream) => daydream(dream, epochs));
  }

  /** The network as bytes, for `load`. Hebbian networks save their patterns only. */
  save(): Uint8Array {
    const machine = this.#open();
    const { neurons, patternCount } = this;
    const { u8, i16, i32 } = machine.memory.views;
    const bytes = Math.ceil(neurons / 8);
    const patterns = new Uint8Array(patternCount * bytes);
    for (let k = 0; k < patternCount; k++) {
      const row = this.#patterns.row(k);
      patterns.set(u8.subarray(row, row + bytes), k * bytes);
    }
    const thresholds = this.#thresholds
      ? new Uint8Array(this.#thresholds.slice().buffer)
      : new Uint8Array(0);
    const derived = !this.#dreamt && (this.rule.name === 'hebbian' || patternCount === 0);
    const matrix = derived ? undefined : this.#matrix;
    let couplings = new Uint8Array(0);
    if (matrix) {
      const view = matrix.kind === 'i16' ? i16 : i32;
      const size = view.BYTES_PER_ELEMENT;
      couplings = new Uint8Array(neurons * neurons * size);
      for (let i = 0; i < neurons; i++) {
        const row = matrix.address + i * padded(neurons) * size;
        couplings.set(u8.subarray(row, row + neurons * size), i * neurons * size);
      }
    }
    return encodeModel(
      {
        model: 'HopfieldNetwork',
        neurons,
        rule: this.rule,
        units: this.units,
        selfCoupling: this.selfCoupling,
        representation: this.#wanted,
        patterns: patternCount,
        couplings: matrix ? { kind: matrix.kind, scale: this.#scale } : null,
        dreamt: this.#dreamt,
        symmetric: this.#symmetric,
        selfActing: this.#selfActing,
        learning: this.#learning ?? null,
      },
      [patterns, thresholds, couplings],
    );
  }

  /**
   * The network that `save` wrote: it recalls exactly as the saved one did.
   *
   * @throws Error saying what is wrong when the bytes are cut short, altered or foreign
   */
  static load(bytes: Uint8Array, options: { backend?: Backend } = {}): HopfieldNetwork {
    checkOptions(options, 'load options', ['backend']);
    const { description, sections } = decodeModel(bytes);
    if (description.model !== 'HopfieldNetwork') {
      throw new Error(`the file holds ${describe(description.model)}, expected 'HopfieldNetwork'`);
    }
    const neurons = checkNeurons(description.neurons as number, 'neurons in the saved model');
    const rule = description.rule as CompleteRule;
    const [patterns, thresholds, couplings] = sections;
    const covariance = rule.name === 'covariance';
    const network = new HopfieldNetwork(neurons, {
      rule,
      units: description.units as 'bipolar' | 'binary',
      selfCoupling: description.selfCoupling as boolean,
      representation: description.representation as 'auto' | 'patterns' | 'couplings',
      thresholds:
        covariance || thresholds.length === 0 ? undefined : new Float64Array(thresholds.buffer),
      ...options,
    });
    const count = description.patterns as number;
    const rowLength = Math.ceil(neurons / 8);
    if (patterns.length !== count * rowLength) {
      throw new Error(
        `the saved patterns take ${patterns.length} bytes, expected ${count * rowLength}`,
      );
    }
    const machine = network.#open();
    network.#checkSize(count);
    if (count > 0) {
      machine.memory.scope((take) => {
        const bits = take(rowBytes(neurons));
        network.#patterns.append(count, (k, signs) => {
          machine.memory.views.u8.set(patterns.subarray(k * rowLength, (k + 1) * rowLength), bits);
          machine.kernels.unpackSigns(signs, bits, neurons);
        });
      });
    }
    const saved = description.couplings as { kind: 'i16' | 'i32'; scale: number } | null;
    if (saved) network.#restore(saved.kind, saved.scale, couplings);
    network.#dreamt = description.dreamt as boolean;
    network.#symmetric = description.symmetric as boolean;
    network.#selfActing = description.selfActing as boolean;
    network.#learning = (description.learning as LearningReport | null) ?? undefined;
    if (network.#wanted === 'couplings') network.#ready();
    return network;
  }

  /**
   * Gives the memory back at once. Optional: dropping the network is enough. Every method throws afterwards.
   */
  dispose(): void {
    this.#machine = undefined;
    this.#landscape = undefined;
    this.#matrix = undefined;
    this.#patterns = undefined as unknown as PatternStore;
    this.#version++;
  }

  // learning -------------------------------------------------------------------------------------

  #open(): Machine {
    if (!this.#machine) throw new Error('the network has been disposed of');
    return this.#machine;
  }

  /** The lower of the two values of a state. */
  get #low(): -1 | 0 {
    return this.units === 'binary' ? 0 : -1;
  }

  get #hebbianScale(): number {
    return this.units === 'binary' ? 1 : 1 / this.neurons;
  }

  /** Whether patterns are held neuron by neuron too, for fields and couplings. */
  get #turnsOver(): boolean {
    return this.rule.name === 'hebbian' || this.rule.name === 'covariance';
  }

  #readThresholds(given: NetworkOptions['thresholds']): Float64Array | undefined {
    const { neurons, rule } = this;
    if (rule.name === 'covariance') {
      if (given !== undefined) {
        throw new TypeError(
          "thresholds are given, but the covariance rule has its own 'threshold'",
        );
      }
      return new Float64Array(neurons).fill(rule.threshold);
    }
    if (given === undefined || given === 0) return undefined;
    const check = (value: unknown, name: string) =>
      checkNumber(value, name, 'a finite number', () => true);
    if (typeof given === 'number') {
      return new Float64Array(neurons).fill(check(given, 'thresholds'));
    }
    if (typeof given !== 'object' || given === null) {
      throw new TypeError(
        `thresholds is ${describe(given)}, expected a number or ${neurons} of them`,
      );
    }
    if (given.length !== neurons) {
      throw new RangeError(
        `thresholds has length ${given.length}, expected ${neurons} (the network's neurons)`,
      );
    }
    return Float64Array.from(given, (value, i) => check(value, `thresholds[${i}]`));
  }

  /** @throws RangeError when integer fields of so many patterns could overflow. */
  #checkSize(patterns: number): void {
    const limit = this.units === 'binary' ? FIELD_LIMIT / 2 : FIELD_LIMIT;
    if (this.neurons * patterns >= limit) {
      throw new RangeError(
        `${patterns} patterns of ${this.neurons} neurons: their product is ` +
          `${this.neurons * patterns}, expected less than ${limit} (integer fields)`,
      );
    }
  }

  #changed(): void {
    this.#landscape = undefined;
    this.#version++;
  }

  #dropMatrix(): void {
    if (this.#matrix) this.#open().memory.free(this.#matrix.address);
    this.#matrix = undefined;
    this.#scale = this.#hebbianScale;
    this.#built = 0;
  }

  #setMatrix(matrix: Matrix, scale: number): void {
    this.#dropMatrix();
    this.#matrix = matrix;
    this.#scale = scale;
    this.#built = this.patternCount;
  }

  /** Takes in the patterns from `from` on. Hebbian couplings can wait until they are needed. */
  #learn(from: number): void {
    if (this.rule.name === 'palimpsest' && !this.#dreamt) this.#learnPalimpsest(from);
    else if (this.rule.name !== 'hebbian' || this.#dreamt) this.#learnReal(from);
    else if (this.#wanted === 'couplings' && this.patternCount <= I16_PATTERNS)
      this.#buildHebbian();
  }

  /** J += (or =) sign·Σ ξ ξᵀ over the patterns from … to − 1; the diagonal as the network wants it. */
  #addHebbian(address: number, from: number, to: number, sign: 1 | -1, fresh: boolean): void {
    const { kernels, memory } = this.#open();
    const { neurons } = this;
    const { blocks, stride } = this.#patterns;
    memory.scope((take) => {
      const tables = take(30720);
      const set = Number(fresh);
      kernels.addHebbianI16(address, blocks, tables, stride, from, to, sign, set, neurons);
    });
    if (!this.selfCoupling) kernels.setDiagonalI16(address, 0, neurons);
  }

  /** Brings Hebbian couplings up to date with the patterns. */
  #buildHebbian(): void {
    const { memory } = this.#open();
    const { neurons, patternCount } = this;
    if (this.#matrix?.kind === 'i32') this.#dropMatrix();
    const fresh = this.#matrix === undefined;
    this.#matrix ??= { kind: 'i16', address: memory.reserve(matrixBytes(neurons, 2)) };
    if (fresh || this.#built < patternCount) {
      this.#addHebbian(this.#matrix.address, this.#built, patternCount, 1, fresh);
      this.#built = patternCount;
    }
  }

  #learnPalimpsest(from: number): void {
    const { kernels, memory } = this.#open();
    const { neurons, rule } = this;
    if (rule.name !== 'palimpsest') return;
    if (from === 0 || !this.#matrix) {
      const address = memory.allocate(matrixBytes(neurons, 2));
      this.#setMatrix({ kind: 'i16', address }, this.#hebbianScale);
    }
    const { address } = this.#matrix!;
    memory.scope((take) => {
      const signs = take(padded(neurons));
      memory.views.i8.fill(0, signs, signs + padded(neurons));
      for (let k = from; k < this.patternCount; k++) {
        kernels.unpackSigns(signs, this.#patterns.row(k), neurons);
        kernels.addBoundedI16(address, signs, rule.bound, neurons);
      }
    });
    kernels.setDiagonalI16(address, 0, neurons);
  }

  /** Learns with doubles and rounds once. */
  #learnReal(from: number): void {
    const machine = this.#open();
    const { kernels, memory } = machine;
    const { neurons, rule, selfCoupling } = this;
    const dreamt = this.#dreamt;
    // These add pattern by pattern to what is there; the others learn all patterns together.
    const additive = dreamt || rule.name === 'storkey';
    if (!this.#symmetric && (rule.name === 'storkey' || rule.name === 'projection')) {
      throw new TypeError(
        `the couplings are not symmetric, expected symmetric ones for the rule '${rule.name}'`,
      );
    }
    memory.scope((take) => {
      const matrix = take(neurons * neurons * 8);
      if (additive && this.#matrix) {
        const toDoubles =
          this.#matrix.kind === 'i16' ? kernels.couplingsToF64I16 : kernels.couplingsToF64I32;
        toDoubles(matrix, this.#matrix.address, this.#scale, neurons);
      } else {
        memory.views.f64.fill(0, matrix >>> 3, (matrix >>> 3) + neurons * neurons);
      }
      const lesson = {
        machine,
        patterns: this.#patterns,
        from: additive ? from : 0,
        matrix,
        selfCoupling,
        dreamt,
      };
      let report: LearningReport | undefined;
      switch (rule.name) {
        case 'hebbian':
          learnHebbian(lesson, this.#hebbianScale);
          break;
        case 'storkey':
          learnStorkey(lesson);
          break;
        case 'projection':
          learnProjection(lesson);
          break;
        case 'perceptron':
        case 'diederich-opper':
          report = learnByNeuron(lesson, rule);
          break;
        case 'covariance':
          learnCovariance(lesson, rule.activity);
          break;
        case 'palimpsest':
          learnBounded(lesson, this.#hebbianScale, rule.bound);
          break;
      }
      this.#round(matrix);
      if (report) this.#symmetric = false;
      this.#learning = report;
    });
  }

  /** Hebbian couplings of all patterns, in memory that `allocate` gives. */
  #hebbianMatrix(allocate: (bytes: number) => number): Matrix {
    const { neurons, patternCount } = this;
    if (patternCount > I16_PATTERNS) return this.#wideHebbian(allocate);
    const address = allocate(matrixBytes(neurons, 2));
    this.#addHebbian(address, 0, patternCount, 1, true);
    return { kind: 'i16', address };
  }

  /** Those of more patterns than i16 holds: the same exact integers in i32. */
  #wideHebbian(allocate: (bytes: number) => number): Matrix {
    const machine = this.#open();
    const { neurons, selfCoupling } = this;
    const { memory, kernels } = machine;
    return memory.scope((take) => {
      const matrix = take(neurons * neurons * 8);
      memory.views.f64.fill(0, matrix >>> 3, (matrix >>> 3) + neurons * neurons);
      const patterns = this.#patterns;
      learnHebbian({ machine, patterns, from: 0, matrix, selfCoupling, dreamt: false }, 1);
      const address = allocate(matrixBytes(neurons, 4));
      kernels.roundToI32(address, matrix, 1, neurons);
      return { kind: 'i32', address };
    });
  }

  /** Takes the f64 matrix as the couplings. */
  #round(matrix: number): void {
    const machine = this.#open();
    const { memory } = machine;
    const { neurons } = this;
    memory.scope((take) => {
      const extra = take(neurons * 8);
      memory.views.f64.set(this.thresholds, extra >>> 3);
      const address = memory.allocate(matrixBytes(neurons, 4));
      const factor = this.units === 'binary' ? 2 : 1;
      try {
        const unit = roundCouplings(machine, address, matrix, extra, factor, neurons);
        this.#setMatrix({ kind: 'i32', address }, unit);
      } catch (error) {
        memory.free(address);
        throw error;
      }
    });
  }

  /** Takes couplings from a saved model. */
  #restore(kind: 'i16' | 'i32', scale: number, bytes: Uint8Array): void {
    const { memory } = this.#open();
    const { neurons } = this;
    const size = kind === 'i16' ? 2 : 4;
    const length = neurons * size;
    if (bytes.length !== neurons * length) {
      throw new Error(
        `the saved couplings take ${bytes.length} bytes, expected ${neurons * length}`,
      );
    }
    const address = memory.allocate(matrixBytes(neurons, size));
    for (let i = 0; i < neurons; i++) {
      const row = bytes.subarray(i * length, (i + 1) * length);
      memory.views.u8.set(row, address + i * padded(neurons) * size);
    }
    this.#setMatrix({ kind, address }, scale);
  }

  async #dream(
    name: string,
    options: DreamOptions,
    work: (dream: Dream) => Promise<void>,
  ): Promise<this> {
    const machine = this.#open();
    const { kernels, memory } = machine;
    const { neurons } = this;
    const { signal, onProgress } = options;
    const seed = options.seed === undefined ? drawSeed() : checkedSeed(options.seed);
    if (onProgress !== undefined && typeof onProgress !== 'function') {
      throw new TypeError(`onProgress is ${describe(onProgress)}, expected a function`);
    }
    if (signal !== undefined && typeof signal?.throwIfAborted !== 'function') {
      throw new TypeError(`signal is ${describe(signal)}, expected an AbortSignal`);
    }
    if (this.units === 'binary') {
      throw new TypeError(`units is 'binary', expected 'bipolar' for ${name}`);
    }
    if (this.#wanted === 'patterns') {
      throw new TypeError(
        `representation is 'patterns', expected 'couplings' or 'auto' for ${name}`,
      );
    }
    if (!this.#symmetric) {
      throw new TypeError(
        `${name} needs symmetric couplings; these (${this.rule.name}) are not symmetric`,
      );
    }
    this.#ready();
    const version = this.#version;
    const address = memory.allocate(matrixBytes(neurons, 4));
    const couplings: DreamCouplings = { address, unit: this.#scale };
    try {
      memory.scope((take) => {
        const doubles = take(neurons * neurons * 8);
        const matrix = this.#matrix ?? this.#hebbianMatrix(take);
        if (matrix.kind === 'i16') kernels.couplingsToF64I16(doubles, matrix.address, 1, neurons);
        else kernels.couplingsToF64I32(doubles, matrix.address, 1, neurons);
        kernels.roundToI32(address, doubles, 1, neurons);
      });
      const check = () => {
        if (this.#version !== version) {
          throw new Error(`the network was changed while it was busy with ${name}`);
        }
      };
      await work({
        machine,
        patterns: this.#patterns,
        couplings,
        thresholds: this.#thresholds,
        seed,
        signal,
        onProgress,
        check,
      });
    } catch (error) {
      memory.free(address);
      throw error;
    }
    this.#setMatrix({ kind: 'i32', address }, couplings.unit);
    this.#dreamt = true;
    this.#learning = undefined;
    this.#changed();
    return this;
  }

  // recall ---------------------------------------------------------------------------------------

  /** The landscape of the couplings and thresholds as they are. */
  #ready(): Landscape {
    const machine = this.#open();
    if (this.#landscape) return this.#landscape;
    const { neurons, patternCount } = this;
    const hebbian = this.rule.name === 'hebbian' && !this.#dreamt;
    if (this.representation === 'couplings') {
      if (hebbian && patternCount > I16_PATTERNS) {
        if (this.#built !== patternCount) {
          this.#setMatrix(
            this.#wideHebbian((bytes) => machine.memory.allocate(bytes)),
            this.#hebbianScale,
          );
        }
      } else if (hebbian || !this.#matrix) {
        this.#buildHebbian();
      }
    }
    const matrix = this.#matrix;
    const parts = {
      machine,
      neurons,
      gain: this.units === 'binary' ? (1 as const) : (2 as const),
      matrix,
      patterns: hebbian ? this.#patterns : undefined,
      self: this.selfCoupling ? 0 : patternCount,
      bound: this.rule.name === 'palimpsest' ? this.rule.bound : patternCount,
    };
    const binary = this.units === 'binary';
    const given = this.#thresholds;
    const scale = this.#scale;
    let shift = 0;
    if (given && (hebbian || matrix?.kind !== 'i32')) {
      const most = this.rule.name === 'palimpsest' ? this.rule.bound : patternCount;
      const largest = given.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
      const bound = (binary ? 2 : 1) * (neurons * most + largest / scale) + 2;
      const finest = largestScale(bound);
      if (finest < 1) {
        throw new RangeError(
          `thresholds of up to ${largest} do not fit beside ${patternCount} patterns of ` +
            `${neurons} neurons in 30-bit integers`,
        );
      }
      shift = Math.min(20, Math.log2(finest));
    }
    const one = scale / 2 ** shift;
    let offset = 0;
    let thresholds = 0;
    let own = 0;
    if (binary || given) {
      if (binary && !this.#symmetric) {
        this.#ownThresholds ||= machine.memory.allocate(padded(neurons) * 4);
        own = this.#ownThresholds;
      }
      this.#integerThresholds ||= machine.memory.allocate(padded(neurons) * 4);
      thresholds = this.#integerThresholds;
      const start = thresholds >>> 2;
      const plain = new Landscape({ ...parts, unit: one, shift: 0, thresholds: 0, own: 0 });
      machine.memory.scope((take) => {
        const at = plain.workspace(take(plain.workspaceBytes));
        const { i8, i32 } = machine.memory.views;
        if (binary) {
          i8.fill(1, at.signs, at.signs + neurons);
          plain.refresh(at);
        }
        for (let i = 0; i < neurons; i++) {
          const twice = roundEven(((binary ? 2 : 1) * (given?.[i] ?? 0)) / one);
          const rest = binary ? i32[(at.fields >>> 2) + i] * 2 ** shift : 0;
          i32[start + i] = twice - rest;
          if (own !== 0) i32[(own >>> 2) + i] = twice;
          else if (binary) offset += 2 * twice - rest;
        }
      });
    }
    this.#energyOffset = offset;
    this.#energyUnit = binary ? one / 8 : one / 2;
    const unit = binary ? one / 2 : one;
    this.#landscape = new Landscape({ ...parts, unit, shift, thresholds, own });
    return this.#landscape;
  }

  /** Energy from −2E of the ±1 network, in integer units. */
  #energyOf(minusTwice: number): number {
    return this.#energyUnit * (this.#energyOffset - minusTwice);
  }

  /** Lends memory to a walk for as long as `work` takes. */
  #walk<T>(plan: RecallPlan, work: (walk: Walk, address: number) => T): T {
    const { memory } = this.#open();
    const landscape = this.#ready();
    if (plan.update === 'stochastic' && this.units === 'binary' && this.#selfActing) {
      throw new TypeError(
        'stochastic updates of binary units with self-couplings are not supported',
      );
    }
    return memory.scope((take) => work(new Walk(landscape, plan), take(Walk.bytes(landscape))));
  }

  #start(walk: Walk, address: number, seed: number, cue: State, name: string): void {
    walk.start(address, seed, (signs) => {
      readState(this.#open(), signs, cue, this.neurons, name);
    });
  }

  /** Walks to the end. */
  #follow(walk: Walk, plan: RecallPlan): void {
    const version = this.#version;
    while (!walk.done) {
      walk.advance();
      this.#checkVersion(version);
      this.#report(walk, plan, version);
    }
  }

  /** Tells `onSweep` of the sweep just made; the walk ends when it answers false. */
  #report(walk: Walk, { onSweep }: RecallPlan, version: number): void {
    if (!onSweep) return;
    const answer = onSweep({
      sweep: walk.sweeps,
      flips: walk.sweepFlips,
      energy: this.#energyOf(walk.minusTwiceEnergy),
    });
    this.#checkVersion(version);
    if (answer === false) walk.stop();
  }

  *#steps(
    walk: Walk,
    plan: RecallPlan,
    every: 'sweep' | 'flip',
    version: number,
  ): Generator<TrajectoryStep> {
    const snapshot = (flips: number): TrajectoryStep => ({
      state: this.#stateOf(walk),
      energy: this.#energyOf(walk.minusTwiceEnergy),
      flips,
      sweep: walk.sweeps,
    });
    const resumed = <T>(work: () => T): T =>
      this.#open().memory.scope((take) => {
        walk.resume(take(Walk.bytes(this.#ready())));
        const result = work();
        walk.suspend();
        return result;
      });
    this.#checkVersion(version);
    yield resumed(() => snapshot(0));
    while (!walk.done) {
      this.#checkVersion(version);
      const step = resumed(() => {
        const before = { sweeps: walk.sweeps, flips: walk.flips };
        walk.advance(every === 'flip' ? 1 : undefined);
        this.#checkVersion(version);
        if (walk.sweeps > before.sweeps) this.#report(walk, plan, version);
        const flips = walk.flips - before.flips;
        return every === 'sweep' || flips > 0 ? snapshot(flips) : undefined;
      });
      if (step) yield step;
    }
  }

  #checkVersion(version: number): void {
    if (this.#version !== version) throw new Error('the network was changed during a recall of it');
  }

  /** Refreshed fields of a state, for `read`. */
  #inspect<T>(state: State, read: (landscape: Landscape, at: Workspace) => T): T {
    const machine = this.#open();
    const landscape = this.#ready();
    return machine.memory.scope((take) => {
      const at = landscape.workspace(take(landscape.workspaceBytes));
      readState(machine, at.signs, state, this.neurons, 'state');
      landscape.refresh(at);
      return read(landscape, at);
    });
  }

  #stateOf(walk: Walk): Int8Array {
    return signsOut(this.#open().memory.views.i8, walk.signs, this.neurons, this.#low);
  }

  /** Address of the overlaps of ±1 bytes with the stored patterns. */
  #overlapsOf(signs: number, take: (bytes: number) => number): number {
    const bits = take(rowBytes(this.neurons));
    const overlaps = take(overlapBytes(this.patternCount));
    this.#open().kernels.packSigns(bits, signs, this.neurons);
    this.#patterns.overlaps(overlaps, bits);
    return overlaps;
  }

  #match(signs: number): Match | undefined {
    const { patternCount } = this;
    if (patternCount === 0) return undefined;
    const { memory } = this.#open();
    return memory.scope((take) => {
      const start = this.#overlapsOf(signs, take) >>> 2;
      const { i32 } = memory.views;
      let index = 0;
      for (let k = 1; k < patternCount; k++) {
        if (Math.abs(i32[start + k]) > Math.abs(i32[start + index])) index = k;
      }
      return { index, overlap: i32[start + index] / this.neurons };
    });
  }
}

/** N×N numbers from a flat array or from rows. */
function flattenSquare(matrix: ArrayLike<number> | readonly ArrayLike<number>[]): Float64Array {
  if (typeof matrix !== 'object' || matrix === null || typeof matrix.length !== 'number') {
    throw new TypeError(`matrix is ${describe(matrix)}, expected N×N numbers`);
  }
  const nested = typeof matrix[0] === 'object' && matrix[0] !== null;
  const neurons = nested ? matrix.length : Math.round(Math.sqrt(matrix.length));
  checkNeurons(neurons, 'neurons of the matrix');
  if (!nested && matrix.length !== neurons * neurons) {
    throw new RangeError(`matrix has length ${matrix.length}, expected a square number N×N`);
  }
  const flat = new Float64Array(neurons * neurons);
  for (let i = 0; i < neurons; i++) {
    const row = nested ? (matrix as readonly ArrayLike<number>[])[i] : undefined;
    if (row && row.length !== neurons) {
      throw new RangeError(`matrix[${i}] has length ${row.length}, expected ${neurons}`);
    }
    for (let j = 0; j < neurons; j++) {
      const at = i * neurons + j;
      const name = row ? `matrix[${i}][${j}]` : `matrix[${at}]`;
      const value = row ? row[j] : (matrix as ArrayLike<number>)[at];
      flat[at] = checkNumber(value, name, 'a finite number', () => true);
    }
  }
  return flat;
}

makeDisposable(HopfieldNetwork.prototype);

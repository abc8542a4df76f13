/**
 * The classical associative memory (Hopfield 1982): what callers ask of it, checked, and carried out below.
 *
 * `Couplings` make what is stored into integers, `NetworkLandscape` those and the thresholds into a landscape,
 * `Run` moves a state over it.
 */
import type { NetworkPlan } from '../learning/plan.ts';
import { checkName, checkNumber, checkOptions, checkPositiveInteger } from '../checks.ts';
import type { Landscape } from '../dynamics/landscape.ts';
import type { RecallPlan } from '../dynamics/options.ts';
import { patternKernels, type PatternGroup } from '../kernels/groups/patterns.ts';
import { spinKernels, type SpinGroup } from '../kernels/groups/spins.ts';
import { openMachine, type Machine } from '../kernels/open.ts';
import { Couplings } from '../learning/couplings.ts';
import {
  daydream,
  planDream,
  unlearn,
  type Daydream,
  type Dream,
  type DreamOptions,
} from '../learning/dreaming.ts';
import { readCouplings } from '../learning/given-couplings.ts';
import type { LearningReport } from '../learning/rules/rule.ts';
import {
  completeRule,
  ruleCapacity,
  definitionOf,
  type CompleteRule,
} from '../learning/rules/index.ts';
import type { Forgotten, StoreOptions } from '../patterns/labels.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import { readGiven, type State, type States } from '../patterns/states.ts';
import { AssociativeMemory, type Holdings } from './associative-memory.ts';
import { decodeThresholds, encodeNetwork, NETWORK } from './network-file.ts';
import { called, fix } from './model.ts';
import { NetworkLandscape } from './network-landscape.ts';
import { planNetwork, type NetworkOptions } from './network-options.ts';
import { fileOf, type Bytes } from './save-format.ts';
import { decodeModel, type LoadOptions } from './saved-model.ts';

/** What a network holds in linear memory, and that memory. */
interface Parts {
  readonly machine: Machine<PatternGroup & SpinGroup>;
  readonly couplings: Couplings;
  readonly landscape: NetworkLandscape;
}

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
 * E = −½ sᵀWs + θᵀs (−½ VᵀTV + UᵀV for binary units), fields h_i = Σ_j W_ij s_j − θ_i (Σ_j T_ij V_j − U_i). Every
 * method that takes states takes ±1, 0/1 or booleans, N of them.
 */
export class HopfieldNetwork extends AssociativeMemory {
  /** N. */
  readonly neurons: number;
  /** Whether states are ±1 or 0/1. */
  readonly units: 'bipolar' | 'binary';
  /** Whether W_ii is learnt. */
  readonly selfCoupling: boolean;
  /** The learning rule with all its parameters. */
  readonly rule: CompleteRule;

  readonly #plan: NetworkPlan;
  #parts: Parts | undefined;
  /** What it is busy with. */
  #dreaming: string | undefined;

  /**
   * @param neurons - N, from 1 to 2,097,151
   * @param options - all optional; see there for defaults
   * @throws TypeError for options of the wrong kind, RangeError for values out of range, Error when the
   *   backend asked for cannot run
   */
  constructor(neurons: number, options: NetworkOptions = {}) {
    const plan = planNetwork(neurons, options);
    super();
    this.#plan = plan;
    this.neurons = plan.neurons;
    this.units = plan.units;
    this.selfCoupling = plan.selfCoupling;
    this.rule = plan.rule;
    const machine = openMachine(options.backend ?? 'auto', [patternKernels, spinKernels]);
    const couplings = new Couplings(machine, plan);
    const landscape = new NetworkLandscape(machine, plan, couplings);
    this.#parts = { machine, couplings, landscape };
    fix(this);
  }

  /**
   * A network with couplings of your own, rounded once to 30-bit integers of one scale: an entry below about 2⁻³⁰ of
   * the largest row sum of |W_ij| becomes 0.
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
    const given = readCouplings(matrix);
    const rule = completeRule(options.rule ?? 'hebbian', given.neurons);
    const selfCoupling = given.selfActing && (definitionOf(rule.name).selfCoupling ?? false);
    const network = new HopfieldNetwork(given.neurons, { ...options, selfCoupling });
    network.#open().couplings.give(given);
    return network;
  }

  /**
   * The network that `save` wrote: it recalls exactly as the saved one did.
   *
   * @param bytes - the whole file
   * @param options - `backend`, and `memory`: how much the network may take
   * @throws TypeError, RangeError, Error saying what is wrong when the file is cut short, altered or foreign, or when
   *   what it says of itself does not hold
   */
  static load(bytes: Bytes, options: LoadOptions = {}): HopfieldNetwork {
    const { description, sections, patterns, labels } = decodeModel(NETWORK, bytes, options);
    const { neurons, rule, units, selfCoupling, representation } = description;
    const [rows, reals, couplings] = sections;
    const network = new HopfieldNetwork(neurons, {
      rule,
      units,
      selfCoupling,
      representation,
      thresholds: decodeThresholds(description, reals),
      backend: options.backend,
    });
    const parts = network.#open();
    parts.couplings.restore(patterns, rows, labels, description, couplings);
    parts.landscape.checkThresholds();
    return network;
  }

  /** The network that `toJSON` gave: see `load`. */
  static fromJSON(value: unknown, options: LoadOptions = {}): HopfieldNetwork {
    return HopfieldNetwork.load(fileOf(value), options);
  }

  /** The network as bytes, for `load`. Hebbian networks save their patterns only. */
  save(): Uint8Array {
    return encodeNetwork(this.#plan, this.#open().couplings);
  }

  /** What recall works from: the N×N matrix of couplings, or the patterns themselves. */
  get representation(): 'patterns' | 'couplings' {
    return this.#open().couplings.representation;
  }

  /** A copy of the thresholds, one a neuron, in the scale of the fields. */
  get thresholds(): Float64Array {
    return this.#plan.thresholds?.slice() ?? new Float64Array(this.neurons);
  }

  /** How many random patterns the rule is known to hold; undefined where no figure applies. */
  get capacity(): number | undefined {
    return this.#open().couplings.dreamt ? undefined : ruleCapacity(this.rule, this.neurons);
  }

  /** How the last training went, for the rules that iterate (perceptron, Diederich–Opper) and `daydream` until stable. */
  get learning(): LearningReport | undefined {
    const { learning } = this.#open().couplings;
    return learning && { ...learning };
  }

  /**
   * A copy of the couplings in the scale of the paper, N×N: entry i·N + j is W_ij, what neuron j does to
   * neuron i (T_ij for binary units). O(N²), or O(N²·P) when only the patterns are held.
   */
  get couplings(): Float32Array {
    this.ground();
    return this.#open().couplings.dense();
  }

  /**
   * Stores one pattern or several, on top of those stored before. O(N²) a pattern for the Hebbian, palimpsest
   * and Storkey rules. The others learn all P patterns together: O(N²·P) for covariance and projection, O(N²·P)
   * and O(N·P²) an epoch for perceptron and Diederich–Opper.
   *
   * @param patterns - N values, an array of such, or a flat typed array of P×N
   * @param options - `labels`, one for each
   * @returns the network
   * @throws TypeError, RangeError when a pattern is not N values of ±1 (0/1, booleans), or memory or
   *   integers would not hold the result; nothing is stored then
   */
  store(patterns: States, options: StoreOptions = {}): this {
    const { machine } = called(this).#open();
    const given = readGiven(machine, patterns, this.neurons, options);
    this.#open().couplings.store(given);
    return this;
  }

  /**
   * Forgets a stored pattern. Hebbian couplings lose exactly its share. Other rules, and a network of any rule that
   * has dreamt or was given couplings, learn the remaining patterns anew: dreams and given couplings are lost.
   * O(N²), or as `store`.
   *
   * @param which - its index, N values (the first pattern equal to them), or `{ label }` (all that have it)
   * @returns whether there was any such pattern
   * @throws TypeError, RangeError when it is none of these, there is no such index, or memory is short; nothing is
   *   forgotten then
   */
  forget(which: Forgotten<State>): boolean {
    const indices = this.choose(which);
    this.#open().couplings.forget(indices);
    return indices.length > 0;
  }

  /**
   * Unlearning (Hopfield, Feinstein & Palmer 1983): falls from random states into fixed points s and takes
   * a little of each away, W −= rate·s sᵀ/N off the diagonal. Weakens spurious states. A step costs a recall
   * and O(N²). For symmetric couplings of ±1 units; the network is busy, but can recall, until it is done.
   *
   * @param options - `steps`; `rate` (default 0.01); `seed`, `signal` and `onProgress`
   * @returns the network
   * @throws TypeError, RangeError for a bad option or a network that cannot dream, Error when the network is
   *   dreaming already or changed meanwhile, what the signal gives when aborted; the dream then leaves no trace
   */
  async unlearn(options: DreamOptions & { steps: number; rate?: number }): Promise<this> {
    checkOptions(options, 'unlearn options', ['steps', 'rate', 'seed', 'signal', 'onProgress']);
    const steps = checkPositiveInteger(options.steps, 'steps');
    const rate = checkNumber(options.rate ?? 0.01, 'rate', 'a number above 0', (x) => x > 0);
    return this.#dream('unlearn', options, (dream) => unlearn(dream, steps, rate));
  }

  /**
   * Daydreaming (Serricchio et al. 2025): in each of N steps an epoch strengthens a stored pattern and
   * weakens the fixed point below a random state. Enlarges basins of attraction, works on correlated patterns.
   * An epoch costs N recalls and O(N³). For symmetric couplings of ±1 units. How many epochs a load needs:
   * docs/memories.md.
   *
   * @param options - `epochs`; or `until: 'stable'`, which ends when all patterns are fixed points, or nothing has been
   *   gained for half as many epochs as before that, and for more than 50, or after `epochs` (default 10,000), and lets
   *   `learning` say which; `seed`, `signal` and `onProgress`
   * @returns the network
   * @throws Error when nothing is stored; otherwise as `unlearn`
   */
  async daydream(
    options: DreamOptions & ({ epochs: number } | { until: 'stable'; epochs?: number }),
  ): Promise<this> {
    const given: DreamOptions & Partial<Daydream> = options;
    checkOptions(given, 'daydream options', ['epochs', 'until', 'seed', 'signal', 'onProgress']);
    const until =
      given.until === undefined ? undefined : checkName(given.until, 'until', ['stable']);
    const epochs = checkPositiveInteger(given.epochs ?? (until && 10_000), 'epochs');
    if (this.patternCount === 0) throw new Error('daydream needs at least one stored pattern');
    return this.#dream('daydream', options, (dream) => daydream(dream, { epochs, until }));
  }

  dispose(): void {
    this.#parts?.couplings.dispose();
    this.#parts = undefined;
  }

  protected hold(): Holdings {
    const { machine, couplings } = this.#open();
    const { patterns, version } = couplings;
    return { machine, patterns, version, low: this.units === 'binary' ? 0 : -1 };
  }

  protected ground(): Landscape {
    return this.#open().landscape.current;
  }

  protected groundOf<T>(part: PatternStore, use: (landscape: Landscape) => T): T {
    const { machine, couplings } = this.#open();
    if (!couplings.hebbian) {
      const what = couplings.dreamt ? 'dreamt or given' : `of the rule '${this.rule.name}'`;
      throw new TypeError(`among is given, but couplings are ${what}, expected sums over patterns`);
    }
    const landscape = new NetworkLandscape(machine, this.#plan, couplings.of(part));
    try {
      return use(landscape.current);
    } finally {
      landscape.free();
    }
  }

  protected override checkRecall(plan: RecallPlan): void {
    const { couplings } = this.#open();
    if (plan.update === 'stochastic' && this.units === 'binary' && couplings.selfActing) {
      throw new TypeError(
        'stochastic updates of binary units with self-couplings are not supported',
      );
    }
  }

  #open(): Parts {
    if (!this.#parts) throw new Error('the network has been disposed of');
    return this.#parts;
  }

  /** Dreams in the background; the network changes when `work` is done, all at once. */
  async #dream(
    name: string,
    options: DreamOptions,
    work: (dream: Dream) => Promise<LearningReport | undefined>,
  ): Promise<this> {
    const plan = planDream(options);
    const { couplings } = this.#open();
    if (this.#dreaming) {
      throw new Error(`the network is busy with ${this.#dreaming}, expected one dream at a time`);
    }
    couplings.checkDream(name);
    this.ground();
    this.#dreaming = name;
    try {
      await couplings.dream(name, plan, work);
    } finally {
      this.#dreaming = undefined;
    }
    return this;
  }
}

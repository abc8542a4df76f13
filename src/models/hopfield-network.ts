/**
 * The classical associative memory (Hopfield 1982): what callers ask of it, checked, and carried out below.
 *
 * `Couplings` make what is stored into integers, `NetworkLandscape` those and the thresholds into a landscape,
 * `Walk` moves a state over it.
 */
import { checkName, checkNumber, checkOptions, checkPositiveInteger } from '../checks.ts';
import type { Landscape, Workspace } from '../dynamics/landscape.ts';
import {
  planRecall,
  type RecallOptions,
  type RecallPlan,
  type TrajectoryOptions,
} from '../dynamics/options.ts';
import { Walk } from '../dynamics/walk.ts';
import { openMachine, type Backend, type Machine } from '../kernels/open.ts';
import { Couplings, type NetworkPlan } from '../learning/couplings.ts';
import {
  daydream,
  planDream,
  unlearn,
  type Dream,
  type DreamOptions,
} from '../learning/dreaming.ts';
import { readCouplings } from '../learning/given-couplings.ts';
import type { LearningReport } from '../learning/real-rules.ts';
import { completeRule, ruleCapacity, SELF_COUPLED, type CompleteRule } from '../learning/rules.ts';
import { readState, splitStates, type State, type States } from '../patterns/states.ts';
import { makeDisposable } from './disposable.ts';
import { RecallMany } from './recall-many.ts';
import { follow, stateOf, steps, type Setting } from './follow.ts';
import { bestMatch, type Match } from './match.ts';
import { decodeNetwork, encodeNetwork } from './network-file.ts';
import { NetworkLandscape } from './network-landscape.ts';
import { planNetwork, type NetworkOptions } from './network-options.ts';
import type { RecallManyResult, RecallResult, TrajectoryStep } from './results.ts';

/** What a network holds in linear memory, and that memory. */
interface Holdings {
  readonly machine: Machine;
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
 * E = −½ sᵀWs + θᵀs. Every method that takes states takes ±1, 0/1 or booleans, N of them.
 */
export class HopfieldNetwork {
  /** `dispose()`, on engines that know `using`. */
  declare readonly [Symbol.dispose]: () => void;

  /** N. */
  readonly neurons: number;
  /** Whether states are ±1 or 0/1. */
  readonly units: 'bipolar' | 'binary';
  /** Whether W_ii is learnt. */
  readonly selfCoupling: boolean;
  /** The learning rule with all its parameters. */
  readonly rule: CompleteRule;

  readonly #plan: NetworkPlan;
  #holdings: Holdings | undefined;

  /**
   * @param neurons - N, from 1 to 2,097,151
   * @param options - all optional; see there for defaults
   * @throws TypeError for options of the wrong kind, RangeError for values out of range, Error when the
   *   backend asked for cannot run
   */
  constructor(neurons: number, options: NetworkOptions = {}) {
    const plan = planNetwork(neurons, options);
    this.#plan = plan;
    this.neurons = plan.neurons;
    this.units = plan.units;
    this.selfCoupling = plan.selfCoupling;
    this.rule = plan.rule;
    const machine = openMachine(options.backend ?? 'auto');
    const couplings = new Couplings(machine, plan);
    const landscape = new NetworkLandscape(machine, plan, couplings);
    this.#holdings = { machine, couplings, landscape };
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
    const { name } = completeRule(options.rule ?? 'hebbian', given.neurons);
    const selfCoupling = given.selfActing && SELF_COUPLED.includes(name);
    const network = new HopfieldNetwork(given.neurons, { ...options, selfCoupling });
    network.#open().couplings.give(given);
    return network;
  }

  /**
   * The network that `save` wrote: it recalls exactly as the saved one did.
   *
   * @param bytes - the whole file
   * @throws TypeError when `bytes` is no Uint8Array, Error saying what is wrong when it is cut short, altered
   *   or foreign
   */
  static load(bytes: Uint8Array, options: { backend?: Backend } = {}): HopfieldNetwork {
    checkOptions(options, 'load options', ['backend']);
    const saved = decodeNetwork(bytes);
    const network = new HopfieldNetwork(saved.neurons, { ...saved.options, ...options });
    network.#open().couplings.restore(saved.patternCount, saved.patterns, saved.couplings);
    if (saved.options.representation === 'couplings') network.#ready();
    return network;
  }

  /** The network as bytes, for `load`. Hebbian networks save their patterns only. */
  save(): Uint8Array {
    return encodeNetwork(this.#plan, this.#open().couplings);
  }

  /** Which kernels run: `'wasm'`, or `'reference'` (TypeScript); the results are the same. */
  get backend(): 'wasm' | 'reference' {
    return this.#open().machine.backend;
  }

  /** Why the reference stands in for WebAssembly; undefined when it does not, or was asked for. */
  get backendReason(): string | undefined {
    return this.#open().machine.reason;
  }

  /** What recall works from: the N×N matrix of couplings, or the patterns themselves. */
  get representation(): 'patterns' | 'couplings' {
    return this.#open().couplings.representation;
  }

  /** P, the number of patterns stored. */
  get patternCount(): number {
    return this.#open().couplings.patterns.count;
  }

  /** Copies of the stored patterns, in the order of storing: P times N values, ±1, or 0/1 for binary units. */
  get patterns(): Int8Array[] {
    const { patterns } = this.#open().couplings;
    return Array.from({ length: patterns.count }, (_, k) => patterns.read(k, this.#low));
  }

  /** A copy of the thresholds, one a neuron, in the scale of the fields. */
  get thresholds(): Float64Array {
    return this.#plan.thresholds?.slice() ?? new Float64Array(this.neurons);
  }

  /** How many random patterns the rule is known to hold; undefined where no figure applies. */
  get capacity(): number | undefined {
    return this.#open().couplings.dreamt ? undefined : ruleCapacity(this.rule, this.neurons);
  }

  /** How the last training went, for the rules that iterate: perceptron and Diederich–Opper. */
  get learning(): LearningReport | undefined {
    return this.#open().couplings.learning;
  }

  /** Bytes of linear memory this network holds. */
  get bytes(): number {
    return this.#open().machine.memory.bytes;
  }

  /**
   * A copy of the couplings in the scale of the paper, N×N: entry i·N + j is W_ij, what neuron j does to
   * neuron i (T_ij for binary units). O(N²), or O(N²·P) when only the patterns are held.
   */
  get couplings(): Float32Array {
    this.#ready();
    return this.#open().couplings.dense();
  }

  /**
   * Stores one pattern or several, on top of those stored before. O(N²) a pattern for the Hebbian, palimpsest
   * and Storkey rules. The others learn all P patterns together: O(N²·P) for covariance and projection, O(N²·P)
   * and O(N·P²) an epoch for perceptron and Diederich–Opper.
   *
   * @param patterns - N values, an array of such, or a flat typed array of P×N
   * @returns the network
   * @throws TypeError, RangeError when a pattern is not N values of ±1 (0/1, booleans), or memory or
   *   integers would not hold the result; nothing is stored then
   */
  store(patterns: States): this {
    const { machine, couplings } = this.#open();
    const list = splitStates(patterns, this.neurons, 'patterns');
    couplings.store(list.length, (k, signs) => {
      const name = list.length === 1 ? 'pattern' : `pattern ${k}`;
      readState(machine, signs, list[k], this.neurons, name);
    });
    return this;
  }

  /**
   * Forgets a stored pattern. Hebbian couplings lose exactly its share. Other rules, and a network of any rule that
   * has dreamt or was given couplings, learn the remaining patterns anew: dreams and given couplings are lost.
   * O(N²), or as `store`.
   *
   * @param pattern - N values
   * @returns whether it was stored; of equal patterns the first is forgotten
   * @throws TypeError, RangeError when it is not N values of ±1 (0/1, booleans)
   */
  forget(pattern: State): boolean {
    const { couplings } = this.#open();
    const index = this.#read(pattern, 'pattern', (signs) => couplings.patterns.find(signs));
    if (index >= 0) couplings.forget(index);
    return index >= 0;
  }

  /**
   * Lets the state fall from a cue towards a stored pattern. O(N²), and O(N) a flip; from patterns O(P·N), and
   * O(P) a visit of a neuron.
   *
   * @param cue - N values
   * @param options - see there for defaults
   * @throws TypeError, RangeError for a bad cue or option, Error when a callback changes the network
   */
  recall(cue: State, options: RecallOptions = {}): RecallResult {
    const plan = planRecall(options);
    return this.#walk(plan, (walk, address) => {
      this.#start(walk, address, plan.seed, cue, 'cue');
      const setting = this.#setting();
      follow(walk, plan, setting);
      return {
        state: stateOf(walk, setting),
        energy: setting.landscape.energyOf(walk.minusTwiceEnergy),
        converged: walk.converged,
        period: walk.period,
        sweeps: walk.sweeps,
        flips: walk.flips,
        seed: plan.seed,
        match: this.#match(walk),
      };
    });
  }

  /**
   * Recalls many cues; entry k is what `recall` gives for cue k and seed `seeds[k]`.
   *
   * @param cues - an array of cues, or a flat typed array of B×N
   * @param options - as for `recall`, without `onSweep`; seeds count up from `seed`
   * @throws as `recall`; the message names the cue
   */
  recallMany(cues: States, options: Omit<RecallOptions, 'onSweep'> = {}): RecallManyResult {
    const plan = planRecall(options);
    if (plan.onSweep) throw new TypeError('onSweep is given, but recallMany has no such option');
    const list = splitStates(cues, this.neurons, 'cues');
    const many = new RecallMany(list.length, this.neurons, plan.seed);
    return this.#walk(plan, (_, address) => {
      const setting = this.#setting();
      for (const [k, cue] of list.entries()) {
        const walk = new Walk(setting.landscape, plan);
        this.#start(walk, address, many.seeds[k], cue, `cue ${k}`);
        follow(walk, plan, setting);
        many.enter(k, walk, setting, this.#match(walk));
      }
      return many.result;
    });
  }

  /**
   * The way a recall takes, step by step: first the cue, then the state after each sweep (or each flip).
   * The last step is what `recall` returns for the same options and seed. It can be left at any time; it
   * throws when the network is changed before it is finished.
   *
   * @param cue - N values
   * @param options - as for `recall`, and `every`
   * @throws TypeError, RangeError for a bad cue or option, at once
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
    return steps(walk, plan, every, this.#setting());
  }

  /**
   * E = −½ sᵀWs + θᵀs, or −½ VᵀTV + UᵀV for binary units. O(N²), or O(P·N) from patterns.
   *
   * @param state - N values
   */
  energy(state: State): number {
    return this.#inspect(state, (landscape, at) =>
      landscape.energyOf(landscape.minusTwiceEnergy(at)),
    );
  }

  /**
   * Local fields h_i = Σ_j W_ij s_j − θ_i, N of them (Σ_j T_ij V_j − U_i for binary units). O(N²), or O(P·N)
   * from patterns.
   *
   * @param state - N values
   */
  fields(state: State): Float64Array {
    return this.#inspect(state, (landscape, at) => landscape.realFields(at));
  }

  /**
   * Overlaps m_μ/N = (1/N) Σ_i ξ_i^μ s_i with the P stored patterns, each from −1 to 1. O(P·N).
   *
   * @param state - N values; for binary units, state and patterns count as ±1
   */
  overlaps(state: State): Float64Array {
    const { patterns } = this.#open().couplings;
    const overlaps = this.#read(state, 'state', (signs) => patterns.overlapsOf(signs));
    return Float64Array.from(overlaps, (m) => m / this.neurons);
  }

  /**
   * Whether no neuron (but for clamped ones) would move under asynchronous updates with ties kept.
   *
   * @param state - N values
   * @param options - `clamp`, N booleans (or 0/1): the neurons that never move. Default none
   */
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
   * a little of each away, W −= rate·s sᵀ/N off the diagonal. Weakens spurious states. A step costs a recall
   * and O(N²). For symmetric couplings of ±1 units; the network is busy, but can recall, until it is done.
   *
   * @param options - `steps`; `rate` (default 0.01); `seed`, `signal` and `onProgress`
   * @returns the network
   * @throws TypeError, RangeError for a bad option or a network that cannot dream, Error when the network is
   *   changed meanwhile, what the signal gives when aborted; the dream then leaves no trace
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
   * An epoch costs N recalls and O(N³). For symmetric couplings of ±1 units.
   *
   * @param options - `epochs`; `seed`, `signal` and `onProgress`
   * @returns the network
   * @throws Error when nothing is stored; otherwise as `unlearn`
   */
  async daydream(options: DreamOptions & { epochs: number }): Promise<this> {
    checkOptions(options, 'daydream options', ['epochs', 'seed', 'signal', 'onProgress']);
    const epochs = checkPositiveInteger(options.epochs, 'epochs');
    if (this.patternCount === 0) throw new Error('daydream needs at least one stored pattern');
    return this.#dream('daydream', options, (dream) => daydream(dream, epochs));
  }

  /**
   * Gives the memory back at once. Optional: dropping the network is enough. Every method throws afterwards.
   */
  dispose(): void {
    this.#holdings?.couplings.dispose();
    this.#holdings = undefined;
  }

  #open(): Holdings {
    if (!this.#holdings) throw new Error('the network has been disposed of');
    return this.#holdings;
  }

  /** The lower of the two values of a state. */
  get #low(): -1 | 0 {
    return this.units === 'binary' ? 0 : -1;
  }

  /** The landscape of the couplings and thresholds as they are. */
  #ready(): Landscape {
    return this.#open().landscape.current;
  }

  /** Dreams in the background; the network changes when `work` is done, all at once. */
  async #dream(
    name: string,
    options: DreamOptions,
    work: (dream: Dream) => Promise<void>,
  ): Promise<this> {
    const { couplings } = this.#open();
    const plan = planDream(options);
    couplings.checkDream(name);
    this.#ready();
    await couplings.dream(name, plan, work);
    return this;
  }

  /** The landscape, and a watch over it from now on. */
  #setting(): Setting {
    const { couplings } = this.#open();
    const { version } = couplings;
    const check = () => {
      if (couplings.version !== version) {
        throw new Error('the network was changed during a recall of it');
      }
    };
    return { landscape: this.#ready(), low: this.#low, check };
  }

  /** Lends memory to a walk for as long as `work` takes. */
  #walk<T>(plan: RecallPlan, work: (walk: Walk, address: number) => T): T {
    const { machine, couplings } = this.#open();
    const landscape = this.#ready();
    if (plan.update === 'stochastic' && this.units === 'binary' && couplings.selfActing) {
      throw new TypeError(
        'stochastic updates of binary units with self-couplings are not supported',
      );
    }
    return machine.memory.scope((take) =>
      work(new Walk(landscape, plan), take(Walk.bytes(landscape))),
    );
  }

  #start(walk: Walk, address: number, seed: number, cue: State, name: string): void {
    walk.start(address, seed, (signs) => {
      readState(this.#open().machine, signs, cue, this.neurons, name);
    });
  }

  #match(walk: Walk): Match | undefined {
    const { couplings, machine } = this.#open();
    const { patterns } = couplings;
    const address = walk.overlaps;
    if (address === undefined) return bestMatch(patterns.overlapsOf(walk.signs), this.neurons);
    const first = address >>> 2;
    const overlaps = machine.memory.views.i32.subarray(first, first + patterns.count);
    return bestMatch(overlaps, this.neurons);
  }

  /** A state as ±1 bytes, for `use`. */
  #read<T>(state: State, name: string, use: (signs: number) => T): T {
    const { machine } = this.#open();
    return machine.memory.scope((take) => {
      const signs = take(this.neurons);
      readState(machine, signs, state, this.neurons, name);
      return use(signs);
    });
  }

  /** A state with its fields, for `use`. */
  #inspect<T>(state: State, use: (landscape: Landscape, at: Workspace) => T): T {
    const { machine } = this.#open();
    const landscape = this.#ready();
    return machine.memory.scope((take) => {
      const at = landscape.workspace(take(landscape.workspaceBytes));
      readState(machine, at.signs, state, this.neurons, 'state');
      landscape.refresh(at);
      return use(landscape, at);
    });
  }
}

makeDisposable(HopfieldNetwork.prototype);

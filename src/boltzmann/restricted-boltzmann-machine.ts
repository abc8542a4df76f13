/** The restricted Boltzmann machine: what callers ask of it, checked, and carried out beside. */
import { checkNumber, checkOptions, describe } from '../checks.ts';
import { boltzmannKernels } from '../kernels/groups/boltzmann.ts';
import { openMachine } from '../kernels/open.ts';
import type { HopfieldNetwork } from '../models/hopfield-network.ts';
import { called, fix, Model } from '../models/model.ts';
import { fileOf, jsonOf, type Bytes } from '../models/save-format.ts';
import { decodeModel, type LoadOptions } from '../models/saved-model.ts';
import type { State, States } from '../patterns/states.ts';
import { exactMap } from './exact-map.ts';
import { encodeMachine, RESTRICTED } from './file.ts';
import { jointEnergy, freeEnergies } from './free-energy.ts';
import { readRow, readRows, readSingles, singlesOf, type Units } from './given.ts';
import { Layers, parameterCount } from './layers.ts';
import { hiddenMeansOf, visibleMeansOf } from './passing.ts';
import { logPartition, type LogPartition, type LogPartitionOptions } from './log-partition.ts';
import { MACHINE_OPTIONS, planMachine, type MachineOptions, type MachinePlan } from './options.ts';
import { planSample, sample, type SampleOptions, type SampleResult } from './sampling.ts';
import { planTraining, type TrainingOptions } from './training-options.ts';
import { train, type TrainingReport } from './training.ts';

/** Averages of units, or states: one row, a list of rows, or a flat typed array of them. */
export type Averages = States | ArrayLike<number> | readonly ArrayLike<number>[];

/** Parameters of a machine's own. */
export interface GivenWeights extends MachineOptions {
  /** a, N numbers. Default 0. */
  visibleBiases?: ArrayLike<number>;
  /** b, H numbers. Default 0. */
  hiddenBiases?: ArrayLike<number>;
}

/**
 * A restricted Boltzmann machine (Smolensky 1986; Hinton 2002) of N visible and H hidden units:
 *
 *     P(v, h) = e^(−E(v, h))/Z,  E(v, h) = −aᵀv − bᵀh − vᵀWh      (+ ½‖h‖² for Gaussian hidden units)
 *
 * ```ts
 * const machine = new RestrictedBoltzmannMachine(784, 100);
 * await machine.train(digits, { epochs: 10, seed: 1 });
 * const { states } = machine.sample({ count: 5, steps: 1000, seed: 2 });
 * ```
 *
 * Parameters are single precision, and all 0 at first. States are 0/1, or ±1 for bipolar units; every method that takes
 * states takes either, and booleans.
 */
export class RestrictedBoltzmannMachine extends Model {
  /** N. */
  readonly visible: number;
  /** H. */
  readonly hidden: number;
  /** Whether visible units are 0/1 or ±1. */
  readonly units: 'binary' | 'bipolar';
  /** Whether hidden units are 0/1 or real. */
  readonly hiddenUnits: 'binary' | 'gaussian';

  #layers: Layers | undefined;
  #version = 0;
  #training = false;

  /**
   * @param visible - N, from 1 to 2,097,151
   * @param hidden - H, as many
   * @param options - all optional; see there for defaults
   * @throws TypeError, RangeError for sizes and options that are none, or more than memory holds; Error when the backend asked
   *   for cannot run
   */
  constructor(visible: number, hidden: number, options: MachineOptions = {}) {
    const plan = planMachine(visible, hidden, options);
    super();
    this.visible = plan.visible;
    this.hidden = plan.hidden;
    this.units = plan.units;
    this.hiddenUnits = plan.hiddenUnits;
    const machine = openMachine(options.backend ?? 'auto', [boltzmannKernels]);
    const parameters = machine.memory.allocate(4 * parameterCount(plan));
    this.#layers = new Layers(machine, plan, parameters);
    fix(this);
  }

  /**
   * The machine whose visible units have the distribution of a Hopfield network at a temperature, P(s) ∝ e^(−E(s)/T), with
   * a Gaussian hidden unit for each pattern (Hebbian rule) or for each dimension of their span (projection): the exact map of
   * Barra et al. (2012) and Smart & Zilman (2021), to the rounding of W to singles. Thresholds become biases. O(N·P), for the
   * projection rule O(N·P²).
   *
   * @param network - with patterns, and couplings that are theirs alone
   * @param options - `temperature` (default 1), `backend`
   * @throws TypeError for another rule, or couplings that are given or dreamt; RangeError without patterns
   */
  static from(
    network: HopfieldNetwork,
    options: Pick<MachineOptions, 'backend'> & { temperature?: number } = {},
  ): RestrictedBoltzmannMachine {
    checkOptions(options, 'from options', ['temperature', 'backend']);
    const { temperature = 1, backend } = options;
    checkNumber(temperature, 'temperature', 'a number above 0', (t) => t > 0);
    if (typeof network?.isFixedPoint !== 'function' || network.rule === undefined) {
      throw new TypeError(`network is ${describe(network)}, expected a HopfieldNetwork`);
    }
    const { hidden, weights, visibleBiases } = exactMap(network, temperature);
    const { neurons, units } = network;
    const all = { units, hiddenUnits: 'gaussian', backend } as const;
    const machine = new RestrictedBoltzmannMachine(neurons, hidden, all);
    machine.#set(weights, visibleBiases, new Float32Array(hidden));
    return machine;
  }

  /**
   * A machine with weights of your own, rounded to singles.
   *
   * @param weights - W, N rows of H numbers
   * @param options - as for the constructor; `visibleBiases`, `hiddenBiases`
   * @throws TypeError, RangeError when rows are not equally long, or a number is not from −10¹⁵ to 10¹⁵
   */
  static fromWeights(
    weights: readonly ArrayLike<number>[],
    options: GivenWeights = {},
  ): RestrictedBoltzmannMachine {
    checkOptions(options, 'machine options', MACHINE_OPTIONS, ['visibleBiases', 'hiddenBiases']);
    if (!Array.isArray(weights)) {
      throw new TypeError(`weights is ${describe(weights)}, expected an array of rows`);
    }
    const { visibleBiases, hiddenBiases, ...rest } = options;
    const [n, h] = [weights.length, (weights[0] as ArrayLike<number> | undefined)?.length ?? 0];
    planMachine(n, h, rest);
    const rows = weights.map((row, i) => readSingles(row, h, `weights[${i}]`, 'as row 0'));
    const biases = (given: unknown, count: number, name: string) =>
      given === undefined ? new Float32Array(count) : readSingles(given, count, name, 'one a unit');
    const a = biases(visibleBiases, n, 'visibleBiases');
    const b = biases(hiddenBiases, h, 'hiddenBiases');
    const machine = new RestrictedBoltzmannMachine(n, h, rest);
    const all = new Float32Array(n * h);
    for (const [i, row] of rows.entries()) all.set(row, i * h);
    machine.#set(all, a, b);
    return machine;
  }

  /**
   * The machine that `save` wrote.
   *
   * @param bytes - the whole file
   * @param options - `backend`, and `memory`: how much the machine may take
   * @throws TypeError, RangeError, Error saying what is wrong when the file is cut short, altered or foreign, or when
   *   what it says of itself does not hold
   */
  static load(bytes: Bytes, options: LoadOptions = {}): RestrictedBoltzmannMachine {
    const { description, sections } = decodeModel(RESTRICTED, bytes, options);
    const names = ['weights', 'visibleBiases', 'hiddenBiases'];
    const [weights, a, b] = sections.map((section, k) => singlesOf(section, names[k]));
    const { visible, hidden, ...rest } = description;
    const all = { ...rest, backend: options.backend };
    const machine = new RestrictedBoltzmannMachine(visible, hidden, all);
    machine.#set(weights, a, b);
    return machine;
  }

  /** The machine that `toJSON` gave: see `load`. */
  static fromJSON(value: unknown, options: LoadOptions = {}): RestrictedBoltzmannMachine {
    return RestrictedBoltzmannMachine.load(fileOf(value), options);
  }

  /** The machine as bytes, for `load`. */
  save(): Uint8Array {
    const { visible, hidden, units, hiddenUnits } = this;
    const description: MachinePlan = { visible, hidden, units, hiddenUnits };
    return encodeMachine(RESTRICTED, description, [
      this.weights,
      this.visibleBiases,
      this.hiddenBiases,
    ]);
  }

  /** What `save` gives as a value for JSON, for `fromJSON`: `JSON.stringify(machine)` keeps everything. */
  toJSON(): Record<string, unknown> {
    return jsonOf(this.save());
  }

  /** A copy of W, N rows of H. */
  get weights(): Float32Array {
    const layers = this.#open();
    return layers.read(layers.weights, this.visible * this.hidden);
  }

  /** A copy of a, N numbers. */
  get visibleBiases(): Float32Array {
    const layers = this.#open();
    return layers.read(layers.visibleBiases, this.visible);
  }

  /** A copy of b, H numbers. */
  get hiddenBiases(): Float32Array {
    const layers = this.#open();
    return layers.read(layers.hiddenBiases, this.hidden);
  }

  /**
   * Learns from states, by contrastive divergence or with persistent chains. Goes on from what has been learnt; weights that
   * are all 0 start from normal numbers of size 0.01 (Hinton 2012). An epoch costs O(P·N·H·(k + 1)) for P states. The machine
   * is as it was until the end, and can be asked meanwhile.
   *
   * @param states - P states, or averages of units from 0 (−1 for bipolar ones) to 1, such as levels of grey
   * @param options - see there for defaults
   * @returns how it went
   * @throws TypeError, RangeError for states and options that are none, or when parameters grow beyond all bounds; Error when
   *   it is being trained already or is disposed of meanwhile, what the signal gives when aborted; nothing is learnt then
   */
  async train(states: Averages, options: TrainingOptions = {}): Promise<TrainingReport> {
    const layers = called(this).#open();
    const plan = planTraining(options);
    const rows = readRows(states, this.#visibleKind, 'states', true);
    if (this.#training)
      throw new Error('the machine is being trained, expected one call at a time');
    this.#training = true;
    try {
      const report = await train(layers, rows, plan, () => this.#open());
      this.#version++;
      return report;
    } finally {
      this.#training = false;
    }
  }

  /**
   * What hidden units are on average beside given visible ones: σ(b + Wᵀv), or b + Wᵀv for Gaussian ones. O(N·H) a row.
   *
   * @param states - P states, or averages
   * @returns P×H numbers
   * @throws TypeError, RangeError when there are none
   */
  hiddenMeans(states: Averages): Float32Array {
    const layers = called(this).#open();
    return hiddenMeansOf(layers, readRows(states, this.#visibleKind, 'states', true));
  }

  /**
   * What visible units are on average beside given hidden ones: σ(a + Wh), tanh(a + Wh) for ±1 units. O(N·H) a row.
   *
   * @param hidden - P rows of H numbers: states, averages, or any numbers for Gaussian units
   * @returns P×N numbers
   * @throws TypeError, RangeError when there are none
   */
  visibleMeans(hidden: Averages): Float32Array {
    const layers = called(this).#open();
    return visibleMeansOf(layers, readRows(hidden, this.#hiddenKind, 'hidden', true));
  }

  /**
   * What visible units are on average beside the average hidden units of given states: there and back without chance.
   *
   * @param states - P states, or averages
   * @returns P×N numbers
   * @throws TypeError, RangeError when there are none
   */
  reconstruct(states: Averages): Float32Array {
    const layers = called(this).#open();
    const rows = readRows(states, this.#visibleKind, 'states', true);
    const values = hiddenMeansOf(layers, rows);
    return visibleMeansOf(layers, { count: rows.count, values });
  }

  /**
   * Gibbs sampling: chains that draw all hidden units, then all visible ones, again and again. O(N·H) a step of a chain. The
   * states are the machine's only after as many steps as it takes to forget the start, which is many where it has
   * several modes.
   *
   * @param options - see there for defaults
   * @throws TypeError, RangeError for options that are none
   */
  sample(options: SampleOptions = {}): SampleResult {
    const layers = called(this).#open();
    return sample(layers, planSample(options, this.#visibleKind));
  }

  /**
   * F(v), −ln of what e^(−E(v, h)) adds up to over hidden states: P(v) = e^(−F(v))/Z. O(N·H), in doubles.
   *
   * @param state - N values
   * @throws TypeError, RangeError when it is none
   */
  freeEnergy(state: State): number {
    const values = readRow(state, called(this).#visibleKind, 'state');
    return freeEnergies(this.#open(), { count: 1, values })[0];
  }

  /** The free energy of each of several states, P numbers: see `freeEnergy`. */
  freeEnergies(states: States): Float64Array {
    const rows = readRows(states, called(this).#visibleKind, 'states', false);
    return freeEnergies(this.#open(), rows);
  }

  /**
   * E(v, h). O(N·H), in doubles.
   *
   * @param state - v, N values
   * @param hidden - h, H values; any numbers for Gaussian units
   * @throws TypeError, RangeError when they are none
   */
  energy(state: State, hidden: ArrayLike<number>): number {
    const v = readRow(state, called(this).#visibleKind, 'state');
    const h = readRow(hidden, this.#hiddenKind, 'hidden');
    return jointEnergy(this.#open(), v, h);
  }

  /**
   * ln Z: exactly by all states of the smaller layer, O(2^min(N, H)·max(N, H)), where that has up to 20 units; otherwise by
   * annealed importance sampling, with a standard error. That error is blind to modes that no chain has found.
   *
   * @param options - see there for defaults
   * @throws TypeError, RangeError for options that are none; what the signal gives when aborted; Error when the machine is changed
   *   meanwhile
   */
  async logPartition(options: LogPartitionOptions = {}): Promise<LogPartition> {
    const layers = called(this).#open();
    const version = this.#version;
    return logPartition(layers, options, () => {
      this.#open();
      if (this.#version !== version) throw new Error('the machine was changed meanwhile');
    });
  }

  dispose(): void {
    this.#layers = undefined;
  }

  protected hold() {
    return { machine: this.#open().machine, version: this.#version };
  }

  get #visibleKind(): Units {
    const low = this.units === 'bipolar' ? -1 : 0;
    return { count: this.visible, low, of: "the machine's visible units" };
  }

  get #hiddenKind(): Units {
    const low = this.hiddenUnits === 'gaussian' ? undefined : 0;
    return { count: this.hidden, low, of: "the machine's hidden units" };
  }

  #open(): Layers {
    if (!this.#layers) throw new Error('the machine has been disposed of');
    return this.#layers;
  }

  #set(weights: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number>): void {
    const layers = this.#open();
    const { f32 } = layers.machine.memory.views;
    f32.set(weights, layers.weights >>> 2);
    f32.set(a, layers.visibleBiases >>> 2);
    f32.set(b, layers.hiddenBiases >>> 2);
  }
}

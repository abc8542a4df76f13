/** The Boltzmann machine without hidden units: what callers ask of it, checked, and carried out beside. */
import { checkNeurons, checkOptions, describe } from '../checks.ts';
import { boltzmannKernels } from '../kernels/groups/boltzmann.ts';
import { openMachine, type Backend } from '../kernels/open.ts';
import { called, fix, Model } from '../models/model.ts';
import { fileOf, jsonOf, type Bytes } from '../models/save-format.ts';
import { decodeModel, type LoadOptions } from '../models/saved-model.ts';
import type { State, States } from '../patterns/states.ts';
import { encodeMachine, FULL } from './file.ts';
import { readRow, readRows, readSingles, singlesOf, type Units } from './given.ts';
import { trainPairs, type PairTrainingReport } from './pair-training.ts';
import { pairCount, PairCouplings } from './pairs.ts';
import { planSample, type SampleOptions, type SampleResult } from './sampling.ts';
import { planTraining, type TrainingOptions } from './training-options.ts';

export interface BoltzmannOptions {
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

/**
 * A Boltzmann machine (Ackley, Hinton & Sejnowski 1985) of N ±1 units, all visible:
 *
 *     P(s) = e^(−E(s))/Z,  E(s) = −½ sᵀJs − bᵀs
 *
 * It is a Hopfield network at temperature 1 whose couplings are learnt so that it is likely to be found in given states; its
 * first step from J = 0 is Hebb's rule.
 *
 * ```ts
 * const machine = new BoltzmannMachine(100);
 * await machine.train(states, { epochs: 200, seed: 1 });
 * const network = HopfieldNetwork.fromCouplings(machine.couplings);
 * ```
 *
 * Parameters are single precision, and all 0 at first. Methods take states of ±1, 0/1 or booleans, and give ±1.
 */
export class BoltzmannMachine extends Model {
  /** N. */
  readonly neurons: number;

  #pairs: PairCouplings | undefined;
  #version = 0;
  #training = false;

  /**
   * @param neurons - N, from 1 to 2,097,151
   * @param options - `backend`
   * @throws TypeError, RangeError for a size that is none, or more than memory holds; Error when the backend asked for cannot
   *   run
   */
  constructor(neurons: number, options: BoltzmannOptions = {}) {
    checkNeurons(neurons);
    checkOptions(options, 'machine options', ['backend']);
    super();
    this.neurons = neurons;
    const machine = openMachine(options.backend ?? 'auto', [boltzmannKernels]);
    this.#pairs = new PairCouplings(
      machine,
      neurons,
      machine.memory.allocate(4 * pairCount(neurons)),
    );
    fix(this);
  }

  /**
   * A machine with couplings of your own, rounded to singles: those of a Hopfield network over T, say.
   *
   * @param couplings - J, N×N numbers, flat or as rows; symmetric, with a zero diagonal
   * @param options - `biases` (b, N numbers, default 0), `backend`
   * @throws TypeError, RangeError when they are not that
   */
  static fromCouplings(
    couplings: ArrayLike<number> | readonly ArrayLike<number>[],
    options: BoltzmannOptions & { biases?: ArrayLike<number> } = {},
  ): BoltzmannMachine {
    const { biases, ...rest } = options;
    checkOptions(options, 'machine options', ['backend', 'biases']);
    const length: unknown = couplings?.length;
    if (typeof length !== 'number') {
      throw new TypeError(`couplings is ${describe(couplings)}, expected N×N numbers`);
    }
    const flat = typeof couplings[0] === 'number';
    const n = flat ? Math.round(Math.sqrt(length)) : length;
    checkNeurons(n, flat ? 'the square root of the number of couplings' : 'the number of rows');
    const all = new Float32Array(n * n);
    if (flat) all.set(readSingles(couplings, n * n, 'couplings', 'a square'));
    else {
      for (let i = 0; i < n; i++) all.set(readSingles(couplings[i], n, `row ${i}`, 'N'), i * n);
    }
    checkPairs(all, n);
    const b = biases === undefined ? undefined : readSingles(biases, n, 'biases', 'one a unit');
    const machine = new BoltzmannMachine(n, rest);
    machine.#set(all, b ?? new Float32Array(n));
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
  static load(bytes: Bytes, options: LoadOptions = {}): BoltzmannMachine {
    const { description, sections } = decodeModel(FULL, bytes, options);
    const [couplings, biases] = sections.map((section, k) =>
      singlesOf(section, ['couplings', 'biases'][k]),
    );
    checkPairs(couplings, description.neurons);
    const machine = new BoltzmannMachine(description.neurons, { backend: options.backend });
    machine.#set(couplings, biases);
    return machine;
  }

  /** The machine that `toJSON` gave: see `load`. */
  static fromJSON(value: unknown, options: LoadOptions = {}): BoltzmannMachine {
    return BoltzmannMachine.load(fileOf(value), options);
  }

  /** The machine as bytes, for `load`. */
  save(): Uint8Array {
    return encodeMachine(FULL, { neurons: this.neurons }, [this.couplings, this.biases]);
  }

  /** What `save` gives as a value for JSON, for `fromJSON`: `JSON.stringify(machine)` keeps everything. */
  toJSON(): Record<string, unknown> {
    return jsonOf(this.save());
  }

  /** A copy of J, N×N. */
  get couplings(): Float32Array {
    const pairs = this.#open();
    return pairs.read(pairs.couplings, this.neurons * this.neurons);
  }

  /** A copy of b, N numbers. */
  get biases(): Float32Array {
    const pairs = this.#open();
    return pairs.read(pairs.biases, this.neurons);
  }

  /**
   * Learns from states, by contrastive divergence or with persistent chains. Goes on from what has been learnt; while J = 0
   * averages over the model are known and nothing is drawn. An epoch costs O(P·N²·(k + 1)) for P states. The machine is as it
   * was until the end, and can be asked meanwhile.
   *
   * @param states - P states
   * @param options - see there for defaults
   * @returns how it went
   * @throws TypeError, RangeError for states and options that are none, or when parameters grow beyond all bounds; Error when
   *   it is being trained already or is disposed of meanwhile, what the signal gives when aborted; nothing is learnt then
   */
  async train(states: States, options: TrainingOptions = {}): Promise<PairTrainingReport> {
    const pairs = called(this).#open();
    const plan = planTraining(options);
    const rows = readRows(states, this.#kind, 'states', false);
    if (this.#training) {
      throw new Error('the machine is being trained, expected one call at a time');
    }
    this.#training = true;
    try {
      const report = await trainPairs(pairs, rows, plan, () => this.#open());
      this.#version++;
      return report;
    } finally {
      this.#training = false;
    }
  }

  /**
   * Gibbs sampling: chains whose units are drawn one after the other, again and again. A step is a sweep over all units,
   * O(N²) a chain. `means` of the result are tanh h_i, what each unit is on average beside the others as they are at the end.
   *
   * @param options - see there for defaults
   * @throws TypeError, RangeError for options that are none
   */
  sample(options: SampleOptions = {}): SampleResult {
    const pairs = called(this).#open();
    return pairs.sample(planSample(options, this.#kind));
  }

  /**
   * E(s). O(N²), in doubles.
   *
   * @param state - N values
   * @throws TypeError, RangeError when it is none
   */
  energy(state: State): number {
    const values = readRow(state, called(this).#kind, 'state');
    return this.#open().energies({ count: 1, values })[0];
  }

  /** The energy of each of several states, P numbers: see `energy`. */
  energies(states: States): Float64Array {
    const rows = readRows(states, called(this).#kind, 'states', false);
    return this.#open().energies(rows);
  }

  dispose(): void {
    this.#pairs = undefined;
  }

  protected hold() {
    return { machine: this.#open().machine, version: this.#version };
  }

  get #kind(): Units {
    return { count: this.neurons, low: -1, of: "the machine's neurons" };
  }

  #open(): PairCouplings {
    if (!this.#pairs) throw new Error('the machine has been disposed of');
    return this.#pairs;
  }

  #set(couplings: Float32Array, biases: Float32Array): void {
    const pairs = this.#open();
    const { f32 } = pairs.machine.memory.views;
    f32.set(couplings, pairs.couplings >>> 2);
    f32.set(biases, pairs.biases >>> 2);
  }
}

/** @throws RangeError when couplings are not symmetric, or a unit acts on itself */
function checkPairs(couplings: Float32Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const [value, other] = [couplings[i * n + j], couplings[j * n + i]];
      if (i === j ? value === 0 : value === other) continue;
      const expected = i === j ? '0: no unit acts on itself' : `${other} as [${j}][${i}] is`;
      throw new RangeError(`coupling [${i}][${j}] is ${value}, expected ${expected}`);
    }
  }
}

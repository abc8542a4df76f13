/**
 * Spins s_i = ±1 with couplings and fields, E(s) = −½ Σ_ij J_ij s_i s_j − Σ_i h_i s_i + offset (Ising), and 0/1 variables with a
 * quadratic cost (QUBO), which are the same thing.
 */
import { checkOptions } from '../checks.ts';
import { annealingKernels } from '../kernels/groups/annealing.ts';
import { openMachine, type Backend } from '../kernels/open.ts';
import { fix, Model as Base } from '../models/model.ts';
import { InSteps, type Steps } from '../pacing.ts';
import { Random } from '../random.ts';
import { IsingAnnealing } from './ising/annealing.ts';
import { toIntegers, type IsingIntegers } from './ising/integers.ts';
import { FEWEST_ABREAST, IsingLanes, LANES } from './ising/lanes.ts';
import { IsingLocalSearch } from './ising/local-search.ts';
import { isingEnergy, fallen, fieldsOf, type IsingNumbers } from './ising/numbers.ts';
import { IsingParts } from './ising/parts.ts';
import { temperatureRange } from './ising/range.ts';
import {
  readIsing,
  quboToIsing,
  readQuboTerms,
  type IsingCouplings,
  type QuboEntries,
  type QuboTerms,
  type SquareMatrix,
} from './ising/read.ts';
import { readSpins } from './ising/state.ts';
import { Pairs } from './pairs.ts';
import type { LocalSearchPlan, Searchable } from './local-search.ts';
import { downhill, MOST_SWEEPS, type AnnealingPlan } from './model.ts';
import type { Search } from './search.ts';

export interface IsingOptions {
  /**
   * N×N numbers, flat or as rows (J_ij and J_ji count as their mean; J_ii adds −½J_ii to the offset), or a list of
   * [i, j, J], each of which adds −J·s_i·s_j to the energy; repeated pairs add up. For 3 spins, where three rows and
   * three pairs look alike, give 9 numbers in a row, or `{ entries }`.
   */
  couplings: IsingCouplings;
  /** h, N numbers. Default: none. */
  fields?: ArrayLike<number>;
  /** A constant of the energy. Default 0. */
  offset?: number;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

export interface QuboOptions {
  /** A constant of the energy. Default 0. */
  offset?: number;
  backend?: Backend;
}

/** An Ising energy as plain data: pairs of spin i < j once, those of i being entries starts[i] … starts[i + 1] − 1. */
export interface PlainIsing {
  readonly spins: number;
  readonly starts: Uint32Array;
  readonly others: Uint32Array;
  readonly values: Float64Array;
  readonly fields: Float64Array;
  readonly offset: number;
}

/**
 * An Ising model for the solvers `anneal`, `descend`, `localSearch`, `meanField` and `exact`.
 *
 * ```ts
 * const model = new IsingModel(4, { couplings: [[0, 1, -1], [1, 2, -1], [2, 3, -1], [3, 0, -1]] });
 * const { state, energy } = await anneal(model, { seed: 1 });
 * ```
 *
 * Inside, couplings and fields are integers of one unit, a power of two, so that fields kept up to date never drift.
 * Numbers that are all multiples of one such unit, and no larger than 2³⁰ of it for all couplings of a spin together, are
 * held exactly; others are rounded once, by half a unit of at most 2⁻²⁹ of the largest Σ_j |J_ij| + |h_i|. `energy`,
 * `fields` and `deltas` use the numbers as they were given.
 */
export class IsingModel extends Base implements Searchable<Int8Array> {
  /** How many spins there are. */
  readonly spins: number;
  readonly #numbers: IsingNumbers;
  readonly #integers: IsingIntegers;
  /** Asked for by every search; going through all couplings takes as long as a few sweeps. */
  readonly #range = new InSteps(() => temperatureRange(this.#integers));
  #parts: IsingParts | undefined;

  /**
   * @param spins - N, 1 to 2,097,151
   * @throws TypeError for arguments of the wrong kind, RangeError for numbers out of range, Error when the backend asked for
   *   cannot run
   */
  constructor(spins: number, options: IsingOptions) {
    super();
    checkOptions(options, 'Ising options', ['couplings', 'fields', 'offset', 'backend']);
    const { couplings, fields, offset = 0, backend = 'auto' } = options;
    this.#numbers = readIsing(spins, couplings, fields, offset);
    this.spins = spins;
    this.#integers = toIntegers(this.#numbers);
    this.#parts = new IsingParts(openMachine(backend, [annealingKernels]), this.#integers);
    fix(this);
  }

  /**
   * The model whose energy is xᵀQx + offset for x_i = (1 + s_i)/2, so that s_i = +1 stands for x_i = 1. For integers the
   * energy is that number exactly.
   *
   * @param qubo - n×n numbers, flat or as rows, or `{ variables, entries }` where [i, j, q] adds q·x_i·x_j
   * @throws TypeError, RangeError as the constructor
   */
  static fromQubo(qubo: SquareMatrix | QuboEntries, options: QuboOptions = {}): IsingModel {
    checkOptions(options, 'QUBO options', ['offset', 'backend']);
    const { offset, backend } = options;
    return IsingModel.fromTerms(readQuboTerms(qubo), offset, backend);
  }

  /** The model of a QUBO that has been read. */
  static fromTerms(terms: QuboTerms, offset = 0, backend?: Backend): IsingModel {
    const { spins, pairs, ...rest } = quboToIsing(terms, offset);
    const couplings = pairs as unknown as IsingCouplings;
    return new IsingModel(spins, { couplings, ...rest, backend });
  }

  /** The model that `plain` gave, wherever it has been meanwhile. */
  static fromPlain({ spins, fields, offset, ...pairs }: PlainIsing, backend?: Backend): IsingModel {
    const { starts, others, values } = pairs;
    const couplings = new Pairs(starts, others, values) as unknown as IsingCouplings;
    return new IsingModel(spins, { couplings, fields, offset, backend });
  }

  /** The energy as plain data, which `structuredClone` copies, for `fromPlain`. Not to be written to. */
  plain(): PlainIsing {
    const { spins, pairs, fields, offset } = this.#numbers;
    const { starts, others, values } = pairs;
    return { spins, starts, others, values, fields, offset };
  }

  /** Whether the solvers work with the numbers as they were given; otherwise they were rounded once, see above. */
  get exact(): boolean {
    return this.#integers.exact;
  }

  /** E = −½ Σ J_ij s_i s_j − Σ h_i s_i + offset, from the numbers as they were given. O(N + couplings). */
  energy(state: ArrayLike<number>): number {
    return isingEnergy(this.#numbers, this.readState(state, 'state'));
  }

  /** f_i = Σ_j J_ij s_j + h_i, from the numbers as they were given. */
  fields(state: ArrayLike<number>): Float64Array {
    return fieldsOf(this.#numbers, this.readState(state, 'state'));
  }

  /** What flipping each spin costs: 2 s_i f_i. */
  deltas(state: ArrayLike<number>): Float64Array {
    const s = this.readState(state, 'state');
    return fieldsOf(this.#numbers, s).map((f, i) => 2 * s[i] * f + 0);
  }

  rest(state: Int8Array): Int8Array {
    return downhill(this, state, (from) => {
      const fields = fieldsOf(this.#numbers, from);
      if (from.every((s, i) => s * fields[i] >= 0)) return undefined;
      return this.#descended(from) ?? fallen(this.#numbers, from);
    });
  }

  /**
   * The same by the kernels, sooner, if what they need is there. Where numbers were rounded they could come to rest elsewhere, and what
   * comes out would depend on what the model did before.
   */
  #descended(from: Int8Array): Int8Array | undefined {
    const layout = this.exact ? this.#parts?.layout.made : undefined;
    if (!layout) return undefined;
    const { machine, integers } = this.open();
    const temperatures = new Float64Array(0);
    const plan = { seed: 0, target: -Infinity, temperatures, rule: 'metropolis' } as const;
    const work = new IsingAnnealing(machine, layout, integers, 0, plan);
    work.begin(0, from);
    for (let made = 1; made > 0;) made = work.advance(MOST_SWEEPS);
    const { state } = work;
    work.dispose();
    return state;
  }

  /** The state as the model's own copy. @throws TypeError, RangeError unless it is N values of ±1 */
  readState(state: ArrayLike<number>, name: string): Int8Array {
    return readSpins(state, this.spins, name);
  }

  /** Without fields all spins can be turned: the first is +1 then. */
  canonical(state: Int8Array): Int8Array {
    const turned = state[0] < 0 && this.#numbers.fields.every((h) => h === 0);
    return turned ? state.map((s) => -s) : state;
  }

  get annealingRange(): readonly [hot: number, cold: number] {
    return this.#range.now();
  }

  annealing(plan: AnnealingPlan): Search<Int8Array> {
    const { machine, integers, lanes, layout } = this.open();
    const { offset } = this.#numbers;
    return this.abreast(plan.runs ?? 1)
      ? new IsingLanes(machine, lanes.now(), integers, offset, plan)
      : new IsingAnnealing(machine, layout.now(), integers, offset, plan);
  }

  /** An energy that nothing is below: every coupling and field satisfied. */
  get bound(): number {
    if (!this.exact) return -Infinity;
    const { pairs, fields, offset } = this.#numbers;
    let sum = 0;
    // A loop without an iterator: there can be millions.
    for (let k = 0; k < pairs.values.length; k++) sum += Math.abs(pairs.values[k]);
    for (const h of fields) sum += Math.abs(h);
    return offset - sum;
  }

  get usualSweeps(): number {
    return 20_000;
  }

  *localSearch(plan: LocalSearchPlan): Steps<Search<Int8Array>> {
    yield* this.opening();
    return new IsingLocalSearch(this.open(), this.#numbers.offset, this.annealingRange, plan);
  }

  /** Makes what annealing so many runs needs, in steps. */
  *opening(runs = 1): Steps<void> {
    const { lanes, layout } = this.open();
    yield* this.#range.steps();
    yield* (this.abreast(runs) ? lanes : layout).steps();
  }

  /** Any state, each spin as likely up as down. */
  anyState(seed: number): Int8Array {
    return new Random(seed).signs(this.spins);
  }

  /** How many of so many runs annealing makes side by side; undefined where it makes one after the other. */
  abreast(runs: number): number | undefined {
    return runs >= FEWEST_ABREAST && this.open().sided ? LANES : undefined;
  }

  /** What solvers work on. @throws Error when the model has been disposed of */
  open(): IsingParts {
    if (!this.#parts) throw new Error('the model has been disposed of');
    return this.#parts;
  }

  /**
   * Gives the memory back at once. Optional: dropping the object is enough. No search, and no longer run of a timed one, can
   * begin afterwards; energies can still be asked.
   */
  dispose(): void {
    this.#parts = undefined;
  }

  protected hold() {
    // What was given stays.
    return { machine: this.open().machine, version: 0 };
  }
}

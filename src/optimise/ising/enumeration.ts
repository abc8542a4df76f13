/** All states of an Ising model, as a search of one run. */
import { roundEven } from '../../elementary.ts';
import type { EnumerationGroup } from '../../kernels/groups/enumeration.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Address } from '../../numbers.ts';
import { IntegerTarget, integerUnit } from '../integer-unit.ts';
import type { Search } from '../search.ts';
import type { IsingNumbers } from './numbers.ts';

/** The block of an enumeration; see src/kernels/abi/enumeration.ts. */
const RUN = { bytes: 32, energy: 0, lowest: 8, steps: 16, bestStep: 20, bestState: 24 };
/** Spins that go through all their states within a step. */
const FOUR = 4;
/** Steps of a sweep. */
const SWEEP = 4096;
/** Sweeps of a part, some tens of milliseconds. */
const PART = 256;
/** Sums of integers up to here, and twice as much, are exact in doubles. */
const LIMIT = 2 ** 51;

/** Couplings, both ways, and fields as integers, and how many states they have. */
export interface EnumeratedIsing {
  readonly spins: number;
  /** Spins with those that are added to make four: they couple to none. */
  readonly padded: number;
  readonly couplings: Float64Array;
  readonly fields: Float64Array;
  readonly unit: number;
  readonly offset: number;
  /** How many numbers had to be rounded. */
  readonly rounded: number;
  /** Steps that visit all states, but for states that others are the reverse of. */
  readonly steps: number;
}

/** In units of a power of two, as fine as doubles can add up: numbers that need a finer one are rounded. */
export function enumerated({ spins, pairs, fields, offset }: IsingNumbers): EnumeratedIsing {
  const n = Math.max(FOUR, spins);
  const { starts, others, values } = pairs;
  let reach = 0;
  for (const x of values) reach += Math.abs(x);
  for (const x of fields) reach += Math.abs(x);
  const numbers = values.length + spins;
  const { unit, exact } = integerUnit([values, fields], reach, numbers / 2, LIMIT);
  const couplings = new Float64Array(n * n);
  for (let i = 0; i < spins; i++) {
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      const J = roundEven(values[k] / unit);
      couplings[i * n + others[k]] = J;
      couplings[others[k] * n + i] = J;
    }
  }
  const h = new Float64Array(n);
  h.set(fields.map((x) => roundEven(x / unit)));
  // Without fields a state and its reverse have one energy: the last spin stays up.
  const mirrored = n > FOUR && h.every((x) => x === 0);
  const steps = 2 ** (n - FOUR - (mirrored ? 1 : 0));
  const rounded = exact ? 0 : numbers;
  return { spins, padded: n, couplings, fields: h, unit, offset, rounded, steps };
}

/** Sweeps of all of it, the first step not counted. */
export function sweepsOfAll({ steps }: EnumeratedIsing): number {
  return Math.ceil((steps - 1) / SWEEP);
}

/** In how many parts it can be made, each of which is a run. */
export function partsOf(model: EnumeratedIsing): number {
  return Math.max(1, Math.ceil(sweepsOfAll(model) / PART));
}

/** All states, in one run or in parts: of these run k visits the states that the whole does in its sweeps from k·PART on. */
export class IsingEnumeration implements Search<Int8Array> {
  readonly sweeps: number;
  readonly #machine: Machine<EnumerationGroup>;
  readonly #model: EnumeratedIsing;
  readonly #target: IntegerTarget;
  readonly #blocks: number[] = [];
  readonly #run: Address;
  readonly #fields: Address;
  readonly #couplings: Address;
  readonly #table: Address;
  /** Steps after which the run is over. */
  #end = 0;

  /** @param parts - one, or `partsOf` the model */
  constructor(
    machine: Machine<EnumerationGroup>,
    model: EnumeratedIsing,
    target: number,
    parts: number,
  ) {
    this.#machine = machine;
    this.#model = model;
    const { unit, offset, rounded } = model;
    this.sweeps = parts === 1 ? sweepsOfAll(model) : PART;
    this.#target = new IntegerTarget(target, unit, offset, rounded);
    const lda = this.#lda;
    const take = (bytes: number): Address => {
      const address = machine.memory.allocate(bytes);
      this.#blocks.push(address);
      return address;
    };
    this.#run = take(RUN.bytes);
    this.#fields = take(8 * lda);
    this.#couplings = take(8 * lda * (model.padded - FOUR));
    this.#table = take(8 * 16);
  }

  get #lda(): number {
    return 2 * Math.ceil(this.#model.padded / 2);
  }

  get energy(): number {
    return this.#target.energyOf(this.#lowest);
  }

  get state(): Int8Array {
    const { u32 } = this.#machine.memory.views;
    const step = u32[(this.#run + RUN.bestStep) >>> 2];
    const four = u32[(this.#run + RUN.bestState) >>> 2];
    return stateOf(this.#model.spins, step, four);
  }

  /** Lays out the state that comes before the first step of a run; that of the whole makes its first, all spins up. */
  begin(run: number): void {
    const { f64, u32 } = this.#machine.memory.views;
    const { couplings, fields, padded: n, steps } = this.#model;
    const made = run === 0 ? 0 : 1 + run * this.sweeps * SWEEP;
    this.#end = Math.min(steps, 1 + (run + 1) * this.sweeps * SWEEP);
    const s = stateOf(n, Math.max(0, made - 1), 0);
    const J = (i: number, j: number): number => couplings[i * n + j];
    let energy = 0;
    for (let i = 0; i < n; i++) {
      let among = 0;
      for (let j = FOUR; j < n; j++) among += J(i, j) * s[j];
      f64[(this.#fields >>> 3) + i] = fields[i] + among;
      if (i < FOUR) continue;
      energy -= s[i] * (fields[i] + among / 2);
      const row = (this.#couplings >>> 3) + (i - FOUR) * this.#lda;
      for (let j = 0; j < n; j++) f64[row + j] = 2 * J(i, j);
    }
    for (let b = 0; b < 16; b++) {
      const four = stateOf(FOUR, 0, b);
      let own = 0;
      for (let i = 0; i < FOUR; i++) for (let j = 0; j < i; j++) own -= J(i, j) * four[i] * four[j];
      f64[(this.#table >>> 3) + b] = own;
    }
    // Halves add up to a whole.
    f64[(this.#run + RUN.energy) >>> 3] = energy;
    f64[(this.#run + RUN.lowest) >>> 3] = Infinity;
    u32[(this.#run + RUN.steps) >>> 2] = made;
    if (made === 0) this.#make(1);
  }

  advance(sweeps: number): number {
    let made = 0;
    for (; made < sweeps; made++) {
      const left = this.#end - this.#machine.memory.views.u32[(this.#run + RUN.steps) >>> 2];
      if (left === 0 || this.#target.reachedBy(this.#lowest)) break;
      this.#make(Math.min(SWEEP, left));
    }
    return made;
  }

  #make(steps: number): void {
    this.#machine.kernels.enumerateSpins(
      this.#run,
      this.#fields,
      this.#couplings,
      this.#table,
      steps,
      this.#model.padded,
    );
  }

  dispose(): void {
    for (const block of this.#blocks.splice(0)) this.#machine.memory.free(block);
  }

  /** The lowest energy so far, in integers. */
  get #lowest(): number {
    return this.#machine.memory.views.f64[(this.#run + RUN.lowest) >>> 3];
  }
}

/** The state of step `step` with state `four` of the first four spins. */
function stateOf(spins: number, step: number, four: number): Int8Array {
  const others = (step ^ (step >>> 1)) >>> 0;
  return Int8Array.from({ length: spins }, (_, i) => {
    const down = i < FOUR ? four >>> i : others >>> (i - FOUR);
    return (down & 1) === 1 ? -1 : 1;
  });
}

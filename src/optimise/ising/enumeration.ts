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
/** Sums of integers up to here, and twice as much, are exact in doubles. */
const LIMIT = 2 ** 51;

/** Couplings, both ways, and fields as integers. */
interface Integers {
  readonly couplings: Float64Array;
  readonly fields: Float64Array;
  readonly unit: number;
  /** How many numbers had to be rounded. */
  readonly rounded: number;
}

/** In units of a power of two, as fine as doubles can add up: numbers that need a finer one are rounded. */
function inUnits({ spins, pairs, fields }: IsingNumbers, n: number): Integers {
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
  return { couplings, fields: h, unit, rounded: exact ? 0 : numbers };
}

export class IsingEnumeration implements Search<Int8Array> {
  readonly sweeps: number;
  readonly #machine: Machine<EnumerationGroup>;
  readonly #spins: number;
  /** Spins with those that are added to make four: they couple to none. */
  readonly #padded: number;
  /** Steps that visit all states, but for states that others are the reverse of. */
  readonly #steps: number;
  readonly #integers: Integers;
  readonly #target: IntegerTarget;
  readonly #blocks: number[] = [];
  readonly #run: Address;
  readonly #fields: Address;
  readonly #couplings: Address;
  readonly #table: Address;

  constructor(machine: Machine<EnumerationGroup>, numbers: IsingNumbers, target: number) {
    const { spins, offset } = numbers;
    const n = Math.max(FOUR, spins);
    this.#machine = machine;
    this.#spins = spins;
    this.#padded = n;
    this.#integers = inUnits(numbers, n);
    const { fields, unit, rounded } = this.#integers;
    // Without fields a state and its reverse have one energy: the last spin stays up.
    const mirrored = n > FOUR && fields.every((h) => h === 0);
    this.#steps = 2 ** (n - FOUR - (mirrored ? 1 : 0));
    this.sweeps = Math.ceil((this.#steps - 1) / SWEEP);
    this.#target = new IntegerTarget(target, unit, offset, rounded);
    const lda = this.#lda;
    const take = (bytes: number): Address => {
      const address = machine.memory.allocate(bytes);
      this.#blocks.push(address);
      return address;
    };
    this.#run = take(RUN.bytes);
    this.#fields = take(8 * lda);
    this.#couplings = take(8 * lda * (n - FOUR));
    this.#table = take(8 * 16);
  }

  get #lda(): number {
    return 2 * Math.ceil(this.#padded / 2);
  }

  get energy(): number {
    return this.#target.energyOf(this.#lowest);
  }

  get state(): Int8Array {
    const { u32 } = this.#machine.memory.views;
    const step = u32[(this.#run + RUN.bestStep) >>> 2];
    const others = (step ^ (step >>> 1)) >>> 0;
    const four = u32[(this.#run + RUN.bestState) >>> 2];
    return Int8Array.from({ length: this.#spins }, (_, i) => {
      const down = i < FOUR ? four >>> i : others >>> (i - FOUR);
      return (down & 1) === 1 ? -1 : 1;
    });
  }

  /** Lays all spins out up, and makes the first step. */
  begin(): void {
    const { f64, u32 } = this.#machine.memory.views;
    const { couplings, fields } = this.#integers;
    const n = this.#padded;
    const J = (i: number, j: number): number => couplings[i * n + j];
    let energy = 0;
    for (let i = 0; i < n; i++) {
      let among = 0;
      for (let j = FOUR; j < n; j++) among += J(i, j);
      f64[(this.#fields >>> 3) + i] = fields[i] + among;
      if (i < FOUR) continue;
      energy -= fields[i] + among / 2;
      const row = (this.#couplings >>> 3) + (i - FOUR) * this.#lda;
      for (let j = 0; j < n; j++) f64[row + j] = 2 * J(i, j);
    }
    for (let b = 0; b < 16; b++) {
      const s = (i: number): number => (((b >> i) & 1) === 1 ? -1 : 1);
      let own = 0;
      for (let i = 0; i < FOUR; i++) for (let j = 0; j < i; j++) own -= J(i, j) * s(i) * s(j);
      f64[(this.#table >>> 3) + b] = own;
    }
    // Halves add up to a whole.
    f64[(this.#run + RUN.energy) >>> 3] = energy;
    f64[(this.#run + RUN.lowest) >>> 3] = Infinity;
    u32[(this.#run + RUN.steps) >>> 2] = 0;
    this.#make(1);
  }

  advance(sweeps: number): number {
    let made = 0;
    for (; made < sweeps; made++) {
      const left = this.#steps - this.#machine.memory.views.u32[(this.#run + RUN.steps) >>> 2];
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
      this.#padded,
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

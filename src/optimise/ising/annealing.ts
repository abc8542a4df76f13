/** Runs of moves by chance on an Ising model: its memory, its random numbers, its energies. */
import type { Address } from '../../numbers.ts';
import { padded, ANNEAL_SCRATCH } from '../../kernels/layout.ts';
import type { AnnealingGroup } from '../../kernels/groups/annealing.ts';
import type { Machine } from '../../kernels/open.ts';
import { nextSigns, seedGenerator } from '../../random.ts';
import { IntegerTarget } from '../integer-unit.ts';
import type { AnnealingPlan } from '../model.ts';
import type { Search } from '../search.ts';
import type { IsingIntegers } from './integers.ts';
import type { IsingLayout } from './layout.ts';

/** Lanes of random numbers. Run k of a search draws from streams 4k … 4k + 3 of its seed. */
const LANES = 4;
/** Bytes of what the kernels know of a run, and where in it things are. */
const RUN = { bytes: 96, energy: 0, lowest: 8, target: 16, sweeps: 24, over: 28, generators: 32 };

/** Temperatures in integer units within what the kernels take. */
export function inUnits(temperature: number, unit: number): number {
  return temperature === 0 ? 0 : Math.min(1e300, Math.max(1e-300, temperature / unit));
}

/** The generators of a run. */
function lanesOf(seed: number, run: number): Uint32Array[] {
  return Array.from({ length: LANES }, (_, lane) => {
    const words = new Uint32Array(4);
    seedGenerator(words, 0, seed, LANES * run + lane);
    return words;
  });
}

export class IsingAnnealing implements Search<Int8Array> {
  readonly sweeps: number;
  readonly #machine: Machine<AnnealingGroup>;
  readonly #layout: IsingLayout;
  readonly #spins: number;
  readonly #target: IntegerTarget;
  readonly #plan: AnnealingPlan;
  readonly #blocks: number[] = [];
  readonly #run: Address;
  readonly #signs: Address;
  readonly #best: Address;
  readonly #wanted: Address;
  readonly #fields: Address;
  readonly #temperatures: Address;
  readonly #scratch: Address;

  /** @param offset - what to add to the energy in integers, times its unit */
  constructor(
    machine: Machine<AnnealingGroup>,
    layout: IsingLayout,
    integers: IsingIntegers,
    offset: number,
    plan: AnnealingPlan,
  ) {
    this.#machine = machine;
    this.#layout = layout;
    this.#plan = plan;
    this.#spins = integers.spins;
    const { temperatures } = plan;
    // The sweep after the last temperature is there in any case.
    this.sweeps = temperatures.length + 1;
    const take = (bytes: number): Address => {
      const address = machine.memory.allocate(bytes);
      this.#blocks.push(address);
      return address;
    };
    const room = padded(this.#spins);
    this.#run = take(RUN.bytes);
    this.#signs = take(room);
    this.#best = take(room);
    this.#wanted = take(room);
    this.#fields = take(layout.fieldBytes);
    this.#scratch = take(ANNEAL_SCRATCH);
    this.#temperatures = take(8 * temperatures.length);
    const scaled = temperatures.map((t) => inUnits(t, integers.unit));
    const { f64 } = machine.memory.views;
    f64.set(scaled, this.#temperatures / 8);
    const rounded = integers.exact ? 0 : integers.values.length + integers.spins;
    this.#target = new IntegerTarget(plan.target, integers.unit, offset, rounded);
    f64[(this.#run + RUN.target) / 8] = this.#target.integer;
  }

  get energy(): number {
    return this.#target.energyOf(this.#lowest);
  }

  get state(): Int8Array {
    return this.#machine.memory.views.i8.slice(this.#best, this.#best + this.#spins);
  }

  begin(run: number, start: Int8Array | undefined): void {
    const { i8, f64, u32 } = this.#machine.memory.views;
    const lanes = lanesOf(this.#plan.seed, run);
    const wanted = start ?? nextSigns(lanes[0], 0, this.#spins);
    for (const [lane, words] of lanes.entries()) {
      for (const [w, word] of words.entries()) {
        u32[(this.#run + RUN.generators) / 4 + LANES * w + lane] = word;
      }
    }
    i8.fill(1, this.#signs, this.#signs + this.#spins);
    i8.set(wanted, this.#wanted);
    i8.set(wanted, this.#best);
    this.#layout.placeUp(this.#fields);
    const real = this.#run / 8;
    f64[real + RUN.energy / 8] = this.#layout.upEnergy;
    u32[(this.#run + RUN.sweeps) / 4] = 0;
    this.#layout.turn(this.#run, this.#signs, this.#fields, this.#wanted);
    f64[real + RUN.lowest / 8] = f64[real + RUN.energy / 8];
    u32[(this.#run + RUN.over) / 4] = Number(this.#target.reachedBy(this.#lowest));
  }

  advance(sweeps: number): number {
    const made = this.#anneal(sweeps);
    return made < sweeps && this.#goBack() ? made + this.#anneal(sweeps - made) : made;
  }

  /** The best state may have been met while it was hot: a run that came to rest elsewhere falls from there too. */
  #goBack(): boolean {
    const { i8 } = this.#machine.memory.views;
    const rest = i8.subarray(this.#signs, this.#signs + this.#spins);
    const there = rest.every((s, i) => s === i8[this.#best + i]);
    if (there || this.#target.reachedBy(this.#lowest)) return false;
    this.#layout.turn(this.#run, this.#signs, this.#fields, this.#best);
    this.#machine.memory.views.u32[(this.#run + RUN.over) / 4] = 0;
    return true;
  }

  #anneal(sweeps: number): number {
    const { temperatures, rule } = this.#plan;
    return this.#layout.anneal(
      this.#run,
      this.#signs,
      this.#best,
      this.#fields,
      this.#temperatures,
      this.#scratch,
      temperatures.length,
      rule === 'glauber' ? 1 : 0,
      sweeps,
    );
  }

  dispose(): void {
    for (const block of this.#blocks.splice(0)) this.#machine.memory.free(block);
  }

  /** The lowest energy of the run so far, in integers. */
  get #lowest(): number {
    return this.#machine.memory.views.f64[(this.#run + RUN.lowest) / 8];
  }
}

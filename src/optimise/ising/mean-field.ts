/**
 * Mean-field annealing of spins (Peterson & Anderson 1987): V_i = tanh(h_i/T) in the field of the others' averages,
 * h_i = Σ_j J_ij V_j + h_i, one spin after the other while T falls.
 *
 * Averages forget at a high temperature where they began, and all runs from there end alike. So only the first run goes
 * through all temperatures; each later one begins at a random one, between the hottest and half of it.
 */
import type { Address } from '../../numbers.ts';
import type { AnnealingGroup } from '../../kernels/groups/annealing.ts';
import type { Machine } from '../../kernels/open.ts';
import { seedGenerator, nextWord } from '../../random.ts';
import type { MeanFieldPlan } from '../averaging.ts';
import type { Search } from '../search.ts';
import type { IsingIntegers } from './integers.ts';
import type { Links } from '../pairs.ts';

/** Beginnings are drawn from stream 4k + 3 of the seed, k the run. */
const STREAM = 3;

/** Later runs begin at this part of the hottest temperature or above. */
const COOLEST = 0.5;

export class IsingMeanField implements Search<Int8Array> {
  readonly sweeps: number;
  readonly #machine: Machine<AnnealingGroup>;
  readonly #plan: MeanFieldPlan;
  readonly #spins: number;
  readonly #descent: Search<Int8Array>;
  readonly #blocks: number[] = [];
  readonly #averages: Address;
  readonly #starts: Address;
  readonly #neighbours: Address;
  readonly #weights: Address;
  readonly #fields: Address;
  readonly #temperatures: Address;
  /** Temperatures of this run that are used up or left out. */
  #cooled = 0;
  /** The state whose averages the run began with. */
  #first: { state: Int8Array; energy: number } | undefined;

  /** Whether the run has come to rest, and gone back to its beginning if that was as good. */
  #returned = false;

  /** @param descent - takes states downhill at temperature 0; disposed of with this */
  constructor(
    machine: Machine<AnnealingGroup>,
    integers: IsingIntegers,
    links: Links<Int32Array>,
    descent: Search<Int8Array>,
    plan: MeanFieldPlan,
  ) {
    this.#machine = machine;
    this.#plan = plan;
    this.#spins = integers.spins;
    this.#descent = descent;
    const { temperatures } = plan;
    this.sweeps = temperatures.length + descent.sweeps;
    this.#averages = this.#take(8 * this.#spins);
    this.#starts = this.#take(4 * links.starts.length);
    this.#neighbours = this.#take(4 * links.neighbours.length);
    this.#weights = this.#take(4 * links.values.length);
    this.#fields = this.#take(4 * this.#spins);
    this.#temperatures = this.#take(8 * temperatures.length);
    const { u32, i32, f64 } = machine.memory.views;
    u32.set(links.starts, this.#starts >>> 2);
    u32.set(links.neighbours, this.#neighbours >>> 2);
    i32.set(links.values, this.#weights >>> 2);
    i32.set(integers.fields, this.#fields >>> 2);
    f64.set(
      temperatures.map((t) => t / integers.unit),
      this.#temperatures >>> 3,
    );
  }

  get energy(): number {
    return Math.min(this.#first!.energy, this.#descent.energy);
  }

  get state(): Int8Array {
    const { state, energy } = this.#first!;
    return this.#descent.energy < energy ? this.#descent.state : state.slice();
  }

  begin(run: number, start: Int8Array | undefined): void {
    const averages = this.#views;
    const { seed, temperatures } = this.#plan;
    const words = new Uint32Array(4);
    seedGenerator(words, 0, seed, 4 * run + STREAM);
    const part = run === 0 ? 0 : nextWord(words, 0) / 4294967296;
    const warmest = temperatures[0] * (1 - part * (1 - COOLEST));
    this.#cooled = Math.max(
      0,
      temperatures.findIndex((t) => t <= warmest),
    );
    if (start) averages.set(start);
    else averages.forEach((_, i) => (averages[i] = nextWord(words, 0) / 2147483648 - 1));
    const state = Int8Array.from(averages, (v) => (v < 0 ? -1 : 1));
    this.#descent.begin(run, state);
    this.#first = { state, energy: this.#descent.energy };
    this.#returned = false;
    if (temperatures.length === 0) this.#settle();
  }

  advance(sweeps: number): number {
    const { target, temperatures } = this.#plan;
    const left = temperatures.length - this.#cooled;
    if (this.energy <= target) return 0;
    const made = Math.min(sweeps, left);
    if (made > 0) {
      this.#cool(made);
      if (made < left) return made;
      this.#settle();
    }
    const fallen = made + this.#descent.advance(sweeps - made);
    if (fallen === sweeps || this.#returned) return fallen;
    this.#returned = true;
    if (this.#first!.energy > this.#descent.energy) return fallen;
    // The beginning was as good as what came of it: it falls too.
    this.#descent.begin(0, this.#first!.state);
    return fallen + this.#descent.advance(sweeps - fallen);
  }

  dispose(): void {
    this.#descent.dispose();
    for (const block of this.#blocks.splice(0)) this.#machine.memory.free(block);
  }

  get #views(): Float64Array {
    const at = this.#averages >>> 3;
    return this.#machine.memory.views.f64.subarray(at, at + this.#spins);
  }

  #take(bytes: number): Address {
    const address = this.#machine.memory.allocate(bytes);
    this.#blocks.push(address);
    return address;
  }

  #cool(sweeps: number): void {
    this.#machine.kernels.averageSweeps(
      this.#averages,
      this.#starts,
      this.#neighbours,
      this.#weights,
      this.#fields,
      this.#temperatures + 8 * this.#cooled,
      sweeps,
      this.#spins,
    );
    this.#cooled += sweeps;
  }

  /** The nearest state begins to fall. A spin without average is as it was at the beginning. */
  #settle(): void {
    const { state } = this.#first!;
    const nearest = Int8Array.from(this.#views, (v, i) => (v > 0 ? 1 : v < 0 ? -1 : state[i]));
    this.#descent.begin(0, nearest);
  }
}

/**
 * Runs of moves by chance side by side, sixteen at a time: for couplings of one size and few a spin, where a field of every state
 * fits a byte and a neighbour costs one addition for all of them.
 */
import type { Address } from '../../numbers.ts';
import { LANES_SCRATCH } from '../../kernels/layout.ts';
import type { AnnealingGroup } from '../../kernels/groups/annealing.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Steps } from '../../pacing.ts';
import { nextSigns, seedGenerator } from '../../random.ts';
import { inStretches } from '../pairs.ts';
import { IntegerTarget } from '../integer-unit.ts';
import type { AnnealingPlan } from '../model.ts';
import type { Search, Standing } from '../search.ts';
import { inUnits } from './annealing.ts';
import type { IsingIntegers } from './integers.ts';
import { allUp, integerLinks } from './layout.ts';

export const LANES = 16;
/** Fewer runs are sooner made one after the other (measured). */
export const FEWEST_ABREAST = 5;
/** No field may be larger: halves of them fit a byte. */
const REACH = 255;
/** Bytes of what the kernels know of a run, and where in it things are. */
const RUN = {
  bytes: 264,
  energies: 64,
  lowest: 128,
  target: 192,
  sweeps: 256,
  over: 260,
};
const NEVER = -2147483648;

/** A model whose couplings have one size, in linear memory. */
export interface LaneLayout {
  /** That size, in the unit of the integers. */
  readonly size: number;
  /** Halves of the fields of the state that has +1 everywhere. */
  readonly upFields: Int8Array;
  /** Energy of that state in sizes. */
  readonly upEnergy: number;
  readonly odd: Address;
  readonly starts: Address;
  readonly links: Address;
}

/**
 * The size that all couplings have, and fields are multiples of; undefined when there is none, or fields do not fit: then the model
 * is none for lanes.
 */
export function laneSize({
  spins,
  starts,
  others,
  values,
  fields,
}: IsingIntegers): number | undefined {
  const size = Math.abs(values.find((value) => value !== 0) ?? 0);
  if (size === 0 || fields.some((field) => field % size !== 0)) return undefined;
  const reaches = fields.map((field) => Math.abs(field) / size);
  for (let i = 0; i < spins; i++) {
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      if (values[k] === 0) continue;
      if (values[k] !== size && values[k] !== -size) return undefined;
      if (++reaches[i] > REACH || ++reaches[others[k]] > REACH) return undefined;
    }
  }
  return reaches.every((reach) => reach <= REACH) ? size : undefined;
}

/** The links in linear memory. */
export function* layOutLanes(
  machine: Machine<AnnealingGroup>,
  integers: IsingIntegers,
  size: number,
): Steps<LaneLayout> {
  const { memory } = machine;
  const { spins } = integers;
  const { starts: all, neighbours, values } = yield* integerLinks(integers);
  const { upFields, upEnergy } = yield* allUp(integers);
  const odd = memory.allocate(spins);
  const starts = memory.allocate(4 * (2 * spins + 1));
  const links = memory.allocate(4 * neighbours.length);
  let next = 0;
  yield* inStretches(all, (i) => {
    const { i8, u32 } = memory.views;
    i8[odd + i] = (upFields[i] / size) & 1 ? -1 : 0;
    for (const sign of [size, -size]) {
      u32[starts / 4 + 2 * i + (sign > 0 ? 0 : 1)] = next;
      for (let k = all[i]; k < all[i + 1]; k++) {
        if (values[k] === sign) u32[links / 4 + next++] = LANES * neighbours[k];
      }
    }
  });
  memory.views.u32[starts / 4 + 2 * spins] = next;
  const halves = Int8Array.from(upFields, (field) => Math.floor(field / size / 2));
  return { size, upFields: halves, upEnergy: upEnergy / size, odd, starts, links };
}

/** Where one of the runs stands. */
class Lane implements Standing<Int8Array> {
  readonly #of: IsingLanes;
  readonly #lane: number;

  constructor(of: IsingLanes, lane: number) {
    this.#of = of;
    this.#lane = lane;
  }

  get energy(): number {
    return this.#of.energyOf(this.#lane);
  }

  get state(): Int8Array {
    return this.#of.stateOf(this.#lane);
  }
}

export class IsingLanes implements Search<Int8Array> {
  readonly sweeps: number;
  readonly abreast = LANES;
  standings: readonly Lane[] = [];
  readonly #machine: Machine<AnnealingGroup>;
  readonly #layout: LaneLayout;
  readonly #spins: number;
  readonly #target: IntegerTarget;
  readonly #plan: AnnealingPlan;
  readonly #blocks: number[] = [];
  readonly #run: Address;
  readonly #masks: Address;
  readonly #best: Address;
  readonly #fields: Address;
  readonly #temperatures: Address;
  readonly #scratch: Address;

  /** @param offset - what to add to the energy in integers, times its unit. In lanes, energies are in sizes. */
  constructor(
    machine: Machine<AnnealingGroup>,
    layout: LaneLayout,
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
    this.#run = take(RUN.bytes);
    this.#masks = take(LANES * this.#spins);
    this.#best = take(LANES * this.#spins);
    this.#fields = take(LANES * this.#spins);
    this.#scratch = take(LANES_SCRATCH);
    this.#temperatures = take(8 * temperatures.length);
    const scaled = temperatures.map((t) => inUnits(t, integers.unit * layout.size));
    machine.memory.views.f64.set(scaled, this.#temperatures / 8);
    const rounded = integers.exact ? 0 : integers.values.length + integers.spins;
    this.#target = new IntegerTarget(plan.target, integers.unit, offset, rounded);
  }

  get energy(): number {
    return this.energyOf(this.#leader);
  }

  get state(): Int8Array {
    return this.stateOf(this.#leader);
  }

  energyOf(lane: number): number {
    return this.#target.energyOf(this.#lowest(lane));
  }

  stateOf(lane: number): Int8Array {
    const { i8 } = this.#machine.memory.views;
    return Int8Array.from(
      { length: this.#spins },
      (_, i) => 1 + 2 * i8[this.#best + LANES * i + lane],
    );
  }

  begin(run: number, start: Int8Array | undefined): void {
    const { seed, runs = 1 } = this.#plan;
    const { upFields, upEnergy } = this.#layout;
    const { i8, u32, i32 } = this.#machine.memory.views;
    const words = new Uint32Array(4);
    // The states come into `best`, and from +1 everywhere the lanes are turned to them.
    for (let lane = 0; lane < LANES; lane++) {
      seedGenerator(words, 0, seed, 4 * (run + lane));
      const signs = lane === 0 && start ? start : nextSigns(words, 0, this.#spins);
      const first = this.#best + lane;
      for (let i = 0; i < signs.length; i++) i8[first + LANES * i] = (signs[i] - 1) / 2;
    }
    for (let generator = 0; generator < 4; generator++) {
      seedGenerator(words, 0, seed, 4 * (run + generator) + 1);
      for (const [w, word] of words.entries()) u32[this.#run / 4 + 4 * w + generator] = word;
    }
    i8.fill(0, this.#masks, this.#masks + LANES * this.#spins);
    for (let i = 0, at: number = this.#fields; i < this.#spins; i++, at += LANES) {
      i8.fill(upFields[i], at, at + LANES);
    }
    const word = this.#run / 4;
    const energies = word + RUN.energies / 4;
    i32.fill(upEnergy, energies, energies + LANES);
    this.#turn();
    i32.copyWithin(word + RUN.lowest / 4, energies, energies + LANES);
    // All lanes move; those that nobody asked for do not count.
    const count = Math.min(LANES, runs - run);
    const highest = Math.floor(this.#target.integer / this.#layout.size);
    const target = Math.max(NEVER, Math.min(highest, -NEVER - 1));
    const targets = word + RUN.target / 4;
    i32.fill(target, targets, targets + count).fill(NEVER, targets + count, targets + LANES);
    u32[word + RUN.sweeps / 4] = 0;
    this.standings = Array.from({ length: count }, (_, lane) => new Lane(this, lane));
    u32[word + RUN.over / 4] = Number(this.#reached);
  }

  advance(sweeps: number): number {
    const made = this.#anneal(sweeps);
    return made < sweeps && this.#goBack() ? made + this.#anneal(sweeps - made) : made;
  }

  /** The best states may have been met while it was hot: runs that came to rest elsewhere fall from there too. */
  #goBack(): boolean {
    const { i8, u32 } = this.#machine.memory.views;
    const rest = i8.subarray(this.#masks, this.#masks + LANES * this.#spins);
    if (this.#reached || rest.every((mask, k) => mask === i8[this.#best + k])) return false;
    this.#turn();
    u32[(this.#run + RUN.over) / 4] = 0;
    return true;
  }

  /** Turns all lanes to their best states. */
  #turn(): void {
    const { odd, starts, links } = this.#layout;
    this.#machine.kernels.turnLanes(
      this.#run,
      this.#masks,
      this.#fields,
      odd,
      starts,
      links,
      this.#best,
      this.#spins,
    );
  }

  #anneal(sweeps: number): number {
    const { temperatures, rule } = this.#plan;
    const { odd, starts, links } = this.#layout;
    return this.#machine.kernels.annealLanes(
      this.#run,
      this.#masks,
      this.#best,
      this.#fields,
      odd,
      starts,
      links,
      this.#temperatures,
      this.#scratch,
      temperatures.length,
      rule === 'glauber' ? 1 : 0,
      sweeps,
      this.#spins,
    );
  }

  dispose(): void {
    for (const block of this.#blocks.splice(0)) this.#machine.memory.free(block);
  }

  get #reached(): boolean {
    return this.#target.reachedBy(this.#lowest(this.#leader));
  }

  /** The run whose energy is lowest, the first of several. */
  get #leader(): number {
    let leader = 0;
    for (let lane = 1; lane < this.standings.length; lane++) {
      if (this.#lowest(lane) < this.#lowest(leader)) leader = lane;
    }
    return leader;
  }

  /** The lowest energy of a run so far, in integers. */
  #lowest(lane: number): number {
    return this.#layout.size * this.#machine.memory.views.i32[(this.#run + RUN.lowest) / 4 + lane];
  }
}

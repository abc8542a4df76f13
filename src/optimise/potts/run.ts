/** The states of a run: the one at hand with its costs, and the best so far. */
import type { Address } from '../../numbers.ts';
import type { Random } from '../../random.ts';
import { IntegerTarget } from '../integer-unit.ts';
import { refresh, type PottsLayout } from './layout.ts';

export class PottsRun {
  readonly state: Address;
  readonly costs: Address;
  readonly #layout: PottsLayout;
  readonly #target: IntegerTarget;
  #best = new Uint32Array(0);
  #energy = Infinity;
  #lowest = Infinity;

  /** @param target - an energy that is good enough */
  constructor(layout: PottsLayout, target: number) {
    const { memory } = layout.machine;
    this.#layout = layout;
    this.#target = new IntegerTarget(target, layout.unit, layout.offset, layout.rounded);
    this.state = memory.reserve(4 * layout.groups);
    this.costs = memory.reserve(4 * layout.variables);
  }

  dispose(): void {
    this.#layout.machine.memory.free(this.state);
    this.#layout.machine.memory.free(this.costs);
  }

  /** Begins in a state, given as the index of each group. */
  begin(indices: Int32Array): void {
    const { u32 } = this.#layout.machine.memory.views;
    const { starts } = this.#layout;
    for (let g = 0; g < indices.length; g++) {
      u32[(this.state >>> 2) + g] = u32[(starts >>> 2) + g] + indices[g];
    }
    this.#lowest = Infinity;
    this.refresh();
  }

  /** A state with each index equally likely. */
  random(random: Random): Int32Array {
    const { u32 } = this.#layout.machine.memory.views;
    const first = this.#layout.starts >>> 2;
    return Int32Array.from({ length: this.#layout.groups }, (_, g) =>
      random.below(u32[first + g + 1] - u32[first + g]),
    );
  }

  /** Costs and energy of the state in memory. */
  refresh(): void {
    this.#energy = refresh(this.#layout, this.state, this.costs);
    this.#note();
  }

  /** The energy has changed by so much, in integers. */
  change(by: number): void {
    this.#energy += by;
    this.#note();
  }

  #note(): void {
    if (this.#energy >= this.#lowest) return;
    this.#lowest = this.#energy;
    const first = this.state >>> 2;
    this.#best = this.#layout.machine.memory.views.u32.slice(first, first + this.#layout.groups);
  }

  /** A sweep may stop when it has changed the energy by this. */
  get drop(): number {
    return this.#target.integer - this.#energy;
  }

  get reached(): boolean {
    return this.#target.reachedBy(this.#lowest);
  }

  get energy(): number {
    return this.#target.energyOf(this.#lowest);
  }

  get best(): Int32Array {
    const { u32 } = this.#layout.machine.memory.views;
    const first = this.#layout.starts >>> 2;
    return Int32Array.from(this.#best, (variable, g) => variable - u32[first + g]);
  }

  /** One sweep downhill; returns whether there is more to do. At rest elsewhere than in the best state so far it goes back to that. */
  descend(): boolean {
    const { machine, starts, rows, links, groups } = this.#layout;
    const { descendPotts } = machine.kernels;
    const by = descendPotts(this.state, this.costs, starts, rows, links, this.drop, groups);
    this.change(by);
    const { u32 } = machine.memory.views;
    if (by === 0 && this.#best.some((variable, g) => variable !== u32[(this.state >>> 2) + g])) {
      u32.set(this.#best, this.state >>> 2);
      this.refresh();
      return true;
    }
    return by < 0;
  }
}

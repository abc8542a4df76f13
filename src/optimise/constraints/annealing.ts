/** Moves by chance on assignments: of one variable, and of two at a time, without which sums would not let anything move. */
import { exp } from '../../elementary.ts';
import { Random } from '../../random.ts';
import type { AnnealingPlan } from '../model.ts';
import type { Search } from '../search.ts';

/** What annealing needs of a model. */
interface Moved {
  /** How many values each variable has. */
  readonly sizes: readonly number[];
  energy(values: Int32Array): number;
  /** The sums of an assignment, which `delta` and `move` are given. */
  sums(values: Int32Array): Float64Array;
  delta(values: Int32Array, sums: Float64Array, variable: number, value: number): number;
  move(values: Int32Array, sums: Float64Array, variable: number, value: number): void;
}

/** A variable with another value. */
type Move = readonly [variable: number, value: number];

export class ConstraintAnnealing implements Search<Int32Array> {
  readonly #model: Moved;
  readonly #plan: AnnealingPlan;
  /** Variables that have a choice. */
  readonly #free: number[];
  #random = new Random(0);
  #values = new Int32Array(0);
  #sums: Float64Array = new Float64Array(0);
  #energy = 0;
  #best = new Int32Array(0);
  #lowest = Infinity;
  #sweep = 0;
  #resting = false;

  constructor(model: Moved, plan: AnnealingPlan) {
    this.#model = model;
    this.#plan = plan;
    this.#free = model.sizes.flatMap((size, v) => (size > 1 ? [v] : []));
  }

  get sweeps(): number {
    return Math.max(1, this.#plan.temperatures.length);
  }

  get energy(): number {
    return this.#lowest;
  }

  get state(): Int32Array {
    return this.#best.slice();
  }

  begin(run: number, start: Int32Array | undefined): void {
    const { sizes } = this.#model;
    this.#random = new Random(this.#plan.seed, run);
    this.#values = start?.slice() ?? Int32Array.from(sizes, (size) => this.#random.below(size));
    this.#lowest = Infinity;
    this.#sweep = 0;
    this.#resting = false;
    this.#refresh();
  }

  advance(sweeps: number): number {
    let made = 0;
    for (; made < sweeps && !this.#resting && !this.#reached; made++) {
      const { temperatures } = this.#plan;
      if (this.#sweep < temperatures.length) this.#anneal(temperatures[this.#sweep++]);
      else this.#resting = !this.#descend();
    }
    return made;
  }

  get #reached(): boolean {
    return this.#lowest <= this.#plan.target;
  }

  /** As many attempts as there are variables to choose for: of one, and of two together, by turns. */
  #anneal(temperature: number): void {
    const free = this.#free.length;
    for (let k = 0; k < free && !this.#reached; k++) {
      const one = this.#any();
      const other = k % 2 === 1 && free > 1 ? this.#any() : undefined;
      const moves = other && other[0] !== one[0] ? [one, other] : [one];
      this.#try(moves, temperature);
    }
    // What is added up move by move would drift where costs are no integers.
    this.#refresh();
  }

  /** Another value of any variable. */
  #any(): Move {
    const variable = this.#free[this.#random.below(this.#free.length)];
    const value = this.#random.below(this.#model.sizes[variable] - 1);
    return [variable, value < this.#values[variable] ? value : value + 1];
  }

  #try(moves: readonly Move[], temperature: number): void {
    const before = moves.map(([variable]): Move => [variable, this.#values[variable]]);
    let delta = 0;
    for (const [variable, value] of moves) {
      delta += this.#model.delta(this.#values, this.#sums, variable, value);
      this.#model.move(this.#values, this.#sums, variable, value);
    }
    if (this.#accepts(delta, temperature)) this.#change(delta);
    else for (const [v, value] of before) this.#model.move(this.#values, this.#sums, v, value);
  }

  #accepts(delta: number, temperature: number): boolean {
    const { rule } = this.#plan;
    if (rule === 'metropolis' && delta <= 0) return true;
    if (temperature === 0) return delta < 0;
    const ratio = exp(-Math.abs(delta) / temperature);
    if (rule === 'metropolis') return this.#random.real() < ratio;
    const likely = delta < 0 ? 1 / (1 + ratio) : ratio / (1 + ratio);
    return this.#random.real() < likely;
  }

  #change(by: number): void {
    this.#energy += by;
    if (this.#energy < this.#lowest) this.#refresh();
  }

  /** Sums and energy of the state from scratch, and the best so far. */
  #refresh(): void {
    this.#sums = this.#model.sums(this.#values);
    this.#energy = this.#model.energy(this.#values);
    if (this.#energy >= this.#lowest) return;
    this.#lowest = this.#energy;
    this.#best = this.#values.slice();
  }

  /** The best value for each variable, one after the other, from the best state; returns whether anything moved. */
  #descend(): boolean {
    const { sizes } = this.#model;
    if (this.#energy > this.#lowest) {
      this.#values = this.#best.slice();
      this.#refresh();
    }
    const before = this.#lowest;
    for (const variable of this.#free) {
      let best = this.#values[variable];
      let least = 0;
      for (let value = 0; value < sizes[variable]; value++) {
        const delta = this.#model.delta(this.#values, this.#sums, variable, value);
        if (delta < least) [least, best] = [delta, value];
      }
      if (least >= 0) continue;
      this.#model.move(this.#values, this.#sums, variable, best);
      this.#change(least);
    }
    return this.#lowest < before;
  }

  dispose(): void {}
}

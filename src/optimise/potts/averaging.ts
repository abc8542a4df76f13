/** Averages at falling temperatures, on groups (Peterson & Söderberg 1989). */
import type { Address } from '../../numbers.ts';
import { Random } from '../../random.ts';
import type { MeanFieldPlan } from '../averaging.ts';
import type { Search } from '../search.ts';
import { PottsRun } from './run.ts';
import { inverse, type PottsLayout } from './layout.ts';

/** Averages begin as (1 ± half of this)/size before they are scaled to a sum of 1: far enough from equal for runs to differ. */
const NOISE = 1.9;
/** A run begins anywhere in this part of the temperatures: cooled from the same one, all would find the same. */
const LATEST = 0.7;
/** A group whose Σ V² is this near to 1 has decided; when all have, lower temperatures change nothing. */
const DECIDED = 1 - 1e-6;

export class PottsAveraging implements Search<Int32Array> {
  readonly #layout: PottsLayout;
  readonly #plan: MeanFieldPlan;
  readonly #run: PottsRun;
  readonly #averages: Address;
  readonly #scratch: Address;
  #sweep = 0;
  #decided = false;
  #resting = false;

  constructor(layout: PottsLayout, plan: MeanFieldPlan) {
    const { memory } = layout.machine;
    this.#layout = layout;
    this.#plan = plan;
    this.#run = new PottsRun(layout, plan.target);
    this.#averages = memory.reserve(8 * layout.variables);
    this.#scratch = memory.reserve(8 * layout.largest);
  }

  get sweeps(): number {
    return this.#plan.temperatures.length;
  }

  get energy(): number {
    return this.#run.energy;
  }

  get state(): Int32Array {
    return this.#run.best;
  }

  begin(run: number, start: Int32Array | undefined): void {
    const random = new Random(this.#plan.seed, 4 * run);
    const indices = start ?? this.#run.random(random);
    this.#run.begin(indices);
    this.#spread(random, start);
    const latest = Math.floor(LATEST * this.#plan.temperatures.length);
    this.#sweep = start === undefined ? Math.floor(random.real() * latest) : 0;
    this.#decided = this.#resting = false;
  }

  /** Averages that are nearly equal; from a given state, half of the way towards it. */
  #spread(random: Random, start: Int32Array | undefined): void {
    const { u32, f64 } = this.#layout.machine.memory.views;
    const first = this.#layout.starts >>> 2;
    for (let g = 0; g < this.#layout.groups; g++) {
      const begin = u32[first + g];
      const size = u32[first + g + 1] - begin;
      const raw = Array.from({ length: size }, () => 1 + NOISE * (random.real() - 0.5));
      const sum = raw.reduce((total, x) => total + x, 0);
      for (let k = 0; k < size; k++) {
        const free = raw[k] / sum;
        f64[(this.#averages >>> 3) + begin + k] =
          start === undefined ? free : 0.5 * free + (start[g] === k ? 0.5 : 0);
      }
    }
  }

  advance(sweeps: number): number {
    let made = 0;
    while (made < sweeps && !this.#resting && !this.#run.reached) {
      const { temperatures } = this.#plan;
      if (!this.#decided && this.#sweep < temperatures.length) this.#average();
      else this.#resting = !this.#run.descend();
      made++;
    }
    return made;
  }

  #average(): void {
    const { machine, own, starts, rows, links, groups } = this.#layout;
    const { averagesPotts, likeliestPotts } = machine.kernels;
    const averages = this.#averages;
    const beta = inverse(this.#layout, this.#plan.temperatures[this.#sweep++]);
    const squares = averagesPotts(averages, own, starts, rows, links, this.#scratch, beta, groups);
    this.#decided = squares > DECIDED * groups;
    likeliestPotts(this.#run.state, averages, starts, groups);
    this.#run.refresh();
  }

  dispose(): void {
    this.#run.dispose();
    this.#layout.machine.memory.free(this.#averages);
    this.#layout.machine.memory.free(this.#scratch);
  }
}

/** Moves by chance at falling temperatures, on groups. */
import { Random, seedGenerator } from '../../random.ts';
import type { AnnealingPlan } from '../model.ts';
import type { Search } from '../search.ts';
import { Course } from './course.ts';
import { inverse, type PottsLayout } from './layout.ts';

export class PottsAnnealing implements Search<Int32Array> {
  readonly #layout: PottsLayout;
  readonly #plan: AnnealingPlan;
  readonly #course: Course;
  readonly #generator: number;
  readonly #scratch: number;
  #sweep = 0;
  #resting = false;

  constructor(layout: PottsLayout, plan: AnnealingPlan) {
    const { memory } = layout.machine;
    this.#layout = layout;
    this.#plan = plan;
    this.#course = new Course(layout, plan.target);
    this.#generator = memory.reserve(16);
    this.#scratch = memory.reserve(8 * layout.largest);
  }

  get sweeps(): number {
    return Math.max(1, this.#plan.temperatures.length);
  }

  get energy(): number {
    return this.#course.energy;
  }

  get state(): Int32Array {
    return this.#course.best;
  }

  begin(run: number, start: Int32Array | undefined): void {
    const { seed } = this.#plan;
    this.#course.begin(start ?? this.#course.random(new Random(seed, 4 * run)));
    const { u32 } = this.#layout.machine.memory.views;
    seedGenerator(u32, this.#generator >>> 2, seed, 4 * run + 1);
    this.#sweep = 0;
    this.#resting = false;
  }

  advance(sweeps: number): number {
    let made = 0;
    while (made < sweeps && !this.#resting && !this.#course.reached) {
      const { temperatures } = this.#plan;
      if (this.#sweep < temperatures.length) this.#move(temperatures[this.#sweep++]);
      else this.#resting = !this.#course.descend();
      made++;
    }
    return made;
  }

  #move(temperature: number): void {
    const { machine, starts, rows, links, groups } = this.#layout;
    const { kernels } = machine;
    const { state, costs, drop } = this.#course;
    const generator = this.#generator;
    const beta = inverse(this.#layout, temperature);
    this.#course.change(
      this.#plan.rule === 'glauber'
        ? kernels.glauberPotts(
            state,
            costs,
            generator,
            starts,
            rows,
            links,
            this.#scratch,
            beta,
            drop,
            groups,
          )
        : kernels.metropolisPotts(state, costs, generator, starts, rows, links, beta, drop, groups),
    );
  }

  dispose(): void {
    this.#course.dispose();
    this.#layout.machine.memory.free(this.#generator);
    this.#layout.machine.memory.free(this.#scratch);
  }
}

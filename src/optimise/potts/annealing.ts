/** Moves by chance at falling temperatures, on groups. */
import type { Address } from '../../numbers.ts';
import { Random, seedGenerator } from '../../random.ts';
import type { AnnealingPlan } from '../model.ts';
import type { Search } from '../search.ts';
import { PottsRun } from './run.ts';
import { inverse, type PottsLayout } from './layout.ts';

export class PottsAnnealing implements Search<Int32Array> {
  readonly #layout: PottsLayout;
  readonly #plan: AnnealingPlan;
  readonly #run: PottsRun;
  readonly #generator: Address;
  readonly #scratch: Address;
  #sweep = 0;
  #resting = false;

  constructor(layout: PottsLayout, plan: AnnealingPlan) {
    const { memory } = layout.machine;
    this.#layout = layout;
    this.#plan = plan;
    this.#run = new PottsRun(layout, plan.target);
    this.#generator = memory.reserve(16);
    this.#scratch = memory.reserve(8 * layout.largest);
  }

  get sweeps(): number {
    return Math.max(1, this.#plan.temperatures.length);
  }

  get energy(): number {
    return this.#run.energy;
  }

  get state(): Int32Array {
    return this.#run.best;
  }

  begin(run: number, start: Int32Array | undefined): void {
    const { seed } = this.#plan;
    this.#run.begin(start ?? this.#run.random(new Random(seed, 4 * run)));
    const { u32 } = this.#layout.machine.memory.views;
    seedGenerator(u32, this.#generator >>> 2, seed, 4 * run + 1);
    this.#sweep = 0;
    this.#resting = false;
  }

  advance(sweeps: number): number {
    let made = 0;
    while (made < sweeps && !this.#resting && !this.#run.reached) {
      const { temperatures } = this.#plan;
      if (this.#sweep < temperatures.length) this.#move(temperatures[this.#sweep++]);
      else this.#resting = !this.#run.descend();
      made++;
    }
    return made;
  }

  #move(temperature: number): void {
    const { machine, starts, rows, links, groups } = this.#layout;
    const { kernels } = machine;
    const { state, costs, drop } = this.#run;
    const generator = this.#generator;
    const beta = inverse(this.#layout, temperature);
    this.#run.change(
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
    this.#run.dispose();
    this.#layout.machine.memory.free(this.#generator);
    this.#layout.machine.memory.free(this.#scratch);
  }
}

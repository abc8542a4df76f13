/**
 * Search of spins by what good states have in common (Houdayer & Martin 1999): runs of annealing make a population; half of it
 * are contracted, the smaller model is annealed, and what comes of it, taken downhill, stands in for the worst of them.
 */
import { allSteps } from '../../pacing.ts';
import { Random } from '../../random.ts';
import { lengthOf } from '../lengthen.ts';
import type { LocalSearchPlan } from '../local-search.ts';
import { coolingPlan } from '../options.ts';
import type { Search, Standing } from '../search.ts';
import { IsingAnnealing } from './annealing.ts';
import { contract } from './contraction.ts';
import { toIntegers } from './integers.ts';
import { chooseKind, layOutIsing, type IsingLayout } from './layout.ts';
import type { IsingNumbers } from './numbers.ts';
import type { IsingParts } from './parts.ts';
import { temperatureRange } from './range.ts';

/** States of a population, and how many of them are contracted at a time (measured). */
const POPULATION = 32;
const PARENTS = 16;
/** Sweeps of the shortest runs, and of the longest, whose temperatures have to fit memory. */
const SHORTEST = 1000;
const LONGEST = 2 ** 20;
/** The first population's are so many times as short: where contraction does all, it is done at once. */
const QUICKER = 32;
/** Attempts with the first population, which a long one is waiting for. */
const ATTEMPTS = 2 * POPULATION;
/** Contracting pays while it leaves no larger share of the spins. */
const LARGEST = 0.75;
/** Lengths of a population's runs together, in shortest ones: 1, 2, 1, 4 … make 3½ on average of 32. */
const LENGTHS = 3.5 * POPULATION;
/** A population that so many attempts have not made better is given up. */
const PATIENCE = 3 * POPULATION;

/** Searches that have begun, one after the other; undefined at each step between two. */
type Course<T> = Generator<IsingAnnealing | undefined, T, undefined>;

export class IsingLocalSearch implements Search<Int8Array> {
  readonly sweeps: number;
  readonly #parts: IsingParts;
  readonly #offset: number;
  readonly #range: readonly [hot: number, cold: number];
  readonly #plan: LocalSearchPlan;
  /** Takes states downhill. */
  readonly #descent: IsingAnnealing;
  #full: IsingAnnealing | undefined;
  /** Sweeps of the shortest runs: about half of all that a run may take go into its first long population. */
  readonly #shortest: number;
  /** What is to be done next. */
  #course: Course<never> | undefined;
  #work: IsingAnnealing | undefined;
  /** The search of a contracted model, and its memory: the energies are none of this one. */
  #reduced: { readonly work: IsingAnnealing; readonly layout: IsingLayout } | undefined;
  #best: Standing<Int8Array> | undefined;
  #made = 0;
  /** Whether the search at work is over, and the next not there yet. */
  #waiting = false;

  constructor(
    parts: IsingParts,
    offset: number,
    range: readonly [hot: number, cold: number],
    plan: LocalSearchPlan,
  ) {
    this.sweeps = plan.sweeps;
    this.#parts = parts;
    this.#offset = offset;
    this.#range = range;
    this.#plan = plan;
    this.#shortest = Math.max(1, Math.min(SHORTEST, Math.floor(plan.sweeps / (2 * LENGTHS))));
    this.#descent = this.#annealing(new Float64Array(0));
  }

  get energy(): number {
    return this.#standing.energy;
  }

  get state(): Int8Array {
    return this.#standing.state.slice();
  }

  /** The best so far, which may be where the search at work is. */
  get #standing(): Standing<Int8Array> {
    const work = this.#work === this.#reduced?.work ? undefined : this.#work;
    const best = this.#best;
    return best && !(work && work.energy < best.energy) ? best : work!;
  }

  /** Where it goes on until it is stopped: as soon as one of its runs of annealing is over. */
  get settled(): boolean {
    return this.sweeps === Infinity && this.#best !== undefined;
  }

  get between(): boolean {
    return this.#waiting && this.#made < this.sweeps && this.energy > this.#plan.target;
  }

  begin(run: number, start: Int8Array | undefined): void {
    this.#dropReduced();
    this.#best = undefined;
    this.#made = 0;
    this.#course = this.#populations(new Random(this.#plan.seed, run), start);
    this.#step();
  }

  #step(): void {
    const next = this.#course!.next().value;
    this.#waiting = next === undefined;
    if (next) this.#work = next;
  }

  advance(sweeps: number): number {
    let made = 0;
    const most = Math.min(sweeps, this.sweeps - this.#made);
    while (made < most && this.energy > this.#plan.target) {
      const asked = most - made;
      const done = this.#waiting ? 0 : this.#work!.advance(asked);
      made += done;
      if (done < asked && this.energy > this.#plan.target) this.#step();
      if (this.#waiting) break;
    }
    this.#made += made;
    return made;
  }

  dispose(): void {
    this.#dropReduced();
    this.#full?.dispose();
    this.#descent.dispose();
  }

  /** Populations, one after the other: gives searches that have begun, and goes on when each is over. */
  *#populations(random: Random, start: Int8Array | undefined): Course<never> {
    yield* this.#annealed(this.#shortest, random, start);
    for (let number = 0; ; number++) {
      const shortest =
        number === 0 ? Math.ceil(this.#shortest / QUICKER) : this.#shortest * lengthOf(number - 1);
      const population: Standing<Int8Array>[] = [];
      for (let k = 0; k < POPULATION; k++) {
        population.push(yield* this.#annealed(shortest * lengthOf(k), random, undefined));
      }
      yield* this.#combine(population, shortest, random, number === 0 ? ATTEMPTS : Infinity);
    }
  }

  /** What a run of annealing comes to. */
  *#annealed(
    sweeps: number,
    random: Random,
    start: Int8Array | undefined,
  ): Course<Standing<Int8Array>> {
    this.#full?.dispose();
    const full = this.#annealing(coolingPlan({ sweeps: Math.min(sweeps, LONGEST) }, this.#range));
    this.#full = full;
    full.begin(streamOf(random), start);
    yield full;
    return this.#keep(full);
  }

  /** Contracts some of a population again and again, as long as that makes it better. */
  *#combine(
    population: Standing<Int8Array>[],
    sweeps: number,
    random: Random,
    most: number,
  ): Course<void> {
    for (
      let failed = 0, made = 0;
      failed < PATIENCE && made < most && population.length > 1;
      failed++, made++
    ) {
      const parents = random.sample(population.length, Math.min(PARENTS, population.length));
      const states = parents.map((k) => population[k].state);
      const { blocks, numbers } = yield* contract(this.#parts.integers, states);
      if (numbers.spins === 1) continue;
      if (numbers.spins > LARGEST * states[0].length) return;
      const turned = yield* this.#contracted(numbers, sweeps, random);
      const child = states[0].map((s, i) => s * turned[blocks[i]]);
      this.#descent.begin(0, child);
      yield this.#descent;
      const found = this.#keep(this.#descent);
      const worst = parents.reduce((a, b) => (population[b].energy > population[a].energy ? b : a));
      if (!(found.energy < population[worst].energy)) continue;
      failed = -1;
      if (population.some((other) => alike(other, found))) population.splice(worst, 1);
      else population[worst] = found;
    }
  }

  /** The best state that annealing finds of a contracted model. */
  *#contracted(numbers: IsingNumbers, sweeps: number, random: Random): Course<Int8Array> {
    const { machine } = this.#parts;
    const integers = toIntegers(numbers);
    const temperatures = coolingPlan({ sweeps }, yield* temperatureRange(integers));
    yield;
    // At once: what is laid out in part could not be given back.
    const layout = allSteps(layOutIsing(machine, integers, chooseKind(integers)));
    const { seed } = this.#plan;
    const plan = { seed, target: -Infinity, temperatures, rule: 'metropolis' } as const;
    const work = new IsingAnnealing(machine, layout, integers, 0, plan);
    this.#reduced = { work, layout };
    work.begin(streamOf(random), undefined);
    yield work;
    const { state } = work;
    this.#dropReduced();
    return state;
  }

  #dropReduced(): void {
    if (!this.#reduced) return;
    const { work, layout } = this.#reduced;
    work.dispose();
    for (const block of layout.blocks) this.#parts.machine.memory.free(block);
    this.#reduced = undefined;
  }

  #annealing(temperatures: Float64Array): IsingAnnealing {
    const { machine, integers, layout } = this.#parts;
    const { seed, target } = this.#plan;
    const plan = { seed, target, temperatures, rule: 'metropolis' } as const;
    return new IsingAnnealing(machine, layout.now(), integers, this.#offset, plan);
  }

  /** Where a search ended, noted if there is none better. */
  #keep({ energy, state }: Standing<Int8Array>): Standing<Int8Array> {
    const standing = { energy, state };
    if (!this.#best || energy < this.#best.energy) this.#best = standing;
    return standing;
  }
}

/** Four streams of the seed that hardly anything else draws from, as the number of a run. */
function streamOf(random: Random): number {
  return random.next() >>> 2;
}

/** Whether two states are the same, or each other's reverse. */
function alike(a: Standing<Int8Array>, b: Standing<Int8Array>): boolean {
  if (a.energy !== b.energy) return false;
  const sign = a.state[0] * b.state[0];
  return a.state.every((s, i) => s === sign * b.state[i]);
}

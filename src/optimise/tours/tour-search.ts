/** Iterated local search of tours: a run in linear memory. */
import type { ToursGroup } from '../../kernels/groups/tours.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Steps } from '../../pacing.ts';
import { seedGenerator } from '../../random.ts';
import type { LocalSearchPlan } from '../local-search.ts';
import type { Search } from '../search.ts';
import type { Distances } from './distances.ts';
import { greedyTour } from './greedy.ts';
import { nearestOf } from './neighbours.ts';

/** Nearest cities that moves are looked for at (measured on 100,000 random cities: six left tours 0.7 % longer in the same 10 s). */
const NEAREST = 8;
/** Reversals that one kick may lead to before it is judged as it stands. */
const JOURNAL = 1000;
/** The block of a run; see src/kernels/abi/tours.ts. */
const RUN = { bytes: 96, state: 44, trial: 56, length: 64, generator: 80 };
/** Fewer cities have no kicks: a run is over at once. */
export const FEWEST = 5;
/** Steps of one call of the kernel. */
const STEPS = 2 ** 30;

export class TourSearch implements Search<Int32Array> {
  readonly sweeps: number;
  readonly #machine: Machine<ToursGroup>;
  readonly #distances: Distances;
  readonly #plan: LocalSearchPlan;
  readonly #greedy: Uint32Array;
  readonly #blocks: number[] = [];
  readonly #run: number;
  readonly #order: number;
  readonly #position: number;
  readonly #queue: number;
  readonly #queued: number;
  /** Positions after the first sweep that was as short as the shortest: tours of one length go on changing. */
  readonly #best: Int32Array;
  #shortest = 0;
  #sweep = 0;
  #steps = 0;

  /** Looks for a greedy tour and the nearest of each city, in steps. */
  static *open(
    machine: Machine<ToursGroup>,
    distances: Distances,
    plan: LocalSearchPlan,
  ): Steps<TourSearch> {
    const n = distances.cities;
    const all = Uint32Array.from({ length: n }, (_, city) => city);
    const lists = yield* nearestOf(distances, all, Math.min(NEAREST, n - 1));
    const greedy = n < FEWEST ? shortestOf(distances) : yield* greedyTour(distances, lists);
    return new TourSearch(machine, distances, plan, greedy, lists);
  }

  private constructor(
    machine: Machine<ToursGroup>,
    distances: Distances,
    plan: LocalSearchPlan,
    greedy: Uint32Array,
    lists: Uint32Array,
  ) {
    this.#machine = machine;
    this.#distances = distances;
    this.#plan = plan;
    this.sweeps = plan.sweeps;
    const n = distances.cities;
    this.#best = new Int32Array(n);
    this.#greedy = greedy;
    const K = Math.min(NEAREST, n - 1);
    const take = (bytes: number): number => {
      const address = machine.memory.reserve(bytes);
      this.#blocks.push(address);
      return address;
    };
    this.#run = take(RUN.bytes);
    this.#order = take(4 * n);
    this.#position = take(4 * n);
    this.#queue = take(4 * n);
    this.#queued = take(n);
    const journal = take(8 * JOURNAL);
    const near = take(4 * n * K);
    const places = take(8 * distances.places.length);
    const { u32, f64 } = machine.memory.views;
    u32.set(lists, near >>> 2);
    f64.set(distances.places, places >>> 3);
    const head = [n, K, distances.metric, places, this.#order, this.#position, near];
    u32.set([...head, this.#queue, this.#queued, journal, JOURNAL], this.#run >>> 2);
  }

  get energy(): number {
    return this.#shortest;
  }

  /** The position of each city. */
  get state(): Int32Array {
    return this.#best.slice();
  }

  get #length(): number {
    return this.#machine.memory.views.f64[(this.#run + RUN.length) >>> 3];
  }

  #keep(): void {
    const at = this.#position >>> 2;
    this.#best.set(this.#machine.memory.views.i32.subarray(at, at + this.#best.length));
    this.#shortest = this.#length;
  }

  begin(run: number, start: Int32Array | undefined): void {
    const { u8, u32, f64 } = this.#machine.memory.views;
    const n = this.#distances.cities;
    const order = this.#order >>> 2;
    u32.set(start ? inOrder(start) : this.#greedy, order);
    for (let k = 0; k < n; k++) {
      const city = u32[order + k];
      u32[(this.#position >>> 2) + city] = k;
      u32[(this.#queue >>> 2) + k] = city;
    }
    u8.fill(1, this.#queued, this.#queued + n);
    u32.set([0, n, 0, 0], (this.#run + RUN.state) >>> 2);
    seedGenerator(u32, (this.#run + RUN.generator) >>> 2, this.#plan.seed, run);
    f64[(this.#run + RUN.length) >>> 3] = this.#machine.kernels.lengthTour(this.#run);
    this.#keep();
    this.#sweep = 0;
    this.#steps = 0;
  }

  /** A sweep is as many steps as there are cities, and what it takes to judge the last kick. */
  advance(sweeps: number): number {
    const n = this.#distances.cities;
    const { target } = this.#plan;
    if (n < FEWEST) return 0;
    let made = 0;
    for (; made < sweeps && this.#sweep < this.sweeps; made++) {
      if (this.energy <= target) return made;
      const goal = ++this.#sweep * n;
      while (this.#steps < goal && !(this.#length <= target)) {
        const steps = Math.min(STEPS, goal - this.#steps);
        this.#steps += this.#machine.kernels.improveTour(this.#run, steps, target);
      }
      if (this.#length < this.#shortest) this.#keep();
    }
    return made;
  }

  dispose(): void {
    for (const block of this.#blocks.splice(0)) this.#machine.memory.free(block);
  }
}

/** Cities by their positions. Those that share one, as in a state of the network, follow one another. */
function inOrder(positions: Int32Array): Uint32Array {
  const cities = Uint32Array.from(positions, (_, city) => city);
  return cities.sort((a, b) => positions[a] - positions[b] || a - b);
}

/** The shortest tour of at most four cities. */
function shortestOf({ cities, between }: Distances): Uint32Array {
  const tours = [
    [0, 1, 2, 3],
    [0, 1, 3, 2],
    [0, 2, 1, 3],
  ].map((tour) => tour.filter((city) => city < cities));
  const length = (tour: readonly number[]): number =>
    tour.reduce((sum, city, k) => sum + between(city, tour[(k + 1) % cities]), 0);
  return Uint32Array.from(tours.reduce((a, b) => (length(b) < length(a) ? b : a)));
}

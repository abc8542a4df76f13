/** Tours as states: what local search moves on, and the network of Potts neurons for those who ask for one. */
import { toursKernels, type ToursGroup } from '../../kernels/groups/tours.ts';
import { openMachine, type Backend, type Machine } from '../../kernels/open.ts';
import { fix } from '../../models/model.ts';
import type { Steps } from '../../pacing.ts';
import { Random } from '../../random.ts';
import { readIndices } from '../indices.ts';
import type { LocalSearchPlan, Searchable } from '../local-search.ts';
import type { PottsModel } from '../potts-model.ts';
import { NetworkModel } from '../potts/network-model.ts';
import type { Search } from '../search.ts';
import { tourLength, type Distances, type PlainDistances } from './distances.ts';
import { tourNetwork } from './network.ts';
import { FEWEST, TourSearch } from './tour-search.ts';

/**
 * A state is the position of each city, 0 to N − 1. Its energy is the length of the tour where no two cities share a position,
 * and that of the network otherwise. The network, of N groups of N states, is made when a solver of networks first asks for
 * it.
 */
export class TourModel extends NetworkModel implements Searchable<Int32Array> {
  readonly cities: number;
  readonly #distances: Distances;
  readonly #backend: Backend;
  #machine: Machine<ToursGroup> | undefined;

  constructor(distances: Distances, backend: Backend = 'auto') {
    super();
    this.cities = distances.cities;
    this.#distances = distances;
    this.#backend = backend;
    this.#machine = openMachine(backend, [toursKernels]);
    fix(this);
  }

  energy(state: ArrayLike<number>): number {
    const positions = this.readState(state, 'state');
    const tour = tourOf(positions);
    return tour ? tourLength(tour, this.#distances) : this.network().energy(positions);
  }

  readState(state: ArrayLike<number>, name: string): Int32Array {
    const whose = { count: this.cities, things: 'the cities', values: 'positions' };
    return readIndices(state, name, whose, () => this.cities);
  }

  /** Local search finds the shortest tour of fewer cities at once. */
  get bound(): number {
    return this.cities < FEWEST ? Infinity : -Infinity;
  }

  /** The tour from city 0 on, towards the smaller of its neighbours. */
  canonical(state: Int32Array): Int32Array {
    const tour = tourOf(state);
    if (!tour) return state;
    const n = tour.length;
    const from = (step: number) =>
      Int32Array.from(tour, (_, k) => tour[(state[0] + step * k + n) % n]);
    const [one, other] = [from(1), from(n - 1)];
    return n > 1 && other[1] < one[1] ? other : one;
  }

  /** The cities in any order. */
  anyState(seed: number): Int32Array {
    const random = new Random(seed);
    const positions = Int32Array.from({ length: this.cities }, (_, k) => k);
    for (let k = this.cities - 1; k > 0; k--) {
      const other = random.below(k + 1);
      [positions[k], positions[other]] = [positions[other], positions[k]];
    }
    return positions;
  }

  localSearch(plan: LocalSearchPlan): Steps<Search<Int32Array>> {
    return TourSearch.open(this.hold().machine, this.#distances, plan);
  }

  /** A group for each city, a state for each position. O(N³) memory. @throws RangeError for more than 280 cities */
  protected makeNetwork(): Steps<PottsModel> {
    return tourNetwork(this.#distances, this.#backend);
  }

  /** The distances as plain data, which `structuredClone` copies, for another model. Not to be written to. */
  plain(): PlainDistances {
    const { cities, metric, places } = this.#distances;
    return { cities, metric, places };
  }

  protected hold() {
    if (!this.#machine) throw new Error('the model has been disposed of');
    // What was given stays.
    return { machine: this.#machine, version: 0 };
  }

  override dispose(): void {
    this.#machine = undefined;
    super.dispose();
  }
}

/** The cities in the order of their positions; undefined where two share one. */
export function tourOf(positions: Int32Array): Uint32Array | undefined {
  const tour = new Uint32Array(positions.length);
  const taken = new Uint8Array(positions.length);
  for (const [city, position] of positions.entries()) {
    if (taken[position]) return undefined;
    taken[position] = 1;
    tour[position] = city;
  }
  return tour;
}

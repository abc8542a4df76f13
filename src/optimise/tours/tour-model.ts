/** Tours as states: what local search moves on, and the network of Potts neurons for those who ask for one. */
import { toursKernels, type ToursGroup } from '../../kernels/groups/tours.ts';
import { openMachine, type Backend, type Machine } from '../../kernels/open.ts';
import { fix, Model as Base } from '../../models/model.ts';
import type { LocalSearchPlan, Searchable } from '../local-search.ts';
import type { AnnealingPlan } from '../model.ts';
import { PottsModel } from '../potts-model.ts';
import type { PottsLayout } from '../potts/layout.ts';
import { readPositions } from './positions.ts';
import { PairList } from '../problems/pair-list.ts';
import type { Search } from '../search.ts';
import { tourLength, type Distances, type PlainDistances } from './distances.ts';
import { FEWEST, TourSearch } from './tour-search.ts';

/** Couplings of the network grow with the cube of the cities. */
const MOST_CITIES = 280;
/** The penalty of two cities in one position, in mean distances of the two. */
const PENALTY = 1.5;
/** It is at least this much of what can be saved by leaving a city out. */
const DETOUR = 1.25;

/**
 * A state is the position of each city, 0 to N − 1. Its energy is the length of the tour where no two cities share a position,
 * and that of the network otherwise. The network, of N groups of N states, is made when a solver of networks first asks for
 * it.
 */
export class TourModel extends Base implements Searchable<Int32Array> {
  readonly cities: number;
  readonly #distances: Distances;
  readonly #backend: Backend;
  #machine: Machine<ToursGroup> | undefined;
  #network: PottsModel | undefined;

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
    return readPositions(state, this.cities, name);
  }

  /** Local search finds the shortest tour of fewer cities at once. */
  get bound(): number {
    return this.cities < FEWEST ? Infinity : -Infinity;
  }

  get annealingRange(): readonly [hot: number, cold: number] {
    return this.network().annealingRange;
  }

  annealing(plan: AnnealingPlan): Search<Int32Array> {
    return this.network().annealing(plan);
  }

  localSearch(plan: LocalSearchPlan): Search<Int32Array> {
    return new TourSearch(this.hold().machine, this.#distances, plan);
  }

  /** What solvers of networks work on. */
  openGroups(): PottsLayout {
    return this.network().openGroups();
  }

  /** A group for each city, a state for each position (Peterson & Söderberg 1989). O(N³) memory. @throws RangeError for more than 280 cities */
  network(): PottsModel {
    this.hold();
    return (this.#network ??= networkOf(this.#distances, this.#backend));
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

  dispose(): void {
    this.#machine = undefined;
    this.#network?.dispose();
    this.#network = undefined;
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

function networkOf(distances: Distances, backend: Backend): PottsModel {
  const { cities: n, between } = distances;
  if (n > MOST_CITIES) {
    throw new RangeError(
      `the tour has ${n} cities, expected at most ${MOST_CITIES} for a network: its couplings grow with their cube; localSearch takes any number`,
    );
  }
  const pairs = new PairList();
  const { means, detour, whole } = typicalDistances(distances);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const least = Math.max((PENALTY / 2) * (means[i] + means[j]), DETOUR * detour);
      // An integer where distances are: energies stay exact.
      const penalty = whole ? Math.ceil(least) : least;
      const distance = between(i, j);
      for (let p = 0; p < n; p++) {
        const next = (p + 1) % n;
        pairs.add(i * n + p, j * n + p, penalty);
        if (next === p) continue;
        pairs.add(i * n + p, j * n + next, distance);
        pairs.add(i * n + next, j * n + p, distance);
      }
    }
  }
  return new PottsModel(new Uint32Array(n).fill(n), { pairs: pairs.columns, backend });
}

/** Mean distances of each city, the longest way that leaving one city out can save, and whether all are integers. */
function typicalDistances({ cities: n, between }: Distances): {
  means: number[];
  detour: number;
  whole: boolean;
} {
  const means: number[] = [];
  let detour = 0;
  let whole = true;
  for (let i = 0; i < n; i++) {
    const others = Array.from({ length: n }, (_, j) => between(i, j)).filter((_, j) => j !== i);
    means.push(others.reduce((sum, d) => sum + d, 0) / Math.max(1, n - 1));
    whole &&= others.every(Number.isInteger);
    others.sort((a, b) => a - b);
    if (n > 2) detour = Math.max(detour, others[0] + others[1]);
  }
  return { means, detour, whole };
}

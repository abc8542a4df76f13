/** The travelling salesman: the shortest closed tour through all cities. */
import { checkOptions } from '../../checks.ts';
import { localSearch } from '../local-search.ts';
import type { Problem, ProblemOptions } from '../problem.ts';
import { assign } from '../tours/assignment.ts';
import { readDistances, tourLength, type Cities } from '../tours/distances.ts';
import { TourModel, tourOf } from '../tours/tour-model.ts';
import { readTour, tourViolations } from '../tours/tour.ts';

export interface TourSolution {
  /** The cities in the order of visiting; the tour is closed. */
  tour: number[];
  /** How many cities shared a position with another and were given one that was free: by solvers of networks only. */
  collisions: number;
}

/** More would be drawn from unevenly. */
const MOST_CITIES = 2097152;

/**
 * The shortest closed tour through all cities, by iterated local search on the distances: a greedy tour, then exchanges of two
 * edges (Croes 1958) and moves of one to three cities (Or 1976) among nearest neighbours, then kicks that are taken back where
 * they do not help (Martin, Otto & Felten 1991). O(n log n) to begin with, O(n) memory; a matrix of distances has n² of them.
 *
 * `{ solver: potts }` and `{ solver: anneal }` solve it with a network (Peterson & Söderberg 1989): each city takes one of n
 * positions; the energy is the sum of distances between cities in neighbouring positions, plus a penalty for each two cities in
 * one position, as small as keeps collisions rare. Collisions that are left are resolved by linear assignment and counted. O(n³)
 * memory: at most 280 cities. It is for teaching: its tours are longer by far.
 *
 * @param cities - points of the plane (Euclidean distances), points with a metric, or symmetric distances of 0 or more, as rows
 *   or as a flat N×N array
 * @returns solutions are tours; the cost is a tour's length. Every tour has 2n states, one for each beginning and direction
 * @throws TypeError, RangeError for anything else
 */
export function travellingSalesman(
  cities: Cities,
  options: ProblemOptions = {},
): Problem<TourSolution, Int32Array> {
  checkOptions(options, 'travelling salesman options', ['backend']);
  const distances = readDistances(cities);
  const n = distances.cities;
  if (n > MOST_CITIES) {
    throw new RangeError(`there are ${n} cities, expected at most ${MOST_CITIES}`);
  }
  const model = new TourModel(distances, options.backend);
  const decode = (state: ArrayLike<number>): TourSolution => {
    const positions = model.readState(state, 'state');
    const tour = tourOf(positions);
    if (tour) return { tour: Array.from(tour), collisions: 0 };
    return resolve(positions, model.network().moveCosts(positions));
  };
  return {
    model,
    solver: localSearch,
    target: -Infinity,
    // A state of low energy may be a poor tour once its collisions are resolved.
    rank: (state) => tourLength(decode(state).tour, distances),
    encode({ tour }) {
      const positions = new Int32Array(n);
      readTour(tour, n).forEach((city, position) => (positions[city] = position));
      return positions;
    },
    decode,
    check: ({ tour }) => tourViolations(tour, n),
    cost: ({ tour }) => tourLength(readTour(tour, n), distances),
  };
}

/** Positions that no or several cities have are given out again, so that moving there costs least in all. */
function resolve(state: Int32Array, moveCosts: Float64Array): TourSolution {
  const n = state.length;
  const visitors = Array.from({ length: n }, () => [] as number[]);
  state.forEach((position, city) => visitors[position].push(city));
  const tour = visitors.map((at) => at[0]);
  // As many positions as cities: those with several visitors and those with none.
  const open = visitors.flatMap((at, position) => (at.length === 1 ? [] : [position]));
  const moving = visitors.flatMap((at) => (at.length > 1 ? at : []));
  const count = moving.length;
  const costs = new Float64Array(count * count);
  for (let r = 0; r < count; r++) {
    for (let c = 0; c < count; c++) costs[r * count + c] = moveCosts[moving[r] * n + open[c]];
  }
  assign(costs, count).forEach((column, row) => (tour[open[column]] = moving[row]));
  return { tour, collisions: visitors.filter((at) => at.length === 0).length };
}

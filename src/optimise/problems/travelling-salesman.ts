/** The travelling salesman: a group for each city, a state for each position (Peterson & Söderberg 1989). */
import { potts } from '../potts.ts';
import { assign } from '../tours/assignment.ts';
import { readDistances, tourLength, type Cities, type Distances } from '../tours/distances.ts';
import { PottsModel } from '../potts-model.ts';
import type { Problem } from '../problem.ts';
import { readTour, tourViolations } from '../tours/tour.ts';
import { PairList } from './pair-list.ts';

export interface TourSolution {
  /** The cities in the order of visiting; the tour is closed. */
  tour: number[];
  /** How many cities shared a position with another and were given one that was free. */
  collisions: number;
}

/**
 * The shortest closed tour through all cities. Each city takes one of n positions; the energy is the sum of distances
 * between cities in neighbouring positions, plus a penalty for each two cities in one position. The penalty is as small
 * as keeps collisions rare: tours found by mean field get worse as it grows. Collisions that are left are resolved by
 * linear assignment and counted. Every tour has 2n states, one for each beginning and direction. O(n³) memory: at most 280
 * cities.
 *
 * @param cities - points of the plane (Euclidean distances), or symmetric distances of 0 or more, as rows or as a flat N×N array
 * @returns solutions are tours; the cost is a tour's length. `twoOpt` shortens a tour further
 * @throws TypeError, RangeError for anything else
 */
export function travellingSalesman(cities: Cities): Problem<TourSolution, Int32Array> {
  const distances = readDistances(cities);
  const n = distances.cities;
  const model = tourModel(distances);
  const decode = (state: ArrayLike<number>) => {
    const positions = model.readState(state, 'state');
    return settle(positions, model.moveCosts(positions));
  };
  return {
    model,
    solver: potts,
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

/** The penalty of two cities in one position, in mean distances of the two. */
const PENALTY = 1.5;
/** It is at least this much of what can be saved by leaving a city out. */
const DETOUR = 1.25;

function tourModel(distances: Distances): PottsModel {
  const { cities: n, values } = distances;
  const pairs = new PairList();
  const { means, detour } = typicalDistances(distances);
  const whole = values.every(Number.isInteger);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const least = Math.max((PENALTY / 2) * (means[i] + means[j]), DETOUR * detour);
      // An integer where distances are: energies stay exact.
      const penalty = whole ? Math.ceil(least) : least;
      const distance = values[i * n + j];
      for (let p = 0; p < n; p++) {
        const next = (p + 1) % n;
        pairs.add(i * n + p, j * n + p, penalty);
        if (next === p) continue;
        pairs.add(i * n + p, j * n + next, distance);
        pairs.add(i * n + next, j * n + p, distance);
      }
    }
  }
  return new PottsModel(new Uint32Array(n).fill(n), { pairs: pairs.columns });
}

/** Mean distances of each city, and the longest way that leaving one city out can save. */
function typicalDistances({ cities: n, values }: Distances): { means: number[]; detour: number } {
  const means: number[] = [];
  let detour = 0;
  for (let i = 0; i < n; i++) {
    const others = Array.from(values.subarray(i * n, (i + 1) * n)).filter((_, j) => j !== i);
    means.push(others.reduce((sum, d) => sum + d, 0) / Math.max(1, n - 1));
    others.sort((a, b) => a - b);
    if (n > 2) detour = Math.max(detour, others[0] + others[1]);
  }
  return { means, detour };
}

/** Positions that no or several cities have are given out again, so that moving there costs least in all. */
function settle(state: Int32Array, moveCosts: Float64Array): TourSolution {
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

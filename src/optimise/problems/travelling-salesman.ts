/** The travelling salesman: a group for each city, a state for each position (Peterson & Söderberg 1989). */
import { assign } from '../assignment.ts';
import { readDistances, tourLength, type Cities, type Distances } from '../distances.ts';
import { PottsModel } from '../potts-model.ts';
import type { Problem } from '../problem.ts';
import { readTour, tourViolations } from '../tour.ts';
import { PairList } from './pair-list.ts';

export interface TourSolution {
  /** The cities in the order of visiting, from city 0; the tour is closed. */
  tour: number[];
  /** How many cities shared a position with another and were given one of their own. */
  collisions: number;
}

/** City 0 is at position 0; the others are groups with the positions 1 … n − 1. */
export function travellingSalesman(cities: Cities): Problem<TourSolution, Int32Array> {
  const distances = readDistances(cities);
  const n = distances.cities;
  const model = tourModel(distances);
  return {
    model,
    solver: 'mean-field',
    target: -Infinity,
    encode({ tour }) {
      const order = readTour(tour, n);
      const start = order.indexOf(0);
      const state = new Int32Array(n - 1);
      order.forEach((city, k) => {
        if (city > 0) state[city - 1] = ((k - start + n) % n) - 1;
      });
      return state;
    },
    decode: (state) => settle(model.readState(state, 'state'), model.moveCosts(state)),
    check: ({ tour }) => tourViolations(tour, n),
    cost: ({ tour }) => tourLength(readTour(tour, n), distances),
  };
}

function tourModel({ cities: n, values }: Distances): PottsModel {
  const positions = n - 1;
  const costs = new Float64Array(positions * positions);
  const pairs = new PairList();
  const variable = (city: number, position: number) => (city - 1) * positions + position;
  const penalty = values.reduce((most, d) => Math.max(most, d), 0);
  for (let i = 1; i < n; i++) {
    costs[variable(i, 0)] += values[i];
    costs[variable(i, positions - 1)] += values[i];
    for (let j = i + 1; j < n; j++) {
      for (let p = 0; p < positions; p++) {
        pairs.add(variable(i, p), variable(j, p), penalty);
        if (p + 1 === positions) continue;
        pairs.add(variable(i, p), variable(j, p + 1), values[i * n + j]);
        pairs.add(variable(i, p + 1), variable(j, p), values[i * n + j]);
      }
    }
  }
  return new PottsModel(new Uint32Array(positions).fill(positions), {
    costs,
    pairs: pairs.columns,
  });
}

/** Positions that no or several cities have are given out again, so that moving there costs least in all. */
function settle(state: Int32Array, moveCosts: Float64Array): TourSolution {
  const n = state.length;
  const visitors = Array.from({ length: n }, () => [] as number[]);
  state.forEach((position, city) => visitors[position].push(city));
  const free = visitors.flatMap((at, position) => (at.length === 1 ? [] : [position]));
  const moving = visitors.flatMap((at) => (at.length > 1 ? at : []));
  const count = moving.length;
  const order = visitors.map((at) => at[0]);
  if (count > 0) {
    // As many positions as cities: those with several visitors and those with none.
    const costs = Float64Array.from({ length: count * count }, (_, k) => {
      return moveCosts[moving[Math.floor(k / count)] * n + free[k % count]];
    });
    assign(costs, count).forEach((column, row) => (order[free[column]] = moving[row]));
  }
  const places = new Set(state).size;
  return { tour: [0, ...order.map((city) => city + 1)], collisions: n - places };
}

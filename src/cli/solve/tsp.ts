/** Travelling salesman problems for the command. */

import {
  readTsplib,
  readTsplibTour,
  solve,
  travellingSalesman,
  twoOpt,
  writeTsplibTour,
  type Cities,
  type Metric,
  type Point,
} from '../../optimise/index.ts';
import { METRICS } from '../../optimise/tours/metric.ts';
import { Failure } from '../failure.ts';
import { namesIn } from '../values.ts';
import { visible } from '../visible.ts';
import { amount, count, wrap } from '../words.ts';
import { given } from './json/given.ts';
import { MATRIX, NUMBER } from './json/shapes.ts';
import {
  asked,
  courseOf,
  manyOf,
  type Budget,
  solverIn,
  type Found,
  type ProblemKind,
  type Puzzle,
} from './puzzle.ts';
import { screenful } from './screenful.ts';
import { SEARCH_SOLVERS } from './solvers.ts';

interface TourDocument {
  points?: readonly Point[];
  metric?: Metric;
  distances?: readonly (readonly number[])[];
}

export const tspKind = {
  form: 'TSPLIB; places alone are a document: { "problem": "tsp", "points": [[0, 0], [2, 7], [6, 6]] }',
  extensions: ['.tsp'],
  sign: /^[ \t]*(NODE_COORD_SECTION|EDGE_WEIGHT_SECTION|EDGE_WEIGHT_TYPE[ \t]*:)/m,
  options: ['twoOpt', 'target'],
  document: {
    properties: {
      points: {
        description: 'places of two or three coordinates',
        type: 'array',
        items: { type: 'array', items: NUMBER, minItems: 2, maxItems: 3 },
      },
      metric: { enum: namesIn(METRICS) },
      distances: MATRIX,
    },
    required: [],
  },
  read({ text }, source, { twoOpt = false }) {
    const { name, comment, cities } = readTsplib(text);
    return tspPuzzle(cities, { name: name || source, comment }, twoOpt);
  },
  fromDocument({ points, distances, metric = 'euclidean' }: TourDocument, source, options) {
    given({ points, distances });
    if (distances && metric !== 'euclidean')
      throw new Error('metric beside distances, expected none');
    const cities = points ? { points, metric } : Float64Array.from(square(distances!).flat());
    return tspPuzzle(cities, { name: source, comment: '' }, options.twoOpt ?? false);
  },
} as const satisfies ProblemKind;

/** Two rows of two numbers would be taken for points. @throws Error unless there are as many numbers in each row as rows */
function square(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const wrong = rows.findIndex((row) => row.length !== rows.length);
  if (wrong < 0) return rows;
  throw new Error(
    `distances[${wrong}] is a list of ${rows[wrong].length}, expected ${rows.length}, as many as rows`,
  );
}

/** @param finish - whether 2-opt follows the search */
function tspPuzzle(
  cities: Cities,
  { name, comment }: { name: string; comment: string },
  finish: boolean,
): Puzzle {
  const problem = travellingSalesman(cities);
  const dimension = citiesIn(cities);
  return {
    name,
    title: `travelling salesman, ${count(dimension, 'city', 'cities')}`,
    comment,
    solver: solverIn(SEARCH_SOLVERS, problem),
    reaches: (length, target) => length <= target,
    parse: (text) => readTsplibTour(text),
    async find(budget, tell): Promise<Found> {
      if (finish && (budget.solver ?? 'local-search') === 'local-search') {
        throw new Failure(
          '--two-opt is for the tours of networks: local search makes these exchanges itself',
        );
      }
      const solved = await solve(problem, {
        ...asked(begun(budget), SEARCH_SOLVERS, problem),
        // Every tour is finished, and the best of them kept: it need not come from the best unfinished one.
        ...(finish && {
          rank: (state: Int32Array) => twoOpt(problem.decode(state).tour, cities).length,
        }),
        onProgress: (progress) => tell(progress, `best ${amount(progress.energy, 8)}`),
      });
      const { collisions } = solved.solution;
      const shorter = finish ? twoOpt(solved.solution.tour, cities) : undefined;
      const tour = fromFirst(shorter ? shorter.tour : solved.solution.tour);
      const cost = shorter ? shorter.length : solved.cost;
      const rows: Found['rows'] = [['length', amount(solved.cost)]];
      if (collisions > 0) rows[0][1] += ` (${count(collisions, 'collision')} of cities resolved)`;
      if (shorter)
        rows.push([
          'after 2-opt',
          `${amount(shorter.length)} (${count(shorter.exchanges, 'exchange')})`,
        ]);
      return {
        ...courseOf(solved),
        result: `tour of length ${amount(cost)}`,
        cost,
        violations: problem.check({ ...solved.solution, tour }),
        rows,
        facts: {
          collisions,
          twoOpt: shorter
            ? { before: solved.cost, after: shorter.length, exchanges: shorter.exchanges }
            : null,
        },
        solution: tour,
        ...manyOf(solved, (one) => fromFirst(finish ? twoOpt(one.tour, cities).tour : one.tour)),
        draw: ({ width }) =>
          screenful(wrap(['Tour:', ...tour.map((city) => String(city + 1))], width, 6)),
        file: () =>
          writeTsplibTour(tour, { name: visible(name), comment: `length ${amount(cost)}` }),
      };
    },
  };
}

/** Documents have tours as lists. */
function begun({ start, ...budget }: Budget): Budget {
  return { ...budget, ...(start !== undefined && { start: { tour: start, collisions: 0 } }) };
}

function citiesIn(cities: Cities): number {
  if ('points' in cities) return cities.points.length;
  return ArrayBuffer.isView(cities) ? Math.sqrt(cities.length) : cities.length;
}

/** The same tour, beginning at the first city. */
function fromFirst(tour: readonly number[]): number[] {
  const start = tour.indexOf(0);
  return [...tour.slice(start), ...tour.slice(0, start)];
}

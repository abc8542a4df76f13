/** Travelling salesman problems for the command. */

import {
  readTsplib,
  solve,
  travellingSalesman,
  twoOpt,
  writeTsplibTour,
} from '../../optimise/index.ts';
import { Failure } from '../failure.ts';
import { visible } from '../visible.ts';
import { amount, count, wrap } from '../words.ts';
import { asked, courseOf, type Found, type ProblemKind, type Puzzle } from './puzzle.ts';
import { screenful } from './screenful.ts';
import { solverName, SEARCH_SOLVERS } from './solvers.ts';

export const tspKind = {
  extensions: ['.tsp'],
  sign: /^[ \t]*(NODE_COORD_SECTION|EDGE_WEIGHT_SECTION|EDGE_WEIGHT_TYPE[ \t]*:)/m,
  options: ['twoOpt', 'target'],
  read: ({ text }, source, { twoOpt = false }) => tspPuzzle(text, source, twoOpt),
} as const satisfies ProblemKind;

/** @param finish - whether 2-opt follows the search */
function tspPuzzle(text: string, source: string, finish: boolean): Puzzle {
  const { name: title, comment, dimension, cities } = readTsplib(text);
  const name = title || source;
  const problem = travellingSalesman(cities);
  return {
    name,
    title: `travelling salesman, ${count(dimension, 'city', 'cities')}`,
    comment,
    solver: solverName(problem.solver, SEARCH_SOLVERS),
    reaches: (length, target) => length <= target,
    async find(budget, tell): Promise<Found> {
      if (finish && (budget.solver ?? 'local-search') === 'local-search') {
        throw new Failure(
          '--two-opt is for the tours of networks: local search makes these exchanges itself',
        );
      }
      const solved = await solve(problem, {
        ...asked(budget, SEARCH_SOLVERS),
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
        draw: ({ width }) =>
          screenful(wrap(['Tour:', ...tour.map((city) => String(city + 1))], width, 6)),
        file: () =>
          writeTsplibTour(tour, { name: visible(name), comment: `length ${amount(cost)}` }),
      };
    },
  };
}

/** The same tour, beginning at the first city. */
function fromFirst(tour: readonly number[]): number[] {
  const start = tour.indexOf(0);
  return [...tour.slice(start), ...tour.slice(0, start)];
}

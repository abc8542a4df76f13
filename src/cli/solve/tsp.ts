/** Travelling salesman problems for the command. */

import { readTsplib, travellingSalesman, twoOpt, writeTsplibTour } from '../../optimise/index.ts';
import { Failure } from '../failure.ts';
import { solveByRuns } from './runs.ts';
import { courseOf, type Budget, type Found, type Puzzle } from './puzzle.ts';
import { amount, count, rough, screenful, wrap } from './wrap.ts';

/** A neuron for each city and position, each with couplings to 3N others: 1 GB at this size. */
const MOST_CITIES = 200;

/** @param finish - whether 2-opt follows the search */
export function tspPuzzle(text: string, source: string, finish: boolean): Puzzle {
  const { name: title, comment, dimension, distances } = readTsplib(text);
  if (dimension > MOST_CITIES) {
    throw new Failure(
      `${source}: ${dimension} cities, expected at most ${MOST_CITIES}: memory grows with their cube`,
    );
  }
  const name = title || source;
  const problem = travellingSalesman(distances);
  return {
    kind: 'tsp',
    name,
    title: `travelling salesman, ${dimension} ${dimension === 1 ? 'city' : 'cities'}`,
    comment,
    solver: problem.solver,
    reaches: (length, target) => length <= target,
    async find(budget, tell): Promise<Found> {
      // A state of low energy may be a poor tour once its collisions are resolved: the length decides.
      const solved = await solveByRuns(
        problem,
        { ...budget, sweeps: budget.sweeps ?? sweepsOf(budget) },
        (progress) => tell(progress, `best ${rough(progress.energy)}`),
      );
      const { collisions } = solved.solution;
      const shorter = finish ? twoOpt(solved.solution.tour, distances) : undefined;
      const tour = fromFirst(shorter ? shorter.tour : solved.solution.tour);
      const cost = shorter ? shorter.length : solved.cost;
      const rows: Found['rows'] = [['length', amount(solved.cost)]];
      if (collisions > 0) rows[0][1] += ` (collisions of cities resolved: ${collisions})`;
      if (shorter)
        rows.push([
          'after 2-opt',
          `${amount(shorter.length)} (${count(shorter.exchanges)} exchanges)`,
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
        file: () => writeTsplibTour(tour, { name, comment: `length ${amount(cost)}` }),
      };
    },
  };
}

/** Averages do not get better by slow cooling, but by many beginnings. */
function sweepsOf({ solver }: Budget): number | undefined {
  return (solver ?? 'mean-field') === 'mean-field' ? 300 : undefined;
}

/** The same tour, beginning at the first city. */
function fromFirst(tour: readonly number[]): number[] {
  const start = tour.indexOf(0);
  return [...tour.slice(start), ...tour.slice(0, start)];
}

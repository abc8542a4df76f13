/**
 * Tours of the ten cities of Hopfield and Tank, and of all instances of TSPLIB with symmetric distances up to 52 cities that
 * stand in test/instances: how far above the optimum, without and with 2-opt.
 *
 * `node bench/tables/travelling-salesman.mjs [--seeds 10] [--time 10]`, after a build.
 */
import { readFileSync } from 'node:fs';
import { readTsplib, solve, travellingSalesman, twoOpt } from '../../dist/optimise.js';
import { fromCommand } from './from-command.mjs';
import { median, seedsUpTo } from './statistics.mjs';
import { TEN_CITIES } from '../../test/instances/ten-cities.mjs';

/** The ten cities' optimum is known to four places. */
const PRECISION = 1e-5;

/** Optima as TSPLIB gives them. */
const OPTIMA = {
  burma14: 3323,
  ulysses16: 6859,
  gr17: 2085,
  gr21: 2707,
  ulysses22: 7013,
  gr24: 1272,
  fri26: 937,
  bayg29: 1610,
  bays29: 2020,
  dantzig42: 699,
  swiss42: 1273,
  att48: 10628,
  gr48: 5046,
  hk48: 11461,
  eil51: 426,
  berlin52: 7542,
};

/** [name, cities or distances, optimum]: what is asked of the ten cities is the optimum to four places. */
function instances() {
  const read = (name) => {
    const file = new URL(`../../test/instances/${name}.tsp`, import.meta.url);
    return readTsplib(readFileSync(file, 'utf8')).distances;
  };
  const all = Object.entries(OPTIMA).map(([name, optimum]) => [name, read(name), optimum]);
  return [['ten cities', TEN_CITIES, 2.6907], ...all];
}

/**
 * Searches end early when they reach the optimum. With 2-opt means that the tour of every run is finished by it.
 *
 * @param {object} options
 * @param {number} [options.seeds] searches of each kind on each instance, with seeds 1, 2, …
 * @param {number} [options.time] seconds a search at most
 * @param {(line: string) => void} [options.print]
 */
export async function travellingSalesmanTable({ seeds = 10, time = 10, print = console.log } = {}) {
  print(
    `| instance | optimum | median in ${time} s | worst | optimal | collisions | with 2-opt: median | worst | optimal |`,
  );
  print('| :-- | --: | --: | --: | --: | --: | --: | --: | --: |');
  const rows = [];
  for (const [name, cities, optimum] of instances()) {
    const problem = travellingSalesman(cities);
    const finish = (state) => twoOpt(problem.decode(state).tour, cities);
    const target = optimum * (1 + PRECISION);
    const bare = [];
    const finished = [];
    let collisions = 0;
    for (const seed of seedsUpTo(seeds)) {
      const found = await solve(problem, { seed, time, target });
      if (found.violations.length > 0) throw new Error(`${name}: ${found.violations.join(', ')}`);
      bare.push(above(found.cost, optimum));
      collisions += found.solution.collisions;
      const rank = (state) => finish(state).length;
      const { state } = await solve(problem, { seed, time, target, rank });
      finished.push(above(rank(state), optimum));
    }
    problem.model.dispose();
    rows.push({ name, bare: median(bare), finished: median(finished), collisions });
    const columns = [
      name,
      optimum,
      ...shares(bare),
      `${optimal(bare)} of ${seeds}`,
      collisions,
      ...shares(finished),
      `${optimal(finished)} of ${seeds}`,
    ];
    print(`| ${columns.join(' | ')} |`);
  }
  return rows;
}

function shares(excesses) {
  return [median(excesses), Math.max(...excesses)].map(
    (excess) => `${Math.max(0, excess).toFixed(1)} %`,
  );
}

function optimal(excesses) {
  return excesses.filter((excess) => excess < 100 * PRECISION).length;
}

/** By how much, in percent, a tour is longer than the shortest. */
function above(length, optimum) {
  return 100 * (length / optimum - 1);
}

await fromCommand(import.meta.url, travellingSalesmanTable);

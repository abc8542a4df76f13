/**
 * Tours of the ten cities of Hopfield and Tank, and of all instances of TSPLIB with symmetric distances up to 52 cities that
 * stand in test/instances: how far above the optimum, without and with 2-opt at the end.
 *
 * `node bench/tables/travelling-salesman.mjs [--seeds 10] [--time 20]`, after a build.
 */
import { readFileSync } from 'node:fs';
import { readTsplib, solve, travellingSalesman, twoOpt } from '../../dist/optimise.js';
import { fromCommand } from './from-command.mjs';
import { median, seedsUpTo } from './statistics.mjs';

/** Hopfield & Tank 1985, as Wilson & Pawley 1988 give them. */
const TEN_CITIES = [
  [0.4, 0.4439],
  [0.2439, 0.1463],
  [0.1707, 0.2293],
  [0.2293, 0.761],
  [0.5171, 0.9414],
  [0.8732, 0.6536],
  [0.6878, 0.5219],
  [0.8488, 0.3609],
  [0.6683, 0.2536],
  [0.6195, 0.2634],
];

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
 * @param {object} options
 * @param {number} [options.seeds] runs on each instance, with seeds 1, 2, …
 * @param {number} [options.time] seconds a run
 * @param {(line: string) => void} [options.print]
 */
export async function travellingSalesmanTable({ seeds = 10, time = 20, print = console.log } = {}) {
  print(
    `| instance | optimum | median in ${time} s | worst | median with 2-opt | worst | optimal | collisions |`,
  );
  print('| :-- | --: | --: | --: | --: | --: | --: | --: |');
  const rows = [];
  for (const [name, cities, optimum] of instances()) {
    const problem = travellingSalesman(cities);
    const bare = [];
    const finished = [];
    let collisions = 0;
    for (const seed of seedsUpTo(seeds)) {
      const { cost, solution, violations } = await solve(problem, { seed, time });
      if (violations.length > 0) throw new Error(`${name}: ${violations.join(', ')}`);
      bare.push(above(cost, optimum));
      finished.push(above(twoOpt(solution.tour, cities).length, optimum));
      collisions += solution.collisions;
    }
    problem.model.dispose();
    const optimal = bare.filter((excess) => Math.abs(excess) < 0.002).length;
    rows.push({ name, bare: median(bare), finished: median(finished), optimal, collisions });
    const columns = [median(bare), Math.max(...bare), median(finished), Math.max(...finished)];
    const shares = columns.map((excess) => `${excess.toFixed(1)} %`).join(' | ');
    print(`| ${name} | ${optimum} | ${shares} | ${optimal} of ${seeds} | ${collisions} |`);
  }
  return rows;
}

/** By how much, in percent, a tour is longer than the shortest. */
function above(length, optimum) {
  return 100 * (length / optimum - 1);
}

await fromCommand(import.meta.url, travellingSalesmanTable);

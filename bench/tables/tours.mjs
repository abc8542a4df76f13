/**
 * Tours, in percent above the optimum: a greedy one, random ones finished by 2-opt, the network of Potts neurons without and
 * with 2-opt, and local search. Instances are those of test/instances, or the `.tsp` files of a folder and 100,000 random cities.
 *
 * `node bench/tables/tours.mjs [--folder DIR] [--seeds 5] [--time 10]`, after a build.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  potts,
  Random,
  readTsplib,
  solve,
  travellingSalesman,
  twoOpt,
} from '../../dist/optimise.js';
import { fromCommand } from './from-command.mjs';
import { median, seedsUpTo } from './statistics.mjs';
import { TEN_CITIES } from '../../test/instances/ten-cities.mjs';

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
  st70: 675,
  kroA100: 21282,
  kroA200: 29368,
  a280: 2579,
  pcb442: 50778,
  rat575: 6773,
  pr1002: 259045,
  nrw1379: 56638,
  pcb3038: 137694,
  rl5934: 556045,
  brd14051: 469385,
  pla33810: 66048945,
};

/** Larger ones are not tried with a network, or with 2-opt alone. */
const MOST_FOR_NETWORKS = 100;
const MOST_FOR_TWO_OPT = 300;
/** Of random cities, beside a folder's. */
const MANY = 100_000;

/** [name, cities, optimum], small ones first. */
function instances(folder) {
  const from = folder ?? fileURLToPath(new URL('../../test/instances', import.meta.url));
  const files = readdirSync(from).filter((name) => name.endsWith('.tsp'));
  const read = files.map((file) => {
    const { cities, dimension } = readTsplib(readFileSync(join(from, file), 'utf8'));
    const name = file.replace('.tsp', '');
    return { name, cities, dimension, optimum: OPTIMA[name] };
  });
  const ten = { name: 'ten cities', cities: TEN_CITIES, dimension: 10, optimum: 2.69067 };
  return [...(folder ? [uniform(MANY)] : [ten]), ...read].sort((a, b) => a.dimension - b.dimension);
}

/** Cities anywhere in a square; the shortest tour is about 0.7124 √(N A) long (Johnson, McGeoch & Rothberg 1996). */
function uniform(dimension) {
  const random = new Random(dimension);
  const side = 1e6;
  const points = Array.from({ length: dimension }, () => [
    side * random.real(),
    side * random.real(),
  ]);
  const optimum = Math.round(0.7124 * side * Math.sqrt(dimension));
  return { name: 'uniform', cities: { points, metric: 'EUC_2D' }, dimension, optimum };
}

/** The shortest of random tours finished by 2-opt, as many as fit the time. */
function randomStarts(cities, dimension, seed, time) {
  const random = new Random(seed);
  const end = performance.now() + 1000 * time;
  let best = Infinity;
  do {
    const tour = Array.from({ length: dimension }, (_, k) => k);
    for (let k = dimension - 1; k > 0; k--) {
      const other = random.below(k + 1);
      [tour[k], tour[other]] = [tour[other], tour[k]];
    }
    best = Math.min(best, twoOpt(tour, cities).length);
  } while (performance.now() < end);
  return best;
}

/**
 * @param {object} options
 * @param {string} [options.folder] where the instances are; test/instances when not given
 * @param {number} [options.seeds] searches of each kind on each instance, with seeds 1, 2, …
 * @param {number} [options.time] seconds a search
 * @param {(line: string) => void} [options.print]
 */
export async function toursTable({ folder, seeds = 5, time = 10, print = console.log } = {}) {
  print(
    `| instance | cities | optimum | greedy | random + 2-opt | network | network + 2-opt | local search | worst | optimal |`,
  );
  print(`| :-- ${'| --: '.repeat(9)}|`);
  const rows = [];
  for (const { name, cities, dimension, optimum } of instances(folder)) {
    const problem = travellingSalesman(cities);
    const of = async (options) => {
      const lengths = [];
      for (const seed of seedsUpTo(seeds)) lengths.push(await options(seed));
      return lengths;
    };
    // A sweep too short for anything but the beginning.
    const greedy = problem.cost({ tour: await greedyTour(problem) });
    const random =
      dimension > MOST_FOR_TWO_OPT
        ? []
        : await of((seed) => randomStarts(cities, dimension, seed, time));
    const small = dimension <= MOST_FOR_NETWORKS;
    const finish = (state) => twoOpt(problem.decode(state).tour, cities).length;
    const network = small
      ? await of(async (seed) => (await solve(problem, { solver: potts, seed, time })).cost)
      : [];
    const finished = small
      ? await of(async (seed) =>
          finish((await solve(problem, { solver: potts, seed, time, rank: finish })).state),
        )
      : [];
    const target = optimum * (1 + 1e-5);
    const search = await of(async (seed) => {
      const found = await solve(problem, { seed, time, target });
      if (found.violations.length > 0) throw new Error(`${name}: ${found.violations.join(', ')}`);
      return found.cost;
    });
    problem.model.dispose();
    const above = (length) => `${Math.max(0, 100 * (length / optimum - 1)).toFixed(2)} %`;
    const middle = (lengths) => (lengths.length === 0 ? '' : above(median(lengths)));
    const optimal = search.filter((length) => length <= target).length;
    rows.push({ name, dimension, optimum, search });
    const columns = [name, dimension, optimum, above(greedy), middle(random), middle(network)];
    columns.push(middle(finished), middle(search), above(Math.max(...search)));
    print(`| ${columns.join(' | ')} | ${name === 'uniform' ? '' : `${optimal} of ${seeds}`} |`);
  }
  return rows;
}

/** The tour that local search begins with. */
async function greedyTour(problem) {
  const { state } = await solve(problem, { seed: 1, sweeps: 1, target: Number.MAX_VALUE });
  return problem.decode(state).tour;
}

await fromCommand(import.meta.url, toursTable);

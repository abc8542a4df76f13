/**
 * Max-cut and QUBO: the best of falls alone (`descend`), `anneal` and `localSearch`, in the same time, beside a greedy solution; and how
 * the default does. Instances are
 * random graphs of 800 vertices and 19,176 edges, the size of G1 (Helmberg & Rendl 2000), compared with a longer search; or the
 * files of a folder: QUBOs as `.sparse` and `.qubo`, all others as cuts of G-set and rudy.
 *
 * `node bench/tables/max-cut.mjs [--folder DIR] [--seeds 3] [--time 10]`, after a build.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import {
  anneal,
  descend,
  localSearch,
  maxCut,
  qubo,
  readGset,
  readQubo,
  solve,
} from '../../dist/optimise.js';
import { fromCommand } from './from-command.mjs';
import { randomGraph } from './random-graph.mjs';
import { median, seedsUpTo } from './statistics.mjs';

const VERTICES = 800;
const EDGES = 19_176;
const SOLVERS = { descend, anneal, localSearch };
/** Random graphs without a folder. */
const GRAPHS = 10;

/** The best that anybody has published: cuts of the G-set and of BiqMac's Ising instances, minima of BiqMac's QUBOs. */
const KNOWN = {
  G1: 11624,
  G11: 564,
  G14: 3064,
  G22: 13359,
  G43: 6660,
  G55: 10299,
  G70: 9595,
  'ising2.5-100_5555': 2460049,
  'ising3.0-300_7777': 8242904,
  t2g20_5555: 24838942,
  t3g7_5555: 28302918,
  gka1a: -3414,
  gka1d: -6333,
  gka1e: -16464,
  'be100.1': -19412,
};

/** [name, what it is, size, problem, best known] of all instances. */
function* instances(folder, time) {
  if (folder === undefined) {
    for (let seed = 1; seed <= GRAPHS; seed++) {
      const problem = maxCut(randomGraph(VERTICES, EDGES, seed));
      const long = async () => (await solve(problem, { seed: 1000 + seed, time: 3 * time })).cost;
      yield [`random ${seed}`, 'cut', [VERTICES, EDGES], problem, long];
    }
    return;
  }
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), 'utf8');
    const isQubo = ['.sparse', '.qubo'].includes(extname(file));
    const name = file.replace(/\.(sparse|qubo|txt|mc|gset|rud|rudy)$/, '');
    const known = async () => KNOWN[name];
    if (isQubo) {
      const entries = readQubo(text);
      const size = [entries.variables, entries.entries.length];
      yield [name, 'QUBO', size, qubo(entries), known];
    } else {
      const graph = readGset(text);
      yield [name, 'cut', [graph.vertices, graph.edges.length], maxCut(graph), known];
    }
  }
}

/** One vertex after the other to where it is better, in the order of the file: what a line of code gives. */
function greedy({ model, decode, cost }, size) {
  const state = new Int8Array(size).fill(1);
  for (;;) {
    const deltas = model.deltas(state);
    const best = deltas.reduce((least, delta, i) => (delta < deltas[least] ? i : least), 0);
    if (deltas[best] >= 0) return cost(decode(state));
    state[best] = -state[best];
  }
}

/**
 * @param {object} options
 * @param {string} [options.folder] where the instances are
 * @param {number} [options.seeds] searches of each kind on each instance, with seeds 1, 2, …
 * @param {number} [options.time] seconds a search
 * @param {(line: string) => void} [options.print]
 * @returns {Promise<{ name: string, costs: number[], best: number | undefined, after: number }[]>}
 */
export async function maxCutTable({ folder, seeds = 3, time = 10, print = console.log } = {}) {
  print(
    '| instance | kind | size | couplings | greedy | descend | anneal | localSearch | default | worst | after (s) | best known | equal |',
  );
  print(`| :-- | :-- ${'| --: '.repeat(6)}| :-- ${'| --: '.repeat(4)}|`);
  const rows = [];
  for (const [name, kind, [size, couplings], problem, known] of instances(folder, time)) {
    const better = kind === 'cut' ? Math.max : Math.min;
    const worse = kind === 'cut' ? Math.min : Math.max;
    const by = { descend: [], anneal: [], localSearch: [] };
    for (const seed of seedsUpTo(seeds)) {
      for (const [solver, results] of Object.entries(by)) {
        results.push(await solve(problem, { solver: SOLVERS[solver], seed, time }));
      }
    }
    const wrong = Object.values(by).flatMap((all) => all.flatMap(({ violations }) => violations));
    if (wrong.length > 0) throw new Error(`${name}: ${wrong.join(', ')}`);
    // What `solve` takes when no solver is named.
    const usual = problem.timed ? 'localSearch' : 'anneal';
    const found = by[usual];
    const costs = found.map(({ cost }) => cost);
    const after = median(found.map(({ reached }) => reached));
    const one = await known();
    // A longer search may do worse.
    const best = folder === undefined ? better(one, ...costs) : one;
    rows.push({ name, costs, best, after });
    const columns = [name, kind, size, couplings, greedy(problem, size)];
    columns.push(...Object.values(by).map((all) => median(all.map(({ cost }) => cost))));
    columns.push(usual, worse(...costs), after.toFixed(2), best ?? '');
    const equal = costs.filter((cost) => cost === best).length;
    print(`| ${columns.join(' | ')} | ${best === undefined ? '' : `${equal} of ${seeds}`} |`);
    problem.model.dispose();
  }
  return rows;
}

await fromCommand(import.meta.url, maxCutTable);

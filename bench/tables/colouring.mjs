/**
 * As few colours as are found: DSATUR alone, the textbook's tabu search in C++ in the same time (bench/peers/tabucol.cpp, where
 * there is a compiler), and local search. Graphs are Mycielski's, queens' and random ones, or the `.col` files of a folder.
 *
 * `node bench/tables/colouring.mjs [--folder DIR] [--seeds 3] [--time 10]`, after a build.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { colouring, Random, readDimacsGraph, solve } from '../../dist/optimise.js';
import { fromCommand } from './from-command.mjs';
import { knownGraphs } from './known-graphs.mjs';
import { median, seedsUpTo } from './statistics.mjs';

/** Chromatic numbers, or the fewest colours that are known, of instances of the second DIMACS challenge. */
const KNOWN = {
  'DSJC125.5': 17,
  'DSJC250.5': 28,
  'DSJC500.1': 12,
  'DSJC1000.9': 222,
  flat300_20_0: 20,
  flat300_28_0: 28,
  homer: 13,
  le450_5a: 5,
  le450_15c: 15,
  le450_25c: 25,
  queen10_10: 11,
  school1: 14,
};

/** G(n, ½). */
function randomGraph(n) {
  const random = new Random(n);
  const edges = [];
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) if (random.real() < 0.5) edges.push([b, a]);
  return { vertices: n, edges };
}

/** [name, graph, colours that are known to do] */
function graphs(folder) {
  if (folder === undefined) {
    return [...knownGraphs(), ...[500, 1000].map((n) => [`G(${n}, ½)`, randomGraph(n), ''])];
  }
  const files = readdirSync(folder).filter((name) => /\.col(\.b)?$/.test(name));
  return files.map((file) => {
    const name = file.replace(/\.col(\.b)?$/, '');
    const bytes = readFileSync(join(folder, file));
    return [
      name,
      readDimacsGraph(file.endsWith('.b') ? bytes : bytes.toString()),
      KNOWN[name] ?? '',
    ];
  });
}

/** Colours that the textbook's search comes to; undefined without a compiler. */
function peer() {
  const source = fileURLToPath(new URL('../peers/tabucol.cpp', import.meta.url));
  const program = join(mkdtempSync(join(tmpdir(), 'tabucol-')), 'tabucol');
  if (spawnSync('g++', ['-O3', '-march=native', '-o', program, source]).status !== 0)
    return undefined;
  return ({ vertices, edges }, seed, time) => {
    const input = `${vertices} ${edges.length}\n${edges.map(([a, b]) => `${a} ${b}`).join('\n')}\n`;
    const { stdout } = spawnSync(program, [String(seed), String(time)], {
      input,
      encoding: 'utf8',
    });
    return Number(stdout);
  };
}

/**
 * @param {object} options
 * @param {string} [options.folder] where the graphs are
 * @param {number} [options.seeds] searches of each kind on each graph, with seeds 1, 2, …
 * @param {number} [options.time] seconds a search
 * @param {(line: string) => void} [options.print]
 */
export async function colouringTable({ folder, seeds = 3, time = 10, print = console.log } = {}) {
  const textbook = peer();
  print(
    '| graph | vertices | edges | known | clique | DSATUR | TabuCol in C++ | local search | worst | proved |',
  );
  print(`| :-- ${'| --: '.repeat(9)}|`);
  const rows = [];
  for (const [name, graph, known] of graphs(folder)) {
    const problem = colouring(graph);
    const greedy = await solve(problem, { seed: 1, sweeps: 1, target: Number.MAX_VALUE });
    const found = [];
    for (const seed of seedsUpTo(seeds)) found.push(await solve(problem, { seed, time }));
    const wrong = found.flatMap(({ violations }) => violations);
    if (wrong.length > 0) throw new Error(`${name}: ${wrong.join(', ')}`);
    problem.model.dispose();
    const peers = textbook ? seedsUpTo(seeds).map((seed) => textbook(graph, seed, time)) : [];
    const costs = found.map(({ cost }) => cost);
    const row = { name, known, costs, peers };
    rows.push(row);
    const { vertices, edges } = graph;
    const columns = [name, vertices, edges.length, known, problem.target, greedy.cost];
    columns.push(peers.length > 0 ? median(peers) : '', median(costs), Math.max(...costs));
    print(`| ${columns.join(' | ')} | ${found.every(({ proved }) => proved) ? 'yes' : ''} |`);
  }
  return rows;
}

await fromCommand(import.meta.url, colouringTable);

/**
 * Graph colouring with the known number of colours: conflicts left after so many seconds, and when the last was gone.
 *
 * `node bench/tables/colouring.mjs [--seeds 10] [--time 10]`, after a build.
 */
import { colouring, solve } from '../../dist/optimise.js';
import { fromCommand } from './from-command.mjs';
import { knownGraphs } from './known-graphs.mjs';
import { median, seedsUpTo } from './statistics.mjs';

/**
 * @param {object} options
 * @param {number} [options.seeds] runs on each graph, with seeds 1, 2, …
 * @param {number} [options.time] seconds a run at most
 * @param {(line: string) => void} [options.print]
 */
export async function colouringTable({ seeds = 10, time = 10, print = console.log } = {}) {
  print(`| graph | vertices | edges | colours | proper in ${time} s | median (s) | slowest (s) |`);
  print('| :-- | --: | --: | --: | --: | --: | --: |');
  const rows = [];
  for (const [name, graph, colours] of knownGraphs()) {
    const problem = colouring(graph, colours);
    const seconds = [];
    let proper = 0;
    for (const seed of seedsUpTo(seeds)) {
      const found = await solve(problem, { seed, time });
      if (found.violations.length === 0 && found.cost === 0) proper++;
      seconds.push(found.seconds);
    }
    problem.model.dispose();
    const row = { name, colours, proper, median: median(seconds), slowest: Math.max(...seconds) };
    rows.push(row);
    const { vertices, edges } = graph;
    const times = `${row.median.toFixed(2)} | ${row.slowest.toFixed(2)}`;
    print(
      `| ${name} | ${vertices} | ${edges.length} | ${colours} | ${proper} of ${seeds} | ${times} |`,
    );
  }
  return rows;
}

await fromCommand(import.meta.url, colouringTable);

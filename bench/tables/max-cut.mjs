/**
 * Max-cut on random graphs of 800 vertices and 19,176 edges, the size of G1 (Helmberg & Rendl 2000): how often a search of so
 * many seconds finds the best cut that a longer one knows.
 *
 * `node bench/tables/max-cut.mjs [--seeds 10] [--time 10]`, after a build.
 */
import { maxCut, solve } from '../../dist/optimise.js';
import { fromCommand } from './from-command.mjs';
import { randomGraph } from './random-graph.mjs';

const VERTICES = 800;
const EDGES = 19_176;

/**
 * Graph k and the search on it have seed k. The best known cut comes from a search of another seed with `long` seconds, or
 * is what the short one found, if that is larger.
 *
 * @param {object} options
 * @param {number} [options.seeds] how many graphs
 * @param {number} [options.time] seconds a search
 * @param {number} [options.long] seconds of the search that the others are compared with; three times `time` when not given
 * @param {(line: string) => void} [options.print]
 * @returns {Promise<{ rows: { seed: number, cut: number, best: number, seconds: number }[], reached: number }>} seconds: to
 *   the best cut of the short search
 */
export async function maxCutTable({
  seeds = 10,
  time = 10,
  long = 3 * time,
  print = console.log,
} = {}) {
  const rows = [];
  print(`| graph | cut in ${time} s | after (s) | best known | equal |`);
  print('| ----: | ----: | ----: | ----: | :---: |');
  for (let seed = 1; seed <= seeds; seed++) {
    const problem = maxCut(randomGraph(VERTICES, EDGES, seed));
    const { seconds, cost: cut, violations } = await timed(problem, { seed, time });
    if (violations.length > 0) throw new Error(violations.join(', '));
    const { cost } = await solve(problem, { seed: 1000 + seed, time: long });
    const best = Math.max(cut, cost);
    rows.push({ seed, cut, best, seconds });
    print(
      `| ${seed} | ${cut} | ${seconds.toFixed(2)} | ${best} | ${cut === best ? 'yes' : 'no'} |`,
    );
    problem.model.dispose();
  }
  const reached = rows.filter(({ cut, best }) => cut === best).length;
  print(`\n${reached} of ${seeds} equal to the best known cut.`);
  return { rows, reached };
}

/** Solves a problem; `seconds` is when the energy last fell. */
async function timed(problem, options) {
  let lowest = Infinity;
  let seconds = 0;
  const found = await solve(problem, {
    ...options,
    onProgress(progress) {
      if (progress.energy >= lowest) return;
      lowest = progress.energy;
      seconds = progress.seconds;
    },
  });
  return { ...found, seconds };
}

await fromCommand(import.meta.url, maxCutTable);

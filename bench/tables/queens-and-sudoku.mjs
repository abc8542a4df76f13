/**
 * 100 queens, and twenty published hard sudokus: how many are solved, and when.
 *
 * `node bench/tables/queens-and-sudoku.mjs [--seeds 10] [--time 60]`, after a build.
 */
import { readFileSync } from 'node:fs';
import { queens, solve, sudoku } from '../../dist/optimise.js';
import { fromCommand } from './from-command.mjs';
import { median, seedsUpTo } from './statistics.mjs';

/** [name, the problem made] */
function instances() {
  const file = new URL('../../test/instances/sudokus.txt', import.meta.url);
  const lines = readFileSync(file, 'utf8').split('\n');
  const sudokus = lines.filter((line) => /^[.\d]{81}/.test(line));
  const nameOf = (line, k) => line.slice(81).replace(/^[\s#]+/, '') || `no. ${k + 1} of the list`;
  const boards = [8, 50, 100].map((n) => [`${n} queens`, () => queens(n)]);
  return [
    ...boards,
    ...sudokus.map((line, k) => [nameOf(line, k), () => sudoku(line.slice(0, 81))]),
  ];
}

/**
 * @param {object} options
 * @param {number} [options.seeds] runs on each, with seeds 1, 2, …
 * @param {number} [options.time] seconds a run at most
 * @param {(line: string) => void} [options.print]
 */
export async function queensAndSudokuTable({ seeds = 10, time = 60, print = console.log } = {}) {
  print('| instance | rows or open cells | solved | median (s) | slowest (s) |');
  print('| :-- | --: | --: | --: | --: |');
  const rows = [];
  for (const [name, make] of instances()) {
    const problem = make();
    const seconds = [];
    let solved = 0;
    for (const seed of seedsUpTo(seeds)) {
      const found = await solve(problem, { seed, time });
      if (found.violations.length === 0) solved++;
      seconds.push(found.seconds);
    }
    const { groups } = problem.model;
    problem.model.dispose();
    rows.push({ name, solved, median: median(seconds), slowest: Math.max(...seconds) });
    const times = `${median(seconds).toFixed(2)} | ${Math.max(...seconds).toFixed(2)}`;
    print(`| ${name} | ${groups} | ${solved} of ${seeds} | ${times} |`);
  }
  return rows;
}

await fromCommand(import.meta.url, queensAndSudokuTable);

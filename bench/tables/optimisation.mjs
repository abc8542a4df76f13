/** All tables of hopfield-wasm/optimise: `npm run table:optimisation [-- --seeds 10]`. With ten seeds it takes hours. */
import { cpus } from 'node:os';
import { colouringTable } from './colouring.mjs';
import { fromCommand } from './from-command.mjs';
import { maxCutTable } from './max-cut.mjs';
import { queensAndSudokuTable } from './queens-and-sudoku.mjs';
import { spinsTable } from './spins.mjs';
import { toursTable } from './tours.mjs';

/** [title, table] in the order of docs/. */
const TABLES = [
  ['Max-cut', maxCutTable],
  ['Spins', spinsTable],
  ['Colouring', colouringTable],
  ['Travelling salesman', toursTable],
  ['Queens and sudokus', queensAndSudokuTable],
];

/**
 * @param {object} options those of the tables; each has a `time` of its own when none is given
 */
export async function optimisationTables({ print = console.log, ...options } = {}) {
  print(`${cpus()[0].model.trim()}, Node ${process.version}`);
  for (const [title, table] of TABLES) {
    print(`\n## ${title}\n`);
    await table({ print, ...options });
  }
}

await fromCommand(import.meta.url, optimisationTables);

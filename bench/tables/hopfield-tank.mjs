/**
 * Hopfield & Tank's travelling salesman, on their ten cities: how many runs end in a tour, and how long it is.
 *
 * `npm run table:hopfield-tank` (about half a minute); what it prints stands in docs/graded.md.
 */
import { hopfieldTank } from '../../dist/optimise.js';
import { printTable } from '../report.mjs';
import { TEN_CITIES as CITIES } from '../../test/instances/ten-cities.mjs';

const SEED = 1985;
const RUNS = 100;

const OPTIMUM = 2.6907;

/** The mean length of all tours: each pair of cities is neighbours in 2 of N − 1. */
function meanOfAllTours() {
  let sum = 0;
  for (const [i, a] of CITIES.entries()) {
    for (const b of CITIES.slice(i + 1)) sum += Math.hypot(a[0] - b[0], a[1] - b[1]);
  }
  return (2 * sum) / (CITIES.length - 1);
}

const rows = [];
for (const n of [15, 13, 12, 11]) {
  const started = performance.now();
  const { costs, valid } = await hopfieldTank(CITIES, { seed: SEED, runs: RUNS, n });
  const seconds = (performance.now() - started) / 1000;
  const lengths = [...costs].filter((cost) => !Number.isNaN(cost));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const optimal = lengths.filter((length) => length < OPTIMUM + 1e-4).length;
  rows.push([
    `n = ${n}`,
    `${valid} of ${RUNS}`,
    valid > 0 ? mean.toFixed(4) : '',
    valid > 0 ? Math.min(...lengths).toFixed(4) : '',
    String(optimal),
    `${seconds.toFixed(1)} s`,
  ]);
}
printTable(
  ['A = B = D = 500, C = 200', 'tours', 'mean length', 'shortest', 'optimal', 'time'],
  rows,
);
console.log(
  `The shortest tour is ${OPTIMUM}, the mean of all tours ${meanOfAllTours().toFixed(4)}.`,
);
console.log(`Seed ${SEED}; Node ${process.version}.`);

/**
 * How many epochs of daydreaming a load takes: the share of stored random patterns that are fixed points, N = 100, after
 * so many epochs, and when `until: 'stable'` ends. `npm run table:daydream`, some minutes.
 */
import { cpus } from 'node:os';
import { HopfieldNetwork, Random } from '../../dist/index.js';

const NEURONS = 100;
const LOADS = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const EPOCHS = [10, 30, 100, 200, 500, 1000, 2000];
const SEED = 2025;

const start = performance.now();
printRow(['load', ...EPOCHS.map(String), 'until stable']);
printRow(['--:', ...EPOCHS.map(() => '--:'), ':--']);
for (const load of LOADS) {
  const random = new Random(SEED, 100 * load);
  const patterns = Array.from({ length: load * NEURONS }, () => random.signs(NEURONS));
  const network = new HopfieldNetwork(NEURONS).store(patterns);
  const shares = [];
  let done = 0;
  for (const epochs of EPOCHS) {
    await network.daydream({ epochs: epochs - done, seed: SEED + done });
    done = epochs;
    const stable = patterns.filter((pattern) => network.isFixedPoint(pattern)).length;
    shares.push((stable / patterns.length).toFixed(2));
  }
  const other = new HopfieldNetwork(NEURONS).store(patterns);
  const { learning } = await other.daydream({ until: 'stable', seed: SEED });
  const end = learning.converged ? 'all stable' : 'no further';
  printRow([String(load), ...shares, `${end} after ${learning.epochs}`]);
}
const took = ((performance.now() - start) / 1000).toFixed(0);
console.log(
  `\nN = ${NEURONS}, seed ${SEED}; ${cpus()[0].model.trim()}, Node ${process.version}, ${took} s; ` +
    new Date().toISOString().slice(0, 10),
);

function printRow(cells) {
  console.log(`| ${cells.join(' | ')} |`);
}

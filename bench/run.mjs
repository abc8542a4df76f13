/**
 * The speed table. `node bench/run.mjs [--only recall,kernels] [--json]`, after a build.
 *
 * Each task checks that all contestants give the same results. They are timed one after the other, each on
 * one thread: the textbook in a thread of its own (textbook-thread.mjs says why), the others in this one.
 */
import { parseArgs } from 'node:util';
import { kernels } from './kernels.mjs';
import { Report } from './report.mjs';
import { annealing } from './tasks/annealing.mjs';
import { boltzmann } from './tasks/boltzmann.mjs';
import { codes } from './tasks/codes.mjs';
import { couplings } from './tasks/couplings.mjs';
import { daydream } from './tasks/daydream.mjs';
import { dense } from './tasks/dense.mjs';
import { graded } from './tasks/graded.mjs';
import { layers } from './tasks/layers.mjs';
import { modern } from './tasks/modern.mjs';
import { parallel } from './tasks/parallel.mjs';
import { pictures } from './tasks/pictures.mjs';
import { recallMany } from './tasks/recall-many.mjs';
import { recall } from './tasks/recall.mjs';
import { scale } from './tasks/scale.mjs';
import { sequences } from './tasks/sequences.mjs';
import { simplicial } from './tasks/simplicial.mjs';
import { startUp } from './tasks/start-up.mjs';
import { synchronous } from './tasks/synchronous.mjs';

const TASKS = {
  'start-up': startUp,
  couplings,
  recall,
  'recall-many': recallMany,
  synchronous,
  daydream,
  dense,
  simplicial,
  sequences,
  modern,
  codes,
  graded,
  layers,
  boltzmann,
  annealing,
  parallel,
  pictures,
  kernels,
  scale,
};

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const names = values.only?.split(',') ?? Object.keys(TASKS);
const unknown = names.find((name) => !Object.hasOwn(TASKS, name));
if (unknown !== undefined) {
  console.error(`--only ${unknown}: expected some of ${Object.keys(TASKS).join(',')}`);
  process.exit(1);
}

const report = new Report();
for (const name of names) {
  report.progress(`— ${name}`);
  try {
    await TASKS[name](report);
  } catch (error) {
    // What was measured before is still worth printing.
    console.error(error);
    report.note(`FAILED: ${name}: ${error.message}`);
    process.exitCode = 1;
  }
}
if (values.json) console.log(JSON.stringify(report, undefined, 2));
else report.print();

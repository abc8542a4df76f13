/**
 * The speed table. `node bench/run.mjs [--only recall,kernels] [--json]`, after a build.
 *
 * Each task checks that all contestants give the same results, then times them in this process, one after
 * the other, on one thread.
 */
import { parseArgs } from 'node:util';
import { kernels } from './kernels.mjs';
import { Report } from './report.mjs';
import { couplings } from './tasks/couplings.mjs';
import { daydream } from './tasks/daydream.mjs';
import { recallMany } from './tasks/recall-many.mjs';
import { recall } from './tasks/recall.mjs';
import { scale } from './tasks/scale.mjs';
import { startUp } from './tasks/start-up.mjs';
import { synchronous } from './tasks/synchronous.mjs';

const TASKS = {
  'start-up': startUp,
  couplings,
  recall,
  'recall-many': recallMany,
  synchronous,
  daydream,
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
  await TASKS[name](report);
}
if (values.json) console.log(JSON.stringify(report, undefined, 2));
else report.print();

/**
 * The speed table. `node bench/run.mjs [--only recall,kernels] [--save FILE] [--compare FILE] [--docs]`, after a build.
 *
 * Each task checks that all contestants give the same results. They are timed by turns, each on one thread: the
 * textbook in a thread of its own (textbook-thread.mjs says why), numpy in a process, the others in this one. Times are of
 * the processor, but for pools of workers, whose are of the clock.
 *
 * --save FILE writes everything that was measured as JSON. --compare FILE says what is slower than in a saved run,
 * beyond the noise of both, and the exit code is 1 if anything is. --docs puts the table into docs/performance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compare, readSaved } from './compare.mjs';
import { kernels } from './kernels.mjs';
import { Numpy } from './peers/numpy.mjs';
import { duration, printTable, Report, times } from './report.mjs';
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
import { retrieval } from './tasks/retrieval.mjs';
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
  retrieval,
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
const PAGE = new URL('../docs/performance.md', import.meta.url);
/** What stands between these two is written by --docs. */
const TABLE = /(?<=<!-- npm run bench -- --docs -->\n)[^]*(?=<!-- end -->)/;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    save: { type: 'string' },
    compare: { type: 'string' },
    docs: { type: 'boolean', default: false },
  },
});
const names = values.only?.split(',') ?? Object.keys(TASKS);
const unknown = names.find((name) => !Object.hasOwn(TASKS, name));
if (unknown !== undefined) {
  refuse(`--only ${unknown}: expected some of ${Object.keys(TASKS).join(',')}`);
}
const before = values.compare === undefined ? undefined : savedRun(values.compare);

const report = new Report();
report.numpy = await Numpy.start();
if (report.numpy) report.peers.push({ name: 'numpy', version: report.numpy.version });
else report.note('numpy was not timed: python3 has none.');
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
  await report.numpy?.clear();
}
report.numpy?.close();
report.print();
if (values.save !== undefined) writeFileSync(values.save, `${JSON.stringify(report)}\n`);
if (values.docs) {
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(
    PAGE,
    page.replace(TABLE, () => `\n${report.table()}\n\n`),
  );
}
if (before !== undefined && printChanges(before)) process.exitCode = 1;

/** @param {string} message */
function refuse(message) {
  console.error(message);
  process.exit(1);
}

function savedRun(file) {
  try {
    return readSaved(readFileSync(file, 'utf8'));
  } catch (error) {
    return refuse(`--compare ${file}: ${error.message}`);
  }
}

/** Says what changed since a saved run, and whether anything is slower. */
function printChanges(saved) {
  const { machine, changes, gone, added } = compare(saved, JSON.parse(JSON.stringify(report)));
  const different = changes.filter(({ verdict }) => verdict !== 'same');
  const slower = changes.filter(({ verdict }) => verdict === 'slower');
  console.log();
  printTable(
    ['compared with the saved run', 'then', 'now', 'ratio', 'noise up to', ''],
    different.map(({ what, before, after, ratio, noise, verdict }) => [
      what,
      duration(before),
      duration(after),
      times(ratio),
      times(noise),
      verdict,
    ]),
  );
  if (!values.only && gone.length > 0) console.log(`- No longer timed: ${gone.join('; ')}`);
  if (added.length > 0) console.log(`- Not timed then: ${added.join('; ')}`);
  console.log(
    `- Medians; ratios had the machine been as fast as then (a loop that is always the same took ${times(machine)} the time).`,
  );
  console.log(
    `${slower.length} slower, ${different.length - slower.length} faster, ${changes.length - different.length} within the noise`,
  );
  return slower.length > 0;
}

// Plants faults in source files, one at a time, and lists those that no test notices:
//
//   npm run mutate -- src/dynamics src/models/match.ts --sample 100 --seed 1
//
// Arguments are files (src/a.ts, or src/a.ts:28 for the faults of one line) and folders under src; --sample takes that many
// of their faults (all when left out), in random order, so that those tried before an interruption (Ctrl+C) are a sample too.
// --seconds of tests are given to each (60); --tests takes only test files whose path matches.
// The tests of the folder (mutate/scopes.mjs) that run the changed lines are run. Golden digests, which tell that something
// changed but not that it was right, are not among them. A fault in a kernel's twin is planted in both: the machine of
// WebAssembly runs twins too, so that comparing them notices nothing. Faults that change nothing which can be seen are
// listed in mutate/equivalent.json, each with its reason.
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { described, faultsOf, marked, planted } from './mutate/mutants.mjs';
import { concerns } from './mutate/scopes.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
    tests: { type: 'string', default: '' },
  },
});
if (positionals.length === 0) {
  console.error(
    'usage: npm run mutate -- FILE-OR-FOLDER… [--sample COUNT] [--seed SEED] [--seconds SECONDS] [--tests REGEXP]',
  );
  process.exit(2);
}

/** Seconds of tests that one fault is given, those first that promise most: what notices it later does not count. */
const LONGEST = Number(values.seconds);
const TWINS = resolve('src/kernels/reference');
const WASM = resolve('src/kernels/wasm.ts');
/** Tests of the command line change the folder they work in, which threads cannot. */
const pool = positionals.some((path) => path.startsWith('src/cli')) ? 'forks' : 'threads';
/** Lines asked for, by file; all of a file that is not in it. */
const lines = new Map();
const files = [...new Set(positionals.flatMap(sourcesOf))];
const sources = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));
const equivalent = JSON.parse(readFileSync(new URL('mutate/equivalent.json', import.meta.url)));

const { faults, coverage } = collect();
const hits = mkdtempSync(join(tmpdir(), 'hopfield-mutate-'));
process.on('exit', () => rmSync(hits, { recursive: true, force: true }));
let host;
/** Files of tests, and how long each takes. */
const { tests, seconds } = await cover();
const kills = new Map();
const results = [];
const chosen = sample(faults, values.sample === undefined ? faults.length : Number(values.sample));
console.log(
  `${chosen.length} of ${faults.length} faults in ${files.length} files, seed ${values.seed}`,
);
process.on('SIGINT', () => {
  host.kill('SIGKILL');
  summary();
  process.exit(130);
});
for (const [k, fault] of chosen.entries()) {
  const outcome = await attempt(fault);
  results.push({ fault, outcome });
  if (outcome === 'survived' || outcome === 'not run') show(fault, outcome);
  if ((k + 1) % 20 === 0) console.log(`\n${k + 1} tried`);
}
host.kill('SIGKILL');
summary();

function sourcesOf(argument) {
  const [name, line] = argument.split(':');
  const path = resolve(name);
  if (line !== undefined) lines.set(path, [...(lines.get(path) ?? []), Number(line)]);
  return sourcesIn(path);
}

function sourcesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.includes('bytes/'))
    .map((name) => join(path, name))
    .sort();
}

/** All faults of all files, and the files with their blocks marked. */
function collect() {
  const all = [];
  const marks = {};
  let first = 0;
  for (const [path, source] of sources) {
    const { faults: found, blocks } = faultsOf(source, path);
    marks[path] = marked(source, blocks, first);
    for (const fault of found) {
      const mark = fault.block < 0 ? -1 : first + fault.block;
      const { line, ...change } = described(source, fault);
      if (lines.get(path)?.includes(line) ?? true)
        all.push({ ...fault, path, mark, line, ...change });
    }
    first += blocks.length;
  }
  return { faults: all, coverage: marks };
}

/** Starts a host and resolves with the test files it found. */
function start() {
  host = fork(new URL('mutate/host.mjs', import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, MUTATE_HITS: hits, MUTATE_POOL: pool },
  });
  return new Promise((found, lost) => {
    host.once('message', ({ tests: paths }) => found(paths));
    host.once('exit', (code) => lost(new Error(`the host ended with ${code}`)));
  });
}

/** What the tests say of sources; undefined when they take more than `limit` seconds of processor time, or the host dies. */
function run(texts, files, limit) {
  const asked = host;
  return new Promise((told) => {
    const end = (answer) => {
      clearTimeout(timer);
      asked.off('exit', end);
      asked.off('message', end);
      told(typeof answer === 'object' && answer ? answer : undefined);
    };
    // Where other work leaves it little, or tests are processes of their own.
    const timer = setTimeout(end, 20 * limit * 1000);
    asked.on('message', end);
    asked.on('exit', end);
    asked.send({ sources: texts, tests: files, limit });
  });
}

/** Runs the tests once on the marked files: which blocks each of them runs, and how long it takes. */
async function cover() {
  const all = (await start())
    .filter((test) => new RegExp(values.tests).test(test))
    .filter((test) => files.some((file) => concerns(test, file)));
  const answer = await run(texts(coverage), all, 3600);
  if (!answer || answer.failed)
    throw new Error(`without a fault: ${answer?.failed ?? 'no answer'}`);
  const ran = readdirSync(hits).map((name) => JSON.parse(readFileSync(join(hits, name), 'utf8')));
  return {
    seconds: answer.seconds,
    tests: ran.map(({ testPath, blocks }) => ({ testPath, blocks: new Set(blocks) })),
  };
}

/** Changed sources; with WebAssembly running twins where a twin is among them. */
function texts(changed) {
  if (!Object.keys(changed).some((path) => path.startsWith(TWINS))) return changed;
  const from = 'instantiateSync(moduleOf(group), { env: { memory } }).instance.exports';
  const wasm = readFileSync(WASM, 'utf8');
  if (!wasm.includes(`(group) => ${from}`)) throw new Error('src/kernels/wasm.ts looks different');
  const bound =
    '(group, { views }) => Object.fromEntries(' +
    'Object.entries(group.twins).map(([name, twin]) => [name, twin.bind(null, views)]))';
  return { ...changed, [WASM]: wasm.replace(`(group) => ${from}`, bound) };
}

function sample(all, count) {
  const left = [...all];
  let state = Number(values.seed) >>> 0;
  // A linear congruential generator; the order of its high bits is what counts.
  const below = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  for (let k = 0; k < Math.min(count, all.length); k++) {
    const other = k + below(left.length - k);
    [left[k], left[other]] = [left[other], left[k]];
  }
  return left.slice(0, count);
}

/** 'set aside', 'noticed', 'endless', 'not run' (by no test) or 'survived'. */
async function attempt(fault) {
  const name = relative('.', fault.path);
  const same = (e) => e.file === name && e.was === fault.was && e.now === fault.now;
  if (equivalent.some(same)) return 'set aside';
  const covering = tests
    .filter(({ blocks }) => fault.mark < 0 || blocks.has(fault.mark))
    .filter(({ testPath }) => concerns(testPath, fault.path))
    .map(({ testPath }) => testPath);
  if (covering.length === 0) return 'not run';
  // Those first that have noticed much in little time, and the file's own.
  const mirrored = basename(fault.path, '.ts');
  const worth = new Map(
    covering.map((path) => {
      const noticed = (kills.get(path) ?? 0) + (basename(path).startsWith(mirrored) ? 3 : 0.2);
      return [path, noticed / (seconds[path] + 0.3)];
    }),
  );
  covering.sort((a, b) => worth.get(b) - worth.get(a));
  let expected = 0;
  const asked = covering.filter((path, k) => {
    expected += seconds[path] + 0.3;
    return k === 0 || expected < LONGEST;
  });
  const changed = texts({ [fault.path]: planted(sources.get(fault.path), fault, fault.path) });
  const answer = await run(changed, asked, 30 + 3 * Math.min(expected, LONGEST));
  if (!answer) {
    host.removeAllListeners('exit');
    host.kill('SIGKILL');
    await start();
    return 'endless';
  }
  if (answer.failed === undefined) return 'survived';
  const last = Object.keys(answer.seconds).at(-1);
  kills.set(last, (kills.get(last) ?? 0) + 1);
  return 'noticed';
}

function show({ path, line, was, now }, outcome) {
  console.log(`\n${relative('.', path)}:${line} ${outcome}\n  - ${was}\n  + ${now}`);
}

function summary() {
  const folders = new Map();
  for (const { fault, outcome } of results) {
    const folder = relative('.', fault.path)
      .split('/')
      .slice(0, fault.path.startsWith(TWINS) ? 3 : 2);
    const row = folders.get(folder.join('/')) ?? { noticed: 0, survived: 0, aside: 0 };
    if (outcome === 'set aside') row.aside++;
    else if (outcome === 'noticed' || outcome === 'endless') row.noticed++;
    else row.survived++;
    folders.set(folder.join('/'), row);
  }
  console.log('');
  for (const [folder, { noticed, survived, aside }] of folders) {
    const share = ((100 * noticed) / (noticed + survived || 1)).toFixed(1);
    console.log(`${folder}: ${noticed} noticed, ${survived} not (${share} %), ${aside} set aside`);
  }
}

// Tries the packed tarball in empty projects, with no configuration, wherever people use packages: one row a consumer,
// which runs consumers/golden.mjs (or pool.mjs) and must give the digest that Node gives here, on the backend expected there.
// `npm run consumers -- --only vite,jest` selects by name, `--entry pool` by what the entry says. Exit code 1 when a row says no; 2 when none does, but some
// could not be tried, because the registry was out of reach or a browser is not here. Versions are pinned in consumers/
// (versions.json). `--docs` puts the table into docs/recipes/platforms.md when all said yes.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import bundlers from './consumers/bundlers.mjs';
import { withTable } from './consumers/docs-table.mjs';
import edge from './consumers/edge.mjs';
import node from './consumers/node.mjs';
import pages from './consumers/pages.mjs';
import pools from './consumers/pools.mjs';
import { moduleProgram, poolModule, printedResult } from './consumers/program.mjs';
import runtimes from './consumers/runtimes.mjs';
import { NotTried, Shop } from './consumers/shop.mjs';
import tests from './consumers/tests.mjs';
import typescript from './consumers/typescript.mjs';

const all = [
  ...node,
  ...typescript,
  ...bundlers,
  ...runtimes,
  ...tests,
  ...edge,
  ...pages,
  ...pools,
];
const {
  only,
  entry: part,
  docs,
} = parseArgs({
  options: { only: { type: 'string' }, entry: { type: 'string' }, docs: { type: 'boolean' } },
}).values;
const wanted = only?.split(',') ?? [];
const names = new Set(all.map(({ name }) => name));
const unknown = wanted.filter((name) => !names.has(name));
if (unknown.length > 0) {
  console.error(`--only ${unknown.join(',')}: expected names out of ${[...names].join(', ')}`);
  process.exit(1);
}
const chosen = all.filter(
  ({ name, entry }) => (!only || wanted.includes(name)) && (!part || entry.includes(part)),
);

const start = performance.now();
const shop = new Shop();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => shop.close().finally(() => process.exit(1)));
}
let rows;
let expected;
try {
  shop.pack();
  expected = await plainNode();
  rows = await inTurn(chosen, (consumer) =>
    attempt(consumer, expected[consumer.program ?? 'golden']),
  );
} finally {
  await shop.close();
}
table(rows);
const no = rows.filter(({ answer }) => answer === 'no');
const untried = rows.filter(({ answer }) => answer === 'not tried');
for (const { name, entry, fault } of [...no, ...untried]) {
  console.log(`\n${name}, ${entry}:\n${fault.slice(0, 4000)}`);
}
const minutes = ((performance.now() - start) / 60_000).toFixed(1);
console.log(`\n${untried.length} not tried; ${minutes} minutes`);
console.log(`${rows.length - no.length - untried.length} passed, ${no.length} failed`);
process.exitCode = no.length > 0 ? 1 : untried.length > 0 ? 2 : 0;
if (docs && process.exitCode === 0) {
  const page = 'docs/recipes/platforms.md';
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), rows, expected));
}

async function plainNode() {
  const folder = await shop.project('plain');
  shop.write(folder, { 'golden.mjs': moduleProgram(), 'pool.mjs': poolModule() });
  const digest = async (file) =>
    printedResult(await shop.run(folder, process.execPath, [file])).digest;
  return { golden: await digest('golden.mjs'), pool: await digest('pool.mjs') };
}

/** The row of one consumer. */
async function attempt(consumer, plain) {
  const { name, version, entry, backend = 'wasm', digest = plain, reason, run } = consumer;
  const row = { name, version, entry, backend: '', digest: '', answer: 'yes', fault: '' };
  try {
    const result = await run(shop);
    row.backend = result.backend;
    row.digest = result.digest === digest ? 'equal' : result.digest;
    if (result.digest !== digest) throw new Error(`digest ${result.digest}, expected ${digest}`);
    if (result.backend !== backend) {
      throw new Error(`backend ${result.backend} (${result.reason}), expected ${backend}`);
    }
    if (reason && !reason.test(result.reason)) {
      throw new Error(`backendReason is ${result.reason}, expected ${reason}`);
    }
  } catch (error) {
    row.answer = error instanceof NotTried ? 'not tried' : 'no';
    row.fault = stripVTControlCharacters(error.message);
  }
  process.stderr.write(`${row.answer.padEnd(9)} ${name}, ${version}, ${entry}\n`);
  return row;
}

/** Maps a list, two at a time, in order. */
async function inTurn(list, action) {
  const results = [];
  let next = 0;
  const work = async () => {
    while (next < list.length) {
      const k = next++;
      results[k] = await action(list[k]);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}

function table(rows) {
  const cells = rows.map(({ name, version, entry, backend, digest, answer, fault }) => {
    const first = fault.split('\n').find((line) => line.trim() !== '') ?? '';
    return [name, version, entry, backend, digest, `${answer} ${first}`.trim().slice(0, 100)];
  });
  cells.unshift(['consumer', 'version', 'entry', 'backend', 'digest', 'works']);
  const widths = cells[0].map((_, k) => Math.max(...cells.map((row) => row[k].length)));
  for (const row of cells) {
    console.log(
      row
        .map((cell, k) => cell.padEnd(widths[k]))
        .join('  ')
        .trimEnd(),
    );
  }
}

// A process that keeps vitest ready, and runs test files on sources with other texts than those on disk.
// A message { sources: { path: text }, tests: [path], limit } is answered with { failed, seconds: { path: seconds } }; the
// process ends where that takes more than `limit` seconds of its time.
import { createVitest } from 'vitest/node';
import { workerSource } from '../worker-source.mjs';

const sources = new Map();
const planting = {
  name: 'planted-faults',
  enforce: 'pre',
  load: (id) => sources.get(id.split('?')[0]),
};

/** Files in the order they were asked for. */
class InOrder {
  shard(files) {
    return files;
  }
  sort(files) {
    return files;
  }
}

let failed;
const reporter = {
  onTestCaseResult(test) {
    if (test.result().state === 'failed') failed ??= test.fullName;
  },
};

const vitest = await createVitest(
  'test',
  {
    config: false,
    watch: false,
    include: ['test/**/*.test.ts'],
    setupFiles: ['scripts/mutate/setup.mjs'],
    environment: 'node',
    // What is endless is noticed by its loops, and by mutate.mjs.
    testTimeout: 600_000,
    // Workers run the sources as they are on disk: comparing with them notices everything, and says nothing.
    testNamePattern: /^(?!.*any number of workers)/,
    pool: process.env.MUTATE_POOL,
    maxWorkers: 1,
    isolate: false,
    bail: 1,
    reporters: [reporter],
    sequence: { sequencer: InOrder },
  },
  { plugins: [planting, workerSource()], logLevel: 'silent' },
);
const specifications = new Map();
for (const found of await vitest.globTestSpecifications())
  specifications.set(found.moduleId, found);

process.on('message', async ({ sources: texts, tests, limit }) => {
  const before = process.cpuUsage();
  const watch = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    if (user + system > limit * 1e6) process.exit(1);
  }, 500);
  for (const path of sources.keys()) vitest.invalidateFile(path);
  sources.clear();
  for (const [path, text] of Object.entries(texts)) {
    sources.set(path, text);
    vitest.invalidateFile(path);
  }
  failed = undefined;
  const { testModules } = await vitest.runTestSpecifications(
    tests.map((path) => specifications.get(path)),
  );
  const seconds = {};
  for (const file of testModules) {
    if (file.state() === 'failed') failed ??= `${file.moduleId} does not load`;
    seconds[file.moduleId] = file.diagnostic().duration / 1000;
  }
  clearInterval(watch);
  process.send({ failed, seconds });
});
process.on('disconnect', () => process.exit());
process.send({ tests: [...specifications.keys()] });

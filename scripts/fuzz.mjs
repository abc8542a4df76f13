// Tries spoilt files by the million: `npm run fuzz -- COUNT FIRST` (1,000,000 and 0 when left out) gives each test of
// test/node/fuzz as many inputs, counted from FIRST on. Input k is the same in every run. A
// million each take about half an hour on two idle cores: 0.2 ms a model's file, 0.1 ms a text.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const [count = '1000000', first = '0'] = process.argv.slice(2);
const vitest = join('node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'node', '--testTimeout=0', 'test/node/fuzz'],
  { stdio: 'inherit', env: { ...process.env, FUZZ_RUNS: count, FUZZ_FIRST: first } },
);
process.exitCode = status ?? 1;

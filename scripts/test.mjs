// Runs the suite in Node and, where there is one, in a browser: Chromium, or the one that TEST_BROWSER says. Arguments go to
// vitest.
// The last line counts the tests of both: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, testBrowser } from './find-browser.mjs';

if (findBrowser() === undefined)
  console.log(`No ${testBrowser} found: running the Node part only.`);

const folder = mkdtempSync(join(tmpdir(), 'hopfield-test-'));
const report = join(folder, 'report.json');
const vitest = join('node_modules', 'vitest', 'vitest.mjs');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', ...reporters, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);

const { passed, failed } = count(report);
rmSync(folder, { recursive: true });
// A run that failed outside a test (no test at all, a crash, an unhandled error) is one failure.
const failures = failed > 0 || (status === 0 && passed > 0) ? failed : 1;
console.log(`${passed} passed, ${failures} failed`);
process.exitCode = failures > 0 ? 1 : 0;

/** Tests that passed and failed; a file that failed without a failed test counts as one. */
function count(file) {
  let results;
  try {
    results = JSON.parse(readFileSync(file, 'utf8')).testResults;
  } catch {
    return { passed: 0, failed: 0 };
  }
  let passed = 0;
  let failed = 0;
  for (const { status, assertionResults } of results) {
    const failures = assertionResults.filter((test) => test.status === 'failed').length;
    passed += assertionResults.filter((test) => test.status === 'passed').length;
    failed += status === 'failed' ? Math.max(1, failures) : failures;
  }
  return { passed, failed };
}

/** What the package costs before it does anything: bytes to ship, and time to the first recall. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const FIRST_RECALL = fileURLToPath(new URL('../first-recall.mjs', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SIZE_LIMIT = fileURLToPath(new URL('../../node_modules/size-limit/bin.js', import.meta.url));
const PROCESSES = 10;

/** @param {import('../report.mjs').Report} report */
export async function startUp(report) {
  const node = (...args) => execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  for (const { name, size, sizeLimit } of JSON.parse(node(SIZE_LIMIT, '--json'))) {
    report.figure({
      figure: `${name}, minified and gzipped, with its kernels`,
      measured: `${(size / 1000).toFixed(1)} kB`,
      target: `${sizeLimit / 1000} kB`,
      reached: size <= sizeLimit,
    });
  }
  const times = Array.from({ length: PROCESSES }, () => Number(node(FIRST_RECALL)));
  times.sort((a, b) => a - b);
  const median = times[PROCESSES / 2];
  report.figure({
    figure: `import to first recall, fastest of ${PROCESSES} processes`,
    measured: `${times[0].toFixed(1)} ms (median ${median.toFixed(1)} ms)`,
    target: '20 ms',
    reached: times[0] <= 20,
  });
}

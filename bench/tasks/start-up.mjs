/** What the package costs before it does anything: bytes to ship, and time to the first recall. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FIRST_RECALL = join(ROOT, 'bench', 'first-recall.mjs');
const PROCESSES = 20;
/**
 * The same two before kernels came in groups, on one machine in one hour with what replaced them (10.7 and 6.8 ms; AMD
 * EPYC, Node 20, 2026-11-29).
 */
const BEFORE = { dist: 18.9, bundled: 11.8 };

/** @param {import('../report.mjs').Report} report */
export async function startUp(report) {
  const list = JSON.parse(readFileSync(join(ROOT, 'test', 'node', 'bundles.json'), 'utf8'));
  for (const { names, from, ceiling } of list) {
    const code = await bundle(
      `import { ${names} } from './dist/${from}.js'; console.log(${names});`,
    );
    const size = gzipSync(code, { level: 9 }).length / 1000;
    report.figure({
      figure: `a bundle of ${names}, minified and gzipped, with its kernels`,
      measured: `${size.toFixed(1)} kB`,
      target: `${ceiling} kB`,
      reached: size <= ceiling,
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'hopfield-start-'));
  const bundled = join(folder, 'bundled.mjs');
  await bundle(`export { HopfieldNetwork } from './dist/index.js';`, bundled);
  const entries = { dist: join(ROOT, 'dist', 'index.js'), bundled };
  const times = { dist: [], bundled: [] };
  // By turns, so that both meet the same disturbances.
  for (let k = 0; k < PROCESSES; k++) {
    for (const [name, entry] of Object.entries(entries)) {
      times[name].push(Number(execFileSync(process.execPath, [FIRST_RECALL, entry])));
    }
  }
  rmSync(folder, { recursive: true });
  for (const [name, list] of Object.entries(times)) {
    list.sort((a, b) => a - b);
    report.figure({
      figure: `import to first recall, ${name === 'dist' ? 'dist/index.js' : 'HopfieldNetwork bundled'}, fastest of ${PROCESSES} processes (${BEFORE[name]} ms before kernels came in groups)`,
      measured: `${list[0].toFixed(1)} ms (median ${list[PROCESSES / 2].toFixed(1)} ms)`,
      target: `${(BEFORE[name] / 2).toFixed(1)} ms`,
      reached: list[0] <= BEFORE[name] / 2,
    });
  }
}

async function bundle(contents, outfile) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: 'esm',
    outfile,
    write: outfile !== undefined,
  });
  return outputFiles?.[0].text;
}

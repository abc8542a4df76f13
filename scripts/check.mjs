// Everything that can be checked without running the library. The last line counts the checks.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'hopfield-check-'));
const tarball = () => join(folder, readdirSync(folder)[0]);

// In order: the kernels are compared before the build writes them again, the package after it.
const checks = [
  ['types', () => bin('tsc', '-p', 'tsconfig.json')],
  ['playground types', () => bin('tsc', '-p', 'playground/tsconfig.json')],
  ['assembly types', () => node('scripts/check-assembly.mjs')],
  ['lint', () => bin('oxlint', '--deny-warnings')],
  ['format', () => bin('oxfmt', '--check')],
  ['kernels up to date', () => node('scripts/check-kernels.mjs')],
  ['opcodes', () => node('scripts/check-opcodes.mjs')],
  ['build', () => npm('run', 'build')],
  ['pack', () => npm('pack', '--ignore-scripts', '--pack-destination', folder)],
  ['publint', () => bin('publint', '--strict', tarball())],
  ['entry types', () => bin('attw', tarball(), '--exclude-entrypoints', 'worker')],
];

let failed = 0;
for (const [name, check] of checks) {
  const { ok, output } = attempt(check);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
  if (!ok) console.log(output);
  if (!ok) failed++;
}
rmSync(folder, { recursive: true });
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function attempt(check) {
  try {
    const { status, stdout, stderr, error } = check();
    return { ok: status === 0, output: error?.message ?? `${stdout}${stderr}` };
  } catch (error) {
    return { ok: false, output: error.message };
  }
}

function run(command, args) {
  return spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' });
}

function bin(name, ...args) {
  return run(join('node_modules', '.bin', name), args);
}

function node(...args) {
  return run(process.execPath, args);
}

function npm(...args) {
  return run('npm', args);
}

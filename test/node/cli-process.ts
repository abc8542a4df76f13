/** Runs the built command in a process of its own, in a folder with files to work on. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, vi } from 'vitest';

export const DIST = resolve('dist');

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

export interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Four patterns of 8 × 8 neurons, orthogonal to each other: stripes and checks. */
export const PATTERNS = [
  (_row: number, column: number) => column % 2,
  (row: number) => row % 2,
  (row: number, column: number) => (row >> 1) + (column >> 1),
  (row: number) => row >> 2,
].map((bit) => Int8Array.from({ length: 64 }, (_, i) => (bit(i >> 3, i & 7) % 2 === 0 ? 1 : -1)));

export function gridText(patterns: readonly Int8Array[], columns = 8): string {
  const grids = patterns.map((pattern) => {
    const text = asText(pattern);
    const rows = Array.from({ length: text.length / columns }, (_, row) =>
      text.slice(row * columns, (row + 1) * columns),
    );
    return `\n${rows.join('\n')}\n`;
  });
  return `${patterns[0].length / columns} ${columns} ${patterns.length}\n${grids.join('')}`;
}

export function asText(state: Int8Array): string {
  return Array.from(state, (value) => (value > 0 ? '*' : '.')).join('');
}

export function differences(a: string, b: string): number {
  return Array.from(a).filter((character, i) => character !== b[i]).length;
}

/** A folder with `patterns.dat` in it that is gone after the tests. */
export function workplace(): { folder: string; hopfield: (...args: string[]) => Run } {
  const folder = mkdtempSync(join(tmpdir(), 'hopfield-cli-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'patterns.dat'), gridText(PATTERNS));
  return { folder, hopfield: (...args) => run(folder, args) };
}

export function run(folder: string, args: string[], env: NodeJS.ProcessEnv = {}): Run {
  return spawnSync(process.execPath, [join(DIST, 'cli.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    maxBuffer: 2 ** 28,
  });
}

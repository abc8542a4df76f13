/** Runs the command, in this process or in one of its own, in a folder with files to work on. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { hopfield } from '../../../src/cli/hopfield.ts';

export const DIST = resolve('dist');

export interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** What a run is to find around it. */
export interface Around {
  env?: Record<string, string>;
  /** A terminal of so many columns, as stdout and stderr; without it they are no terminals. */
  columns?: number;
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
export function workplace() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hopfield-cli-')));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'patterns.dat'), gridText(PATTERNS));
  return {
    folder,
    path: (name: string) => join(folder, name),
    hopfield: (...args: string[]): Promise<Run> => run(folder, args),
  };
}

/** A stream that keeps what is written to it. */
export function paper(columns?: number) {
  const sheet = {
    text: '',
    ...(columns !== undefined && { columns, rows: 50, isTTY: true }),
    write(text: string) {
      sheet.text += text;
      return true;
    },
  };
  return sheet;
}

/** The command in this process. */
export async function run(
  folder: string,
  args: readonly string[],
  { env = {}, columns }: Around = {},
): Promise<Run> {
  const [stdout, stderr] = [paper(columns), paper(columns)];
  const before = process.cwd();
  process.chdir(folder);
  try {
    const status = await hopfield(args, { stdout, stderr, env });
    return { status, stdout: stdout.text, stderr: stderr.text };
  } finally {
    process.chdir(before);
  }
}

/** The built command in a process of its own. */
export function spawned(
  folder: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  input: string | Uint8Array = '',
): Run {
  return spawnSync(process.execPath, [join(DIST, 'cli.js'), ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
  });
}

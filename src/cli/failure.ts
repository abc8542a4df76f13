/** How a command ends: with a result and its exit code, or with a failure that stands for one. */

import type { Stream } from './terminal.ts';
import { visible } from './visible.ts';

export type ExitCode = 0 | 1 | 2 | 3;

export const EXIT = {
  /** Every recall converged; a valid solution was found. */
  success: 0,
  /** Wrong use, a bad file, a failed load, save or training. */
  failed: 1,
  /** At least one recall did not converge; no valid solution was found. */
  unfinished: 2,
  /** `--pattern` names a pattern that is not there. */
  outOfRange: 3,
} as const satisfies Record<string, ExitCode>;

/** What a command leaves to be written and returned. */
export interface Result {
  /** For stdout. */
  output: string;
  /** For stderr, a line each. */
  warnings: string[];
  /** A report for stderr, where the output is for another program. */
  aside?: string;
  exitCode: ExitCode;
}

/** An error that the user can mend; its message is one line. */
export class Failure extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The message of anything that was thrown, on one line; a system error's without path and call. */
export function messageOf(thrown: unknown): string {
  const { code, syscall, message = String(thrown) } = thrown as Partial<NodeJS.ErrnoException>;
  const words = syscall
    ? message.replace(`${code}: `, '').replace(new RegExp(`, ${syscall}.*$`, 's'), '')
    : message;
  return words.replace(/\s+/g, ' ').trim();
}

/** What `action` returns; what it throws becomes a {@link Failure} that begins with `subject`. */
export function blame<T>(subject: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${subject}: ${messageOf(error)}`);
  }
}

/** One line on stderr. */
export function say(message: string, stderr: Stream): void {
  stderr.write(`hopfield: ${visible(message)}\n`);
}

/** Says what was thrown, and returns the exit code that it stands for. */
export function complain(error: unknown, stderr: Stream): ExitCode {
  say(messageOf(error), stderr);
  return error instanceof Failure ? error.exitCode : EXIT.failed;
}

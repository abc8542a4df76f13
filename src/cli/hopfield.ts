/** The command `hopfield` as a function. Whatever goes wrong is one line on stderr and an exit code. */

import { CommanderError } from 'commander';
import { complain, EXIT, Failure, say, type ExitCode, type Result } from './failure.ts';
import { COMMANDS, createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** @param args - what follows `hopfield` on the command line */
export async function hopfield(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { stdout, stderr } = terminal;
  let exitCode: ExitCode = EXIT.success;
  const done = (result: Result) => {
    exitCode = result.exitCode;
    for (const warning of result.warnings) say(`warning: ${warning}`, stderr);
    if (result.aside !== undefined) stderr.write(result.aside);
    stdout.write(result.output);
  };
  try {
    await createProgram(terminal, done).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return complain(error, stderr);
    return error.exitCode === 0 ? EXIT.success : complain(wrongUse(error), stderr);
  }
}

function wrongUse({ code, message }: CommanderError): Failure {
  if (code !== 'commander.help') return new Failure(message.replace(/^error: /, ''));
  return new Failure(`name a command: ${COMMANDS} (hopfield --help)`);
}

#!/usr/bin/env node
/** The command `hopfield`. Whatever goes wrong is one line on stderr and an exit code. */

import { CommanderError } from 'commander';
import { EXIT, Failure, messageOf, type ExitCode } from './failure.ts';
import { createProgram } from './program.ts';
import { endWithReader } from './standard-output.ts';

endWithReader();

try {
  const program = createProgram(({ output, warnings, exitCode }) => {
    process.exitCode = exitCode;
    for (const warning of warnings) process.stderr.write(`hopfield: warning: ${warning}\n`);
    process.stdout.write(output);
  });
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) usage(error);
  else fail(messageOf(error), error instanceof Failure ? error.exitCode : EXIT.failed);
}

function usage({ exitCode, code, message }: CommanderError): void {
  if (exitCode === 0) return;
  if (code === 'commander.help') fail('name a command: recall, solve or info (hopfield --help)');
  else fail(messageOf(message.replace(/^error: /, '')));
}

function fail(message: string, code: ExitCode = EXIT.failed): void {
  process.stderr.write(`hopfield: ${message}\n`);
  process.exitCode = code;
}

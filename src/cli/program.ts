/** The command line: its commands and their help. */

import { Command } from 'commander';
import { version } from '../../package.json';
import { EXPERIMENT_CODES, experimentCommand } from './experiment/command.ts';
import type { Result } from './failure.ts';
import { infoCommand } from './info/command.ts';
import { RECALL_CODES, recallCommand } from './recall/command.ts';
import { SOLVE_CODES, solveCommand } from './solve/command.ts';
import { columnsIn, type Terminal } from './terminal.ts';
import { either } from './words.ts';

const MAKERS = {
  recall: recallCommand,
  solve: solveCommand,
  experiment: experimentCommand,
  info: infoCommand,
};

/** Their names, for people. */
export const COMMANDS = either(Object.keys(MAKERS));

const NOTES = `
Examples:
  hopfield recall letters.dat --noise 20   flip 20 % of the neurons and recall
  hopfield recall --dataset mnist --rule projection --occlude top
  hopfield recall letters.dat --save letters.hop
  hopfield info letters.hop
  hopfield solve berlin52.tsp              a short tour, in 10 seconds
  hopfield solve --problem queens --size 12
  hopfield experiment capacity             how much a network holds, with error bars
  hopfield recall --help                   all options of recall
  hopfield solve --help                    all options of solve

Exit codes of recall:
${RECALL_CODES}

Exit codes of solve:
${SOLVE_CODES}

Exit codes of experiment:
${EXPERIMENT_CODES}`;

/** @param done - is given the result when a command has run */
export function createProgram(terminal: Terminal, done: (result: Result) => void): Command {
  const { stdout, env } = terminal;
  const program = new Command('hopfield')
    .description(
      'Hopfield networks: memories of patterns, searches for solutions, and experiments.',
    )
    .version(version)
    .addHelpText('after', NOTES)
    .configureHelp({ helpWidth: Math.min(columnsIn(stdout, env), 100) })
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: () => {} });
  for (const make of Object.values(MAKERS)) {
    const command = make(terminal, done).copyInheritedSettings(program);
    for (const part of command.commands) part.copyInheritedSettings(command);
    program.addCommand(command);
  }
  return program;
}

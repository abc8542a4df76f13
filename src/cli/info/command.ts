/** `hopfield info` on the command line. */

import { Command } from 'commander';
import type { MakeCommand } from '../command.ts';
import { runInfo } from './info.ts';

export const infoCommand: MakeCommand = (terminal, done) =>
  new Command('info')
    .summary('describe a saved network or machine, or a file of tensors')
    .description(
      'Describes a network that "hopfield recall --save" or network.save() wrote, or a Boltzmann machine, or says ' +
        'what tensors and texts ' +
        'a safetensors file holds.',
    )
    .argument('<file>', 'the file')
    .option('--json', 'one JSON document, nothing else')
    .action((path, options) => done(runInfo(path, options, terminal)));

/** `hopfield experiment` on the command line: a command for each experiment, and `merge`. */

import { Command, InvalidArgumentError, Option } from 'commander';
import { EXPERIMENTS, type ExperimentName, type Shard } from '../../experiments/index.ts';
import { addGroups, flag, type MakeCommand } from '../command.ts';
import { Failure, messageOf } from '../failure.ts';
import { BIG, between, integer, LARGEST_SEED, namesIn } from '../values.ts';
import { either } from '../words.ts';
import { mergeCommand } from './merge.ts';
import { checkExtension, EXTENSIONS } from './outputs.ts';
import { checkFigure } from './report.ts';
import { runExperimentCommand, type CommonFlags, type Ready } from './run.ts';

export const EXPERIMENT_CODES = `  0  measured
  1  wrong use, a bad file, records of another run
  2  interrupted, --error was not reached everywhere, or merged files lack trials`;

const NOTES = `
Every trial is one network with a seed of its own, made of --seed, its point and
its number. Intervals are between networks, 95 %.

--output may be given several times: a figure (.svg), estimates (.json), raw
trials (.csv, .npy), or records (.jsonl). Records are written trial by trial;
the same command with the same file goes on where it stopped. Lists are
500,1000 or, from, to and step, 0.05:0.15:0.01.

Examples:
  hopfield experiment capacity
  hopfield experiment capacity --memory hebbian,storkey --output capacity.svg
  hopfield experiment noise --neurons 1000 --error 0.01 --output noise.jsonl
  hopfield experiment damage --shard 3/16 --seed 7 --output damage-3.jsonl
  hopfield experiment merge damage-*.jsonl --output damage.svg

Exit codes:
${EXPERIMENT_CODES}`;

function option(flags: string, description: string, parse?: (text: string) => unknown): Option {
  const option = new Option(flags, description);
  return parse ? option.argParser(parse) : option;
}

function readShard(text: string): Shard {
  const [, index, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (!(index >= 1 && index <= of)) {
    throw new InvalidArgumentError('Expected one of several, such as 3/16.');
  }
  return { index, of };
}

const outputs = () => [
  option('--figure <name>', 'which figure to draw (default: the first)'),
  option('--output <file>', `write ${EXTENSIONS}; may be repeated`).argParser(
    (path: string, before: string[] = []) => [...before, checkExtension(path)],
  ),
  option('--json', 'one JSON document with all estimates, nothing else'),
];

const extent = (usual: number) => [
  option('--trials <n>', `networks a point (default: ${usual})`, integer(1, BIG)),
  option('--error <x>', 'more networks until half the interval is that small', between(1e-9, 1e9)),
  option(
    '--most-trials <n>',
    'networks a point at most, with --error (default: 50 × trials)',
    integer(1, BIG),
  ),
  option('--seed <n>', 'repeats a run (default: a fresh one, printed)', integer(0, LARGEST_SEED)),
  option('--shard <k/n>', 'only every n-th trial, from the k-th: to be merged', readShard),
];

/** As much of an experiment as a command needs. */
interface Any {
  (options: object): Ready;
  readonly kind: {
    readonly name: string;
    readonly question: string;
    readonly usualTrials: number;
    readonly figures: object;
    readonly settings: Readonly<
      Record<
        string,
        {
          description: string;
          placeholder: string;
          initial: unknown;
          read(value: unknown, name: string): unknown;
          parse(text: string): unknown;
        }
      >
    >;
  };
}

function settingOptions({ settings }: Any['kind']): Option[] {
  return Object.entries(settings).map(
    ([key, { description, placeholder, initial, read, parse }]) => {
      const usual = Array.isArray(initial) ? initial.join() : String(initial);
      return option(
        `${flag(key)} <${placeholder}>`,
        `${description} (default: ${usual})`,
        (text) => {
          try {
            return read(parse(text), key);
          } catch (error) {
            throw new InvalidArgumentError(messageOf(error));
          }
        },
      );
    },
  );
}

function oneCommand(name: ExperimentName, ...[terminal, done]: Parameters<MakeCommand>): Command {
  const experiment = EXPERIMENTS[name] as unknown as Any;
  const { kind } = experiment;
  const command = new Command(name)
    .summary(kind.question)
    .description(`Measures ${kind.question}.\n\nFigures: ${Object.keys(kind.figures).join(', ')}.`);
  addGroups(command, {
    'Experiment:': settingOptions(kind),
    'Trials:': extent(kind.usualTrials),
    'Output:': outputs(),
  });
  return command.action(async (flags: CommonFlags & { seed?: number }) => {
    const { shard, figure, output, json, ...options } = flags;
    checkFigure(kind.figures, figure);
    const make = (seed?: number) => experiment({ ...options, seed: options.seed ?? seed });
    done(await runExperimentCommand(make, { shard, figure, output, json }, terminal));
  });
}

export const experimentCommand: MakeCommand = (terminal, done) => {
  const names = namesIn(EXPERIMENTS);
  const command = new Command('experiment')
    .summary('measure what memories hold, with error bars')
    .description('Measures what associative memories do, draws it beside what theory says.')
    .argument('[name]', 'which experiment')
    .addHelpText('after', NOTES)
    .action((name?: string) => {
      const known = either([...names, 'merge']);
      throw new Failure(
        name === undefined
          ? `name an experiment: ${known}`
          : `experiment ${name}: expected ${known}`,
      );
    });
  for (const name of names) command.addCommand(oneCommand(name, terminal, done));
  const merge = new Command('merge')
    .summary('join files of records, check and draw them')
    .description('Joins records of one run that was done in parts, checks and draws them.')
    .argument('<files...>', 'files of records (.jsonl)');
  addGroups(merge, { 'Output:': outputs() });
  merge.action((files: string[], flags: CommonFlags) => done(mergeCommand(files, flags, terminal)));
  return command.addCommand(merge);
};

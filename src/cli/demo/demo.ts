/** The demo: ten real handwritten digits are stored, damaged, and recalled with three learning rules. */

import { HopfieldNetwork, Random } from '../../index.ts';
import { covered, coveredNeurons, withNoise } from '../disturb.ts';
import { columnsOf } from '../library.ts';
import { readMnist } from '../mnist.ts';
import { progressBars, type Progress } from '../progress.ts';
import { hammingDistance, overlapOf } from '../score.ts';
import { coloursFor, type Colours, type Terminal } from '../terminal.ts';
import { showRecalls, type TrainedMemory } from './scene.ts';
import { timings } from './speed.ts';
import { barChart, overlapTable, strip } from './view.ts';

const SEED = 1;
const EPOCHS = 10;
const NOISE = 30;

/** Each way to write a recall is timed for at least so many milliseconds. */
const PATIENCE = 700;

/** @throws Failure when the digits are not there */
export async function demo(terminal: Terminal, { patience = PATIENCE } = {}): Promise<void> {
  const colours = coloursFor(terminal.stdout, terminal.env);
  const { bold, dim } = colours;
  const say = (...lines: string[]) => terminal.stdout.write(`${lines.join('\n')}\n`);
  const digits = readMnist([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 10);
  const { patterns } = digits;
  const neurons = patterns[0].length;

  const columns = columnsOf(digits.shape);
  const mask = coveredNeurons(neurons, columns, { side: 'top', percent: 50 });
  const damages = [
    {
      title: `${NOISE} % noise`,
      caption: `${NOISE} % of the neurons flipped.`,
      shown: 3,
      cues: patterns.map((digit, k) => withNoise(digit, NOISE, new Random(SEED, 1000 + k))),
    },
    {
      title: 'top covered',
      caption: 'The upper half covered.',
      shown: 0,
      cues: patterns.map((digit) => covered(digit, mask)),
    },
  ];

  say(
    '',
    `${bold('A memory.')} ${neurons} neurons, one a pixel, each coupled to all others. Ten real`,
    'handwritten digits (the first of each kind in MNIST) are stored in the',
    'couplings, all on top of one another:',
    '',
    ...strip(digits),
    '',
    'Show it a damaged one. Neuron after neuron sides with the weighted vote of all',
    'others, until none changes: the state has rolled into a valley of its energy.',
    `Three ways to dig the valleys: ${bold('Hebb')} adds the digits up, ${bold('projection')} takes`,
    `out what they share, ${bold('daydreaming')} corrects Hebb in dreams.`,
  );
  const memories = await learn(patterns, progressBars(terminal));
  for (const { caption, shown, cues } of damages) {
    say('', bold(`${caption} Which digit is it?`), '');
    await showRecalls(cues[shown], patterns[shown], memories, { columns, seed: SEED, terminal });
  }
  say(
    'Hebb has one answer to both, the ghost of all ten digits: they are too much',
    'alike for it.',
    '',
    `${bold('All ten:')} overlap with the digit that was damaged (1.00 is every pixel right).`,
    '',
    `  ${' '.repeat(14)}${patterns.map((_, digit) => dim(`${digit}`.padStart(6))).join('')}`,
  );
  for (const { title, cues } of damages)
    say(dim(title), ...overlapTable(rows(memories, patterns, cues), colours));
  say(
    '',
    `${bold('Speed:')} one recall (Hebb, ${NOISE} % noise); all three reach the same states.`,
    '',
  );
  say(
    ...speed(patterns, damages[0].cues, patience, colours),
    '',
    `Seed ${SEED}. Your turn:`,
    '',
    '  node dist/cli.js recall --dataset mnist --rule projection --noise 40',
    '',
  );
}

async function learn(patterns: Int8Array[], progress: Progress): Promise<TrainedMemory[]> {
  const neurons = patterns[0].length;
  const hebb = new HopfieldNetwork(neurons).store(patterns);
  const projection = new HopfieldNetwork(neurons, { rule: 'projection' }).store(patterns);
  const dreamer = new HopfieldNetwork(neurons).store(patterns);
  const onProgress = progress('daydreaming', 'epochs');
  await dreamer.daydream({ epochs: EPOCHS, seed: SEED, onProgress });
  return [
    { title: 'Hebb', network: hebb },
    { title: 'projection', network: projection },
    { title: 'daydreaming', network: dreamer },
  ];
}

/** Overlaps of the cues and of what each memory makes of them with the digits, in that order. */
function rows(
  memories: readonly TrainedMemory[],
  patterns: Int8Array[],
  cues: Int8Array[],
): { title: string; overlaps: number[] }[] {
  const overlaps = (states: Int8Array[]) =>
    states.map((state, k) => overlapOf(hammingDistance(state, patterns[k]), state.length));
  return [
    { title: 'cue', overlaps: overlaps(cues) },
    ...memories.map(({ title, network }) => ({
      title,
      overlaps: overlaps(cues.map((cue) => network.recall(cue, { seed: SEED }).state)),
    })),
  ];
}

function speed(
  patterns: Int8Array[],
  cues: Int8Array[],
  patience: number,
  colours: Colours,
): string[] {
  const times = timings(patterns, cues, patience);
  const slowest = times[0].microseconds;
  return barChart(
    times.map(({ title, microseconds }) => {
      const times = slowest / microseconds;
      const text = `${microseconds.toFixed(microseconds < 100 ? 1 : 0)} µs`;
      return {
        title,
        value: microseconds,
        text: times === 1 ? text : `${text}, ${times.toFixed(0)} × faster`,
      };
    }),
    colours,
  );
}

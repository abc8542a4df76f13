/** The demo: ten real handwritten digits are stored, damaged, and recalled with three learning rules. */

import { HopfieldNetwork, Random } from '../index.ts';
import { coloursFor } from './colours.ts';
import { showRecalls, type Memory } from './demo-scene.ts';
import { timings } from './demo-speed.ts';
import { bars, overlapTable, strip } from './demo-view.ts';
import { covered, coveredNeurons, flipped } from './disturb.ts';
import { columnsOf } from './library.ts';
import { readMnist } from './mnist.ts';
import { bars as progressBars } from './progress.ts';
import { distance, overlapOf } from './score.ts';
import { endWithReader } from './standard-output.ts';

const SEED = 1;
const EPOCHS = 10;
const NOISE = 30;

endWithReader();

const colours = coloursFor(process.stdout);
const { bold, dim } = colours;
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
    cues: patterns.map((digit, k) => flipped(digit, NOISE, new Random(SEED, 1000 + k))),
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
const memories = await learn();
for (const { caption, shown, cues } of damages) {
  say('', bold(`${caption} Which digit is it?`), '');
  await showRecalls(cues[shown], patterns[shown], memories, { colours, columns, seed: SEED });
}
say(
  'Hebb has one answer to both, the ghost of all ten digits: they are too much',
  'alike for it.',
  '',
  `${bold('All ten:')} overlap with the digit that was damaged (1.00 is every pixel right).`,
  '',
  `  ${' '.repeat(14)}${patterns.map((_, digit) => dim(`${digit}`.padStart(6))).join('')}`,
);
for (const { title, cues } of damages) say(dim(title), ...overlapTable(rows(cues), colours));
say(
  '',
  `${bold('Speed:')} one recall (Hebb, ${NOISE} % noise); all three reach the same states.`,
  '',
);
say(
  ...speed(),
  '',
  `Seed ${SEED}. Your turn:`,
  '',
  '  node dist/cli.js recall --dataset mnist --rule projection --noise 40',
  '',
);

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function learn(): Promise<Memory[]> {
  const hebb = new HopfieldNetwork(neurons).store(patterns);
  const projection = new HopfieldNetwork(neurons, { rule: 'projection' }).store(patterns);
  const dreamer = new HopfieldNetwork(neurons).store(patterns);
  const onProgress = progressBars('daydreaming', 'epochs');
  await dreamer.daydream({ epochs: EPOCHS, seed: SEED, onProgress });
  return [
    { title: 'Hebb', network: hebb },
    { title: 'projection', network: projection },
    { title: 'daydreaming', network: dreamer },
  ];
}

/** Overlaps of the cues and of what each memory makes of them with the digits, in that order. */
function rows(cues: Int8Array[]): { title: string; overlaps: number[] }[] {
  const overlaps = (states: Int8Array[]) =>
    states.map((state, k) => overlapOf(distance(state, patterns[k]), neurons));
  return [
    { title: 'cue', overlaps: overlaps(cues) },
    ...memories.map(({ title, network }) => ({
      title,
      overlaps: overlaps(cues.map((cue) => network.recall(cue, { seed: SEED }).state)),
    })),
  ];
}

function speed(): string[] {
  const times = timings(patterns, damages[0].cues);
  const slowest = times[0].microseconds;
  return bars(
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

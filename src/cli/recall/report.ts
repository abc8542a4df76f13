/** The outcome for people: what was stored, pictures with their numbers, and how it went. */

import { HopfieldNetwork } from '../../index.ts';
import { percentOf } from '../disturb.ts';
import { columnsOf } from '../library.ts';
import { picture } from '../picture.ts';
import type { Colours, Page } from '../terminal.ts';
import { visible } from '../visible.ts';
import { count } from '../words.ts';
import { describeNetwork } from './models.ts';
import type { RecallOutcome } from './outcome.ts';
import { sideBySide, type Panel } from './panels.ts';
import { isExact, statistics } from './statistics.ts';
import type { Trial } from './trial.ts';
import { verdict } from './verdict.ts';

/** Trials that are shown with pictures when nobody chose which. */
export const SHOWN = 8;

export interface RecallPage extends Page {
  verbose: boolean;
  /** Whether somebody chose the cues, so that all of them are to be shown. */
  all: boolean;
}

export function recallReport(outcome: RecallOutcome, page: RecallPage): string {
  const { trials, repeat } = outcome;
  const first = trials.filter(({ run }) => run === 1);
  const shown = page.all ? first : first.slice(0, SHOWN);
  const lines = [
    ...heading(outcome, page),
    ...shown.flatMap((trial) => ['', ...trialLines(trial, outcome, page)]),
    '',
    ...legend(shown.some(wrongIn(page.colours)), page.colours),
  ];
  if (first.length > shown.length) lines.push(leftOut(shown.length, first.length));
  if (repeat > 1 || first.length > shown.length) lines.push('', ...table(trials), '');
  lines.push(recallSummary(outcome, page.colours));
  return `${lines.join('\n')}\n`;
}

export function leftOut(shown: number, all: number): string {
  return `Pictures of the first ${shown} of ${count(all, 'recall')}; --pattern shows others.`;
}

/** The one line that is left with `--quiet`. */
export function recallSummary({ trials, seed, repeat }: RecallOutcome, colours: Colours): string {
  return summaryLine(trials.map(isExact), trials, { seed, repeat }, colours);
}

/** How many came back exactly, how many converged, and the seed. */
export function summaryLine(
  exact: readonly boolean[],
  trials: readonly { converged: boolean }[],
  { seed, repeat }: { seed: number; repeat: number },
  colours: Colours,
): string {
  const back = exact.filter(Boolean).length;
  const converged = trials.filter((trial) => trial.converged).length;
  const paint = converged < trials.length ? colours.red : colours.bold;
  const seeds = repeat === 1 ? `seed ${seed}` : `${count(repeat, 'run')} from seed ${seed}`;
  return paint(
    `${back} of ${trials.length} recalled exactly, ${converged} of ${trials.length} converged; ${seeds}`,
  );
}

function heading(outcome: RecallOutcome, { colours }: Page): string[] {
  const { network } = outcome;
  const capacity = network instanceof HopfieldNetwork ? network.capacity : undefined;
  const known =
    capacity === undefined
      ? ''
      : `, which holds about ${count(Math.floor(capacity), 'random one')}`;
  return [
    `${storedLine(outcome, network, colours)}, ${describeNetwork(network)}${known}`,
    `${cueLine(outcome, network.neurons)}; ${update(outcome)}`,
  ];
}

/** What is stored, and in how many neurons. */
export function storedLine(
  { stored, shape }: Pick<RecallOutcome, 'stored' | 'shape'>,
  { patternCount, neurons }: { patternCount: number; neurons: number },
  colours: Colours,
): string {
  const size = shape.length === 2 ? `${shape.join(' × ')} = ` : '';
  return `${colours.bold(visible(stored.source))}: ${count(patternCount, 'pattern')} in ${size}${count(neurons, 'neuron')}`;
}

/** Where the cues are from, and what was done to them. */
export function cueLine(
  { cues, noise, cover, clamp }: Pick<RecallOutcome, 'cues' | 'noise' | 'cover' | 'clamp'>,
  neurons: number,
): string {
  if (cues.ready) return `Cues: ready-made, from ${visible(cues.source)}`;
  const done: string[] = [];
  if (cover) {
    const rest = clamp ? ', the rest held fixed' : '';
    done.push(`${cover.percent} % covered at the ${cover.side} (as −1${rest})`);
  }
  if (noise > 0) done.push(`${count(percentOf(neurons, noise), 'neuron')} flipped (${noise} %)`);
  return `Cues: ${done.join(', ') || 'the patterns as they are'}`;
}

function update({ update, heat }: RecallOutcome): string {
  if (!heat) return `${update} recall`;
  const { from, to } = heat;
  return `${update} recall at temperature ${from === to ? from : `${from} falling to ${to}`}`;
}

function trialLines(
  trial: Trial,
  outcome: RecallOutcome,
  { colours, width, verbose }: RecallPage,
): string[] {
  const { task, before, after, energies, sweeps, flips, converged } = trial;
  const { bold, green, yellow, red, dim } = colours;
  const paint = !converged ? red : isExact(trial) ? green : yellow;
  const numbers = [
    ...(before && after
      ? [
          `overlap ${before.overlap.toFixed(2)} → ${after.overlap.toFixed(2)}`,
          `wrong ${before.distance} → ${after.distance}`,
        ]
      : []),
    `energy ${energies[0].toFixed(1)} → ${energies.at(-1)!.toFixed(1)}`,
    `${count(sweeps, 'sweep')}, ${count(flips, 'flip')}`,
  ];
  return [
    `${bold(visible(task.name))}  ${paint(visible(verdict(trial, outcome.stored)))}`,
    dim(numbers.join('   ')),
    ...(verbose ? energyLines(energies, width).map(dim) : []),
    ...pictures(trial, outcome, { colours, width }),
  ];
}

/** The energy of the cue and after each sweep, in as many lines as it takes. */
function energyLines(energies: readonly number[], width: number): string[] {
  const lines = ['energy by sweep'];
  energies.forEach((energy, sweep) => {
    const item = `${sweep === 0 ? '' : ' →'} ${energy.toFixed(2)}`;
    if (lines.at(-1)!.length + item.length > width) lines.push(' ');
    lines[lines.length - 1] += item;
  });
  return lines;
}

function pictures(
  { cue, state, target, after, task }: Trial,
  { shape }: RecallOutcome,
  { colours, width }: Page,
): string[] {
  const columns = columnsOf(shape);
  if (columns + 2 > width) return [tooWide(columns, width)];
  const frame = { columns, colours };
  const marked = colours.isColorSupported ? target : undefined;
  const panels: Panel[] = [
    { title: 'cue', lines: picture(cue, frame, marked), width: columns, sign: '' },
    { title: 'result', lines: picture(state, frame, target), width: columns, sign: '→' },
  ];
  if (target) {
    panels.push({
      title: task.original ? 'stored' : 'nearest',
      lines: picture(target, frame),
      width: columns,
      sign: after!.distance === 0 ? '=' : '≠',
    });
  }
  return sideBySide(panels, colours, width);
}

export function tooWide(columns: number, width: number): string {
  return `(pictures of ${columns} columns do not fit in ${width})`;
}

/** Whether a picture of a trial has marks: cues have none without colours. */
function wrongIn({ isColorSupported }: Colours): (trial: Trial) => boolean {
  return ({ before, after }) =>
    Boolean(after?.distance) || (isColorSupported && Boolean(before?.distance));
}

/** What the marks mean, if there are any. */
export function legend(marked: boolean, { isColorSupported, red, blue }: Colours): string[] {
  if (!marked) return [];
  return isColorSupported
    ? [`${red('█')} on, should be off   ${blue('█')} off, should be on`]
    : ['In results: + on, should be off   - off, should be on   ± one of each'];
}

function table(trials: Trial[]): string[] {
  const rows = statistics(trials).map(({ name, runs, exact, converged, overlap, sweeps }) => [
    visible(name),
    `${exact} of ${runs}`,
    `${converged} of ${runs}`,
    overlap ? overlap.mean.toFixed(3) : '-',
    overlap ? `${overlap.least.toFixed(2)} … ${overlap.most.toFixed(2)}` : '-',
    sweeps.toFixed(1),
  ]);
  const cells = [['', 'exact', 'converged', 'overlap', 'from … to', 'sweeps'], ...rows];
  return aligned(cells);
}

/** Rows of cells in columns, the first to the left and the others to the right. */
export function aligned(cells: readonly (readonly string[])[]): string[] {
  const widths = cells[0].map((_, c) => Math.max(...cells.map((row) => row[c].length)));
  return cells.map((row) =>
    row.map((text, c) => (c === 0 ? text.padEnd(widths[c]) : text.padStart(widths[c]))).join('   '),
  );
}

/** The outcome for people: what was stored, pictures with their numbers, and how it went. */

import type { Colours } from './colours.ts';
import { portion } from './disturb.ts';
import { columnsOf } from './library.ts';
import type { Outcome } from './outcome.ts';
import { sideBySide, type Panel } from './panels.ts';
import { picture } from './picture.ts';
import { isExact, statistics } from './statistics.ts';
import type { Trial } from './trial.ts';
import { verdict } from './verdict.ts';

/** Trials that are shown with pictures when nobody chose which. */
const SHOWN = 8;

export interface Page {
  colours: Colours;
  width: number;
  verbose: boolean;
  /** Whether somebody chose the cues, so that all of them are to be shown. */
  all: boolean;
}

export function textReport(outcome: Outcome, page: Page): string {
  const { trials, repeat } = outcome;
  const first = trials.filter(({ run }) => run === 1);
  const shown = page.all ? first : first.slice(0, SHOWN);
  const lines = [
    ...heading(outcome, page),
    ...shown.flatMap((trial) => ['', ...trialLines(trial, outcome, page)]),
    '',
    ...legend(shown, page.colours),
  ];
  if (first.length > shown.length) {
    lines.push(
      `Pictures of the first ${shown.length} of ${first.length} recalls; --pattern shows others.`,
    );
  }
  if (repeat > 1 || first.length > shown.length) lines.push('', ...table(trials), '');
  lines.push(summary(outcome, page.colours));
  return `${lines.join('\n')}\n`;
}

/** The one line that is left with `--quiet`. */
export function summary({ trials, seed, repeat }: Outcome, colours: Colours): string {
  const exact = trials.filter(isExact).length;
  const converged = trials.filter((trial) => trial.converged).length;
  const paint = converged < trials.length ? colours.red : colours.bold;
  const seeds = repeat === 1 ? `seed ${seed}` : `${repeat} runs from seed ${seed}`;
  return paint(
    `${exact} of ${trials.length} recalled exactly, ${converged} of ${trials.length} converged; ${seeds}`,
  );
}

function heading(outcome: Outcome, { colours }: Page): string[] {
  const { network, shape, stored } = outcome;
  const { capacity, patternCount: count, neurons } = network;
  const size = shape.length === 2 ? `${shape.join(' × ')} = ${neurons}` : String(neurons);
  const known =
    capacity === undefined ? '' : `, which holds about ${Math.floor(capacity)} random ones`;
  return [
    `${colours.bold(stored.source)}: ${plural(count, 'pattern')} in ${plural(neurons, 'neuron').replace(/^\d+/, size)}, ${network.rule.name} rule${known}`,
    `${cues(outcome)}; ${update(outcome)}`,
  ];
}

function cues({ cues, noise, cover, clamp, network }: Outcome): string {
  if (cues.ready) return `Cues: ready-made, from ${cues.source}`;
  const done: string[] = [];
  if (cover) {
    const rest = clamp ? ', the rest held fixed' : '';
    done.push(`${cover.percent} % covered at the ${cover.side} (as −1${rest})`);
  }
  if (noise > 0) done.push(`${portion(network.neurons, noise)} neurons flipped (${noise} %)`);
  return `Cues: ${done.join(', ') || 'the patterns as they are'}`;
}

function update({ update, heat }: Outcome): string {
  if (!heat) return `${update} recall`;
  const { from, to } = heat;
  return `${update} recall at temperature ${from === to ? from : `${from} falling to ${to}`}`;
}

function trialLines(trial: Trial, outcome: Outcome, { colours, width, verbose }: Page): string[] {
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
    `${plural(sweeps, 'sweep')}, ${plural(flips, 'flip')}`,
  ];
  return [
    `${bold(task.name)}  ${paint(verdict(trial, outcome.stored))}`,
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
  { shape }: Outcome,
  { colours, width }: Pick<Page, 'colours' | 'width'>,
): string[] {
  const columns = columnsOf(shape);
  if (columns + 2 > width) return [`(pictures of ${columns} columns do not fit in ${width})`];
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

/** What the marks mean, if there are any. */
function legend(shown: Trial[], { isColorSupported, red, blue }: Colours): string[] {
  const wrong = shown.some(({ before, after }) =>
    isColorSupported ? before?.distance || after?.distance : after?.distance,
  );
  if (!wrong) return [];
  return isColorSupported
    ? [`${red('█')} on, should be off   ${blue('█')} off, should be on`]
    : ['In results: + on, should be off   - off, should be on   ± one of each'];
}

function table(trials: Trial[]): string[] {
  const rows = statistics(trials).map(({ name, runs, exact, converged, overlap, sweeps }) => [
    name,
    `${exact} of ${runs}`,
    `${converged} of ${runs}`,
    overlap ? overlap.mean.toFixed(3) : '-',
    overlap ? `${overlap.least.toFixed(2)} … ${overlap.most.toFixed(2)}` : '-',
    sweeps.toFixed(1),
  ]);
  const cells = [['', 'exact', 'converged', 'overlap', 'from … to', 'sweeps'], ...rows];
  const widths = cells[0].map((_, c) => Math.max(...cells.map((row) => row[c].length)));
  return cells.map((row) =>
    row.map((text, c) => (c === 0 ? text.padEnd(widths[c]) : text.padStart(widths[c]))).join('   '),
  );
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

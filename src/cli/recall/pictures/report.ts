/** The outcome for people: what was stored, pictures with their numbers, and how it went. */

import { percentOf } from '../../disturb.ts';
import type { Colours, Depth, Page } from '../../terminal.ts';
import { toneColumns, tones } from '../../tones.ts';
import { visible } from '../../visible.ts';
import { amount, count, wrap } from '../../words.ts';
import { MODELS } from '../models.ts';
import { sideBySide, type Panel } from '../panels.ts';
import { aligned, leftOut, SHOWN, summaryLine } from '../report.ts';
import { sizeOf } from './gallery.ts';
import type { PictureOutcome } from './outcome.ts';
import { alike, type PictureTrial } from './trial.ts';

export interface PicturePage extends Page {
  depth: Depth;
  /** Whether somebody chose the cues, so that all of them are to be shown. */
  all: boolean;
}

/** Columns of pictures, at least, however narrow the terminal. */
const NARROWEST = 8;

export function pictureReport(outcome: PictureOutcome, page: PicturePage): string {
  const { trials, repeat } = outcome;
  const first = trials.filter(({ run }) => run === 1);
  const shown = page.all ? first : first.slice(0, SHOWN);
  const lines = [
    ...heading(outcome, page),
    ...shown.flatMap((trial) => ['', ...trialLines(trial, outcome, page)]),
    '',
  ];
  if (first.length > shown.length) lines.push(leftOut(shown.length, first.length));
  if (first.length > shown.length) lines.push('');
  if (repeat > 1 || first.length > shown.length) lines.push(...table(trials), '');
  lines.push(pictureSummary(outcome, page.colours));
  return `${lines.join('\n')}\n`;
}

export function pictureSummary({ trials, ...seeds }: PictureOutcome, colours: Colours): string {
  return summaryLine(
    trials.map(({ exact }) => exact),
    trials,
    seeds,
    colours,
  );
}

function heading({ network, stored, ...outcome }: PictureOutcome, { colours }: Page): string[] {
  const { shape } = stored.patterns[0];
  const { similarity, separation, beta, nothing, dimension } = network;
  const separated =
    typeof separation === 'string' ? separation : Object.values(separation).join(' of ');
  const bar = nothing === undefined ? '' : `, nothing at ${amount(nothing, 6)}`;
  const toned = shape.length === 3 ? 'in colour' : 'in grey';
  return [
    `${colours.bold(visible(stored.source))}: ${count(network.patternCount, 'picture')} of ${sizeOf(shape)} ${toned} ` +
      `= ${count(dimension, 'value')}, ${MODELS.modern}, ${similarity}, ${separated}, β = ${amount(beta, 3)}${bar}`,
    cues(outcome, shape[0] * shape[1]),
  ];
}

function cues({ cues, cover, noise }: Omit<PictureOutcome, 'network' | 'stored'>, pixels: number) {
  if (cues.ready) return `Cues: ready-made, from ${visible(cues.source)}`;
  const done: string[] = [];
  if (cover) done.push(`${cover.percent} % covered at the ${cover.side} (black)`);
  if (noise > 0) done.push(`${count(percentOf(pixels, noise), 'pixel')} made random (${noise} %)`);
  return `Cues: ${done.join(', ') || 'the pictures as they are'}`;
}

function trialLines(trial: PictureTrial, outcome: PictureOutcome, page: PicturePage): string[] {
  const { task, before, after, converged, exact, match, nothing, steps } = trial;
  const { bold, green, yellow, red, dim } = page.colours;
  const paint = !converged ? red : exact ? green : yellow;
  const { names } = outcome.stored;
  const numbers = [
    ...(before !== undefined ? [`error ${before.toFixed(3)} → ${after!.toFixed(3)}`] : []),
    ...(match ? [`${names[match.index]} weighs ${match.weight.toFixed(3)}`] : []),
    ...(nothing !== undefined ? [`nothing weighs ${nothing.toFixed(3)}`] : []),
    count(steps, 'step'),
  ];
  return [
    `${bold(visible(task.name))}  ${paint(visible(verdict(trial, outcome)))}`,
    dim(visible(numbers.join('   '))),
    ...wrap(weights(trial, names), page.width, 2).map((line) => dim(visible(line))),
    ...pictures(trial, page),
  ];
}

/** The pictures that weigh most in the result, where they are known. */
function weights({ top = [], entropy }: PictureTrial, names: readonly string[]): string[] {
  if (top.length === 0) return [];
  const items = top.map(({ index, weight }) => `${names[index]} ${weight.toPrecision(3)},`);
  return ['weights', ...items, `entropy ${entropy.toPrecision(3)}`];
}

/** What became of a cue, in words. */
function verdict(trial: PictureTrial, { stored }: PictureOutcome): string {
  const { converged, exact, match, state, task, steps } = trial;
  if (!converged) return `still moving after ${count(steps, 'step')}`;
  if (!match) return 'is like nothing that is stored';
  const name = stored.names[match.index];
  if (exact) return task.original ? 'recalled exactly' : `is ${name}`;
  if (alike(state.data, stored.patterns[match.index].data)) return `became ${name}`;
  return `is an average of several; the nearest is ${name}`;
}

function pictures({ cue, state, target, task, exact }: PictureTrial, page: PicturePage): string[] {
  const { width, depth, colours } = page;
  // Three in a row, each in a frame, and a sign between each two.
  const columns = toneColumns(cue, Math.max(NARROWEST, Math.floor((width - 3 * 2 - 2 * 3) / 3)));
  const panel = (title: string, picture: typeof cue, sign: string): Panel => {
    return { title, lines: tones(picture, columns, depth), width: columns, sign };
  };
  const panels = [panel('cue', cue, ''), panel('result', state, '→')];
  if (target) panels.push(panel(task.original ? 'stored' : 'nearest', target, exact ? '=' : '≠'));
  return sideBySide(panels, colours, width);
}

function table(trials: readonly PictureTrial[]): string[] {
  const tasks = [...new Set(trials.map(({ task }) => task))];
  const rows = tasks.map((task) => {
    const runs = trials.filter((trial) => trial.task === task);
    const mean = (value: (trial: PictureTrial) => number) =>
      runs.reduce((sum, trial) => sum + value(trial), 0) / runs.length;
    return [
      visible(task.name),
      `${runs.filter(({ exact }) => exact).length} of ${runs.length}`,
      `${runs.filter(({ converged }) => converged).length} of ${runs.length}`,
      runs.every(({ after }) => after !== undefined) ? mean(({ after }) => after!).toFixed(3) : '-',
      mean(({ steps }) => steps).toFixed(1),
    ];
  });
  return aligned([['', 'exact', 'converged', 'error', 'steps'], ...rows]);
}

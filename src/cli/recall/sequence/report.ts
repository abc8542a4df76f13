/** The outcome for people: what was stored, what followed the cue, pictures of it, and how it went. */

import { columnsOf } from '../../library.ts';
import { picture } from '../../picture.ts';
import type { Colours, Page } from '../../terminal.ts';
import { visible } from '../../visible.ts';
import { count, wrap } from '../../words.ts';
import { MODELS, parametersText } from '../models.ts';
import { inRows, type Panel } from '../panels.ts';
import {
  aligned,
  cueLine,
  leftOut,
  legend,
  SHOWN,
  storedLine,
  tooWide,
  type RecallPage,
} from '../report.ts';
import type { SequenceOutcome } from './outcome.ts';
import { isWhole, rightSteps, type Replay, type Turn } from './replay.ts';

/** Steps that are shown with pictures, beside the last one, unless all are asked for. */
const FIRST = 4;

export function sequenceReport(outcome: SequenceOutcome, page: RecallPage): string {
  const { replays, repeat, steps } = outcome;
  const first = replays.filter(({ run }) => run === 1);
  const shown = page.all ? first : first.slice(0, SHOWN);
  const lines = [
    ...heading(outcome, page),
    ...shown.flatMap((replay) => ['', ...replayLines(replay, outcome, page)]),
    '',
    ...legend(
      shown.some((replay) => marked(replay, page)),
      page.colours,
    ),
  ];
  if (steps > FIRST + 1 && !page.verbose) {
    lines.push(
      `Pictures of the first ${FIRST} of ${count(steps, 'step')}, and of the last; --verbose shows all.`,
    );
  }
  if (first.length > shown.length) lines.push(leftOut(shown.length, first.length));
  if (repeat > 1 || first.length > shown.length) lines.push('', ...table(replays), '');
  lines.push(sequenceSummary(outcome, page.colours));
  return `${lines.join('\n')}\n`;
}

/** The one line that is left with `--quiet`. */
export function sequenceSummary(
  { replays, steps, seed, repeat }: SequenceOutcome,
  { bold }: Colours,
): string {
  const whole = replays.filter(isWhole).length;
  const right = replays.reduce((sum, replay) => sum + rightSteps(replay), 0);
  const seeds = repeat === 1 ? `seed ${seed}` : `${count(repeat, 'run')} from seed ${seed}`;
  return bold(
    `${whole} of ${replays.length} replayed exactly, ${right} of ${count(steps * replays.length, 'step')} right; ${seeds}`,
  );
}

function heading(outcome: SequenceOutcome, { colours }: Page): string[] {
  const { memory, steps } = outcome;
  const { separation, slowness, sequences, neurons } = memory;
  const slow = slowness && `, hold ${slowness.hold}, strength ${slowness.strength}`;
  const kind = `${sequences[0].cyclic ? 'cyclic ' : ''}${MODELS.sequence}`;
  return [
    `${storedLine(outcome, memory, colours)}, ${kind}, ${parametersText(separation)}${slow ?? ''}`,
    `${cueLine(outcome, neurons)}; ${count(steps, 'step')}`,
  ];
}

function replayLines(replay: Replay, outcome: SequenceOutcome, page: RecallPage): string[] {
  const { bold, green, yellow, dim } = page.colours;
  const { stored } = outcome;
  const { task, overlap, start, turns } = replay;
  const paint = isWhole(replay) ? green : yellow;
  const numbers = [
    `the cue overlaps by ${overlap.toFixed(2)} with ${stored.names[start]}`,
    `${rightSteps(replay)} of ${count(turns.length, 'step')} right`,
  ];
  return [
    `${bold(visible(task.name))}  ${paint(visible(verdict(replay, outcome)))}`,
    dim(visible(numbers.join('   '))),
    ...wrap(reading(turns, stored.names), page.width, 2).map((line) => dim(visible(line))),
    ...pictures(replay, outcome, page),
  ];
}

/** What became of a replay, in words. */
function verdict(replay: Replay, { stored, memory }: SequenceOutcome): string {
  const { turns, start } = replay;
  const lost = turns.find(({ wrong }) => wrong > 0);
  if (lost) {
    const { step, wrong, match } = lost;
    const due = stored.names[lost.due];
    if (match.index === lost.due && match.overlap > 0) {
      return `wrong at step ${step}: ${due} with ${count(wrong, 'wrong neuron')}`;
    }
    return `wrong at step ${step}: nearest to ${called(lost, stored.names)}, not ${due}`;
  }
  if (memory.patternCount > 1 && memory.slowness && turns.every(({ due }) => due === start))
    return `stays ${stored.names[start]}`;
  return 'replayed exactly';
}

/** The patterns that states are nearest to, in their order; a question mark where neurons are wrong. */
function reading(turns: readonly Turn[], names: readonly string[]): string[] {
  const runs: { name: string; times: number }[] = [];
  for (const turn of turns) {
    const name = called(turn, names) + (Math.abs(turn.match.overlap) < 1 ? '?' : '');
    const last = runs.at(-1);
    if (last?.name === name) last.times++;
    else runs.push({ name, times: 1 });
  }
  const items = runs.map(({ name, times }) => (times > 1 ? `${name} × ${times}` : name));
  return ['then', ...items.map((item, k) => (k < items.length - 1 ? `${item},` : item))];
}

function called({ match }: Turn, names: readonly string[]): string {
  return match.overlap < 0 ? `the reverse of ${names[match.index]}` : names[match.index];
}

/** The steps that are shown. */
function chosen(turns: readonly Turn[], verbose: boolean): Turn[] {
  return turns.filter((_, k) => verbose || k < FIRST || k === turns.length - 1);
}

/** Whether pictures have marks: cues have none without colours. */
function marked({ overlap, turns }: Replay, { verbose, colours }: RecallPage): boolean {
  const wrong = chosen(turns, verbose).some((turn) => turn.wrong > 0);
  return wrong || (colours.isColorSupported && overlap < 1);
}

function pictures(
  { cue, start, turns }: Replay,
  { shape, stored: { patterns } }: SequenceOutcome,
  { colours, width, verbose }: RecallPage,
): string[] {
  const columns = columnsOf(shape);
  if (columns + 2 > width) return [tooWide(columns, width)];
  const frame = { columns, colours };
  const original = colours.isColorSupported ? patterns[start] : undefined;
  const panels: Panel[] = [
    { title: 'cue', lines: picture(cue, frame, original), width: columns, sign: '' },
  ];
  let before = 0;
  for (const { step, state, due } of chosen(turns, verbose)) {
    const sign = step === before + 1 ? '→' : '…';
    const lines = picture(state, frame, patterns[due]);
    panels.push({ title: String(step), lines, width: columns, sign });
    before = step;
  }
  return inRows(panels, colours, width);
}

function table(replays: readonly Replay[]): string[] {
  const tasks = [...new Set(replays.map(({ task }) => task))];
  const rows = tasks.map((task) => {
    const runs = replays.filter((replay) => replay.task === task);
    const right = runs.reduce((sum, replay) => sum + rightSteps(replay), 0);
    const steps = runs.reduce((sum, { turns }) => sum + turns.length, 0);
    return [
      visible(task.name),
      `${runs.filter(isWhole).length} of ${runs.length}`,
      `${right} of ${steps}`,
    ];
  });
  return aligned([['', 'exact', 'steps right'], ...rows]);
}

/** `hopfield recall`: store or load, dream, disturb, recall, write, report. */

import { drawSeed } from '../random.ts';
import { coloursFor, widthOf } from './colours.ts';
import { coveredNeurons } from './disturb.ts';
import { EXIT, type ExitCode, type Result } from './failure.ts';
import { jsonReport } from './json.ts';
import { columnsOf, neuronsIn, shapeFrom } from './library.ts';
import { dream, loadNetwork, saveNetwork, trainNetwork } from './network.ts';
import type { Outcome } from './outcome.ts';
import { bars, silent } from './progress.ts';
import { checkTogether, type RecallOptions } from './recall-options.ts';
import { summary, textReport } from './report.ts';
import { cuePatterns, givenPatterns, storedPatterns } from './source.ts';
import { tasksFrom } from './tasks.ts';
import { runTrials } from './trial.ts';
import type { Heat } from './values.ts';
import { capacityWarnings, strangerWarnings } from './warnings.ts';
import { patternWriter } from './write-patterns.ts';

/** Percentage of neurons to flip when nobody says what to do to the patterns. */
const USUAL_NOISE = 10;

/** Sweeps of stochastic recall when nobody says how many. */
const STOCHASTIC_SWEEPS = 100;

export async function recall(file: string | undefined, options: RecallOptions): Promise<Result> {
  checkTogether(file, options);
  const { seed = drawSeed(), repeat = 1, update = 'asynchronous', load, temperature } = options;
  const { occlude, clamp = false, output } = options;

  const loaded = load === undefined ? undefined : loadNetwork(load, options.backend);
  const given = givenPatterns(file, options);
  const stored = loaded ? storedPatterns(loaded, load!) : given!;
  const cues = cuePatterns(options, given, stored);
  const shape = shapeFrom([cues.shape, stored.shape], options.columns);
  const mask = occlude && coveredNeurons(neuronsIn(shape), columnsOf(shape), occlude);
  const ready = options.cue !== undefined;
  const noise = options.noise ?? (ready || occlude ? 0 : USUAL_NOISE);
  const tasks = tasksFrom(cues, options.pattern, ready ? undefined : { noise, mask });
  const write = output === undefined ? undefined : patternWriter(output, tasks.length * repeat);

  const network = loaded ?? trainNetwork(stored, options);
  await dream(network, options, seed, options.quiet ? silent : bars);
  if (options.save !== undefined) saveNetwork(options.save, network);

  const { maxSweeps = update === 'stochastic' ? STOCHASTIC_SWEEPS : undefined } = options;
  const trials = runTrials(network, stored.patterns, tasks, repeat, {
    update,
    seed,
    ...(maxSweeps !== undefined && { maxSweeps }),
    ...(temperature && { temperature: schedule(temperature, maxSweeps!) }),
    ...(clamp && { clamp: mask!.map((hidden) => !hidden) }),
  });
  write?.({ patterns: trials.map(({ state }) => state), shape });

  const outcome: Outcome = {
    network,
    stored,
    shape,
    cues: { source: cues.source, ready },
    noise,
    cover: occlude,
    clamp,
    update,
    heat: temperature,
    seed,
    repeat,
    trials,
    warnings: [...capacityWarnings(network), ...strangerWarnings(tasks, stored)],
  };
  const exitCode = trials.every(({ converged }) => converged) ? EXIT.success : EXIT.unfinished;
  const { warnings } = outcome;
  return { output: render(outcome, options, exitCode), warnings, exitCode };
}

/** A temperature that goes in a straight line from the first of `sweeps` to the last. */
function schedule({ from, to }: Heat, sweeps: number): number | ((sweep: number) => number) {
  if (from === to) return from;
  return (sweep) => (sweep >= sweeps - 1 ? to : from + ((to - from) * sweep) / (sweeps - 1));
}

function render(
  outcome: Outcome,
  { json = false, quiet = false, verbose = false, pattern }: RecallOptions,
  exitCode: ExitCode,
): string {
  if (json) return jsonReport(outcome, verbose, exitCode);
  const colours = coloursFor(process.stdout);
  if (quiet) return `${summary(outcome, colours)}\n`;
  const width = widthOf(process.stdout);
  return textReport(outcome, { colours, width, verbose, all: pattern !== undefined });
}

/** `hopfield recall`: store or load, dream, disturb, recall, write, report. */

import { HopfieldNetwork } from '../../index.ts';
import { drawSeed } from '../../random.ts';
import { coveredNeurons } from '../disturb.ts';
import { blame, EXIT, type ExitCode, type Result } from '../failure.ts';
import { columnsOf, neuronsIn, shapeFrom } from '../library.ts';
import { writeGrid } from '../../io/index.ts';
import { isStandard, systemPath } from '../input-file.ts';
import { checkOutput } from '../output-file.ts';
import { progressBars, silent } from '../progress.ts';
import { loadNetwork } from '../saved-network.ts';
import { pageOf, type Page, type Terminal } from '../terminal.ts';
import { recallDocument } from './document.ts';
import { dream, saveNetwork, trainNetwork } from './network.ts';
import { checkTogether, noiseOf, type RecallFlags } from './options.ts';
import type { RecallOutcome } from './outcome.ts';
import { recallPictures } from './pictures/recall.ts';
import { recallReport, recallSummary } from './report.ts';
import { recallSequence } from './sequence/recall.ts';
import { cuePatterns, givenPatterns, storedPatterns } from './source.ts';
import { flips, tasksFrom } from './tasks.ts';
import { runTrials } from './trial.ts';
import type { Heat } from './values.ts';
import { storingWarnings, strangerWarnings } from './warnings.ts';
import { patternWriter } from './write-patterns.ts';

/** Sweeps of stochastic recall when nobody says how many. */
const STOCHASTIC_SWEEPS = 100;

export async function runRecall(
  file: string | undefined,
  options: RecallFlags,
  terminal: Terminal,
): Promise<Result> {
  checkTogether(file, options);
  if (options.model === 'modern') return recallPictures(file, options, terminal);
  if (options.model === 'sequence') return recallSequence(file, options, terminal);
  const { seed = drawSeed(), repeat = 1, update = 'asynchronous', load, temperature } = options;
  const { occlude, clamp = false, output, save, cue } = options;

  const loaded = load === undefined ? undefined : loadNetwork(load, options.backend).network;
  const given = givenPatterns(file, options);
  const stored = loaded ? storedPatterns(loaded, load!) : given!;
  const cues = cuePatterns(options, given, stored);
  const shape = shapeFrom([cues.shape, stored.shape], options.shape);
  const mask = occlude && coveredNeurons(neuronsIn(shape), columnsOf(shape), occlude);
  const ready = cue !== undefined;
  const noise = noiseOf(options);
  const tasks = tasksFrom(cues, options.pattern, ready ? undefined : flips(noise, mask));
  const inputs = { FILE: file && systemPath(file), '--cue': cue && systemPath(cue) };
  // A loaded network may be saved where it was: it has dreamt since.
  if (save !== undefined) blame(save, () => checkOutput(save, inputs));
  const results = tasks.length * repeat;
  const piped = output !== undefined && isStandard(output);
  const write =
    output === undefined || piped
      ? undefined
      : patternWriter(output, results, { ...inputs, '--load': load, '--save': save });

  const network = loaded ?? trainNetwork(stored, options);
  const quiet = options.quiet || options.json;
  const bars = quiet ? silent : progressBars(terminal);
  const dreams: string[] = [];
  if (network instanceof HopfieldNetwork) {
    dreams.push(...(await dream(network, options, seed, bars, shape)));
    if (save !== undefined) saveNetwork(save, network);
  }

  const { maxSweeps = update === 'stochastic' ? STOCHASTIC_SWEEPS : undefined } = options;
  const trials = runTrials(network, stored.patterns, tasks, repeat, {
    update,
    seed,
    ...(maxSweeps !== undefined && { maxSweeps }),
    ...(temperature && { temperature: schedule(temperature, maxSweeps!) }),
    ...(clamp && { clamp: mask!.map((hidden) => !hidden) }),
  });
  const found = { patterns: trials.map(({ state }) => state), shape };
  write?.(found);

  const outcome: RecallOutcome = {
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
    warnings: [
      ...dreams,
      ...storingWarnings(network),
      ...(loaded ? strangerWarnings(tasks, stored) : []),
    ],
  };
  const exitCode = trials.every(({ converged }) => converged) ? EXIT.success : EXIT.unfinished;
  const { warnings } = outcome;
  const page = pageOf(terminal, piped ? terminal.stderr : terminal.stdout);
  const report = render(outcome, options, exitCode, page);
  if (piped) return { output: writeGrid(found), aside: report, warnings, exitCode };
  return { output: report, warnings, exitCode };
}

/** A temperature that goes in a straight line from the first of `sweeps` to the last. */
function schedule({ from, to }: Heat, sweeps: number): number | ((sweep: number) => number) {
  if (from === to) return from;
  return (sweep) => (sweep >= sweeps - 1 ? to : from + ((to - from) * sweep) / (sweeps - 1));
}

function render(
  outcome: RecallOutcome,
  { json = false, quiet = false, verbose = false, pattern }: RecallFlags,
  exitCode: ExitCode,
  page: Page,
): string {
  if (json) return recallDocument(outcome, verbose, exitCode);
  if (quiet) return `${recallSummary(outcome, page.colours)}\n`;
  return recallReport(outcome, { ...page, verbose, all: pattern !== undefined });
}

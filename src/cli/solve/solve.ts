/** `hopfield solve`: read, search with a bar, write, report. */

import { drawSeed } from '../../random.ts';
import { blame, EXIT, messageOf, type Result } from '../failure.ts';
import { interruptible } from '../interrupt.ts';
import { checkOutput, writeOutput } from '../output-file.ts';
import { progressBars, silent, type Progress } from '../progress.ts';
import { pageOf, type Terminal } from '../terminal.ts';
import { solveDocument } from './document.ts';
import { schemaText } from './json/document.ts';
import type { SolveFlags } from './options.ts';
import type { SolveOutcome } from './outcome.ts';
import type { Found, Puzzle } from './puzzle.ts';
import { readPuzzle } from './read.ts';
import { solveReport, solveSummary } from './report.ts';

/** Seconds to search when neither a time nor a number of runs is given. */
const USUAL_TIME = 10;
/** Seconds that a search is given, however long the file took. */
const LEAST = 1e-3;

export async function runSolve(
  file: string | undefined,
  options: SolveFlags,
  terminal: Terminal,
): Promise<Result> {
  if (options.schema) return { output: schemaText(), warnings: [], exitCode: EXIT.success };
  const begun = performance.now();
  const { output, target, seed = drawSeed(), solver, restarts, sweeps, solutions } = options;
  const { json, quiet } = options;
  const given = readPuzzle(file, options);
  const { puzzle, start } = given;
  const inputs = { FILE: file, '--start': options.start };
  if (output !== undefined) blame(output, () => checkOutput(output, inputs));
  const time = options.time ?? (restarts === undefined ? USUAL_TIME : undefined);
  // What reading took is of the time, too.
  const before = (performance.now() - begun) / 1000;
  const left = time && Math.max(LEAST, time - before);
  const budget = { solver, time: left, restarts, sweeps, target, solutions, start, seed };
  const bars = quiet || json ? silent : progressBars(terminal);
  const searched = await search(
    puzzle,
    budget,
    bars,
    time === undefined ? undefined : { before, time },
  );
  const { seconds, reached: met } = searched;
  const found = { ...searched, seconds: before + seconds, reached: before + met };

  const valid = found.violations.length === 0;
  const reached = target === undefined ? undefined : puzzle.reaches(found.cost, target);
  const outcome: SolveOutcome = {
    ...given,
    solver: puzzle.solver(budget),
    seed,
    reading: before,
    found,
    valid,
    target,
    reached,
  };
  const complaint =
    output === undefined ? undefined : attempt(() => writeOutput(output, found.file()));
  const exitCode =
    complaint !== undefined
      ? EXIT.failed
      : valid && reached !== false && found.completed > 0
        ? EXIT.success
        : EXIT.unfinished;
  return {
    output: render(outcome, options, exitCode, terminal),
    warnings: complaint === undefined ? [] : [`${output}: ${complaint}`],
    exitCode,
  };
}

async function search(
  puzzle: Puzzle,
  budget: Omit<Parameters<Puzzle['find']>[0], 'signal'>,
  progress: Progress,
  clock: { before: number; time: number } | undefined,
): Promise<Found> {
  const bar = progress('Solving', clock ? 's' : 'runs');
  const of = clock ? clock.time : budget.restarts!;
  let begun = false;
  try {
    return await interruptible(
      (signal) =>
        puzzle.find({ ...budget, signal }, (progress, best) => {
          begun = true;
          const done = clock ? clock.before + progress.seconds : progress.done * of;
          // Not all of it before the end: the bar would go away.
          const note = progress.restarts === 0 ? 'setting up' : best;
          bar?.(Math.min(done, of * 0.999), of, `, ${note}`);
        }),
      () => 'interrupted before anything was found',
    );
  } finally {
    if (begun) bar?.(of, of);
  }
}

function render(
  outcome: SolveOutcome,
  { json, quiet }: SolveFlags,
  exitCode: number,
  terminal: Terminal,
): string {
  if (json) return solveDocument(outcome, exitCode);
  const page = pageOf(terminal);
  return quiet ? `${solveSummary(outcome, page)}\n` : solveReport(outcome, page);
}

/** What went wrong, or nothing. */
function attempt(action: () => void): string | undefined {
  try {
    action();
  } catch (error) {
    return messageOf(error);
  }
}

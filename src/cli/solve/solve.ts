/** `hopfield solve`: read, search with a bar, write, report. */

import { drawSeed } from '../../random.ts';
import { blame, EXIT, messageOf, type Result } from '../failure.ts';
import { interruptible } from '../interrupt.ts';
import { checkOutput, writeOutput } from '../output-file.ts';
import { progressBars, silent, type Progress } from '../progress.ts';
import { pageOf, type Terminal } from '../terminal.ts';
import { solveDocument } from './document.ts';
import type { SolveFlags } from './options.ts';
import type { SolveOutcome } from './outcome.ts';
import type { Found, Puzzle } from './puzzle.ts';
import { readPuzzle } from './read.ts';
import { solveReport, solveSummary } from './report.ts';

/** Seconds to search when neither a time nor a number of runs is given. */
const USUAL_TIME = 10;

export async function runSolve(
  file: string | undefined,
  options: SolveFlags,
  terminal: Terminal,
): Promise<Result> {
  const { output, target, seed = drawSeed(), solver, restarts, sweeps, json, quiet } = options;
  const given = readPuzzle(file, options);
  const { puzzle } = given;
  if (output !== undefined) blame(output, () => checkOutput(output, { FILE: file }));
  const time = options.time ?? (restarts === undefined ? USUAL_TIME : undefined);
  const budget = { solver, time, restarts, sweeps, target, seed };
  const found = await search(puzzle, budget, quiet || json ? silent : progressBars(terminal));

  const valid = found.violations.length === 0;
  const reached = target === undefined ? undefined : puzzle.reaches(found.cost, target);
  const outcome: SolveOutcome = {
    ...given,
    solver: solver ?? puzzle.solver,
    seed,
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
): Promise<Found> {
  const { time, restarts } = budget;
  const bar = progress('Solving', time === undefined ? 'runs' : 's');
  const of = time ?? restarts!;
  let begun = false;
  try {
    return await interruptible(
      (signal) =>
        puzzle.find({ ...budget, signal }, (progress, best) => {
          begun = true;
          const done = time === undefined ? progress.done * of : progress.seconds;
          // Not all of it before the end: the bar would go away.
          bar?.(Math.min(done, of * 0.999), of, `, ${best}`);
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

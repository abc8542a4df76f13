/** `hopfield solve`: read, search with a bar, write, report. */

import { accessSync, constants, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { drawSeed } from '../../random.ts';
import { coloursFor, widthOf } from '../colours.ts';
import { blame, EXIT, Failure, messageOf, type Result } from '../failure.ts';
import { bars, silent } from '../progress.ts';
import { interruptible } from './interrupt.ts';
import { jsonReport } from './json.ts';
import type { SolveOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import type { Found, Puzzle } from './puzzle.ts';
import { readPuzzle } from './read.ts';
import { summary, textReport } from './report.ts';

/** Seconds to search when neither a time nor a number of runs is given. */
const USUAL_TIME = 10;

export async function solveCommand(
  file: string | undefined,
  options: SolveOptions,
): Promise<Result> {
  const { output, target, seed = drawSeed(), solver, restarts, sweeps, json, quiet } = options;
  const { puzzle, guessed } = readPuzzle(file, options);
  if (output !== undefined) checkWritable(output, file);
  const time = options.time ?? (restarts === undefined ? USUAL_TIME : undefined);
  const budget = { solver, time, restarts, sweeps, target, seed };
  const found = await search(puzzle, budget, quiet || json);

  const valid = found.violations.length === 0;
  const reached = target === undefined ? undefined : puzzle.reaches(found.cost, target);
  const outcome: Outcome = {
    puzzle,
    guessed,
    solver: solver ?? puzzle.solver,
    seed,
    found,
    valid,
    target,
    reached,
  };
  const complaint =
    output === undefined ? undefined : attempt(() => writeFileSync(output, found.file()));
  const exitCode =
    complaint !== undefined
      ? EXIT.failed
      : valid && reached !== false
        ? EXIT.success
        : EXIT.unfinished;
  return {
    output: render(outcome, options, exitCode),
    warnings: complaint === undefined ? [] : [`${output}: ${complaint}`],
    exitCode,
  };
}

async function search(
  puzzle: Puzzle,
  budget: Omit<Parameters<Puzzle['find']>[0], 'signal'>,
  hidden: boolean | undefined,
): Promise<Found> {
  const { time, restarts } = budget;
  const bar = (hidden ? silent : bars)('Solving', time === undefined ? 'runs' : 's');
  const of = time ?? restarts!;
  let begun = false;
  try {
    return await interruptible((signal) =>
      puzzle.find({ ...budget, signal }, (progress, best) => {
        begun = true;
        const done = time === undefined ? progress.done * of : progress.seconds;
        // Not all of it before the end: the bar would go away.
        bar?.(Math.min(done, of * 0.999), of, `, ${best}`);
      }),
    );
  } finally {
    if (begun) bar?.(of, of);
  }
}

function render(outcome: Outcome, { json, quiet }: SolveOptions, exitCode: number): string {
  if (json) return jsonReport(outcome, exitCode);
  const page = { colours: coloursFor(process.stdout), width: widthOf(process.stdout) };
  return quiet ? `${summary(outcome, page)}\n` : textReport(outcome, page);
}

/** Whether a file can be written is better known before the search than after it. */
function checkWritable(path: string, input: string | undefined): void {
  blame(path, () => {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Failure(`${path}: is a folder, expected a file to write`);
    if (there && input !== undefined && realpathSync(path) === realpathSync(input)) {
      throw new Failure(`${path}: is FILE itself, expected another file to write`);
    }
    accessSync(there ? path : dirname(path), constants.W_OK);
  });
}

/** What went wrong, or nothing. */
function attempt(action: () => void): string | undefined {
  try {
    action();
  } catch (error) {
    return messageOf(error);
  }
}

/** From the file and the options to a puzzle. */

import { basename } from 'node:path';
import { blame, Failure } from '../failure.ts';
import { readInput } from '../input-file.ts';
import { checkOwners, checkSource } from './check-options.ts';
import { guess, type Guess } from './guess.ts';
import type { SolveFlags } from './options.ts';
import { problemKind, type ProblemName } from './problems.ts';
import type { Puzzle } from './puzzle.ts';

/** What is to be solved, and how it was told which problem it is, if nobody said. */
export interface Given {
  problem: ProblemName;
  puzzle: Puzzle;
  guessed: Guess | undefined;
}

/** @throws Failure when there is nothing to solve, or the file is not one of its problem */
export function readPuzzle(file: string | undefined, options: SolveFlags): Given {
  checkSource(file, options);
  const bytes = file === undefined ? undefined : blame(file, () => readInput(file, 'problem'));
  const content = bytes && { bytes, text: bytes.toString('utf8') };
  const guessed =
    file === undefined || options.problem !== undefined ? undefined : guess(file, content!.text);
  const problem = options.problem ?? guessed?.problem ?? 'queens';
  checkOwners(problem, options);
  const kind = problemKind(problem);
  if ('make' in kind) return { problem, puzzle: kind.make(options), guessed };
  if (file === undefined) throw new Failure(`--problem ${problem} needs a FILE`);
  const puzzle = blame(file, () => kind.read(content!, basename(file), options));
  return { problem, puzzle, guessed };
}

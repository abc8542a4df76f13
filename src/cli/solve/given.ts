/** What a search begins with. */
import type { Guess } from './guess.ts';
import type { ProblemName } from './problems.ts';
import type { Puzzle } from './puzzle.ts';

/** What is to be solved, and how it was told which problem it is, if nobody said. */
export interface GivenProblem {
  problem: ProblemName;
  puzzle: Puzzle;
  guessed: Guess | undefined;
  /** A solution to begin with, as documents have it. */
  start?: unknown;
}

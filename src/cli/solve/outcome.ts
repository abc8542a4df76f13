/** All that a solve command did: what its reports are made of. */

import type { SolverName } from './solvers.ts';
import type { Guess } from './guess.ts';
import type { Found, Puzzle } from './puzzle.ts';

export interface Outcome {
  puzzle: Puzzle;
  /** How it was told which problem it is; undefined when somebody said. */
  guessed: Guess | undefined;
  solver: SolverName;
  seed: number;
  found: Found;
  valid: boolean;
  target: number | undefined;
  /** Whether the target was reached, if there was one. */
  reached: boolean | undefined;
}

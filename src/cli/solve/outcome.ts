/** All that a solve command did: what its reports are made of. */

import type { SolverName } from './solvers.ts';
import type { Found } from './puzzle.ts';
import type { GivenProblem } from './given.ts';

export interface SolveOutcome extends GivenProblem {
  solver: SolverName;
  seed: number;
  /** Seconds until there was something to search, of those that are found. */
  reading: number;
  found: Found;
  valid: boolean;
  target: number | undefined;
  /** Whether the target was reached, if there was one. */
  reached: boolean | undefined;
}

/** The options of `hopfield solve` as they come from the command line. */

import type { SolveOptions } from '../../optimise/index.ts';
import type { ProblemName } from './problems.ts';
import type { OwnOptions } from './puzzle.ts';

/** Solvers that have a name. */
export type SolverName = Extract<NonNullable<SolveOptions<never>['solver']>, string>;

export interface SolveFlags extends OwnOptions {
  problem?: ProblemName;
  solver?: SolverName;
  time?: number;
  restarts?: number;
  sweeps?: number;
  seed?: number;
  output?: string;
  json?: boolean;
  quiet?: boolean;
}

/** The options of `hopfield solve` as they come from the command line. */

import type { ProblemName } from './problems.ts';
import type { OwnOptions } from './puzzle.ts';
import type { SolverName } from './solvers.ts';

export interface SolveFlags extends OwnOptions {
  problem?: ProblemName;
  solver?: SolverName;
  time?: number;
  restarts?: number;
  sweeps?: number;
  solutions?: number;
  start?: string;
  seed?: number;
  output?: string;
  json?: boolean;
  schema?: boolean;
  quiet?: boolean;
}

/** The options of `hopfield solve` as they come from the command line, and which go together. */

import { Failure } from '../failure.ts';
import type { SolverName } from './solvers.ts';

export const PROBLEMS = ['maxcut', 'colouring', 'tsp', 'qubo', 'queens', 'sudoku'] as const;
export type ProblemName = (typeof PROBLEMS)[number];

export interface SolveOptions {
  problem?: ProblemName;
  colours?: number;
  size?: number;
  twoOpt?: boolean;
  solver?: SolverName;
  time?: number;
  restarts?: number;
  sweeps?: number;
  seed?: number;
  target?: number;
  output?: string;
  json?: boolean;
  quiet?: boolean;
}

/** Options of some problems only. */
const OWNERS: [keyof SolveOptions, string, readonly ProblemName[]][] = [
  ['colours', '--colours', ['colouring']],
  ['size', '--size', ['queens']],
  ['twoOpt', '--two-opt', ['tsp']],
  ['target', '--target', ['maxcut', 'tsp', 'qubo']],
];

/** @throws Failure when it cannot be told what to solve, or options contradict each other */
export function checkSource(file: string | undefined, options: SolveOptions): void {
  const { problem, size } = options;
  if (options.quiet && options.json) {
    throw new Failure('--quiet and --json cannot be used together');
  }
  if (options.solver === 'descend' && options.sweeps !== undefined) {
    throw new Failure('--sweeps cannot be used with --solver descend, which falls until it stops');
  }
  if (problem === 'queens' || (problem === undefined && size !== undefined)) {
    if (file !== undefined) throw new Failure('FILE and --size cannot be used together');
    if (size === undefined) throw new Failure('--problem queens needs --size');
  } else if (file === undefined) {
    throw new Failure('nothing to solve: name a FILE, or --problem queens --size N');
  }
}

/** @throws Failure when an option does not belong to the problem */
export function checkOwners(problem: ProblemName, options: SolveOptions): void {
  for (const [key, flag, owners] of OWNERS) {
    if (options[key] !== undefined && !owners.includes(problem)) {
      throw new Failure(`${flag} is for ${owners.join(', ')}; the problem is ${problem}`);
    }
  }
}

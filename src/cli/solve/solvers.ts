/** The solvers by the names that the command line knows them by. */

import { anneal, descend, meanField, potts, type Solver } from '../../optimise/index.ts';

export const SOLVERS = ['anneal', 'descend', 'mean-field'] as const;
export type SolverName = (typeof SOLVERS)[number];

type Solvers<State> = Record<SolverName, Solver<State>>;

/** For problems whose states are spins. */
export const SPIN_SOLVERS: Solvers<Int8Array> = { anneal, descend, 'mean-field': meanField };
/** For problems whose states are groups. */
export const GROUP_SOLVERS: Solvers<Int32Array> = { anneal, descend, 'mean-field': potts };

export function solverName<State>(solver: Solver<State>, solvers: Solvers<State>): SolverName {
  return SOLVERS.find((name) => solvers[name] === solver)!;
}

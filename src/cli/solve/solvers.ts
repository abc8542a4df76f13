/** The solvers by the names that the command line knows them by. */

import {
  anneal,
  descend,
  exact,
  localSearch,
  meanField,
  potts,
  type Solver,
} from '../../optimise/index.ts';

export const SOLVERS = ['anneal', 'descend', 'exact', 'local-search', 'mean-field'] as const;
export type SolverName = (typeof SOLVERS)[number];

/** The solvers of a kind of problem; `network` is another name for mean field. */
export type Solvers<State> = Partial<Record<SolverName, Solver<State>>>;

/** For problems whose states are spins. */
export const SPIN_SOLVERS: Solvers<Int8Array> = {
  anneal,
  descend,
  exact,
  'local-search': localSearch,
  'mean-field': meanField,
};
/** For problems whose states are groups. */
export const GROUP_SOLVERS: Solvers<Int32Array> = { anneal, descend, 'mean-field': potts };
/** For tours and colourings, which have moves of their own. */
export const SEARCH_SOLVERS: Solvers<Int32Array> = {
  ...GROUP_SOLVERS,
  'local-search': localSearch,
};

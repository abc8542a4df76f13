/** What suits spins where there is nothing but time. */
import type { IsingModel } from '../ising-model.ts';
import { localSearch } from '../local-search.ts';
import type { Solver } from '../problem.ts';

/** `localSearch`, unless annealing makes runs side by side: then no other is better (measured: bench/tables/max-cut.mjs). */
export function timedSolver(model: IsingModel): Solver<Int8Array> | undefined {
  return model.abreast(Infinity) === undefined ? localSearch : undefined;
}

/** Quadratic unconstrained binary optimisation: the 0/1 vector x with the smallest xᵀQx. */
import { checkOptions } from '../../checks.ts';
import { IsingModel, type QuboOptions } from '../ising-model.ts';
import { readQuboTerms, type QuboEntries, type SquareMatrix } from '../ising/read.ts';
import type { Problem } from '../problem.ts';
import { bitProblem } from './bits.ts';

/**
 * A solution is x, n values of 0 or 1; its cost is xᵀQx + offset, which is also the energy of its state. The search ends when
 * every negative entry, and no positive one, counts.
 *
 * @param instance - n×n numbers, flat or as rows (Q_ij and Q_ji both count), or `{ variables, entries }` where [i, j, q] adds
 *   q·x_i·x_j
 * @throws TypeError, RangeError for anything else
 */
export function qubo(
  instance: SquareMatrix | QuboEntries,
  options: QuboOptions = {},
): Problem<Uint8Array, Int8Array> {
  checkOptions(options, 'QUBO options', ['offset', 'backend']);
  const { offset = 0, backend } = options;
  const terms = readQuboTerms(instance);
  const model = IsingModel.fromTerms(terms, offset, backend);
  const { spins: variables, own, pairs } = terms;
  const { starts, others, values } = pairs;
  let least = offset;
  for (const q of own) least += Math.min(0, q);
  for (const q of values) least += Math.min(0, q);
  return bitProblem(model, 'variable', least, (x) => {
    let cost = offset;
    for (let i = 0; i < variables; i++) {
      if (x[i] === 0) continue;
      cost += own[i];
      for (let k = starts[i]; k < starts[i + 1]; k++) cost += values[k] * x[others[k]];
    }
    return cost;
  });
}

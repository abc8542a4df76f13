/** Max-cut: two sides for the vertices of a graph, with as much weight as possible on the edges between them. */
import { checkOptions } from '../../checks.ts';
import { readGraph, type GivenGraph } from '../graph.ts';
import { IsingModel } from '../ising-model.ts';
import { pairsInOrder } from '../pairs.ts';
import type { Problem, ProblemOptions } from '../problem.ts';
import { bitProblem } from './bits.ts';

/**
 * A solution is the side, 0 or 1, of each vertex; its cost is the weight of the cut, the larger the better. Weights may be
 * negative or real; edges that are listed twice add up.
 *
 * Couplings J_ij = −w_ij/2 and an offset of −½ Σ w make the energy of a state the cut, negated. The search ends when every
 * edge of positive weight, and no other, is cut, unless weights had to be rounded.
 *
 * @throws TypeError, RangeError for a graph that is none
 */
export function maxCut(
  graph: GivenGraph,
  options: ProblemOptions = {},
): Problem<Uint8Array, Int8Array> {
  checkOptions(options, 'max-cut options', ['backend']);
  const { vertices, a, b, weights } = readGraph(graph, 'sum');
  const offset = -weights.reduce((sum, w) => sum + w, 0) / 2;
  const halves = weights.map((w) => -w / 2);
  const { starts, others, values } = pairsInOrder(vertices, a, b, halves);
  const fields = new Float64Array(vertices);
  const plain = { spins: vertices, starts, others, values, fields, offset };
  const model = IsingModel.fromPlain(plain, options.backend);
  const most = weights.reduce((sum, w) => sum + Math.max(0, w), 0);
  return bitProblem(model, 'vertex', -most, (sides) => {
    let cut = 0;
    for (let k = 0; k < weights.length; k++) if (sides[a[k]] !== sides[b[k]]) cut += weights[k];
    return cut;
  });
}

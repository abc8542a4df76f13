/** Graph colouring: a group for each vertex, a state for each colour, a cost of 1 for an edge of one colour. */
import { anneal } from '../anneal.ts';
import { checkNumber, describe } from '../../checks.ts';
import { readGraph, type Graph } from '../graph.ts';
import { PottsModel } from '../potts-model.ts';
import type { Problem } from '../problem.ts';
import { PairList } from './pair-list.ts';

/** The colour of each vertex, from 0 to k − 1. */
export type Colouring = number[];

/**
 * Colours a graph with `colours` colours so that no edge has both ends of one colour. The energy is the number of edges
 * that do; the target is 0. Edges count once however often they are listed; weights play no part. Finding none proves
 * nothing: the graph may need more colours, or the search more time.
 *
 * @param colours - 1 or more
 * @returns solutions are the colour of each vertex; the cost is the number of conflicting edges
 * @throws TypeError, RangeError for what is no graph, or a loop, which nothing can colour
 */
export function colouring(graph: Graph, colours: number): Problem<Colouring, Int32Array> {
  const { vertices, a, b } = readGraph(graph, 'first');
  checkNumber(colours, 'colours', 'an integer from 1 to 65536', (k) => {
    return Number.isInteger(k) && k >= 1 && k <= 65536;
  });
  const pairs = new PairList();
  for (let e = 0; e < a.length; e++) {
    for (let c = 0; c < colours; c++) pairs.add(a[e] * colours + c, b[e] * colours + c);
  }
  const sizes = new Uint32Array(vertices).fill(colours);
  const model = new PottsModel(sizes, { pairs: pairs.columns });
  const read = (solution: Colouring) => model.readState(solution, 'colouring');

  return {
    model,
    solver: anneal,
    target: 0,
    encode: read,
    decode: (state) => Array.from(model.readState(state, 'state')),
    check(solution) {
      if (!Array.isArray(solution)) return [`a colouring is a list, this is ${describe(solution)}`];
      if (solution.length !== vertices) {
        return [`${solution.length} vertices are coloured, there are ${vertices}`];
      }
      const wrong: string[] = [];
      for (const [v, colour] of solution.entries()) {
        if (!Number.isInteger(colour) || colour < 0 || colour >= colours) {
          wrong.push(`vertex ${v} has colour ${colour}, colours are 0 to ${colours - 1}`);
        }
      }
      for (let e = 0; e < a.length; e++) {
        if (solution[a[e]] === solution[b[e]]) {
          wrong.push(
            `vertices ${a[e]} and ${b[e]} are joined and both have colour ${solution[a[e]]}`,
          );
        }
      }
      return wrong;
    },
    cost(solution) {
      const colourOf = read(solution);
      let conflicts = 0;
      for (let e = 0; e < a.length; e++) if (colourOf[a[e]] === colourOf[b[e]]) conflicts++;
      return conflicts;
    },
  };
}

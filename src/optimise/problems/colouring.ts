/** Graph colouring: no edge with both ends of one colour. */
import { checkNumber, checkOptions, describe } from '../../checks.ts';
import { conflictsOf, coloursIn, neighboursOf, readAdjacency } from '../colourings/adjacency.ts';
import { greedyClique } from '../colourings/bounds.ts';
import { ColouringModel } from '../colourings/colouring-model.ts';
import type { GivenGraph } from '../graph.ts';
import { localSearch } from '../local-search.ts';
import type { Problem, ProblemOptions } from '../problem.ts';

/** A greedy colouring keeps its sets of neighbours for all of them. */
const MOST_VERTICES = 1e6;

/** The colour of each vertex, from 0. */
export type Colouring = number[];

/**
 * Colours a graph with `colours` colours, or with as few as it finds, so that no edge has both ends of one colour, by tabu search
 * on the graph (Hertz & de Werra 1987). Edges count once however often they are listed; weights play no part.
 *
 * With a number of colours, the cost is the number of conflicting edges and the target 0; finding none proves nothing: the graph
 * may need more colours, or the search more time. Without one, the cost is the number of colours, the search begins with a greedy
 * colouring (Brélaz 1979), and the target is the size of a clique that was found: a colouring with as many colours is proved best.
 *
 * `{ solver: potts }` and `{ solver: anneal }` solve it with a network, a group of neurons for each vertex, which needs a number of
 * colours and much longer.
 *
 * @param graph - of at most 1,000,000 vertices
 * @param colours - 1 to 65536
 * @returns solutions are the colour of each vertex
 * @throws TypeError, RangeError for what is no graph, or a loop, which nothing can colour
 */
export function colouring(
  graph: GivenGraph,
  colours?: number,
  options: ProblemOptions = {},
): Problem<Colouring, Int32Array> {
  checkOptions(options, 'colouring options', ['backend']);
  const adjacency = readAdjacency(graph);
  if (colours !== undefined) {
    checkNumber(colours, 'colours', 'an integer from 1 to 65536', (k) => {
      return Number.isInteger(k) && k >= 1 && k <= 65536;
    });
  }
  const { vertices } = adjacency;
  checkNumber(
    vertices,
    'vertices',
    `an integer from 1 to ${MOST_VERTICES}`,
    (n) => n <= MOST_VERTICES,
  );
  const most = colours ?? vertices;
  const model = new ColouringModel(adjacency, colours, options.backend);
  const read = (solution: Colouring): Int32Array => model.readState(solution, 'colouring');

  return {
    model,
    solver: localSearch,
    target: colours === undefined ? greedyClique(adjacency).length : 0,
    encode: read,
    decode: (state) => Array.from(model.readState(state, 'state')),
    check(solution) {
      if (!Array.isArray(solution)) return [`a colouring is a list, this is ${describe(solution)}`];
      if (solution.length !== vertices) {
        return [`${solution.length} vertices are coloured, there are ${vertices}`];
      }
      const wrong: string[] = [];
      for (const [v, colour] of solution.entries()) {
        if (!Number.isInteger(colour) || colour < 0 || colour >= most) {
          wrong.push(`vertex ${v} has colour ${colour}, colours are 0 to ${most - 1}`);
        }
      }
      for (let v = 0; v < vertices; v++) {
        for (const u of neighboursOf(adjacency, v)) {
          if (u > v && solution[u] === solution[v]) {
            wrong.push(`vertices ${v} and ${u} are joined and both have colour ${solution[v]}`);
          }
        }
      }
      return wrong;
    },
    cost(solution) {
      const own = read(solution);
      return colours === undefined ? coloursIn(own) : conflictsOf(adjacency, own);
    },
  };
}

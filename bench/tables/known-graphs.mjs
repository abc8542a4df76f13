/** The graphs of the table of colourings. */
import { mycielski, queenGraph } from '../../test/instances/graphs.mjs';

/** [name, graph, chromatic number] of the instances in the table. */
export function knownGraphs() {
  const mycielskis = [3, 4, 5, 6, 7].map((k) => [`myciel${k}`, mycielski(k), k + 1]);
  const queens = [
    [5, 5],
    [6, 7],
    [7, 7],
    [8, 9],
  ].map(([n, colours]) => [`queen${n}_${n}`, queenGraph(n), colours]);
  return [...mycielskis, ...queens];
}

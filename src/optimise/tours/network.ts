/** The network of tours: a group for each city, a state for each position (Peterson & Söderberg 1989). */
import type { Backend } from '../../kernels/open.ts';
import type { Steps } from '../../pacing.ts';
import { PottsModel } from '../potts-model.ts';
import { LinkList } from '../potts/link-list.ts';
import type { Distances } from './distances.ts';

/** Couplings of the network grow with the cube of the cities. */
const MOST_CITIES = 280;
/** The penalty of two cities in one position, in mean distances of the two. */
const PENALTY = 1.5;
/** It is at least this much of what can be saved by leaving a city out. */
const DETOUR = 1.25;

/** @throws RangeError for more than 280 cities */
export function* tourNetwork(distances: Distances, backend: Backend): Steps<PottsModel> {
  const { cities: n, between } = distances;
  if (n > MOST_CITIES) {
    throw new RangeError(
      `the tour has ${n} cities, expected at most ${MOST_CITIES} for a network: its couplings grow with their cube; localSearch takes any number`,
    );
  }
  const { means, detour, whole } = typicalDistances(distances);
  const least = (i: number, j: number): number =>
    Math.max((PENALTY / 2) * (means[i] + means[j]), DETOUR * detour);
  // Of two positions each is both before and after the other.
  const beside = Math.min(2, n - 1);
  const links = new LinkList(n * n, n * n * (n - 1) * (1 + beside));
  for (let i = 0; i < n; i++) {
    yield;
    const penalties = Float64Array.from({ length: n }, (_, j) => {
      // An integer where distances are: energies stay exact.
      return whole ? Math.ceil(least(i, j)) : least(i, j);
    });
    const lengths = Float64Array.from({ length: n }, (_, j) => between(i, j) * (n === 2 ? 2 : 1));
    for (let p = 0; p < n; p++) {
      const around = [...new Set([p, (p + n - 1) % n, (p + 1) % n])].sort((a, b) => a - b);
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        for (const q of around) links.add(j * n + q, q === p ? penalties[j] : lengths[j]);
      }
      links.next();
    }
  }
  return yield* PottsModel.fromLinks(new Uint32Array(n).fill(n), links, backend);
}

/** Mean distances of each city, the longest way that leaving one city out can save, and whether all are integers. */
function typicalDistances({ cities: n, between }: Distances): {
  means: number[];
  detour: number;
  whole: boolean;
} {
  const means: number[] = [];
  let detour = 0;
  let whole = true;
  for (let i = 0; i < n; i++) {
    const others = Array.from({ length: n }, (_, j) => between(i, j)).filter((_, j) => j !== i);
    means.push(others.reduce((sum, d) => sum + d, 0) / Math.max(1, n - 1));
    whole &&= others.every(Number.isInteger);
    others.sort((a, b) => a - b);
    if (n > 2) detour = Math.max(detour, others[0] + others[1]);
  }
  return { means, detour, whole };
}

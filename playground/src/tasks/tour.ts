/** One tour through cities by a network, and what local search makes of the same cities. */
import { potts, solve, travellingSalesman, twoOpt } from 'hopfield-wasm/optimise';

export interface TourQuestion {
  cities: [number, number][];
  sweeps: number;
  seed: number;
}

export interface Found {
  tour: number[];
  length: number;
  /** Cities that shared a position with another. */
  collisions: number;
  milliseconds: number;
}

export interface Tours {
  network: Found;
  mended: Found;
  search: Found;
}

export async function tour({ cities, sweeps, seed }: TourQuestion): Promise<Tours> {
  const problem = travellingSalesman(cities);
  const clock = async <T>(work: () => T | Promise<T>): Promise<[T, number]> => {
    const before = performance.now();
    return [await work(), performance.now() - before];
  };
  const [network, learned] = await clock(() =>
    solve(problem, {
      solver: (model, options) => potts(model as never, { ...options, sweeps }),
      restarts: 1,
      seed,
    }),
  );
  const { tour, collisions } = network.solution;
  const [shorter, mending] = await clock(() => twoOpt(tour, cities));
  const [search, searched] = await clock(() => solve(problem, { seed, time: 0.2 }));
  return {
    network: { tour, length: network.cost, collisions, milliseconds: learned },
    mended: { tour: shorter.tour, length: shorter.length, collisions: 0, milliseconds: mending },
    search: {
      tour: search.solution.tour,
      length: search.cost,
      collisions: 0,
      milliseconds: searched,
    },
  };
}

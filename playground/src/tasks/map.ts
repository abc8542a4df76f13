/** A map, coloured by a network: a group of neurons a region, one of them on, and energy for each border of one colour. */
import { colouring, potts, solve } from 'hopfield-wasm/optimise';

export interface MapQuestion {
  regions: number;
  borders: [number, number][];
  colours: number;
  seed: number;
}

export interface Coloured {
  /** The colour of each region. */
  colours: number[];
  /** Borders with one colour on both sides. */
  broken: number;
  sweeps: number;
  milliseconds: number;
}

export async function map({ regions, borders, colours, seed }: MapQuestion): Promise<Coloured> {
  const before = performance.now();
  const problem = colouring({ vertices: regions, edges: borders }, colours);
  const found = await solve(problem, { solver: potts, restarts: 20, seed });
  return {
    colours: found.solution,
    broken: found.cost,
    sweeps: found.sweeps,
    milliseconds: performance.now() - before,
  };
}

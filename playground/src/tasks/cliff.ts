/** The experiment `capacity` of the package, its figure told point by point. */
import {
  capacity,
  capacityFigure,
  type CapacityResult,
  type Figure,
  type MemoryText,
} from 'hopfield-wasm/experiments';

export interface CliffQuestion {
  memory: MemoryText;
  neurons: number;
  loads: number[];
  networks: number;
  seed: number;
}

export interface Cliff {
  figure: Figure;
  /** Loads measured, and the overlap at each with its error. */
  rows: { load: number; overlap: number; error: number | null }[];
}

export async function cliff(
  { memory, neurons, loads, networks, seed }: CliffQuestion,
  report: (soFar: Cliff) => void,
): Promise<Cliff> {
  const results: CapacityResult[] = [];
  for await (const result of capacity({ memory, neurons, loads, trials: networks, seed })) {
    results.push(result);
    report(drawn(results));
  }
  return drawn(results);
}

function drawn(results: readonly CapacityResult[]): Cliff {
  return {
    figure: capacityFigure(results),
    rows: results.map(({ load, overlap }) => ({
      load,
      overlap: overlap.value,
      error: overlap.error ?? null,
    })),
  };
}

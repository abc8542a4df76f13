/** A sequence of patterns, played from a damaged one. */
import { corrupt, exponential, SequenceMemory } from 'hopfield-wasm';

export interface FilmQuestion {
  patterns: readonly Int8Array[];
  /** Where it begins, and the share of neurons turned over there. */
  first: number;
  noise: number;
  steps: number;
  seed: number;
}

export interface Film {
  frames: Int8Array[];
  /** The pattern that each frame is most like, and how much. */
  matches: { index: number; overlap: number }[];
}

export function film({ patterns, first, noise, steps, seed }: FilmQuestion): Film {
  const memory = new SequenceMemory(patterns[0].length, { separation: exponential(1) });
  memory.store(patterns, { cyclic: true });
  const cue = corrupt(patterns[first], { noise, seed });
  const played = [...memory.recall(cue, { steps })];
  memory.dispose();
  return {
    frames: played.map(({ state }) => state),
    matches: played.map(({ match }) => ({ index: match!.index, overlap: match!.overlap })),
  };
}

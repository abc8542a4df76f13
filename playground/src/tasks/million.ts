/** A picture of a million neurons among others, recalled. */
import { corrupt, DenseAssociativeMemory, polynomial } from 'hopfield-wasm';
import { signsOf } from '../pictures.ts';

export interface MillionQuestion {
  /** Neurons along a side. */
  side: number;
  /** Greys, 0 for white to 1 for black, of squares of any size. */
  greys: Float32Array[];
  which: number;
  noise: number;
  seed: number;
}

export interface Million {
  stage: 'storing' | 'recalling' | 'done';
  cue: Int8Array;
  state: Int8Array;
  flips: number;
  sweeps: number;
  /** Neurons that differ from the picture, before and after. */
  wrong: [number, number];
  milliseconds: number;
}

export function million(
  { side, greys, which, noise, seed }: MillionQuestion,
  report: (soFar: Million) => void,
): Million {
  const pictures = greys.map((grey) => dithered(grey, side));
  const picture = pictures[which];
  const cue = corrupt(picture, { noise, seed });
  const wrongIn = (state: Int8Array) =>
    state.reduce((count, s, i) => count + Number(s !== picture[i]), 0);
  const before: Million = {
    stage: 'storing',
    cue,
    state: cue,
    flips: 0,
    sweeps: 0,
    wrong: [wrongIn(cue), wrongIn(cue)],
    milliseconds: 0,
  };
  report(before);
  const memory = new DenseAssociativeMemory(side * side, { separation: polynomial(3) });
  memory.store(pictures);
  report({ ...before, stage: 'recalling' });
  const started = performance.now();
  const { state, flips, sweeps } = memory.recall(cue, { seed });
  const milliseconds = performance.now() - started;
  memory.dispose();
  return {
    stage: 'done',
    cue,
    state,
    flips,
    sweeps,
    wrong: [before.wrong[0], wrongIn(state)],
    milliseconds,
  };
}

/** Half of the neurons on, so that pictures overlap little however dark they are. */
function dithered(grey: Float32Array, side: number): Int8Array {
  return signsOf(enlarged(grey, side), 'dither', 0.5);
}

/** A square of greys on a finer grid, with even transitions. */
function enlarged(grey: Float32Array, side: number): Float32Array {
  const from = Math.sqrt(grey.length);
  // Where a neuron lies between the pixels before and behind it.
  const places = Array.from({ length: side }, (_, k) => {
    const at = Math.max(0, Math.min(from - 1, ((k + 0.5) * from) / side - 0.5));
    const low = Math.min(from - 2, Math.floor(at));
    return { low, share: at - low };
  });
  const fine = new Float32Array(side * side);
  for (const [y, { low: row, share: down }] of places.entries()) {
    for (const [x, { low: column, share: right }] of places.entries()) {
      const i = row * from + column;
      const above = grey[i] + right * (grey[i + 1] - grey[i]);
      const below = grey[i + from] + right * (grey[i + from + 1] - grey[i + from]);
      fine[y * side + x] = above + down * (below - above);
    }
  }
  return fine;
}

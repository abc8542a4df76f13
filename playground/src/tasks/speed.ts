/** The same recalls three ways: kernels, the reference, and what a textbook's loop is in JavaScript. */
import { corrupt, HopfieldNetwork, Random } from 'hopfield-wasm';
import { textbookRecall, textbookWeights } from '../../../src/cli/demo/textbook.ts';

export interface SpeedQuestion {
  neurons: number;
  patterns: number;
  seed: number;
}

export interface Speed {
  neurons: number;
  patterns: number;
  /** Where the browser runs no WebAssembly, both are the reference. */
  backend: string;
  /** The least milliseconds of a recall. */
  wasm: number;
  reference: number;
  textbook: number;
  /** Whether all three came to the same states, value by value. */
  equal: boolean;
}

const CUES = 5;
const LONGEST = 1000;

export function speed({ neurons, patterns, seed }: SpeedQuestion): Speed {
  const random = new Random(seed);
  const stored = Array.from({ length: patterns }, () => random.signs(neurons));
  const cues = stored.slice(0, CUES).map((one, k) => corrupt(one, { noise: 0.25, seed: seed + k }));
  const wasm = new HopfieldNetwork(neurons).store(stored);
  const reference = new HopfieldNetwork(neurons, { backend: 'reference' }).store(stored);
  const weights = textbookWeights(stored);
  const options = { order: 'index', seed } as const;
  const ways = {
    wasm: (cue: Int8Array) => wasm.recall(cue, options).state,
    reference: (cue: Int8Array) => reference.recall(cue, options).state,
    textbook: (cue: Int8Array) => textbookRecall(weights, cue),
  };
  const equal = cues.every((cue) => {
    const [a, b, c] = Object.values(ways).map((recall) => recall(cue));
    return a.every((s, i) => s === b[i] && s === c[i]);
  });
  const found: Speed = {
    neurons,
    patterns,
    backend: wasm.backend,
    wasm: least(cues, ways.wasm),
    reference: least(cues, ways.reference),
    textbook: least(cues, ways.textbook),
    equal,
  };
  wasm.dispose();
  reference.dispose();
  return found;
}

/** The least time of all rounds through the cues, for one cue. */
function least(cues: readonly Int8Array[], recall: (cue: Int8Array) => unknown): number {
  const end = performance.now() + LONGEST;
  let best = Infinity;
  do {
    const before = performance.now();
    // A clock of a browser is coarse: as many rounds as take a while.
    let rounds = 0;
    do {
      for (const cue of cues) recall(cue);
      rounds++;
    } while (performance.now() - before < 5);
    best = Math.min(best, (performance.now() - before) / (rounds * cues.length));
  } while (performance.now() < end);
  return best;
}

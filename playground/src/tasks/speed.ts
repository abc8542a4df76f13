/** The same recalls three ways: kernels, the reference, and what a textbook's loop is in JavaScript. */
import { corrupt, HopfieldNetwork, Random } from 'hopfield-wasm';

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
  const couplings = textbookCouplings(stored);
  const options = { order: 'index', seed } as const;
  const ways = {
    wasm: (cue: Int8Array) => wasm.recall(cue, options).state,
    reference: (cue: Int8Array) => reference.recall(cue, options).state,
    textbook: (cue: Int8Array) => textbookRecall(couplings, cue),
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

/** Σ_μ ξ_i ξ_j, and 0 on the diagonal. */
function textbookCouplings(patterns: readonly Int8Array[]): number[][] {
  const neurons = patterns[0].length;
  const couplings = Array.from({ length: neurons }, () => Array.from({ length: neurons }, () => 0));
  for (const pattern of patterns) {
    for (let i = 0; i < neurons; i++) {
      for (let j = 0; j < neurons; j++) {
        if (i !== j) couplings[i][j] += pattern[i] * pattern[j];
      }
    }
  }
  return couplings;
}

function textbookRecall(couplings: readonly number[][], cue: Int8Array): Int8Array {
  const state = cue.slice();
  for (let moved = true; moved;) {
    moved = false;
    for (let i = 0; i < state.length; i++) {
      let field = 0;
      for (let j = 0; j < state.length; j++) field += couplings[i][j] * state[j];
      const next = field > 0 ? 1 : field < 0 ? -1 : state[i];
      if (next === state[i]) continue;
      state[i] = next;
      moved = true;
    }
  }
  return state;
}

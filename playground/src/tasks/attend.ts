/** A digit, half of it covered, completed by a modern memory of grey digits. */
import { type ModernMatch, ModernHopfieldNetwork, type ModernSeparation } from 'hopfield-wasm';

export interface AttendQuestion {
  /** Grey digits, one after the other: 0 for paper to 15 for ink. */
  digits: Uint8Array;
  pixels: number;
  /** −1 to 1; 0 where nothing is known. */
  query: Float32Array;
  beta: number;
  separation: ModernSeparation;
  /** How similar nothing is to every query; null where it takes no part. */
  nothing: number | null;
}

export interface Attention {
  /** −1 to 1. */
  state: Float32Array;
  /** Those that weigh most. */
  top: ModernMatch[];
  nothing: number;
  /** e to the entropy of the weights: how many share them. */
  sharing: number;
  stored: number;
  milliseconds: number;
}

let vectors: Float32Array | undefined;

export function attend(question: AttendQuestion): Attention {
  const { digits, pixels, query, beta, separation, nothing } = question;
  vectors ??= Float32Array.from(digits, (ink) => (2 * ink) / 15 - 1);
  const own = typeof separation === 'object' && separation.name === 'log-sum-relu';
  const memory = new ModernHopfieldNetwork(pixels, {
    separation,
    ...(own ? {} : { beta }),
    ...(nothing === null ? {} : { nothing }),
  }).store(vectors);
  const before = performance.now();
  const result = memory.recall(query, { top: 8 });
  const milliseconds = performance.now() - before;
  const stored = memory.patternCount;
  memory.dispose();
  return {
    state: result.state,
    top: result.top!,
    nothing: result.nothing ?? 0,
    sharing: Math.exp(result.entropy),
    stored,
    milliseconds,
  };
}

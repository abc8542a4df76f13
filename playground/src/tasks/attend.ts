/** A digit or another picture, half of it covered, completed by a modern memory of grey ones. */
import { type ModernMatch, ModernHopfieldNetwork, type ModernSeparation } from 'hopfield-wasm';

export interface AttendQuestion {
  /** Grey digits, one after the other: 0 for paper to 15 for ink. */
  digits: Uint8Array;
  /** A picture that is stored behind them, as grey. */
  picture: Uint8Array | undefined;
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
  const { digits, picture, pixels, query, beta, separation, nothing } = question;
  const light = (inks: Uint8Array) => Float32Array.from(inks, (ink) => (2 * ink) / 15 - 1);
  vectors ??= light(digits);
  const own = typeof separation === 'object' && separation.name === 'log-sum-relu';
  const memory = new ModernHopfieldNetwork(pixels, {
    separation,
    ...(own ? {} : { beta }),
    ...(nothing === null ? {} : { nothing }),
  }).store(vectors);
  if (picture) memory.store(light(picture));
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

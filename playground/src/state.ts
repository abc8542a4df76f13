/** All that the page is: one plain object. What is seen follows from it, and the address is its serialisation. */
import { corrupt } from 'hopfield-wasm';
import { digitBits } from './digits.ts';
import type { Theme } from './ui/scheme.ts';

/** What survives JSON. */
export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };
export type Own = Record<string, Plain>;

export interface Pattern {
  label: string;
  /** ±1, row after row. */
  bits: Int8Array;
}

export interface State {
  /** Neurons along a side of the square. */
  size: number;
  patterns: readonly Pattern[];
  cue: Int8Array;
  /** A name of `models.ts`, with its parameter: `projection`, `dense:3`. */
  model: string;
  seed: number;
  update: 'asynchronous' | 'synchronous';
  /** How far along the recall is, in its steps; Infinity is its end. */
  step: number;
  playing: boolean;
  pace: 'flips' | 'steady' | 'sweeps' | 'full';
  theme: Theme;
  /** What panels have of their own, by their names. */
  own: Readonly<Record<string, Own>>;
}

/** What a recall depends on: whoever changes one of these starts it anew. */
export const RUN = ['size', 'patterns', 'cue', 'model', 'seed', 'update'] as const;

export const SIZES = [8, 16, 28, 32, 48, 64, 96, 128];

export function initialState(own: State['own']): State {
  const patterns = Array.from({ length: 10 }, (_, k) => ({ label: `${k}`, bits: digitBits(k) }));
  return {
    size: 28,
    patterns,
    cue: corrupt(patterns[3].bits, { noise: 0.25, seed: 7 }),
    model: 'projection',
    seed: 7,
    update: 'asynchronous',
    step: 0,
    playing: true,
    pace: 'steady',
    theme: 'system',
    own,
  };
}

export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The state with a change. A new run plays from its beginning, or, for who wants no motion, stands at its end. */
export function changed(state: State, change: Partial<State>): State {
  const next = { ...state, ...change };
  if (change.step !== undefined || RUN.every((key) => next[key] === state[key])) return next;
  return { ...next, step: still() ? Infinity : 0, playing: !still() };
}

/** Glauber dynamics at a temperature that may change from sweep to sweep. */
import { ModernHopfieldNetwork } from 'hopfield-wasm';
import { type Asked, memoryOf } from './memories.ts';

export interface HeatQuestion extends Asked {
  state: Int8Array;
  /** T of the first sweep and of the last; between them it changes evenly. */
  from: number;
  to: number;
  sweeps: number;
  seed: number;
}

export interface Heat {
  /** After each sweep, that of the question first. */
  states: Int8Array[];
  temperatures: Float64Array;
  /** Overlaps with each pattern, after each sweep. */
  overlaps: Float64Array[];
}

/** @throws where the memory has no neurons of two states */
export async function heat(question: HeatQuestion): Promise<Heat> {
  const { state, from, to, sweeps, seed, ...asked } = question;
  const memory = await memoryOf(asked);
  if (memory instanceof ModernHopfieldNetwork) {
    throw new RangeError('has no neurons that turn one by one, and so no temperature of this kind');
  }
  const at = (sweep: number) => from + ((to - from) * sweep) / Math.max(1, sweeps - 1);
  const options = {
    update: 'stochastic',
    temperature: at,
    maxSweeps: sweeps,
    seed,
    every: 'sweep',
  } as const;
  const states = Array.from(memory.trajectory(state, options), (step) => step.state);
  return {
    states,
    temperatures: Float64Array.from(states, (_, k) => at(Math.max(0, k - 1))),
    overlaps: states.map((one) => memory.overlaps(one)),
  };
}

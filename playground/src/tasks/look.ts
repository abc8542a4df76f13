/** What a memory says of one state: fields, overlaps, energy. */
import { ModernHopfieldNetwork } from 'hopfield-wasm';
import { type Asked, memoryOf } from './memories.ts';

export interface Look {
  /** h_i, one a neuron; of modern memories what the next update makes of each. */
  fields: Float32Array;
  /** m_μ/N, one a pattern; of modern memories the weights. */
  overlaps: Float64Array;
}

export function look({ state, ...asked }: Asked & { state: Float32Array | Int8Array }): Look {
  const memory = memoryOf(asked);
  if (memory instanceof ModernHopfieldNetwork) {
    const overlaps = new Float64Array(memory.patternCount);
    if (overlaps.length === 0) return { fields: new Float32Array(state.length), overlaps };
    const { indices, weights } = memory.attention(state);
    indices.forEach((k, i) => (overlaps[k] = weights[i]));
    return { fields: memory.recall(state).state, overlaps };
  }
  const signs = Int8Array.from(state, (s) => (s > 0 ? 1 : -1));
  return { fields: Float32Array.from(memory.fields(signs)), overlaps: memory.overlaps(signs) };
}

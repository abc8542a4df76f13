/** What a memory says of one state: fields, overlaps, and what one of its neurons does to the others. */
import { ModernHopfieldNetwork } from 'hopfield-wasm';
import { type Asked, memoryOf } from './memories.ts';

export interface Look {
  /** h_i, one a neuron; of modern memories what the next update makes of each. */
  fields: Float32Array;
  /** m_μ/N, one a pattern; of modern memories the weights. */
  overlaps: Float64Array;
  /** Half of what the others' fields lose when the neuron is turned over, times its state: W_ij where there are couplings. */
  pulls?: Float32Array;
}

type Question = Asked & { state: Float32Array | Int8Array; neuron: number };

export async function look({ state, neuron, ...asked }: Question): Promise<Look> {
  const memory = await memoryOf(asked);
  if (memory instanceof ModernHopfieldNetwork) {
    const overlaps = new Float64Array(memory.patternCount);
    if (overlaps.length === 0) return { fields: new Float32Array(state.length), overlaps };
    const { indices, weights } = memory.attention(state);
    indices.forEach((k, i) => (overlaps[k] = weights[i]));
    return { fields: memory.recall(state).state, overlaps };
  }
  const signs = Int8Array.from(state, (s) => (s > 0 ? 1 : -1));
  const fields = memory.fields(signs);
  const overlaps = memory.overlaps(signs);
  const turned = signs.slice();
  turned[neuron] *= -1;
  const after = memory.fields(turned);
  const pulls = Float32Array.from(fields, (h, i) => ((h - after[i]) * signs[neuron]) / 2);
  pulls[neuron] = 0;
  return { fields: Float32Array.from(fields), overlaps, pulls };
}

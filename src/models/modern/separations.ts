/** From scores at hand to weights, in doubles, for every separation. */
import { exp, ln } from '../../elementary.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import { largestOf } from './largest.ts';
import type { ModernSeparation } from './options.ts';
import { entmax, sparsemax } from './sparse-weights.ts';

/** Weights of the stored rows for one query. */
export interface Weights {
  /** The rows that have any weight, upwards. */
  readonly indices: Uint32Array;
  /** Their weights, 1 in all. */
  readonly weights: Float64Array;
  /** Ω*(scores), the potential whose gradient the weights are; NaN for top-k, which has none. */
  readonly conjugate: number;
}

/** The weights for f32[count] scores. May move memory. O(count), and for top-k as `largestOf`. */
export function weigh(
  machine: Machine<ModernGroup>,
  separation: ModernSeparation,
  scores: number,
  count: number,
): Weights {
  const { kernels, memory } = machine;
  const best = memory.views.f32[(scores >>> 2) + kernels.largestF32(scores, count)];
  switch (separation) {
    case 'sparsemax':
      return sparse(machine, best, select(machine, scores, best - 1, count), scores, sparsemax);
    case 'entmax':
      return sparse(machine, best, select(machine, scores, best - 2, count), scores, entmax);
    case 'softmax':
      return softmax(
        machine,
        best,
        new Uint32Array(count).map((_, k) => k),
        scores,
      );
    default: {
      const all = memory.views.f32.subarray(scores >>> 2, (scores >>> 2) + count);
      const largest = largestOf(all, separation.k).sort();
      return { ...softmax(machine, best, largest, scores), conjugate: NaN };
    }
  }
}

/** The rows with at least this score. */
function select(
  { kernels, memory }: Machine<ModernGroup>,
  scores: number,
  threshold: number,
  count: number,
): Uint32Array {
  return memory.scope((take) => {
    const indices = take(count * 4);
    const selected = kernels.selectF32(indices, scores, threshold, count);
    return memory.views.u32.slice(indices >>> 2, (indices >>> 2) + selected);
  });
}

/** Scores of some rows, less the best. */
function below(
  { memory }: Machine<ModernGroup>,
  best: number,
  indices: Uint32Array,
  scores: number,
) {
  const { f32 } = memory.views;
  const z = new Float64Array(indices.length);
  for (let i = 0; i < z.length; i++) z[i] = f32[(scores >>> 2) + indices[i]] - best;
  return z;
}

function sparse(
  machine: Machine<ModernGroup>,
  best: number,
  candidates: Uint32Array,
  scores: number,
  separate: typeof sparsemax,
): Weights {
  const { weights, conjugate } = separate(below(machine, best, candidates, scores));
  return { ...weighty(candidates, weights), conjugate: best + conjugate };
}

function softmax(
  machine: Machine<ModernGroup>,
  best: number,
  indices: Uint32Array,
  scores: number,
): Weights {
  const weights = below(machine, best, indices, scores).map((z) => exp(z));
  const sum = weights.reduce((total, w) => total + w, 0);
  for (let i = 0; i < weights.length; i++) weights[i] /= sum;
  return { ...weighty(indices, weights), conjugate: best + ln(sum) };
}

/** Those rows that have a weight above 0, moved up in place. */
function weighty(indices: Uint32Array, weights: Float64Array) {
  let count = 0;
  for (let i = 0; i < weights.length; i++) {
    const p = weights[i];
    if (p === 0) continue;
    indices[count] = indices[i];
    weights[count++] = p;
  }
  return { indices: indices.subarray(0, count), weights: weights.subarray(0, count) };
}

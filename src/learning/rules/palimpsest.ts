/**
 * The palimpsest (Parisi 1986): J_ij ← clamp(J_ij + ξ_i ξ_j, ±bound), pattern by pattern, so that new patterns are held and
 * old ones fade. Its couplings are small integers (`Couplings` adds to them); on others, the same in units of 1/N.
 */
import { isPositiveInteger } from '../../checks.ts';
import type { LearningRule, Lesson } from './rule.ts';

export interface PalimpsestParameters {
  /** The largest |J_ij|, in units of 1/N. Default 0.37·√N, rounded, at least 1. */
  bound?: number;
}

export const palimpsest: LearningRule<PalimpsestParameters> = {
  parameters: {
    bound: {
      is: 'largest coupling times N',
      usual: (neurons) => Math.max(1, Math.round(0.37 * Math.sqrt(neurons))),
      expected: 'an integer from 1 to 32766',
      holds: (value) => isPositiveInteger(value) && value <= 32766,
    },
  },
  bound: ({ bound }) => bound,
  learn: (lesson, { bound }) => learn(lesson, bound),
};

function learn({ machine, patterns, from, matrix, scale }: Lesson, bound: number): undefined {
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  memory.scope((take) => {
    const signs = take(neurons);
    const { f64, i8 } = memory.views;
    const most = bound * scale;
    for (let k = from; k < patterns.count; k++) {
      kernels.unpackSigns(signs, patterns.row(k), neurons);
      for (let i = 0; i < neurons; i++) {
        for (let j = 0; j < neurons; j++) {
          if (j === i) continue;
          const at = (matrix >>> 3) + i * neurons + j;
          const sum = f64[at] + i8[signs + i] * i8[signs + j] * scale;
          f64[at] = Math.max(-most, Math.min(most, sum));
        }
      }
    }
  });
}

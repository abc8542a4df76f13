/**
 * Storkey (1997): per pattern, with the couplings so far, ΔW_ij = (ξ_iξ_j − ξ_i h_ji − h_ij ξ_j)/N,
 * h_ij = Σ_{k≠i,j} W_ik ξ_k. With W symmetric and W_ii = 0 that is (ξ_iξ_j − ξ_i h_j − h_i ξ_j + 2W_ij)/N. It holds
 * N/√(2 ln N) patterns.
 */
import { readDiagonal, writeDiagonal } from './doubles.ts';
import type { LearningRule, Lesson } from './rule.ts';

export const storkey: LearningRule<object> = {
  parameters: {},
  capacity: (neurons) => (neurons > 2 ? neurons / Math.sqrt(2 * Math.log(neurons)) : neurons),
  symmetric: true,
  additive: true,
  learn,
};

function learn({ machine, patterns, from, matrix }: Lesson): undefined {
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  const diagonal = readDiagonal(machine, matrix, neurons);
  memory.scope((take) => {
    const signs = take(neurons);
    const fields = take(neurons * 8);
    writeDiagonal(machine, matrix, new Float64Array(neurons));
    for (let k = from; k < patterns.count; k++) {
      kernels.unpackSigns(signs, patterns.row(k), neurons);
      kernels.storkeyF64(matrix, signs, fields, neurons);
    }
  });
  writeDiagonal(machine, matrix, diagonal);
}

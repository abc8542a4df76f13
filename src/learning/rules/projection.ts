/**
 * Projection or pseudo-inverse rule (Personnaz, Guyon & Dreyfus 1986; Kanter & Sompolinsky 1987):
 * W = (1/N) Ξᵀ C⁺ Ξ, the projector on the span of the patterns. A pivoted Cholesky factorisation of the
 * exact integer Gram matrix picks a basis, so dependent and repeated patterns change nothing. At rank N,
 * W is the identity, of which nothing is left when W_ii is not learnt.
 *
 * On couplings that are not a projector (after dreaming) each new pattern is made an eigenvector with
 * eigenvalue 1 by W += r rᵀ/(rᵀξ), r = ξ − Wξ, which is the same thing when W is one.
 * It holds up to N patterns that are linearly independent, and N random ones.
 */
import { overlapBytes } from '../../kernels/layout.ts';
import { gramMatrix, patternsToF64, readDiagonal, writeDiagonal } from './doubles.ts';
import type { LearningRule, Lesson } from './rule.ts';

export const projection: LearningRule<object> = {
  parameters: {},
  capacity: (neurons) => neurons,
  selfCoupling: true,
  symmetric: true,
  learn,
};

function learn(lesson: Lesson): undefined {
  const { machine, patterns, matrix, selfCoupling } = lesson;
  const { kernels, memory } = machine;
  const { neurons, count } = patterns;
  const diagonal = readDiagonal(machine, matrix, neurons);
  if (lesson.dreamt) addProjections(lesson);
  else {
    memory.scope((take) => {
      const factor = take(count * count * 8);
      const pivots = take(count * 4);
      const rank = memory.scope((takeShort) => {
        const gram = takeShort(count * overlapBytes(count));
        gramMatrix(patterns, gram);
        const residuals = takeShort(count * 8);
        return kernels.factorGram(factor, pivots, residuals, gram, 1e-9 * neurons, count);
      });
      if (rank === neurons) {
        // The projector on everything, without the rounding errors of its off-diagonal zeros.
        writeDiagonal(machine, matrix, new Float64Array(neurons).fill(1));
        return;
      }
      const basis = take(rank * neurons * 8);
      const order = pivots >>> 2;
      patternsToF64(machine, patterns, basis, rank, (k) => memory.views.u32[order + k]);
      kernels.solveLower(basis, factor, pivots, rank, neurons, count);
      kernels.addProductF64(matrix, basis, basis, neurons, neurons, rank, 1, neurons);
    });
  }
  if (!selfCoupling) writeDiagonal(machine, matrix, diagonal);
}

function addProjections({ machine, patterns, from, matrix }: Lesson): void {
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  memory.scope((take) => {
    const pattern = take(neurons * 8);
    const residual = take(neurons * 8);
    const scaled = take(neurons * 8);
    for (let k = from; k < patterns.count; k++) {
      patternsToF64(machine, patterns, pattern, 1, () => k);
      const f64 = memory.views.f64;
      f64.fill(0, residual >>> 3, (residual >>> 3) + neurons);
      // r = ξ − ξᵀW, the couplings being symmetric.
      kernels.addProductF64(residual, pattern, matrix, 1, neurons, neurons, 0, 1);
      let product = 0;
      for (let i = 0; i < neurons; i++) {
        const x = f64[(pattern >>> 3) + i];
        const r = x - f64[(residual >>> 3) + i];
        f64[(residual >>> 3) + i] = r;
        product += r * x;
      }
      if (Math.abs(product) <= 1e-9 * neurons) continue;
      for (let i = 0; i < neurons; i++)
        f64[(scaled >>> 3) + i] = f64[(residual >>> 3) + i] / product;
      kernels.addProductF64(matrix, scaled, residual, neurons, neurons, 1, 1, 0);
    }
  });
}

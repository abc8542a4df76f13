/** The vector–Jacobian product of attention, through every update that was made. */
import { matrix, transposed, type Pass } from './arena.ts';
import {
  headOf,
  type AttentionBlocks,
  type AttentionRule,
  type AttentionSizes,
  type Kept,
} from './attention.ts';
import { scale } from './dropout.ts';

/**
 * Adds to the gradients of Q, K and V′ what follows from dO, that of O = A·V′. With G the gradient of A:
 *
 *     dV′ += Aᵀ·dO, G = dO·V′ᵀ (both through dropout), then from the last update back to the first
 *     dS = β·A∘(G − Σ_j A_j G_j), dQ = dS·K, dK += dSᵀ·Q,
 *     and as Q = B·K with B the A of the update before, dK += Bᵀ·dQ, G = dQ·Kᵀ for B.
 *
 * Where the updates stop is taken as given. Where a mask left a pattern out, A is 0 and so is dS.
 */
export function attendBackward(
  pass: Pass,
  rule: AttentionRule,
  sizes: AttentionSizes,
  blocks: AttentionBlocks,
  { weights, factors, earlier }: Kept,
  gradients: AttentionBlocks,
): void {
  const { heads, width, betas } = rule;
  const { batch, states, stored } = sizes;
  const count = states * stored;
  const last = matrix(pass.take(count), stored);
  const g = matrix(pass.take(count), stored);
  const moved = matrix(pass.take(states * width), width);
  const dMoved = matrix(pass.take(states * width), width);
  const spare = [0, 1].map(() => matrix(pass.take(count), stored));
  for (let sample = 0; sample < batch; sample++) {
    for (let head = 0; head < heads; head++) {
      const { q, k, v } = headOf(rule, sizes, blocks, sample, head);
      const d = headOf(rule, sizes, gradients, sample, head);
      const at = (sample * heads + head) * count;
      pass.load(last.address, weights.subarray(at, at + count));
      const history = earlier[sample * heads + head];
      let a = last;
      /** g ← dS */
      const throughSoftmax = () =>
        pass.kernels.softmaxBackwardF32(
          g.address,
          a.address,
          g.address,
          betas[head],
          states,
          stored,
        );
      const dropping = factors?.subarray(at, at + count);
      let kept = last;
      if (dropping) {
        kept = spare[0];
        pass.move(kept.address, last.address, count);
        scale(pass.view(kept.address, count), dropping);
      }
      pass.addProduct(d.v, transposed(kept), d.gathered, stored, states, width);
      pass.product(g, d.gathered, transposed(v), states, width, stored);
      if (dropping) scale(pass.view(g.address, count), dropping);
      for (let t = history.length - 1; t >= 0; t--) {
        const before = spare[t & 1];
        pass.load(before.address, history[t]);
        pass.product(moved, before, k, states, stored, width);
        throughSoftmax();
        pass.product(dMoved, g, k, states, stored, width);
        pass.addProduct(d.k, transposed(g), moved, stored, states, width);
        pass.addProduct(d.k, transposed(before), dMoved, stored, states, width);
        pass.product(g, dMoved, transposed(k), states, width, stored);
        a = before;
      }
      throughSoftmax();
      pass.addProduct(d.q, g, k, states, stored, width);
      pass.addProduct(d.k, transposed(g), q, stored, states, width);
    }
  }
}

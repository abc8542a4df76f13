/**
 * Sparse patterns under the covariance rule, infinitely many neurons of 0 and 1, T = 0 (Tsodyks & Feigelman 1988; replica-
 * symmetric). The field of a neuron is (η − f) m + Γ/2 and Gaussian noise of variance αr, against a threshold θ:
 *
 *     m = p₁ − p₀,  a = f p₁ + (1 − f) p₀,  r = a/(1 − C)²,  Γ = αC/(1 − C)
 *
 * where p₁ and p₀ are the shares of active neurons among those that should be active and silent, C is the mean response to
 * a field, and Γ what a neuron's own state returns to it through the other patterns, of which half counts.
 */
import { exp } from '../../elementary.ts';
import { normalBelow } from './gaussian.ts';

export interface SparseRetrieval {
  /** Shares of active neurons among those that the pattern has active, and silent. */
  active: number;
  silent: number;
  /** Correlation of state and pattern. */
  correlation: number;
}

const density = (u: number) => exp((-u * u) / 2) / Math.sqrt(2 * Math.PI);

/** Steps are halved, so that they settle; near the end of retrieval it takes thousands. */
const MOST_STEPS = 20_000;

/**
 * The state that a network started at a pattern comes to; undefined where it is lost.
 *
 * @param load - P/N, above 0
 * @param activity - f, between 0 and 1
 * @param threshold - of every neuron, with W = Σ (η − f)(η − f)/(N f(1 − f))
 */
export function sparseRetrieval(
  load: number,
  activity: number,
  threshold: number,
): SparseRetrieval | undefined {
  let [m, a, c] = [1, activity, 0];
  for (let step = 0; step < MOST_STEPS; step++) {
    const width = Math.sqrt(load * a) / (1 - c);
    const own = (load * c) / (1 - c) / 2;
    const u1 = ((1 - activity) * m - threshold + own) / width;
    const u0 = (-activity * m - threshold + own) / width;
    const [active, silent] = [normalBelow(u1), normalBelow(u0)];
    const all = activity * active + (1 - activity) * silent;
    const response = (activity * density(u1) + (1 - activity) * density(u0)) / width;
    const change = Math.abs(active - silent - m) + Math.abs(all - a) + Math.abs(response - c);
    if (!(active - silent > 0.3 && response < 1)) return undefined;
    if (change < 1e-12) {
      const spread = (activity * (1 - activity)) / (all * (1 - all));
      return { active, silent, correlation: (active - silent) * Math.sqrt(spread) };
    }
    m = (m + active - silent) / 2;
    a = (a + all) / 2;
    c = (c + response) / 2;
  }
  return undefined;
}
